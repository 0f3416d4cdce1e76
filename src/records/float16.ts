// Half-precision numbers, IEEE 754 binary16: 1 sign, 5 exponent and 10 fraction bits, so 3 digits between 6e-8 and
// 65,504. Kept runs and links with a trained state hold θ so. Not every browser has Float16Array yet.

/** Largest magnitude that is not rounded to infinity. */
const LIMIT = 65_520;
const LEAST_NORMAL = 2 ** -14;
/** What a fraction counts for by the exponent's bits: powers are slow to compute. */
const UNITS = Float64Array.from({ length: 31 }, (_, exponent) => 2 ** (Math.max(1, exponent) - 25));
/** Adding and subtracting it rounds to an integer, ties to the even one. */
const ROUNDING = 2 ** 52;

/** Whether every value has a half-precision neighbour: finite, and of a magnitude below 65,520. */
export function fitsFloat16(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (!(Math.abs(values[i]!) < LIMIT)) return false;
  return true;
}

/** The 16 bits of the nearest half-precision number, ties to even. Throws a RangeError where fitsFloat16 is false. */
export function toFloat16Bits(value: number): number {
  const magnitude = Math.abs(value);
  if (!(magnitude < LIMIT)) {
    throw new RangeError(
      `Half precision: got ${value}, expected a number between −65,504 and 65,504. Use 32 bits for these values.`,
    );
  }
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  // A fraction that rounds up to 1024 carries into the exponent, which is the next number up.
  if (magnitude < LEAST_NORMAL) return sign | roundToEven(magnitude * 2 ** 24);
  const exponent = exponentOf(magnitude);
  return sign | (((exponent + 15) << 10) + roundToEven(magnitude * 2 ** (10 - exponent)) - 1024);
}

/** The number that the low 16 bits stand for; infinities and NaN too. */
export function fromFloat16Bits(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction : 1024 + fraction) * UNITS[exponent]!;
}

/** The values as half-precision numbers, little-endian, 2 bytes each. Throws a RangeError where one does not fit. */
export function encodeFloat16(values: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 * values.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setUint16(2 * i, toFloat16Bits(values[i]!), true);
  return bytes;
}

/** The numbers in `bytes`, of which there is an even count. Exact: every half-precision number is a float32. */
export function decodeFloat16(bytes: Uint8Array): Float32Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(bytes.length >>> 1);
  for (let i = 0; i < values.length; i++) values[i] = fromFloat16Bits(view.getUint16(2 * i, true));
  return values;
}

function roundToEven(value: number): number {
  return value + ROUNDING - ROUNDING;
}

const word = new DataView(new ArrayBuffer(8));

/** ⌊log₂ of a normal number⌋, exactly. */
function exponentOf(magnitude: number): number {
  word.setFloat64(0, magnitude);
  return (word.getUint16(0) >>> 4) - 1023;
}
