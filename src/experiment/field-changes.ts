// What a change of settings means for training and tests, of any lab. Apart from the field tables, so that a worker that
// trains one lab's experiments need not fetch the settings of the others.
import type { Experiment } from './experiment.ts';
import { hasEffect, type Lab } from './lab.ts';

/** Whether two values of a field are the same (lists by their entries). */
export function sameValue(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return Object.is(a, b);
  return a.length === b.length && a.every((entry, index) => Object.is(entry, b[index]));
}

/** What is asked of a lab here. */
type FieldsOf<E extends Experiment> = Pick<Lab<E>, 'fieldKeys' | 'field'>;

/** Whether held-out evaluations of the one experiment say nothing about the other: a test-time setting differs. */
export function changesTestsIn<E extends Experiment>(lab: FieldsOf<E>, before: E, after: E): boolean {
  return lab.fieldKeys.some(
    (key) => lab.field(key).section === 'test-time' && !sameValue(before[key], after[key]),
  );
}

/**
 * Whether going from one experiment to the other changes what training has already done, so that it must start
 * anew. Test-time fields and fields that neither experiment uses do not; metaIterations only does while a schedule
 * (Reptile's ε) stretches over all of them.
 */
export function changesPastIn<E extends Experiment>(lab: FieldsOf<E>, before: E, after: E): boolean {
  return lab.fieldKeys.some((key) => {
    if (sameValue(before[key], after[key])) return false;
    const field = lab.field(key);
    if (field.effect === 'live') return field.restartsWhen?.(after) ?? false;
    return hasEffect(lab, key, before) || hasEffect(lab, key, after);
  });
}
