// Splittable, counter-based random keys: Threefry-2x32, 20 rounds (Salmon et al., "Parallel Random Numbers: As
// Easy as 1, 2, 3", SC'11), laid out as JAX does by default (threefry_partitionable), to its golden values.
// No hidden state: the same key always gives the same numbers. What is drawn from them lives elsewhere.
import { erf, erfinv } from './special-functions.ts';

/** A random key: two unsigned 32-bit words. */
export type Key = readonly [number, number];

/** The key of a seed, an unsigned 32-bit integer (jax.random.key). Throws on anything else. */
export function key(seed: number): Key {
  assertUint32(seed, 'seed');
  return [0, seed];
}

/** A new key from a key and an unsigned 32-bit number such as an index or a purpose (jax.random.fold_in). */
export function foldIn(parent: Key, data: number): Key {
  assertUint32(data, 'data to fold into a key');
  threefry2x32(parent, 0, data, pair, 0);
  return [pair[0]!, pair[1]!];
}

/** `count` independent keys; entry i equals foldIn(parent, i) (jax.random.split). */
export function split(parent: Key, count = 2): Key[] {
  return Array.from({ length: count }, (_, index) => foldIn(parent, index));
}

/** [count] random unsigned 32-bit words (jax.random.bits). */
export function bits(source: Key, count: number): Uint32Array {
  const words = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    threefry2x32(source, 0, i, pair, 0);
    words[i] = pair[0]! ^ pair[1]!;
  }
  return words;
}

/** [count] float32 numbers in [min, max) on a grid of 2⁻²³ of the range (jax.random.uniform). */
export function uniform(source: Key, count: number, min = 0, max = 1): Float32Array {
  const words = bits(source, count);
  // The 23 high bits become the mantissa of a float in [1, 2).
  for (let i = 0; i < count; i++) words[i] = (words[i]! >>> 9) | 0x3f800000;
  const values = new Float32Array(words.buffer);
  const low = Math.fround(min);
  const range = Math.fround(Math.fround(max) - low);
  for (let i = 0; i < count; i++) {
    values[i] = Math.max(low, Math.fround((values[i]! - 1) * range) + low);
  }
  return values;
}

/** [count] float32 numbers from N(0, 1): √2·erf⁻¹(u), u uniform in (−1, 1) (jax.random.normal). */
export function normal(source: Key, count: number): Float32Array {
  const values = uniform(source, count, ABOVE_MINUS_ONE, 1);
  for (let i = 0; i < count; i++) values[i] = Math.SQRT2 * erfinv(values[i]!);
  return values;
}

/** [count] float32 numbers from N(0, 1) conditioned on (lower, upper) (jax.random.truncated_normal). */
export function truncatedNormal(source: Key, count: number, lower: number, upper: number): Float32Array {
  if (!(lower < upper)) {
    throw new RangeError(
      `truncatedNormal: got bounds ${lower} and ${upper}; the lower must be below the upper.`,
    );
  }
  const values = uniform(source, count, erf(lower / Math.SQRT2), erf(upper / Math.SQRT2));
  for (let i = 0; i < count; i++) {
    values[i] = Math.min(upper, Math.max(lower, Math.SQRT2 * erfinv(values[i]!)));
  }
  return values;
}

/** A random order of 0 … count − 1: repeated stable sorts by random words (jax.random.permutation). */
export function permutation(source: Key, count: number): Uint32Array {
  let order = Uint32Array.from({ length: count }, (_, index) => index);
  // Enough rounds that words which collide in every round are improbable; JAX's own bound.
  const rounds = Math.ceil((3 * Math.log(Math.max(1, count))) / Math.log(0xffffffff));
  let current = source;
  for (let round = 0; round < rounds; round++) {
    const [next, roundKey] = split(current) as [Key, Key];
    current = next;
    const words = bits(roundKey, count);
    const places = Uint32Array.from({ length: count }, (_, index) => index);
    // Typed-array sort with a comparator is stable since ES2019.
    places.sort((a, b) => words[a]! - words[b]!);
    const before = order;
    order = places.map((place) => before[place]!);
  }
  return order;
}

/** The float32 next to −1 towards 0, so that erfinv never sees −1. */
const ABOVE_MINUS_ONE = -1 + 2 ** -24;
/** Skein's key-schedule constant. */
const PARITY = 0x1bd11bda;
const pair = new Uint32Array(2);

/**
 * One block of the cipher: the counter (c0, c1) under `key`, written to out[at], out[at + 1].
 * Exported for the published known-answer tests; everyone else draws through the functions above.
 */
export function threefry2x32(source: Key, c0: number, c1: number, out: Uint32Array, at: number): void {
  const k0 = source[0] | 0;
  const k1 = source[1] | 0;
  const k2 = k0 ^ k1 ^ PARITY;
  let x0 = (c0 + k0) | 0;
  let x1 = (c1 + k1) | 0;
  let ka = k1;
  let kb = k2;
  let kc = k0;
  // Five groups of four rounds, alternating two sets of rotations; a key injection after each group.
  for (let group = 1; group <= 5; group++) {
    const odd = (group & 1) === 1;
    const r0 = odd ? 13 : 17;
    const r1 = odd ? 15 : 29;
    const r2 = odd ? 26 : 16;
    const r3 = odd ? 6 : 24;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << r0) | (x1 >>> (32 - r0))) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << r1) | (x1 >>> (32 - r1))) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << r2) | (x1 >>> (32 - r2))) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << r3) | (x1 >>> (32 - r3))) ^ x0;
    x0 = (x0 + ka) | 0;
    x1 = (x1 + kb + group) | 0;
    const first = ka;
    ka = kb;
    kb = kc;
    kc = first;
  }
  out[at] = x0;
  out[at + 1] = x1;
}

function assertUint32(value: number, what: string): void {
  if (Number.isInteger(value) && value >= 0 && value <= 0xffffffff) return;
  throw new RangeError(`The ${what} must be an integer from 0 to 4294967295; got ${value}.`);
}
