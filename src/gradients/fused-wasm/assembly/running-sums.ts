// Running sums over points sorted by x, from both ends. A slot holds for each vector of units Σ q and Σ x q of the points
// so far, and beside them two sums of another quantity (the R-operator's): four vectors, 64 bytes. Slots 0 … N are
// the sums over the first 0 … N points, slots N + 1 … 2N + 1 those over the last 0 … N.

/** Sums rows q [N, …] of `bytes` bytes, two vectors at a time. */
export function runningSums(sums: usize, x: usize, points: usize, bytes: usize, q: usize): void {
  const slotBytes = bytes << 2;
  const end = points << 2;
  for (let at: usize = 0; at < bytes; at += 32) {
    let slot = sums + (at << 2);
    let row = q + at;
    clearSlot(slot);
    sumFrom(slot, slotBytes, x, 4, end, row, bytes);
    slot += (points + 1) * slotBytes;
    row += (points - 1) * bytes;
    clearSlot(slot);
    sumFrom(slot, slotBytes, x + end - 4, -4, end, row, -bytes);
  }
}

/** One end's sums: from `x` and `row` on in steps, which may be negative. */
function sumFrom(
  slot: usize,
  slotBytes: usize,
  x: usize,
  xStep: usize,
  xBytes: usize,
  row: usize,
  rowStep: usize,
): void {
  let constant0 = f32x4.splat(0);
  let constant1 = constant0;
  let factor0 = constant0;
  let factor1 = constant0;
  for (let n: usize = 0; n < xBytes; n += 4) {
    slot += slotBytes;
    const value = v128.load_splat<f32>(x);
    const q0 = v128.load(row);
    const q1 = v128.load(row, 16);
    constant0 = f32x4.add(constant0, q0);
    constant1 = f32x4.add(constant1, q1);
    factor0 = f32x4.add(factor0, f32x4.mul(value, q0));
    factor1 = f32x4.add(factor1, f32x4.mul(value, q1));
    v128.store(slot, constant0);
    v128.store(slot, factor0, 16);
    v128.store(slot, constant1, 64);
    v128.store(slot, factor1, 80);
    x += xStep;
    row += rowStep;
  }
}

function clearSlot(slot: usize): void {
  const zero = i32x4.splat(0);
  v128.store(slot, zero);
  v128.store(slot, zero, 16);
  v128.store(slot, zero, 64);
  v128.store(slot, zero, 80);
}

/**
 * The other way round: what lies in slot c counts for the first (or last) c points. z_n = max(init + Σ constant + x_n
 * Σ factor, floor) over the slots that count for point n. NaN passes the floor.
 */
export function sumsToPoints(
  sums: usize,
  x: usize,
  points: usize,
  bytes: usize,
  init: usize,
  z: usize,
  floor: v128,
): void {
  const slotBytes = bytes << 2;
  const zero = f32x4.splat(0);
  const end = x + (points << 2);
  for (let at: usize = 0; at < bytes; at += 32) {
    // Point 0 is among the last c = N only.
    let slot = sums + (at << 2) + ((points << 1) + 1) * slotBytes;
    let row = z + at;
    let constant0 = v128.load(init + at);
    let constant1 = v128.load(init + at, 16);
    let factor0 = zero;
    let factor1 = zero;
    for (let n = x; n < end; n += 4) {
      const value = v128.load_splat<f32>(n);
      constant0 = f32x4.add(constant0, v128.load(slot));
      factor0 = f32x4.add(factor0, v128.load(slot, 16));
      constant1 = f32x4.add(constant1, v128.load(slot, 64));
      factor1 = f32x4.add(factor1, v128.load(slot, 80));
      v128.store(row, f32x4.add(constant0, f32x4.mul(value, factor0)));
      v128.store(row, f32x4.add(constant1, f32x4.mul(value, factor1)), 16);
      slot -= slotBytes;
      row += bytes;
    }
    slot = sums + (at << 2) + points * slotBytes;
    constant0 = zero;
    constant1 = zero;
    factor0 = zero;
    factor1 = zero;
    for (let n = end - 4; n >= x; n -= 4) {
      row -= bytes;
      const value = v128.load_splat<f32>(n);
      constant0 = f32x4.add(constant0, v128.load(slot));
      factor0 = f32x4.add(factor0, v128.load(slot, 16));
      constant1 = f32x4.add(constant1, v128.load(slot, 64));
      factor1 = f32x4.add(factor1, v128.load(slot, 80));
      const sum0 = f32x4.add(constant0, f32x4.mul(value, factor0));
      const sum1 = f32x4.add(constant1, f32x4.mul(value, factor1));
      v128.store(row, f32x4.pmax(f32x4.add(v128.load(row), sum0), floor));
      v128.store(row, f32x4.pmax(f32x4.add(v128.load(row, 16), sum1), floor), 16);
      slot -= slotBytes;
    }
  }
}
