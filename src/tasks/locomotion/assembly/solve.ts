// Solves a system of the sparsity that all matrices here share: the legs couple to the root, not to each other. Each leg
// is eliminated from its foot upwards (no fill), then the root's 3 × 3 (LDLᵀ), then back down.
import {
  M00,
  M01,
  M02,
  M03,
  M11,
  M12,
  M13,
  M22,
  M23,
  M33,
  MX0,
  MX1,
  MX2,
  MX3,
  MXX,
  MXZ,
  MZ0,
  MZ1,
  MZ2,
  MZ3,
  MZZ,
  V0,
  V1,
  V2,
  V3,
  VX,
  VZ,
} from './fields';
import { both, div, get, less, mul, put, total } from './lanes';

/** solution ← matrix⁻¹ · load, for a symmetric positive definite matrix. */
export function solve(matrix: usize, load: usize, solution: usize): void {
  let m22 = get(matrix + M22);
  let m12 = get(matrix + M12);
  let m02 = get(matrix + M02);
  let mx2 = get(matrix + MX2);
  let mz2 = get(matrix + MZ2);
  let m11 = get(matrix + M11);
  let m01 = get(matrix + M01);
  let mx1 = get(matrix + MX1);
  let mz1 = get(matrix + MZ1);
  let m00 = get(matrix + M00);
  let mx0 = get(matrix + MX0);
  let mz0 = get(matrix + MZ0);
  let mxx = get(matrix + MXX);
  let mxz = get(matrix + MXZ);
  let mzz = get(matrix + MZZ);
  let b2 = get(load + V2);
  let b1 = get(load + V1);
  let b0 = get(load + V0);
  let bx = get(load + VX);
  let bz = get(load + VZ);

  // Foot.
  const m23 = get(matrix + M23);
  const m13 = get(matrix + M13);
  const m03 = get(matrix + M03);
  const mx3 = get(matrix + MX3);
  const mz3 = get(matrix + MZ3);
  const b3 = get(load + V3);
  const r3 = div(both(1), get(matrix + M33));
  let l = mul(r3, m23);
  m22 = less(m22, l, m23);
  m12 = less(m12, l, m13);
  m02 = less(m02, l, m03);
  mx2 = less(mx2, l, mx3);
  mz2 = less(mz2, l, mz3);
  b2 = less(b2, l, b3);
  l = mul(r3, m13);
  m11 = less(m11, l, m13);
  m01 = less(m01, l, m03);
  mx1 = less(mx1, l, mx3);
  mz1 = less(mz1, l, mz3);
  b1 = less(b1, l, b3);
  l = mul(r3, m03);
  m00 = less(m00, l, m03);
  mx0 = less(mx0, l, mx3);
  mz0 = less(mz0, l, mz3);
  b0 = less(b0, l, b3);
  l = mul(r3, mx3);
  mxx = less(mxx, l, mx3);
  mxz = less(mxz, l, mz3);
  bx = less(bx, l, b3);
  l = mul(r3, mz3);
  mzz = less(mzz, l, mz3);
  bz = less(bz, l, b3);

  // Shin.
  const r2 = div(both(1), m22);
  l = mul(r2, m12);
  m11 = less(m11, l, m12);
  m01 = less(m01, l, m02);
  mx1 = less(mx1, l, mx2);
  mz1 = less(mz1, l, mz2);
  b1 = less(b1, l, b2);
  l = mul(r2, m02);
  m00 = less(m00, l, m02);
  mx0 = less(mx0, l, mx2);
  mz0 = less(mz0, l, mz2);
  b0 = less(b0, l, b2);
  l = mul(r2, mx2);
  mxx = less(mxx, l, mx2);
  mxz = less(mxz, l, mz2);
  bx = less(bx, l, b2);
  l = mul(r2, mz2);
  mzz = less(mzz, l, mz2);
  bz = less(bz, l, b2);

  // Thigh.
  const r1 = div(both(1), m11);
  l = mul(r1, m01);
  m00 = less(m00, l, m01);
  mx0 = less(mx0, l, mx1);
  mz0 = less(mz0, l, mz1);
  b0 = less(b0, l, b1);
  l = mul(r1, mx1);
  mxx = less(mxx, l, mx1);
  mxz = less(mxz, l, mz1);
  bx = less(bx, l, b1);
  l = mul(r1, mz1);
  mzz = less(mzz, l, mz1);
  bz = less(bz, l, b1);

  // Root: both legs' remainders together.
  const p = total(m00);
  const px = total(mx0);
  const pz = total(mz0);
  const lx = px / p;
  const lz = pz / p;
  const xx = total(mxx) - lx * px;
  const xz = total(mxz) - lx * pz;
  const zz = total(mzz) - lz * pz;
  const load0 = total(b0);
  const loadX = total(bx) - lx * load0;
  const lzx = xz / xx;
  const z = (total(bz) - lz * load0 - lzx * loadX) / (zz - lzx * xz);
  const x = loadX / xx - lzx * z;
  const az = both(z);
  const ax = both(x);
  const a0 = both(load0 / p - lx * x - lz * z);

  const a1 = mul(r1, less(less(less(b1, m01, a0), mx1, ax), mz1, az));
  const a2 = mul(r2, less(less(less(less(b2, m12, a1), m02, a0), mx2, ax), mz2, az));
  const a3 = mul(r3, less(less(less(less(less(b3, m23, a2), m13, a1), m03, a0), mx3, ax), mz3, az));
  put(solution + V3, a3);
  put(solution + V2, a2);
  put(solution + V1, a1);
  put(solution + V0, a0);
  put(solution + VX, ax);
  put(solution + VZ, az);
}
