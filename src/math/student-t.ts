// Student's t: quantiles, and the 95 % intervals made with them. For a few numbers on the page, not for training.
// Incomplete beta function: continued fraction of DLMF 8.17.22, evaluated by Lentz's method; Γ: Lanczos, g = 7.
import { mean, variance } from './statistics.ts';

/** A centre with the half width of its 95 % interval; the half width is NaN where there is no interval. */
export interface Interval {
  readonly centre: number;
  readonly halfWidth: number;
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(x) for x > 0. */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  let sum = LANCZOS[0]!;
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i]! / (z + i);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

const TINY = 1e-300;

function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d);
    c = nonZero(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d);
    c = nonZero(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return value;
}

function nonZero(x: number): number {
  return Math.abs(x) < TINY ? TINY : x;
}

/** I_x(a, b), the regularised incomplete beta function. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  // The fraction converges fast on one side of the mean only.
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/** P(|T| > t) for t ≥ 0 and ν > 0 degrees of freedom, which need not be whole. */
export function studentTail(t: number, degrees: number): number {
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/** The t that |T| exceeds with probability 1 − level: 1.96 for many degrees of freedom and 0.95. By bisection. */
export function studentQuantile(level: number, degrees: number): number {
  if (!(level > 0 && level < 1) || !(degrees > 0)) {
    throw new RangeError(
      `A t quantile needs a level between 0 and 1 and positive degrees of freedom; got ${level}, ${degrees}.`,
    );
  }
  let low = 0;
  let high = 2;
  while (studentTail(high, degrees) > 1 - level) high *= 2;
  for (let i = 0; i < 200 && high - low > 1e-12 * high; i++) {
    const middle = (low + high) / 2;
    if (studentTail(middle, degrees) > 1 - level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Mean of a sample with its 95 % t interval; NaN half width for fewer than two values. */
export function meanInterval(values: ArrayLike<number>): Interval {
  const centre = mean(values);
  if (values.length < 2) return { centre, halfWidth: Number.NaN };
  const error = Math.sqrt(variance(values) / values.length);
  return { centre, halfWidth: error === 0 ? 0 : studentQuantile(0.95, values.length - 1) * error };
}

/** mean(a) − mean(b) of independent samples with its 95 % interval, variances not taken as equal (Welch 1947). */
export function welchInterval(a: ArrayLike<number>, b: ArrayLike<number>): Interval {
  const centre = mean(a) - mean(b);
  if (a.length < 2 || b.length < 2) return { centre, halfWidth: Number.NaN };
  const [va, vb] = [variance(a) / a.length, variance(b) / b.length];
  const total = va + vb;
  if (total === 0) return { centre, halfWidth: 0 };
  const degrees = total ** 2 / (va ** 2 / (a.length - 1) + vb ** 2 / (b.length - 1));
  return { centre, halfWidth: studentQuantile(0.95, degrees) * Math.sqrt(total) };
}
