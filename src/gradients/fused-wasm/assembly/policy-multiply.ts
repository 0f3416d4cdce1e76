// The one product of which a policy's passes consist, for many timesteps at once: rows of sums of rows times
// coefficients. Forward, backward and weight gradients differ in the strides of the coefficients alone. Four target
// rows and two vectors of them stay in registers, so that whatever is loaded is used several times.
// Plain addresses, not records: whatever is looked up inside a loop costs as much as the arithmetic.

/**
 * out_r = init_r + Σ_k coef[r, k] · row_k for r < targets and k < count, over `bytes` bytes, a multiple of 16. Steps are
 * in bytes; an initStep of 0 starts every target from the same row. `out` may be `init`.
 */
export function multiply(
  coef: usize,
  coefRow: usize,
  coefStep: usize,
  rows: usize,
  rowStep: usize,
  count: usize,
  init: usize,
  initStep: usize,
  out: usize,
  outStep: usize,
  targets: usize,
  bytes: usize,
): void {
  const pairs = bytes & ~31;
  let r: usize = 0;
  for (; r + 4 <= targets; r += 4) {
    let at: usize = 0;
    for (; at < pairs; at += 32) {
      block4x2(coef, coefRow, coefStep, rows + at, rowStep, count, init + at, initStep, out + at, outStep);
    }
    if (at < bytes) {
      block4x1(coef, coefRow, coefStep, rows + at, rowStep, count, init + at, initStep, out + at, outStep);
    }
    coef += coefRow << 2;
    init += initStep << 2;
    out += outStep << 2;
  }
  for (; r < targets; r++) {
    single(coef, coefStep, rows, rowStep, count, init, out, bytes);
    coef += coefRow;
    init += initStep;
    out += outStep;
  }
}

function block4x2(
  coef: usize,
  coefRow: usize,
  coefStep: usize,
  rows: usize,
  rowStep: usize,
  count: usize,
  init: usize,
  initStep: usize,
  out: usize,
  outStep: usize,
): void {
  let z00 = v128.load(init);
  let z01 = v128.load(init, 16);
  init += initStep;
  let z10 = v128.load(init);
  let z11 = v128.load(init, 16);
  init += initStep;
  let z20 = v128.load(init);
  let z21 = v128.load(init, 16);
  init += initStep;
  let z30 = v128.load(init);
  let z31 = v128.load(init, 16);
  let c1 = coef + coefRow;
  let c2 = c1 + coefRow;
  let c3 = c2 + coefRow;
  const end = rows + count * rowStep;
  while (rows < end) {
    const w0 = v128.load(rows);
    const w1 = v128.load(rows, 16);
    const a0 = v128.load_splat<f32>(coef);
    z00 = f32x4.add(z00, f32x4.mul(a0, w0));
    z01 = f32x4.add(z01, f32x4.mul(a0, w1));
    const a1 = v128.load_splat<f32>(c1);
    z10 = f32x4.add(z10, f32x4.mul(a1, w0));
    z11 = f32x4.add(z11, f32x4.mul(a1, w1));
    const a2 = v128.load_splat<f32>(c2);
    z20 = f32x4.add(z20, f32x4.mul(a2, w0));
    z21 = f32x4.add(z21, f32x4.mul(a2, w1));
    const a3 = v128.load_splat<f32>(c3);
    z30 = f32x4.add(z30, f32x4.mul(a3, w0));
    z31 = f32x4.add(z31, f32x4.mul(a3, w1));
    rows += rowStep;
    coef += coefStep;
    c1 += coefStep;
    c2 += coefStep;
    c3 += coefStep;
  }
  v128.store(out, z00);
  v128.store(out, z01, 16);
  out += outStep;
  v128.store(out, z10);
  v128.store(out, z11, 16);
  out += outStep;
  v128.store(out, z20);
  v128.store(out, z21, 16);
  out += outStep;
  v128.store(out, z30);
  v128.store(out, z31, 16);
}

function block4x1(
  coef: usize,
  coefRow: usize,
  coefStep: usize,
  rows: usize,
  rowStep: usize,
  count: usize,
  init: usize,
  initStep: usize,
  out: usize,
  outStep: usize,
): void {
  let z0 = v128.load(init);
  init += initStep;
  let z1 = v128.load(init);
  init += initStep;
  let z2 = v128.load(init);
  init += initStep;
  let z3 = v128.load(init);
  let c1 = coef + coefRow;
  let c2 = c1 + coefRow;
  let c3 = c2 + coefRow;
  const end = rows + count * rowStep;
  while (rows < end) {
    const w = v128.load(rows);
    z0 = f32x4.add(z0, f32x4.mul(v128.load_splat<f32>(coef), w));
    z1 = f32x4.add(z1, f32x4.mul(v128.load_splat<f32>(c1), w));
    z2 = f32x4.add(z2, f32x4.mul(v128.load_splat<f32>(c2), w));
    z3 = f32x4.add(z3, f32x4.mul(v128.load_splat<f32>(c3), w));
    rows += rowStep;
    coef += coefStep;
    c1 += coefStep;
    c2 += coefStep;
    c3 += coefStep;
  }
  v128.store(out, z0);
  out += outStep;
  v128.store(out, z1);
  out += outStep;
  v128.store(out, z2);
  out += outStep;
  v128.store(out, z3);
}

/** One target row: for what is left over of the fours, and for nets with one to three inputs. */
function single(
  coef: usize,
  coefStep: usize,
  rows: usize,
  rowStep: usize,
  count: usize,
  init: usize,
  out: usize,
  bytes: usize,
): void {
  let at: usize = 0;
  for (; at + 64 <= bytes; at += 64) {
    single4(coef, coefStep, rows + at, rowStep, count, init + at, out + at);
  }
  for (; at < bytes; at += 16) {
    let z = v128.load(init + at);
    let c = coef;
    let row = rows + at;
    for (let k: usize = 0; k < count; k++) {
      z = f32x4.add(z, f32x4.mul(v128.load_splat<f32>(c), v128.load(row)));
      c += coefStep;
      row += rowStep;
    }
    v128.store(out + at, z);
  }
}

function single4(
  coef: usize,
  coefStep: usize,
  rows: usize,
  rowStep: usize,
  count: usize,
  init: usize,
  out: usize,
): void {
  let z0 = v128.load(init);
  let z1 = v128.load(init, 16);
  let z2 = v128.load(init, 32);
  let z3 = v128.load(init, 48);
  for (let k: usize = 0; k < count; k++) {
    const a = v128.load_splat<f32>(coef);
    z0 = f32x4.add(z0, f32x4.mul(a, v128.load(rows)));
    z1 = f32x4.add(z1, f32x4.mul(a, v128.load(rows, 16)));
    z2 = f32x4.add(z2, f32x4.mul(a, v128.load(rows, 32)));
    z3 = f32x4.add(z3, f32x4.mul(a, v128.load(rows, 48)));
    coef += coefStep;
    rows += rowStep;
  }
  v128.store(out, z0);
  v128.store(out, z1, 16);
  v128.store(out, z2, 32);
  v128.store(out, z3, 48);
}

/** sum += Σ_k row_k. */
export function addRows(rows: usize, rowStep: usize, count: usize, sum: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    let z = f32x4.splat(0);
    let row = rows + at;
    for (let k: usize = 0; k < count; k++) {
      z = f32x4.add(z, v128.load(row));
      row += rowStep;
    }
    v128.store(sum + at, f32x4.add(v128.load(sum + at), z));
  }
}
