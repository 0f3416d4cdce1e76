// Running sums over points sorted by x, from both ends. A slot holds for each vector of units Σ q and Σ x q of the points
// so far, and beside them two sums of another quantity (the R-operator's): four vectors, 64 bytes. Slots 0 … N are
// the sums over the first 0 … N points, slots N + 1 … 2N + 1 those over the last 0 … N.

/** Sums rows q [N, …] of `bytes` bytes. */
export function runningSums(sums: usize, x: usize, points: usize, bytes: usize, q: usize): void {
  const slotBytes = bytes << 2;
  const zero = f32x4.splat(0);
  const end = points << 2;
  for (let at: usize = 0; at < bytes; at += 16) {
    let slot = sums + (at << 2);
    let row = q + at;
    let constant = zero;
    let factor = zero;
    v128.store(slot, zero);
    v128.store(slot, zero, 16);
    for (let n: usize = 0; n < end; n += 4) {
      slot += slotBytes;
      const value = v128.load(row);
      constant = f32x4.add(constant, value);
      factor = f32x4.add(factor, f32x4.mul(v128.load_splat<f32>(x + n), value));
      v128.store(slot, constant);
      v128.store(slot, factor, 16);
      row += bytes;
    }
    slot += slotBytes;
    constant = zero;
    factor = zero;
    v128.store(slot, zero);
    v128.store(slot, zero, 16);
    for (let n = end; n > 0; n -= 4) {
      slot += slotBytes;
      row -= bytes;
      const value = v128.load(row);
      constant = f32x4.add(constant, value);
      factor = f32x4.add(factor, f32x4.mul(v128.load_splat<f32>(x + n - 4), value));
      v128.store(slot, constant);
      v128.store(slot, factor, 16);
    }
  }
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
  const end = points << 2;
  for (let at: usize = 0; at < bytes; at += 16) {
    // Point 0 is among the last c = N only.
    let slot = sums + (at << 2) + ((points << 1) + 1) * slotBytes;
    let row = z + at;
    let constant = v128.load(init + at);
    let factor = zero;
    for (let n: usize = 0; n < end; n += 4) {
      constant = f32x4.add(constant, v128.load(slot));
      factor = f32x4.add(factor, v128.load(slot, 16));
      v128.store(row, f32x4.add(constant, f32x4.mul(v128.load_splat<f32>(x + n), factor)));
      slot -= slotBytes;
      row += bytes;
    }
    slot = sums + (at << 2) + points * slotBytes;
    constant = zero;
    factor = zero;
    for (let n = end; n > 0; n -= 4) {
      row -= bytes;
      constant = f32x4.add(constant, v128.load(slot));
      factor = f32x4.add(factor, v128.load(slot, 16));
      const sum = f32x4.add(constant, f32x4.mul(v128.load_splat<f32>(x + n - 4), factor));
      v128.store(row, f32x4.pmax(f32x4.add(v128.load(row), sum), floor));
      slot -= slotBytes;
    }
  }
}
