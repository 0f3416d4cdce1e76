// How one setting is written in a link and read back: text ↔ value, by the kind of its field. Whether a value
// is within its limits is schema.ts's business.
import type { Field } from './field-types.ts';

const NONE = 'none';
const NUMBER = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;
/** The longest text that a double needs is 25 characters; anything longer is not ours. */
const MAX_NUMBER_LENGTH = 40;

/** The shortest decimal text that reads back as exactly this number: "0.01", "1e4", "3.141592653589793". */
export function formatNumber(value: number): string {
  const plain = String(value).replace('e+', 'e');
  const exponential = value.toExponential().replace('e+', 'e');
  return exponential.length < plain.length ? exponential : plain;
}

/** A valid field's value as it stands in a link. */
export function formatValue(value: unknown): string {
  if (value === null) return NONE;
  if (typeof value === 'number') return formatNumber(value);
  return Array.isArray(value) ? value.map(formatValue).join(',') : String(value);
}

/** The value that the text stands for, or undefined when it is not written as this kind of field is. */
export function parseValue(field: Field, text: string): unknown {
  switch (field.kind) {
    case 'number':
    case 'integer':
      return parseNumber(text);
    case 'optional-number':
      return text === NONE ? null : parseNumber(text);
    case 'choice':
      return text;
    case 'multi-choice':
      return text === '' ? [] : text.split(',');
    case 'widths':
    case 'points':
      return text === '' ? [] : text.split(',').map(parseNumber);
    default:
      return field satisfies never;
  }
}

function parseNumber(text: string): number | undefined {
  return text.length <= MAX_NUMBER_LENGTH && NUMBER.test(text) ? Number(text) : undefined;
}
