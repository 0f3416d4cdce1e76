import { describe, expect, it } from 'vitest';
import {
  bits,
  foldIn,
  key,
  normal,
  permutation,
  split,
  threefry2x32,
  truncatedNormal,
  uniform,
} from './rng.ts';
import { erf } from './special-functions.ts';

const block = (source: readonly [number, number], c0: number, c1: number) => {
  const out = new Uint32Array(2);
  threefry2x32(source, c0, c1, out, 0);
  return [...out];
};

/** Largest distance between the sample's distribution function and `cdf`. */
const kolmogorovSmirnov = (values: Float32Array, cdf: (x: number) => number) => {
  const sorted = values.slice().sort();
  let largest = 0;
  for (let i = 0; i < sorted.length; i++) {
    const expected = cdf(sorted[i]!);
    largest = Math.max(largest, expected - i / sorted.length, (i + 1) / sorted.length - expected);
  }
  return largest;
};
const COUNT = 50_000;
/** The 0.1 % critical value for COUNT points. */
const KS_LIMIT = 1.95 / Math.sqrt(COUNT);
const normalCdf = (x: number) => 0.5 * (1 + erf(x / Math.SQRT2));

const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

function expectClose(got: Float32Array, expected: readonly number[], relative: number) {
  expect(got.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(got[i]! - value)).toBeLessThanOrEqual(relative * Math.abs(value));
  });
}

describe('threefry2x32', () => {
  it('meets the known-answer vectors of Random123 (20 rounds)', () => {
    expect(block([0, 0], 0, 0)).toEqual([0x6b200159, 0x99ba4efe]);
    const ones = 0xffffffff;
    expect(block([ones, ones], ones, ones)).toEqual([0x1cb996fc, 0xbb002be7]);
    expect(block([0x13198a2e, 0x03707344], 0x243f6a88, 0x85a308d3)).toEqual([0xc4923a9c, 0x483df7a0]);
  });
});

// Printed by JAX 0.10.2 (jax_threefry_partitionable = True, its default) on the CPU.
describe('equal to JAX', () => {
  it('bits', () => {
    expect([...bits(key(0), 8)]).toEqual([
      4070199207, 4202968722, 1427181096, 2012915765, 2447653815, 710830403, 1332275837, 2961296638,
    ]);
    expect([...bits(key(0xffffffff), 3)]).toEqual([2226700399, 2348827549, 2002407339]);
    expect([...bits(key(10), 4)]).toEqual([169096361, 1572511259, 2689743692, 2228103506]);
  });

  it('split and foldIn', () => {
    expect(split(key(1), 3)).toEqual([
      [507451445, 1853169794],
      [1948878966, 4237131848],
      [2441914641, 3819641963],
    ]);
    expect(split(key(0))).toEqual([
      [1797259609, 2579123966],
      [928981903, 3453687069],
    ]);
    expect(foldIn(key(0), 7)).toEqual([2716826189, 292468403]);
    expect(foldIn(key(12345), 0)).toEqual([1214163296, 439912094]);
    expect(foldIn(key(1), 0xffffffff)).toEqual([1173147676, 4026309821]);
  });

  it('uniform', () => {
    expect([...uniform(key(51), 4)]).toEqual([
      0.47126901149749756, 0.12344253063201904, 0.1755063533782959, 0.566359281539917,
    ]);
    // XLA may fuse the multiplication with the addition, which moves the last bit or two.
    const shifted = [-0.2873098850250244, -3.7655746936798096, -3.244936466217041, 0.6635928153991699];
    expectClose(uniform(key(51), 4, -5, 5), shifted, 2e-6);
    const amplitudes = [0.46285760402679443, 4.6969075202941895, 3.2798893451690674, 4.880542755126953];
    expectClose(uniform(key(3), 4, 0.1, 5), amplitudes, 3e-7);
  });

  it('normal, tails included', () => {
    const first = [
      1.622642159461975, 2.0252647399902344, -0.4335944354534149, -0.07861734926700592, 0.17609089612960815,
      -0.9720892310142517,
    ];
    expectClose(normal(key(0), 6), first, 5e-7);
    const tails = normal(key(7), 100_000);
    expectClose(tails.slice(96183, 96184), [4.439892768859863], 2e-6);
    expectClose(tails.slice(11879, 11880), [-4.369423866271973], 2e-6);
    expect(tails.reduce((a, b) => Math.max(a, b))).toBe(tails[96183]);
  });

  it('permutation', () => {
    expect([...permutation(key(1), 10)]).toEqual([7, 6, 3, 2, 0, 8, 1, 5, 9, 4]);
    expect([...permutation(key(5), 1)]).toEqual([0]);
    expect([...permutation(key(9), 25)]).toEqual([
      10, 0, 3, 19, 1, 12, 13, 21, 6, 18, 16, 22, 8, 4, 20, 9, 14, 11, 2, 24, 17, 5, 15, 23, 7,
    ]);
    // Above 1,625 entries JAX sorts twice.
    expect([...permutation(key(2), 5000).slice(0, 6)]).toEqual([4336, 229, 738, 2072, 3434, 2074]);
  });

  it('truncatedNormal', () => {
    const symmetric = [
      1.4559592008590698, 1.714748740196228, -0.4126753509044647, -0.07503343373537064, 0.16800101101398468,
      -0.912614107131958,
    ];
    expectClose(truncatedNormal(key(0), 6, -2, 2), symmetric, 2e-6);
    const oneSided = [0.9392738342285156, 1.0599870681762695, 0.9480305314064026, 0.9389912486076355];
    expectClose(truncatedNormal(key(1), 4, 0.5, 3), oneSided, 2e-6);
  });
});

describe('distributions', () => {
  it('uniform covers its range evenly and never reaches the upper end', () => {
    const values = uniform(key(11), COUNT, -5, 5);
    expect(values.every((value) => value >= -5 && value < 5)).toBe(true);
    expect(kolmogorovSmirnov(values, (x) => (x + 5) / 10)).toBeLessThan(KS_LIMIT);
  });

  it('normal has the normal distribution', () => {
    const values = normal(key(12), COUNT);
    expect(kolmogorovSmirnov(values, normalCdf)).toBeLessThan(KS_LIMIT);
    expect(Math.abs(mean(values))).toBeLessThan(4 / Math.sqrt(COUNT));
    expect(Math.abs(mean(values.map((value) => value * value)) - 1)).toBeLessThan(4 * Math.sqrt(2 / COUNT));
  });

  it('truncatedNormal has the conditional distribution and stays inside its bounds', () => {
    const values = truncatedNormal(key(13), COUNT, -2, 1);
    expect(values.every((value) => value >= -2 && value <= 1)).toBe(true);
    const [low, high] = [normalCdf(-2), normalCdf(1)];
    expect(kolmogorovSmirnov(values, (x) => (normalCdf(x) - low) / (high - low))).toBeLessThan(KS_LIMIT);
  });

  it('keys folded from one another are uncorrelated', () => {
    const a = normal(foldIn(key(5), 0), COUNT);
    const b = normal(foldIn(key(5), 1), COUNT);
    const correlation = mean(a.map((value, i) => value * b[i]!));
    expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(COUNT));
  });

  it('permutation is one, and each place is equally likely to come first', () => {
    const counts = new Array<number>(5).fill(0);
    for (let seed = 0; seed < 2000; seed++) {
      const order = permutation(key(seed), 5);
      expect(order.slice().sort()).toEqual(Uint32Array.of(0, 1, 2, 3, 4));
      counts[order[0]!]! += 1;
    }
    const chiSquared = counts.reduce((sum, count) => sum + (count - 400) ** 2 / 400, 0);
    expect(chiSquared).toBeLessThan(18.5); // 0.1 % critical value, 4 degrees of freedom
  });
});

describe('arguments', () => {
  it('refuses seeds that are not unsigned 32-bit integers, saying so', () => {
    for (const seed of [-1, 0.5, 2 ** 32, Number.NaN]) {
      expect(() => key(seed)).toThrow(/seed must be an integer from 0 to 4294967295/);
    }
    expect(() => foldIn(key(0), -1)).toThrow(/data to fold/);
    expect(() => truncatedNormal(key(0), 1, 2, 1)).toThrow(/lower must be below/);
  });

  it('draws nothing when asked for nothing', () => {
    expect(bits(key(0), 0).length).toBe(0);
    expect(normal(key(0), 0).length).toBe(0);
    expect(permutation(key(0), 0).length).toBe(0);
  });
});
