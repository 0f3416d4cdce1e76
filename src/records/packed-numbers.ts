// Lists of float32 numbers in JSON: base64 of little-endian 16- or 32-bit numbers. `{ "f16": "…" }`, `{ "f32": "…" }`, or
// a plain list, as version 1 of run files has it.
import * as v from 'valibot';
import { fromBase64, toBase64 } from './base64.ts';
import { decodeFloat16, encodeFloat16, fitsFloat16 } from './float16.ts';

export const PRECISIONS = ['f16', 'f32'] as const;
/** Bits per kept parameter. f16 keeps 3 digits, in half the space. */
export type Precision = (typeof PRECISIONS)[number];

const MAX_LIST = 1_000_000;

/** What a packed list may look like in JSON; its length is checked when it is unpacked. */
export const PackedNumbers = v.union(
  [
    v.object({ f16: v.string() }),
    v.object({ f32: v.string() }),
    v.pipe(v.array(v.pipe(v.number(), v.finite())), v.maxLength(MAX_LIST)),
  ],
  '{ "f16": base64 }, { "f32": base64 } or a list of finite numbers',
);
export type PackedNumbers = v.InferOutput<typeof PackedNumbers>;

/** The values for JSON. f16 falls back to f32 where a value is too large for it. Throws a RangeError unless all are finite. */
export function packNumbers(values: Float32Array, precision: Precision): PackedNumbers {
  if (!values.every(Number.isFinite)) {
    const at = values.findIndex((value) => !Number.isFinite(value));
    throw new RangeError(
      `Packing ${values.length} numbers: number ${at} is ${values[at]}, expected finite ones. Keep the last good state.`,
    );
  }
  if (precision === 'f16' && fitsFloat16(values)) return { f16: toBase64(encodeFloat16(values)) };
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) view.setFloat32(4 * i, value, true);
  return { f32: toBase64(bytes) };
}

/** The `length` values, or, in words that follow the place, what is wrong. */
export function unpackNumbers(packed: PackedNumbers, length: number): Float32Array<ArrayBuffer> | string {
  const wanted = `a list of ${length} finite numbers`;
  const values = Array.isArray(packed) ? Float32Array.from(packed) : unpackText(packed, length);
  if (values === null) return `must be ${wanted}; got ${describe(packed)}`;
  if (values.length !== length) return `must be ${wanted}; got a list of ${values.length}`;
  const at = values.findIndex((value) => !Number.isFinite(value));
  return at < 0 ? values : `must be ${wanted}; number ${at} is ${values[at]}`;
}

type PackedText = Exclude<PackedNumbers, readonly number[]>;

function unpackText(packed: PackedText, length: number): Float32Array<ArrayBuffer> | null {
  if ('f16' in packed) {
    const bytes = fromBase64(packed.f16, 2 * length);
    return bytes && decodeFloat16(bytes);
  }
  const bytes = fromBase64(packed.f32, 4 * length);
  if (bytes === null) return null;
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length }, (_, i) => view.getFloat32(4 * i, true));
}

function describe(packed: PackedNumbers): string {
  if (Array.isArray(packed)) return `a list of ${packed.length}`;
  const [text, size, name] = 'f16' in packed ? [packed.f16, 2, 'f16'] : [packed.f32, 4, 'f32'];
  return `${name} text of ${text.length} characters, enough for ${Math.floor((text.length * 3) / 4 / size)}`;
}
