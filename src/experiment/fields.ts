// The Sinusoid lab's field table: one entry per setting, from which controls, validation and links are made. It lives
// in the main bundle, so it imports no package. Values of the presets are in presets.ts, checks in schema.ts.
// Symbols and equations: [MAML], [REPTILE], [RMAML] as listed in docs/algorithms.
import { sinusoidFieldWords as words } from '../words/fields-sinusoid.ts';
import type { SinusoidExperiment } from './experiment.ts';
import { changesPastIn, changesTestsIn } from './field-changes.ts';
import type { Field, FieldKey, FieldTable, SectionId } from './field-types.ts';
import { LOOP_FIELDS, MODEL_FIELDS } from './fields-of-learning.ts';
import { TASK_FIELDS, TEST_FIELDS } from './fields-of-tasks.ts';
import { VARIANT_FIELDS } from './fields-of-variants.ts';
import type { Lab } from './lab.ts';

/** The sections of the control panel, in order. */
export const SECTIONS: readonly { readonly id: SectionId; readonly title: string }[] = [
  { id: 'algorithm', title: words.sections.algorithm },
  { id: 'inner-loop', title: words.sections['inner-loop'] },
  { id: 'outer-loop', title: words.sections['outer-loop'] },
  { id: 'task-distribution', title: words.sections['task-distribution'] },
  { id: 'model', title: words.sections.model },
  { id: 'reptile', title: words.sections.reptile },
  { id: 'learned-alpha', title: words.sections['learned-alpha'] },
  { id: 'task-buffer', title: words.sections['task-buffer'] },
  { id: 'test-time', title: words.sections['test-time'] },
];

/** Everything about every field. The order is that of links and of the controls within a section. */
export const FIELDS: FieldTable = {
  ...LOOP_FIELDS,
  ...TASK_FIELDS,
  ...MODEL_FIELDS,
  ...VARIANT_FIELDS,
  ...TEST_FIELDS,
};

/** Whether `name` is a field that a user can set. */
export function isFieldKey(name: string): name is FieldKey {
  return Object.hasOwn(FIELDS, name);
}

/** All field keys in the table's order. */
export const FIELD_KEYS: readonly FieldKey[] = Object.keys(FIELDS).filter(isFieldKey);

/** The entry of one field, as the union that code walking the table wants. */
export function fieldOf(key: FieldKey): Field<SinusoidExperiment> {
  return FIELDS[key];
}

/** Whether the field has any effect on this experiment, and so a place in the control panel. */
export function isVisible(key: FieldKey, experiment: SinusoidExperiment): boolean {
  return fieldOf(key).visibleWhen?.(experiment) ?? true;
}

const SINUSOID: Pick<Lab<SinusoidExperiment>, 'fieldKeys' | 'field'> = {
  fieldKeys: FIELD_KEYS,
  field: fieldOf,
};

/** changesTestsIn the Sinusoid lab. */
export function changesTests(before: SinusoidExperiment, after: SinusoidExperiment): boolean {
  return changesTestsIn(SINUSOID, before, after);
}

/** changesPastIn the Sinusoid lab. */
export function changesPast(before: SinusoidExperiment, after: SinusoidExperiment): boolean {
  return changesPastIn(SINUSOID, before, after);
}
