// What counts as a valid experiment: a valibot schema per field, built from the field table, plus the rules
// between fields. Nothing here throws on bad values: results list what was wrong, in words for the user.
import * as v from 'valibot';
import { ALGORITHM_IDS, type SinusoidExperiment } from './experiment.ts';
import type { Field, FieldKey } from './field-types.ts';
import { FIELD_KEYS, fieldOf, isFieldKey, isVisible, sameValue } from './fields.ts';
import { DEFAULT_PRESET_ID, PRESETS, presetById } from './presets.ts';
import { RULES } from './rules.ts';

/** One thing that was wrong with one field: what, got, expected, remedy. */
export interface FieldIssue {
  /** The field's key, or another key of the value that was read ("preset", an unknown one). */
  readonly field: string;
  readonly message: string;
}

export interface Validation {
  /** Always valid and frozen; where the value was bad, the preset's value. */
  readonly experiment: SinusoidExperiment;
  /** Empty when everything was accepted as it was. */
  readonly issues: readonly FieldIssue[];
}

function fieldSchema(field: Field): v.GenericSchema {
  switch (field.kind) {
    case 'number':
      return v.pipe(v.number(), v.minValue(field.min), v.maxValue(field.max));
    case 'integer':
      return v.pipe(v.number(), v.integer(), v.minValue(field.min), v.maxValue(field.max));
    case 'optional-number':
      return v.nullable(v.pipe(v.number(), v.minValue(field.min), v.maxValue(field.max)));
    case 'choice':
      return v.picklist(Object.keys(field.choices));
    case 'multi-choice':
      return v.pipe(
        v.array(v.picklist(Object.keys(field.choices))),
        v.minLength(1),
        v.check((chosen) => new Set(chosen).size === chosen.length),
      );
    case 'widths': {
      const width = v.pipe(v.number(), v.integer(), v.minValue(field.minWidth), v.maxValue(field.maxWidth));
      return v.pipe(v.array(width), v.minLength(field.minLayers), v.maxLength(field.maxLayers));
    }
    default:
      return field satisfies never;
  }
}

const SCHEMAS = new Map(FIELD_KEYS.map((key) => [key, fieldSchema(fieldOf(key))]));

/** Whether the value is acceptable for that field alone. */
export function accepts<K extends FieldKey>(key: K, value: unknown): value is SinusoidExperiment[K] {
  const schema = SCHEMAS.get(key);
  return schema !== undefined && v.is(schema, value);
}

/** Where a value was set: the page offers labels and lets the user choose again; links and files spell ids. */
type Source = 'page' | 'text';

/** What a field may be, in words that follow "expected". */
function expectation(field: Field, source: Source): string {
  const offered = ({ choices }: { readonly choices: Readonly<Record<string, string>> }) =>
    (source === 'page' ? Object.values(choices) : Object.keys(choices)).join(', ');
  switch (field.kind) {
    case 'number':
      return rangeOf(field);
    case 'integer':
      return `a whole number, ${rangeOf(field)}`;
    case 'optional-number':
      return `${rangeOf(field)}, or ${source === 'page' ? 'empty' : 'none'} (${field.noneLabel.toLowerCase()})`;
    case 'choice':
      return `one of ${offered(field)}`;
    case 'multi-choice':
      return `at least one of ${offered(field)}, each at most once`;
    case 'widths':
      return `${field.minLayers} to ${field.maxLayers} layers of ${field.minWidth} to ${field.maxWidth} units`;
    default:
      return field satisfies never;
  }
}

/** "0 to 100 points". */
function rangeOf({ min, max, unit }: Field & { readonly min: number; readonly max: number }): string {
  // Cut, not rounded: what the message names must itself be accepted (the phase's limits are multiples of π).
  const [low, high] = [min, max].map((limit) => Math.trunc(limit * 1e4) / 1e4);
  return `${low} to ${high}${unit === '' ? '' : ` ${unit}`}`;
}

const REMEDIES: Readonly<Record<Field['kind'], string>> = {
  number: 'Choose a value in that range.',
  integer: 'Choose a whole number in that range.',
  'optional-number': 'Choose a value in that range, or none.',
  choice: 'Choose one of these.',
  'multi-choice': 'Choose among these.',
  widths: 'Choose layers within these limits.',
};

/** A value as the user would recognise it, at most 40 characters, none of them invisible. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Number.isNaN(value)) return 'no number';
  if (Array.isArray(value) && value.length === 0) return 'an empty list';
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return 'an object';
  const text = Array.isArray(value) ? list(value) : String(value);
  const short = text.length <= 36 ? text : `${text.slice(0, 35)}…`;
  // Control and direction-changing characters of a hostile link must not rearrange the message.
  const visible = short.replace(/\p{C}/gu, '�');
  return typeof value === 'string' ? `“${visible}”` : visible;
}

function list(values: readonly unknown[]): string {
  // Ten entries are more than `show` prints; hostile lists may be long.
  return values
    .slice(0, 10)
    .map((entry) => (typeof entry === 'object' && entry !== null ? '…' : String(entry)))
    .join(', ');
}

/** The issue of a value that a field does not accept: on the page nothing changes, elsewhere the preset helps out. */
export function refusal(key: FieldKey, got: string, source: Source): FieldIssue {
  const field = fieldOf(key);
  const remedy = source === 'page' ? REMEDIES[field.kind] : 'The preset’s value is used.';
  const message = `“${field.label}” was not applied. Got ${got}; expected ${expectation(field, source)}. ${remedy}`;
  return { field: key, message };
}

/**
 * Reads anything (a parsed file, say) as an experiment. Fields that are left out take the preset's value; what is
 * wrong is listed and takes it too. Never throws.
 */
export function validateExperiment(value: unknown): Validation {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const message = `An experiment must be an object of settings; got ${show(value)}. The default preset is used.`;
    return { experiment: presetOf(undefined, []), issues: [{ field: 'experiment', message }] };
  }
  const given = new Map<string, unknown>(Object.entries(value));
  const issues: FieldIssue[] = [];
  const lab = given.get('lab');
  if (lab !== undefined && lab !== 'sinusoid') {
    issues.push({ field: 'lab', message: `There is no lab ${show(lab)}; the sinusoid lab is used.` });
  }
  const fallback = presetOf(given.get('preset'), issues);
  let experiment = fallback;
  for (const [key, entry] of given) {
    if (key === 'lab' || key === 'preset') continue;
    if (!isFieldKey(key)) {
      issues.push({ field: key, message: `There is no setting ${show(key)}; it is ignored.` });
    } else if (accepts(key, entry)) {
      experiment = { ...experiment, [key]: normalised(entry) };
    } else {
      issues.push(refusal(key, show(entry), 'text'));
    }
  }
  const repaired = repair(experiment, fallback, (key) => given.has(key));
  return { experiment: repaired.experiment, issues: [...issues, ...repaired.issues] };
}

/**
 * Tries a change to a valid experiment. When anything is wrong, `issues` says so at the edited control and
 * `experiment` is the one given. A setting that is hidden (and so cannot be corrected) gives way to the change.
 */
export function checkPatch(current: SinusoidExperiment, patch: Partial<SinusoidExperiment>): Validation {
  let next = current;
  // A patch may be a whole experiment with one value changed; only that one was edited.
  const edited = Object.keys(patch)
    .filter(isFieldKey)
    .filter((key) => !sameValue(patch[key], current[key]));
  const issues: FieldIssue[] = [];
  for (const key of edited) {
    const entry = patch[key];
    if (accepts(key, entry)) next = { ...next, [key]: normalised(entry) };
    else issues.push(refusal(key, show(entry), 'page'));
  }
  if (issues.length > 0) return { experiment: current, issues };
  for (const rule of RULES) {
    const message = rule.violation(next);
    if (message === null) continue;
    const isOutOfReach = !edited.includes(rule.fields[0]) && !isVisible(rule.fields[0], next);
    if (isOutOfReach) next = rule.repair(next, current);
    else issues.push({ field: rule.fields.find((key) => edited.includes(key)) ?? rule.fields[0], message });
  }
  if (issues.length > 0) return { experiment: current, issues };
  return { experiment: frozen({ ...next, preset: patch.preset ?? current.preset }), issues };
}

/**
 * Makes an experiment whose fields are each valid meet the rules between them; lists what had to give. What nobody
 * `asked` for (a value that came with the preset) gives way without a word.
 */
export function repair(
  experiment: SinusoidExperiment,
  fallback: SinusoidExperiment,
  asked: (key: FieldKey) => boolean = () => true,
): Validation {
  const issues: FieldIssue[] = [];
  let repaired = experiment;
  for (const rule of RULES) {
    const message = rule.violation(repaired);
    if (message === null) continue;
    const before = repaired;
    repaired = rule.repair(before, fallback);
    const changed = rule.fields.filter((key) => before[key] !== repaired[key]);
    if (!changed.some(asked)) continue;
    const used = changed.map((key) => `“${fieldOf(key).label}” ${show(repaired[key])}`).join(' and ');
    issues.push({ field: rule.fields[0], message: `${message} Used instead: ${used}.` });
  }
  return { experiment: frozen(repaired), issues };
}

/** The named preset's experiment, or the default one and an issue. */
export function presetOf(id: unknown, issues: FieldIssue[]): SinusoidExperiment {
  const named = typeof id === 'string' ? presetById(id) : undefined;
  if (named !== undefined) return named.experiment;
  const standard = presetById(DEFAULT_PRESET_ID);
  if (standard === undefined) throw new Error(`The default preset “${DEFAULT_PRESET_ID}” is not in PRESETS.`);
  if (id !== undefined) {
    const known = PRESETS.map((preset) => preset.id).join(', ');
    const message = `There is no preset ${show(id)}; known are ${known}. “${DEFAULT_PRESET_ID}” is used.`;
    issues.push({ field: 'preset', message });
  }
  return standard.experiment;
}

/** One form per value: no −0, algorithms in their canonical order, lists copied. */
function normalised(value: SinusoidExperiment[FieldKey]): SinusoidExperiment[FieldKey] {
  if (value === 0) return 0;
  if (typeof value !== 'object' || value === null) return value;
  const chosen = new Set<unknown>(value);
  const algorithms = ALGORITHM_IDS.filter((id) => chosen.has(id));
  return algorithms.length > 0 ? algorithms : value.filter((entry) => typeof entry === 'number');
}

function frozen(experiment: SinusoidExperiment): SinusoidExperiment {
  Object.freeze(experiment.algorithms);
  Object.freeze(experiment.hiddenWidths);
  return Object.freeze(experiment);
}
