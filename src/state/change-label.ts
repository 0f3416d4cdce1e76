// What one change of settings is called in notices and beside pinned curves: "α = 0.01 and K = 5 points".
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import type { Field, FieldKey } from '../experiment/field-types.ts';
import { FIELD_KEYS, fieldOf, sameValue } from '../experiment/fields.ts';

/** Names the old run by the values that it had and the new one has not. */
export function labelOldRun(before: SinusoidExperiment, after: SinusoidExperiment): string {
  const changed = FIELD_KEYS.filter((key) => !sameValue(before[key], after[key]));
  if (changed.length === 0) return 'run before';
  if (changed.length > 2) return `${before.preset}, before ${changed.length} changes`;
  return changed.map((key) => labelSetting(key, before[key])).join(' and ');
}

/** One setting in words: "K = 5 points", "algorithms MAML, FOMAML", "hidden layers 40-40". */
export function labelSetting(key: FieldKey, value: SinusoidExperiment[FieldKey]): string {
  const field = fieldOf(key);
  const text = wordsOf(field, value);
  const name = ownsSymbol(key) ? `${field.symbol} =` : inSentence(field.label);
  return typeof value === 'number' && field.unit !== '' ? `${name} ${text} ${field.unit}` : `${name} ${text}`;
}

function wordsOf(field: Field, value: SinusoidExperiment[FieldKey]): string {
  switch (field.kind) {
    case 'number':
    case 'integer':
      return numberText(value);
    case 'optional-number':
      return value === null ? field.noneLabel.toLowerCase() : numberText(value);
    case 'choice':
      return field.choices[String(value)] ?? String(value);
    case 'multi-choice':
      return listOf(value)
        .map((id) => field.choices[String(id)] ?? String(id))
        .join(', ');
    case 'widths':
      return listOf(value).join('-');
    case 'points':
      return `${listOf(value).length / 2}`;
    default:
      return field satisfies never;
  }
}

/** At most four figures. */
function numberText(value: SinusoidExperiment[FieldKey]): string {
  return String(Number(Number(value).toPrecision(4)));
}

function listOf(value: SinusoidExperiment[FieldKey]): readonly (string | number)[] {
  return typeof value === 'object' && value !== null ? value : [];
}

/** Whether the symbol alone says which number is meant: K is also K at test, A has two ends. */
function ownsSymbol(key: FieldKey): boolean {
  const { kind, symbol, label } = fieldOf(key);
  if (symbol === '' || (kind !== 'number' && kind !== 'integer') || / (from|to)$/.test(label)) return false;
  return FIELD_KEYS.find((other) => fieldOf(other).symbol === symbol) === key;
}

/** The label in mid-sentence: names and symbols keep their capitals. */
function inSentence(label: string): string {
  return /^(Reptile|\p{Lu}\p{Lu}|\p{Lu} )/u.test(label)
    ? label
    : label.charAt(0).toLowerCase() + label.slice(1);
}
