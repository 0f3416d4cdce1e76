// sin, log1p, exp and integer powers from additions and multiplications alone, which IEEE 754 fixes to the bit: ECMAScript
// leaves Math.sin and its kin to each engine, and a link is to give the same run in every browser. Method and
// coefficients: Sun's fdlibm (k_sin.c, k_cos.c, e_rem_pio2.c, s_log1p.c, e_exp.c), public since 1993.

/** π/2 in three parts of 33, 33 and 53 bits, so that n times the first two is exact for |n| < 2²⁰. */
const HALF_PI_1 = 1.5707963267341256;
const HALF_PI_2 = 6.077100506303966e-11;
const HALF_PI_3 = 2.0222662487959506e-21;
const TWO_OVER_PI = 0.6366197723675814;
/** Adding and subtracting 1.5 · 2⁵² rounds to the nearest integer. */
const ROUNDER = 6755399441055744;
/** Beyond it n · HALF_PI_1 is no longer exact. */
const SIN_LIMIT = 2 ** 20;

/** sin x for |x| < 2²⁰ within 1 ulp; NaN for what is not finite. Throws a RangeError on larger numbers. */
export function sin(x: number): number {
  if (x > -0.7853981633974483 && x < 0.7853981633974483) return sinKernel(x, 0);
  if (!(x > -SIN_LIMIT && x < SIN_LIMIT)) {
    if (!Number.isFinite(x)) return Number.NaN;
    throw new RangeError(`sin: got ${x}, expected a number between −2²⁰ and 2²⁰. Reduce it by 2π before.`);
  }
  const n = x * TWO_OVER_PI + ROUNDER - ROUNDER;
  // x − n π/2 as high + low: each product of the first two parts is exact, and so is the first difference.
  const first = x - n * HALF_PI_1;
  const second = n * HALF_PI_2;
  const difference = first - second;
  const lost = first - difference - second;
  const third = n * HALF_PI_3 - lost;
  const high = difference - third;
  const low = difference - high - third;
  const quadrant = n & 3;
  const value = (quadrant & 1) === 0 ? sinKernel(high, low) : cosKernel(high, low);
  return (quadrant & 2) === 0 ? value : -value;
}

/** sin(x + tail) for |x| ≤ π/4. */
function sinKernel(x: number, tail: number): number {
  const z = x * x;
  const v = z * x;
  const r =
    0.00833333333332249 +
    z *
      (-0.0001984126982985795 +
        z * (0.0000027557313707070068 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)));
  return x - (z * (0.5 * tail - v * r) - tail - v * -0.16666666666666632);
}

/** cos(x + tail) for |x| ≤ π/4. */
function cosKernel(x: number, tail: number): number {
  const z = x * x;
  const r =
    z *
    (0.0416666666666666 +
      z *
        (-0.001388888888887411 +
          z *
            (0.00002480158728947673 +
              z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * r - x * tail));
}

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const word = new DataView(new ArrayBuffer(8));

/** ln(1 + x) within 1 ulp; −∞ at −1, NaN below. */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY || Math.abs(x) < 2 ** -54) return x;
  let f = x;
  let k = 0;
  let correction = 0;
  if (x < -0.2928932188134524 || x > 0.41421356237309503) {
    const u = 1 + x;
    word.setFloat64(0, u);
    const top = word.getUint32(0);
    k = (top >>> 20) - 1023;
    // What rounding 1 + x has lost.
    correction = (k > 0 ? 1 - (u - x) : x - (u - 1)) / u;
    // The mantissa in [√½, √2).
    const isUpper = (top & 0xfffff) >= 0x6a09e;
    if (isUpper) k += 1;
    word.setUint32(0, (top & 0xfffff) | (isUpper ? 0x3fe00000 : 0x3ff00000));
    f = word.getFloat64(0) - 1;
  }
  return k * LN2_HIGH - (log1pTail(f, k * LN2_LOW + correction) - f);
}

/** f − ln(1 + f) − low, for 1 + f between √½ and √2. */
function log1pTail(f: number, low: number): number {
  const half = 0.5 * f * f;
  const s = f / (2 + f);
  const z = s * s;
  const r =
    z *
    (0.6666666666666735 +
      z *
        (0.3999999999940942 +
          z *
            (0.2857142874366239 +
              z *
                (0.22222198432149784 +
                  z * (0.1818357216161805 + z * (0.15313837699209373 + z * 0.14798198605116586))))));
  return half - (s * (half + r) + low);
}

/** e^x within 1 ulp for −700 ≤ x ≤ 700. Throws a RangeError beyond: nothing here needs it. */
export function exp(x: number): number {
  if (!(x >= -700 && x <= 700)) {
    throw new RangeError(`exp: got ${x}, expected a number from −700 to 700.`);
  }
  const k = x * Math.LOG2E + ROUNDER - ROUNDER;
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const z = r * r;
  const c =
    r -
    z *
      (0.16666666666666602 +
        z *
          (-0.0027777777777015593 +
            z * (0.00006613756321437934 + z * (-0.0000016533902205465252 + z * 4.1381367970572385e-8))));
  const value = 1 - (low - (r * c) / (2 - c) - high);
  // 2^k has the exponent bits k + 1023 and nothing else.
  word.setUint32(0, (k + 1023) << 20);
  word.setUint32(4, 0);
  return value * word.getFloat64(0);
}

/** base^exponent for an integer exponent ≥ 0, by repeated squaring. */
export function integerPower(base: number, exponent: number): number {
  if (!Number.isInteger(exponent) || exponent < 0) {
    throw new RangeError(`integerPower: got the exponent ${exponent}, expected an integer, 0 or more.`);
  }
  let power = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) power *= square;
    square *= square;
  }
  return power;
}
