// Sums of rows times coefficients, the one product of which nearly everything consists: out = init + Σ_i coef_i · row_i
// over the i of a list. Ten vectors (40 units) of the sum stay in registers while the list is walked through.
// The kernels take plain addresses, not records: whatever is looked up inside a loop costs as much as the arithmetic.

/** Whether the next block should be ten vectors wide rather than eight or fewer: see which rest then divides by eight. */
export function takesTen(left: usize): bool {
  return left === 160 || left === 320 || (left > 128 && (left & 127) === 32);
}

/**
 * out = max(init + Σ_{i in list} coef[i · coefStride] · rows[i · rowStride …], floor) over `bytes` bytes, a multiple of
 * 32. `list` is [count, i, i, …]. `out` may be `init`. NaN passes the floor.
 */
export function combine(
  list: usize,
  coef: usize,
  coefStride: usize,
  rows: usize,
  rowStride: usize,
  init: usize,
  out: usize,
  floor: v128,
  bytes: usize,
): void {
  let at: usize = 0;
  while (at < bytes) {
    const left = bytes - at;
    if (takesTen(left)) {
      combine10(list, coef, coefStride, rows + at, rowStride, init + at, out + at, floor);
      at += 160;
    } else if (left >= 128) {
      combine8(list, coef, coefStride, rows + at, rowStride, init + at, out + at, floor);
      at += 128;
    } else if (left >= 64) {
      combine4(list, coef, coefStride, rows + at, rowStride, init + at, out + at, floor);
      at += 64;
    } else {
      combine2(list, coef, coefStride, rows + at, rowStride, init + at, out + at, floor);
      at += 32;
    }
  }
}

function combine10(
  list: usize,
  coef: usize,
  coefStride: usize,
  rows: usize,
  rowStride: usize,
  init: usize,
  out: usize,
  floor: v128,
): void {
  let z0 = v128.load(init, 0);
  let z1 = v128.load(init, 16);
  let z2 = v128.load(init, 32);
  let z3 = v128.load(init, 48);
  let z4 = v128.load(init, 64);
  let z5 = v128.load(init, 80);
  let z6 = v128.load(init, 96);
  let z7 = v128.load(init, 112);
  let z8 = v128.load(init, 128);
  let z9 = v128.load(init, 144);
  let at = list + 4;
  const end = at + ((<usize>load<u32>(list)) << 2);
  for (; at < end; at += 4) {
    const i = <usize>load<u32>(at);
    const row = rows + i * rowStride;
    const a = v128.load_splat<f32>(coef + i * coefStride);
    z0 = f32x4.add(z0, f32x4.mul(a, v128.load(row, 0)));
    z1 = f32x4.add(z1, f32x4.mul(a, v128.load(row, 16)));
    z2 = f32x4.add(z2, f32x4.mul(a, v128.load(row, 32)));
    z3 = f32x4.add(z3, f32x4.mul(a, v128.load(row, 48)));
    z4 = f32x4.add(z4, f32x4.mul(a, v128.load(row, 64)));
    z5 = f32x4.add(z5, f32x4.mul(a, v128.load(row, 80)));
    z6 = f32x4.add(z6, f32x4.mul(a, v128.load(row, 96)));
    z7 = f32x4.add(z7, f32x4.mul(a, v128.load(row, 112)));
    z8 = f32x4.add(z8, f32x4.mul(a, v128.load(row, 128)));
    z9 = f32x4.add(z9, f32x4.mul(a, v128.load(row, 144)));
  }
  v128.store(out, f32x4.pmax(z0, floor), 0);
  v128.store(out, f32x4.pmax(z1, floor), 16);
  v128.store(out, f32x4.pmax(z2, floor), 32);
  v128.store(out, f32x4.pmax(z3, floor), 48);
  v128.store(out, f32x4.pmax(z4, floor), 64);
  v128.store(out, f32x4.pmax(z5, floor), 80);
  v128.store(out, f32x4.pmax(z6, floor), 96);
  v128.store(out, f32x4.pmax(z7, floor), 112);
  v128.store(out, f32x4.pmax(z8, floor), 128);
  v128.store(out, f32x4.pmax(z9, floor), 144);
}

function combine8(
  list: usize,
  coef: usize,
  coefStride: usize,
  rows: usize,
  rowStride: usize,
  init: usize,
  out: usize,
  floor: v128,
): void {
  let z0 = v128.load(init, 0);
  let z1 = v128.load(init, 16);
  let z2 = v128.load(init, 32);
  let z3 = v128.load(init, 48);
  let z4 = v128.load(init, 64);
  let z5 = v128.load(init, 80);
  let z6 = v128.load(init, 96);
  let z7 = v128.load(init, 112);
  let at = list + 4;
  const end = at + ((<usize>load<u32>(list)) << 2);
  for (; at < end; at += 4) {
    const i = <usize>load<u32>(at);
    const row = rows + i * rowStride;
    const a = v128.load_splat<f32>(coef + i * coefStride);
    z0 = f32x4.add(z0, f32x4.mul(a, v128.load(row, 0)));
    z1 = f32x4.add(z1, f32x4.mul(a, v128.load(row, 16)));
    z2 = f32x4.add(z2, f32x4.mul(a, v128.load(row, 32)));
    z3 = f32x4.add(z3, f32x4.mul(a, v128.load(row, 48)));
    z4 = f32x4.add(z4, f32x4.mul(a, v128.load(row, 64)));
    z5 = f32x4.add(z5, f32x4.mul(a, v128.load(row, 80)));
    z6 = f32x4.add(z6, f32x4.mul(a, v128.load(row, 96)));
    z7 = f32x4.add(z7, f32x4.mul(a, v128.load(row, 112)));
  }
  v128.store(out, f32x4.pmax(z0, floor), 0);
  v128.store(out, f32x4.pmax(z1, floor), 16);
  v128.store(out, f32x4.pmax(z2, floor), 32);
  v128.store(out, f32x4.pmax(z3, floor), 48);
  v128.store(out, f32x4.pmax(z4, floor), 64);
  v128.store(out, f32x4.pmax(z5, floor), 80);
  v128.store(out, f32x4.pmax(z6, floor), 96);
  v128.store(out, f32x4.pmax(z7, floor), 112);
}

function combine4(
  list: usize,
  coef: usize,
  coefStride: usize,
  rows: usize,
  rowStride: usize,
  init: usize,
  out: usize,
  floor: v128,
): void {
  let z0 = v128.load(init, 0);
  let z1 = v128.load(init, 16);
  let z2 = v128.load(init, 32);
  let z3 = v128.load(init, 48);
  let at = list + 4;
  const end = at + ((<usize>load<u32>(list)) << 2);
  for (; at < end; at += 4) {
    const i = <usize>load<u32>(at);
    const row = rows + i * rowStride;
    const a = v128.load_splat<f32>(coef + i * coefStride);
    z0 = f32x4.add(z0, f32x4.mul(a, v128.load(row, 0)));
    z1 = f32x4.add(z1, f32x4.mul(a, v128.load(row, 16)));
    z2 = f32x4.add(z2, f32x4.mul(a, v128.load(row, 32)));
    z3 = f32x4.add(z3, f32x4.mul(a, v128.load(row, 48)));
  }
  v128.store(out, f32x4.pmax(z0, floor), 0);
  v128.store(out, f32x4.pmax(z1, floor), 16);
  v128.store(out, f32x4.pmax(z2, floor), 32);
  v128.store(out, f32x4.pmax(z3, floor), 48);
}

function combine2(
  list: usize,
  coef: usize,
  coefStride: usize,
  rows: usize,
  rowStride: usize,
  init: usize,
  out: usize,
  floor: v128,
): void {
  let z0 = v128.load(init, 0);
  let z1 = v128.load(init, 16);
  let at = list + 4;
  const end = at + ((<usize>load<u32>(list)) << 2);
  for (; at < end; at += 4) {
    const i = <usize>load<u32>(at);
    const row = rows + i * rowStride;
    const a = v128.load_splat<f32>(coef + i * coefStride);
    z0 = f32x4.add(z0, f32x4.mul(a, v128.load(row, 0)));
    z1 = f32x4.add(z1, f32x4.mul(a, v128.load(row, 16)));
  }
  v128.store(out, f32x4.pmax(z0, floor), 0);
  v128.store(out, f32x4.pmax(z1, floor), 16);
}
