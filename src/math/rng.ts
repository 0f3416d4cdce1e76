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
  encrypt(parent[0] | 0, parent[1] | 0, 0, data | 0);
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
    encrypt(source[0] | 0, source[1] | 0, 0, i);
    words[i] = pair[0]! ^ pair[1]!;
  }
  return words;
}

/** [count] float32 numbers in [min, max) on a grid of 2⁻²³ of the range (jax.random.uniform). */
export function uniform(source: Key, count: number, min = 0, max = 1): Float32Array {
  const values = new Float32Array(count);
  fillUniform(source, { values, at: 0, count }, min, max);
  return values;
}

/** Part of an array: `count` entries from `at` on. */
export interface Slots {
  readonly values: Float32Array;
  readonly at: number;
  readonly count: number;
}

/** Writes what uniform(source, slots.count, min, max) returns to `slots`: for loops that must not allocate. */
export function fillUniform(source: Key, slots: Slots, min: number, max: number): void {
  const { values, at, count } = slots;
  const low = Math.fround(min);
  const range = Math.fround(Math.fround(max) - low);
  const k0 = source[0] | 0;
  const k1 = source[1] | 0;
  for (let i = 0; i < count; i++) {
    encrypt(k0, k1, 0, i);
    // JAX makes the 23 high bits the mantissa of a float in [1, 2) and subtracts 1: the same number.
    const unit = ((pair[0]! ^ pair[1]!) >>> 9) * 2 ** -23;
    values[at + i] = Math.max(low, Math.fround(unit * range) + low);
  }
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
  encrypt(source[0] | 0, source[1] | 0, c0 | 0, c1 | 0);
  out.set(pair, at);
}

/** The same for words as int32, into `pair`. */
function encrypt(k0: number, k1: number, c0: number, c1: number): void {
  const k2 = k0 ^ k1 ^ PARITY;
  let x0 = (c0 + k0) | 0;
  let x1 = (c1 + k1) | 0;
  // Five groups of four rounds, alternating two sets of rotations; a key injection after each group. Written out:
  // it runs a thousand times per meta-iteration.
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
  x0 = (x0 + k1) | 0;
  x1 = (x1 + k2 + 1) | 0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0;
  x0 = (x0 + k2) | 0;
  x1 = (x1 + k0 + 2) | 0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
  x0 = (x0 + k0) | 0;
  x1 = (x1 + k1 + 3) | 0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0;
  x0 = (x0 + k1) | 0;
  x1 = (x1 + k2 + 4) | 0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
  x0 = (x0 + k2) | 0;
  x1 = (x1 + k0 + 5) | 0;
  pair[0] = x0;
  pair[1] = x1;
}

function assertUint32(value: number, what: string): void {
  if (Number.isInteger(value) && value >= 0 && value <= 0xffffffff) return;
  throw new RangeError(`The ${what} must be an integer from 0 to 4294967295; got ${value}.`);
}
