// What counts as a valid experiment: a valibot schema per field, built from the lab's field table, plus the rules
// between fields. Nothing here throws on bad values: results list what was wrong, in words for the user.
import * as v from 'valibot';
import { issueWords } from '../words/issues.ts';
import type { Experiment, LabId } from './experiment.ts';
import { sameValue } from './field-changes.ts';
import type { Field, FieldKeyOf } from './field-types.ts';
import { freezeExperiment, hasEffect, type Lab } from './lab.ts';
import { DEFAULT_LAB_ID, defaultExperiment, findPreset, inLab, inLabOf, isLabId, LAB_IDS } from './labs.ts';

/** One thing that was wrong with one field: what, got, expected, remedy. */
export interface FieldIssue {
  /** The field's key, or another key of the value that was read ("preset", an unknown one). */
  readonly field: string;
  readonly message: string;
}

export interface Validation<E extends Experiment = Experiment> {
  /** Always valid and frozen; where the value was bad, the preset's value. */
  readonly experiment: E;
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
    case 'points': {
      const coordinate = v.pipe(v.number(), v.minValue(field.min), v.maxValue(field.max));
      return v.pipe(
        v.array(coordinate),
        v.maxLength(2 * field.maxPoints),
        v.check((entries) => entries.length % 2 === 0),
      );
    }
    default:
      return field satisfies never;
  }
}

const SCHEMAS = new WeakMap<Field, v.GenericSchema>();

/** Whether the value is acceptable for that field alone. */
export function accepts(field: Field, value: unknown): boolean {
  const schema = SCHEMAS.get(field) ?? fieldSchema(field);
  SCHEMAS.set(field, schema);
  return v.is(schema, value);
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
      return issueWords.whole(rangeOf(field));
    case 'optional-number':
      return issueWords.orNone(
        rangeOf(field),
        source === 'page' ? issueWords.empty : 'none',
        field.noneLabel.toLowerCase(),
      );
    case 'choice':
      return issueWords.oneOf(offered(field));
    case 'multi-choice':
      return issueWords.someOf(offered(field));
    case 'widths':
      return issueWords.layers([field.minLayers, field.maxLayers], [field.minWidth, field.maxWidth]);
    case 'points':
      return issueWords.points(field.maxPoints, field.min, field.max);
    default:
      return field satisfies never;
  }
}

/** "0 to 100 points". */
function rangeOf({ min, max, unit }: Field & { readonly min: number; readonly max: number }): string {
  // Cut, not rounded: what the message names must itself be accepted (the phase's limits are multiples of π).
  const cut = (limit: number) => Math.trunc(limit * 1e4) / 1e4;
  return issueWords.range(cut(min), cut(max), unit);
}

/** A value as the user would recognise it, at most 40 characters, none of them invisible. */
export function show(value: unknown): string {
  if (value === undefined) return issueWords.nothing;
  if (Number.isNaN(value)) return issueWords.noNumber;
  if (Array.isArray(value) && value.length === 0) return issueWords.emptyList;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return issueWords.object;
  const text = Array.isArray(value) ? list(value) : String(value);
  const short = text.length <= 36 ? text : `${text.slice(0, 35)}…`;
  // Control and direction-changing characters of a hostile link must not rearrange the message.
  const visible = short.replace(/\p{C}/gu, '�');
  return typeof value === 'string' ? issueWords.quoted(visible) : visible;
}

function list(values: readonly unknown[]): string {
  // Ten entries are more than `show` prints; hostile lists may be long.
  return values
    .slice(0, 10)
    .map((entry) => (typeof entry === 'object' && entry !== null ? '…' : String(entry)))
    .join(', ');
}

/** The issue of a value that a field does not accept: on the page nothing changes, elsewhere the preset helps out. */
export function refusal(key: string, field: Field, got: string, source: Source): FieldIssue {
  const remedy = source === 'page' ? issueWords.remedies[field.kind] : issueWords.presetUsed;
  const message = issueWords.refused(field.label, got, expectation(field, source), remedy);
  return { field: key, message };
}

/**
 * Reads anything (a parsed file, say) as an experiment of any lab. Fields that are left out take the preset's value;
 * what is wrong is listed and takes it too. Never throws.
 */
export function validateExperiment(value: unknown): Validation {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const message = issueWords.noExperiment(show(value));
    return { experiment: defaultExperiment(DEFAULT_LAB_ID), issues: [{ field: 'experiment', message }] };
  }
  const given = new Map<string, unknown>(Object.entries(value));
  const issues: FieldIssue[] = [];
  const id = readLab(given.get('lab'), given.get('preset'), issues);
  return inLab<Validation>(id, (lab) => validateIn(lab, given, issues));
}

/** The lab that is meant: the one named, else the one whose preset is named, else the default one. */
export function readLab(lab: unknown, preset: unknown, issues: FieldIssue[]): LabId {
  if (isLabId(lab)) return lab;
  if (lab === undefined) return findPreset(preset)?.experiment.lab ?? DEFAULT_LAB_ID;
  const known = LAB_IDS.join(', ');
  const message = issueWords.noLab(show(lab), known, DEFAULT_LAB_ID);
  issues.push({ field: 'lab', message });
  return DEFAULT_LAB_ID;
}

/** Reads settings by name as an experiment of that lab, after the `issues` there are already. */
function validateIn<E extends Experiment>(
  lab: Lab<E>,
  given: ReadonlyMap<string, unknown>,
  issues: FieldIssue[],
): Validation<E> {
  const fallback = presetIn(lab, given.get('preset'), issues);
  let experiment = fallback;
  for (const [key, entry] of given) {
    if (key === 'lab' || key === 'preset') continue;
    if (!lab.isFieldKey(key)) {
      issues.push({ field: key, message: issueWords.noSetting(show(key)) });
    } else if (accepts(lab.field(key), entry)) {
      experiment = { ...experiment, [key]: normalised(lab.field(key), entry) };
    } else {
      issues.push(refusal(key, lab.field(key), show(entry), 'text'));
    }
  }
  const repaired = repair(lab, experiment, fallback, (key) => given.has(key));
  return { experiment: repaired.experiment, issues: [...issues, ...repaired.issues] };
}

/** Settings of one lab to change; their values are checked. */
export type AnyPatch = Partial<Experiment>;

/** checkPatchIn for an experiment of whichever lab; settings of another lab's are refused by name. */
export function checkPatch(current: Experiment, patch: AnyPatch): Validation {
  return inLabOf<Validation>(current, (lab, experiment) => {
    const strange = Object.keys(patch).filter(
      (key) => key !== 'lab' && key !== 'preset' && !lab.isFieldKey(key),
    );
    if (strange.length === 0 && (patch.lab === undefined || patch.lab === lab.id)) {
      return checkPatchIn(lab, experiment, Object.fromEntries(Object.entries(patch)));
    }
    const message = issueWords.notOfLab(lab.title, show(strange[0] ?? patch.lab));
    return { experiment, issues: [{ field: strange[0] ?? 'lab', message }] };
  });
}

/**
 * Tries a change to a valid experiment. When anything is wrong, `issues` says so at the edited control and
 * `experiment` is the one given. A setting that is hidden (and so cannot be corrected) gives way to the change.
 */
export function checkPatchIn<E extends Experiment>(
  lab: Lab<E>,
  current: E,
  patch: Readonly<Record<string, unknown>>,
): Validation<E> {
  let next = current;
  // A patch may be a whole experiment with one value changed; only that one was edited.
  const edited = Object.keys(patch)
    .filter((key) => lab.isFieldKey(key))
    .filter((key) => !sameValue(patch[key], current[key]));
  const issues: FieldIssue[] = [];
  for (const key of edited) {
    const field = lab.field(key);
    if (accepts(field, patch[key])) next = { ...next, [key]: normalised(field, patch[key]) };
    else issues.push(refusal(key, field, show(patch[key]), 'page'));
  }
  if (issues.length > 0) return { experiment: current, issues };
  for (const rule of lab.rules) {
    const message = rule.violation(next);
    if (message === null) continue;
    const isOutOfReach = !edited.includes(rule.fields[0]) && !hasEffect(lab, rule.fields[0], next);
    if (isOutOfReach) next = rule.repair(next, current);
    else issues.push({ field: rule.fields.find((key) => edited.includes(key)) ?? rule.fields[0], message });
  }
  if (issues.length > 0) return { experiment: current, issues };
  const preset = typeof patch.preset === 'string' ? patch.preset : current.preset;
  return { experiment: freezeExperiment({ ...next, preset }), issues };
}

/**
 * Makes an experiment whose fields are each valid meet the rules between them; lists what had to give. What nobody
 * `asked` for (a value that came with the preset) gives way without a word.
 */
export function repair<E extends Experiment>(
  lab: Lab<E>,
  experiment: E,
  fallback: E,
  asked: (key: FieldKeyOf<E>) => boolean = () => true,
): Validation<E> {
  const issues: FieldIssue[] = [];
  let repaired = experiment;
  for (const rule of lab.rules) {
    const message = rule.violation(repaired);
    if (message === null) continue;
    const before = repaired;
    repaired = rule.repair(before, fallback);
    const changed = rule.fields.filter((key) => before[key] !== repaired[key]);
    if (!changed.some(asked)) continue;
    const used = issueWords.and(
      changed.map((key) => `${issueWords.quoted(lab.field(key).label)} ${show(repaired[key])}`),
    );
    issues.push({ field: rule.fields[0], message: issueWords.repaired(message, used) });
  }
  return { experiment: freezeExperiment(repaired), issues };
}

/** The experiment of the lab's named preset, or of its default one and an issue. */
export function presetIn<E extends Experiment>(lab: Lab<E>, id: unknown, issues: FieldIssue[]): E {
  const named = lab.presets.find((preset) => preset.id === id);
  if (named !== undefined) return named.experiment;
  const standard = lab.presets[0];
  if (id !== undefined) {
    const known = lab.presets.map((preset) => preset.id).join(', ');
    const message = issueWords.noPreset(show(id), known, standard.id);
    issues.push({ field: 'preset', message });
  }
  return standard.experiment;
}

/** One form per value: no −0, choices in their canonical order, points rounded, lists copied. */
function normalised(field: Field, value: unknown): unknown {
  if (value === 0) return 0;
  if (!Array.isArray(value)) return value;
  if (field.kind === 'multi-choice') return Object.keys(field.choices).filter((id) => value.includes(id));
  if (field.kind !== 'points') return [...value];
  const scale = 10 ** field.decimals;
  // + 0: no −0.
  return value.map((entry) => Math.round(entry * scale) / scale + 0);
}
