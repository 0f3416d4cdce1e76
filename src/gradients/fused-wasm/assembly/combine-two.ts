// combine.ts with two products per entry: out = init + Σ_i (coef_i · row_i + coefB_i · rowB_i), for the R-operator.
import { takesTen } from './combine';

/** Both coefficients lie `coefStride`, both rows `rowStride` bytes apart; see combine. */
export function combineTwo(
  list: usize,
  coef: usize,
  coefStride: usize,
  rows: usize,
  coefB: usize,
  rowsB: usize,
  rowStride: usize,
  init: usize,
  out: usize,
  bytes: usize,
): void {
  let at: usize = 0;
  while (at < bytes) {
    const left = bytes - at;
    if (takesTen(left)) {
      combineTwo10(list, coef, coefStride, rows + at, coefB, rowsB + at, rowStride, init + at, out + at);
      at += 160;
    } else if (left >= 128) {
      combineTwo8(list, coef, coefStride, rows + at, coefB, rowsB + at, rowStride, init + at, out + at);
      at += 128;
    } else if (left >= 64) {
      combineTwo4(list, coef, coefStride, rows + at, coefB, rowsB + at, rowStride, init + at, out + at);
      at += 64;
    } else {
      combineTwo2(list, coef, coefStride, rows + at, coefB, rowsB + at, rowStride, init + at, out + at);
      at += 32;
    }
  }
}

function combineTwo10(
  list: usize,
  coef: usize,
  coefStride: usize,
  rows: usize,
  coefB: usize,
  rowsB: usize,
  rowStride: usize,
  init: usize,
  out: usize,
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
    const rowB = rowsB + i * rowStride;
    const b = v128.load_splat<f32>(coefB + i * coefStride);
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
    z0 = f32x4.add(z0, f32x4.mul(b, v128.load(rowB, 0)));
    z1 = f32x4.add(z1, f32x4.mul(b, v128.load(rowB, 16)));
    z2 = f32x4.add(z2, f32x4.mul(b, v128.load(rowB, 32)));
    z3 = f32x4.add(z3, f32x4.mul(b, v128.load(rowB, 48)));
    z4 = f32x4.add(z4, f32x4.mul(b, v128.load(rowB, 64)));
    z5 = f32x4.add(z5, f32x4.mul(b, v128.load(rowB, 80)));
    z6 = f32x4.add(z6, f32x4.mul(b, v128.load(rowB, 96)));
    z7 = f32x4.add(z7, f32x4.mul(b, v128.load(rowB, 112)));
    z8 = f32x4.add(z8, f32x4.mul(b, v128.load(rowB, 128)));
    z9 = f32x4.add(z9, f32x4.mul(b, v128.load(rowB, 144)));
  }
  v128.store(out, z0, 0);
  v128.store(out, z1, 16);
  v128.store(out, z2, 32);
  v128.store(out, z3, 48);
  v128.store(out, z4, 64);
  v128.store(out, z5, 80);
  v128.store(out, z6, 96);
  v128.store(out, z7, 112);
  v128.store(out, z8, 128);
  v128.store(out, z9, 144);
}

function combineTwo8(
  list: usize,
  coef: usize,
  coefStride: usize,
  rows: usize,
  coefB: usize,
  rowsB: usize,
  rowStride: usize,
  init: usize,
  out: usize,
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
    const rowB = rowsB + i * rowStride;
    const b = v128.load_splat<f32>(coefB + i * coefStride);
    z0 = f32x4.add(z0, f32x4.mul(a, v128.load(row, 0)));
    z1 = f32x4.add(z1, f32x4.mul(a, v128.load(row, 16)));
    z2 = f32x4.add(z2, f32x4.mul(a, v128.load(row, 32)));
    z3 = f32x4.add(z3, f32x4.mul(a, v128.load(row, 48)));
    z4 = f32x4.add(z4, f32x4.mul(a, v128.load(row, 64)));
    z5 = f32x4.add(z5, f32x4.mul(a, v128.load(row, 80)));
    z6 = f32x4.add(z6, f32x4.mul(a, v128.load(row, 96)));
    z7 = f32x4.add(z7, f32x4.mul(a, v128.load(row, 112)));
    z0 = f32x4.add(z0, f32x4.mul(b, v128.load(rowB, 0)));
    z1 = f32x4.add(z1, f32x4.mul(b, v128.load(rowB, 16)));
    z2 = f32x4.add(z2, f32x4.mul(b, v128.load(rowB, 32)));
    z3 = f32x4.add(z3, f32x4.mul(b, v128.load(rowB, 48)));
    z4 = f32x4.add(z4, f32x4.mul(b, v128.load(rowB, 64)));
    z5 = f32x4.add(z5, f32x4.mul(b, v128.load(rowB, 80)));
    z6 = f32x4.add(z6, f32x4.mul(b, v128.load(rowB, 96)));
    z7 = f32x4.add(z7, f32x4.mul(b, v128.load(rowB, 112)));
  }
  v128.store(out, z0, 0);
  v128.store(out, z1, 16);
  v128.store(out, z2, 32);
  v128.store(out, z3, 48);
  v128.store(out, z4, 64);
  v128.store(out, z5, 80);
  v128.store(out, z6, 96);
  v128.store(out, z7, 112);
}

function combineTwo4(
  list: usize,
  coef: usize,
  coefStride: usize,
  rows: usize,
  coefB: usize,
  rowsB: usize,
  rowStride: usize,
  init: usize,
  out: usize,
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
    const rowB = rowsB + i * rowStride;
    const b = v128.load_splat<f32>(coefB + i * coefStride);
    z0 = f32x4.add(z0, f32x4.mul(a, v128.load(row, 0)));
    z1 = f32x4.add(z1, f32x4.mul(a, v128.load(row, 16)));
    z2 = f32x4.add(z2, f32x4.mul(a, v128.load(row, 32)));
    z3 = f32x4.add(z3, f32x4.mul(a, v128.load(row, 48)));
    z0 = f32x4.add(z0, f32x4.mul(b, v128.load(rowB, 0)));
    z1 = f32x4.add(z1, f32x4.mul(b, v128.load(rowB, 16)));
    z2 = f32x4.add(z2, f32x4.mul(b, v128.load(rowB, 32)));
    z3 = f32x4.add(z3, f32x4.mul(b, v128.load(rowB, 48)));
  }
  v128.store(out, z0, 0);
  v128.store(out, z1, 16);
  v128.store(out, z2, 32);
  v128.store(out, z3, 48);
}

function combineTwo2(
  list: usize,
  coef: usize,
  coefStride: usize,
  rows: usize,
  coefB: usize,
  rowsB: usize,
  rowStride: usize,
  init: usize,
  out: usize,
): void {
  let z0 = v128.load(init, 0);
  let z1 = v128.load(init, 16);
  let at = list + 4;
  const end = at + ((<usize>load<u32>(list)) << 2);
  for (; at < end; at += 4) {
    const i = <usize>load<u32>(at);
    const row = rows + i * rowStride;
    const a = v128.load_splat<f32>(coef + i * coefStride);
    const rowB = rowsB + i * rowStride;
    const b = v128.load_splat<f32>(coefB + i * coefStride);
    z0 = f32x4.add(z0, f32x4.mul(a, v128.load(row, 0)));
    z1 = f32x4.add(z1, f32x4.mul(a, v128.load(row, 16)));
    z0 = f32x4.add(z0, f32x4.mul(b, v128.load(rowB, 0)));
    z1 = f32x4.add(z1, f32x4.mul(b, v128.load(rowB, 16)));
  }
  v128.store(out, z0, 0);
  v128.store(out, z1, 16);
}
