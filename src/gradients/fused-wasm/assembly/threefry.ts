// Threefry-2x32, 20 rounds, four blocks at once: the bits of math/rng.ts, which says where the cipher is from.

/** Skein's key-schedule constant. */
const PARITY: i32 = 0x1bd11bda;
/** The two words of the last four blocks. */
const WORDS = memory.data(32, 16);

/** Encrypts the counters (0, c) under the keys (k0, k1), lane by lane; firstWords() and secondWords() are the result. */
export function encrypt(k0: v128, k1: v128, c: v128): void {
  const k2 = v128.xor(v128.xor(k0, k1), i32x4.splat(PARITY));
  let x0 = k0;
  let x1 = i32x4.add(c, k1);
  // Five groups of four rounds in two alternating sets of rotations; after each group a key is added with its number.
  for (let group = 0; group < 5; group++) {
    if ((group & 1) === 0) {
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotate(x1, 13), x0);
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotate(x1, 15), x0);
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotate(x1, 26), x0);
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotate(x1, 6), x0);
    } else {
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotate(x1, 17), x0);
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotate(x1, 29), x0);
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotate(x1, 16), x0);
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotate(x1, 24), x0);
    }
    const turn = group % 3;
    x0 = i32x4.add(x0, turn === 0 ? k1 : turn === 1 ? k2 : k0);
    x1 = i32x4.add(x1, turn === 0 ? k2 : turn === 1 ? k0 : k1);
    x1 = i32x4.add(x1, i32x4.splat(group + 1));
  }
  v128.store(WORDS, x0);
  v128.store(WORDS, x1, 16);
}

export function firstWords(): v128 {
  return v128.load(WORDS);
}

export function secondWords(): v128 {
  return v128.load(WORDS, 16);
}

/** math/rng.ts's foldIn; the new key is the first lane of both words. */
export function foldIn(k0: i32, k1: i32, data: i32): void {
  encrypt(i32x4.splat(k0), i32x4.splat(k1), i32x4.splat(data));
}

/** Four numbers in [0, 1) on a grid of 2⁻²³, which float32 holds exactly: draws c of the keys. */
export function uniformOf(k0: v128, k1: v128, c: v128): v128 {
  encrypt(k0, k1, c);
  const bits = i32x4.shr_u(v128.xor(firstWords(), secondWords()), 9);
  return f32x4.mul(f32x4.convert_i32x4_s(bits), f32x4.splat(1.1920928955078125e-7));
}

function rotate(x: v128, left: i32): v128 {
  return v128.or(i32x4.shl(x, left), i32x4.shr_u(x, 32 - left));
}
