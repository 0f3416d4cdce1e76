// The error function and its inverse, for normal random numbers. Single precision is what is asked of erfinv.
import { exp, log1p } from './elementary.ts';

/**
 * erf⁻¹ for |x| < 1 to single precision; ±∞ at ±1, NaN beyond.
 * Polynomials: M. Giles, "Approximating the erfinv function", GPU Computing Gems 2 (2010), single precision.
 */
export function erfinv(x: number): number {
  if (Math.abs(x) === 1) return x * Number.POSITIVE_INFINITY;
  let w = -log1p(-x * x);
  let p: number;
  if (w < 5) {
    w -= 2.5;
    p = 2.81022636e-8;
    p = 3.43273939e-7 + p * w;
    p = -3.5233877e-6 + p * w;
    p = -4.39150654e-6 + p * w;
    p = 0.00021858087 + p * w;
    p = -0.00125372503 + p * w;
    p = -0.00417768164 + p * w;
    p = 0.246640727 + p * w;
    p = 1.50140941 + p * w;
  } else {
    w = Math.sqrt(w) - 3;
    p = -0.000200214257;
    p = 0.000100950558 + p * w;
    p = 0.00134934322 + p * w;
    p = -0.00367342844 + p * w;
    p = 0.00573950773 + p * w;
    p = -0.0076224613 + p * w;
    p = 0.00943887047 + p * w;
    p = 1.00167406 + p * w;
    p = 2.83297682 + p * w;
  }
  return p * x;
}

/**
 * erf to double precision: its Maclaurin series below 3, 1 − erfc by a continued fraction above.
 * Slow (tens of terms); meant for a few values per call, such as truncation bounds.
 */
export function erf(x: number): number {
  const z = Math.abs(x);
  if (Number.isNaN(x) || z === 0) return x;
  if (z > 6) return Math.sign(x);
  return Math.sign(x) * (z < 3 ? erfSeries(z) : 1 - erfcFraction(z));
}

/** 2/√π e^(−z²) Σ 2ⁿ z^(2n+1) / (2n+1)!!: all terms positive, so nothing cancels. */
function erfSeries(z: number): number {
  let term = z;
  let sum = z;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * z * z) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * exp(-z * z) * sum;
}

/** erfc(z) = e^(−z²)/√π · 1/(z + (1/2)/(z + (2/2)/(z + …))), evaluated from the far end. */
function erfcFraction(z: number): number {
  let denominator = z;
  for (let n = 60; n >= 1; n--) denominator = z + n / 2 / denominator;
  return exp(-z * z) / (Math.sqrt(Math.PI) * denominator);
}
