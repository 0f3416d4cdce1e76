// What one change of settings is called in notices and beside pinned curves: "α = 0.01 and K = 5 points".
import type { Experiment } from '../experiment/experiment.ts';
import { sameValue } from '../experiment/field-changes.ts';
import type { Field, FieldKeyOf } from '../experiment/field-types.ts';
import type { Lab } from '../experiment/lab.ts';
import { changeWords } from '../words/changes.ts';

type FieldsOf<E extends Experiment> = Pick<Lab<E>, 'fieldKeys' | 'field'>;

/** Names the old run of a lab by the values that it had and the new one has not. */
export function labelOldRun<E extends Experiment>(lab: FieldsOf<E>, before: E, after: E): string {
  const changed = lab.fieldKeys.filter((key) => !sameValue(before[key], after[key]));
  if (changed.length === 0) return changeWords.runBefore;
  if (changed.length > 2) return changeWords.beforeChanges(before.preset, changed.length);
  return changeWords.and(changed.map((key) => labelSetting(lab, key, before[key])));
}

/** One setting in words: "K = 5 points", "algorithms MAML, FOMAML", "hidden layers 40-40". */
export function labelSetting<E extends Experiment>(
  lab: FieldsOf<E>,
  key: FieldKeyOf<E>,
  value: unknown,
): string {
  const field = lab.field(key);
  const text = settingWords(field, value);
  const name = ownsSymbol(lab, key) ? `${field.symbol} =` : inSentence(field.label);
  return typeof value === 'number' && field.unit !== '' ? `${name} ${text} ${field.unit}` : `${name} ${text}`;
}

/** A setting's value in words, without its name: "0.01", "MAML, FOMAML", "40-40". */
export function settingWords(field: Field, value: unknown): string {
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
function numberText(value: unknown): string {
  return String(Number(Number(value).toPrecision(4)));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Whether the symbol alone says which number is meant: K is also K at test, A has two ends. */
function ownsSymbol<E extends Experiment>(lab: FieldsOf<E>, key: FieldKeyOf<E>): boolean {
  const { kind, symbol, label } = lab.field(key);
  if (symbol === '' || (kind !== 'number' && kind !== 'integer') || / (from|to)$/.test(label)) return false;
  return lab.fieldKeys.find((other) => lab.field(other).symbol === symbol) === key;
}

/** The label in mid-sentence: names and symbols keep their capitals. */
function inSentence(label: string): string {
  return /^(Reptile|\p{Lu}\p{Lu}|\p{Lu} )/u.test(label)
    ? label
    : label.charAt(0).toLowerCase() + label.slice(1);
}
