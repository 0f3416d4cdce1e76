// Which settings a running session can take over: those that only look at what was trained, and the end.
import type { Experiment } from '../experiment/experiment.ts';

const VIEWING_FIELDS: readonly (keyof Experiment)[] = [
  'preset',
  'testSupportSize',
  'testInnerSteps',
  'testInnerLearningRate',
  'testAmplitudeMin',
  'testAmplitudeMax',
  'testPhaseMin',
  'testPhaseMax',
];

/**
 * The fields in which `after` differs from `before` such that what was trained so far would have come out
 * otherwise. metaIterations is one only while Reptile's ε falls towards it.
 */
export function fieldsThatAlterThePast(before: Experiment, after: Experiment): (keyof Experiment)[] {
  const endMatters = before.reptileSchedule === 'linear' && before.algorithms.includes('reptile');
  const harmless = endMatters ? VIEWING_FIELDS : [...VIEWING_FIELDS, 'metaIterations'];
  return (Object.keys(before) as (keyof Experiment)[]).filter(
    (field) => !harmless.includes(field) && JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
}
