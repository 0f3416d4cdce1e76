// The axes of the Reaching lab's phase maps: how far they reach, and which experiment a value
// on them stands for. The maps themselves are computed in phase-map.ts.
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import { isReachingFieldKey, REACHING_FIELDS, type ReachingFieldKey } from '../experiment/reaching-fields.ts';
import { REACHING_RULES } from '../experiment/reaching-rules.ts';
import type { PhaseAxis, PhaseField, PhaseMapRequest } from './reaching-outcome.ts';

/** Fields of the table stand for themselves; the others for several. */
type SingleField = Extract<PhaseField, ReachingFieldKey>;

/** How far the usual axis of a field reaches: wide enough to see where the outcome changes. */
const RANGES: Readonly<Record<PhaseField, (e: ReachingExperiment) => readonly [number, number]>> = {
  noiseShare: () => [0, 0.95],
  noiseDistance: () => [0.5, 10],
  maxReplayedTasks: (e) => [0, e.metaBatchSize],
  replayRampIterations: (e) => [0, e.iterations],
  metaBatchSize: () => [2, 60],
  stepSize: () => [0.01, 0.5],
  innerLearningRate: () => [0, 1],
  mainSpread: () => [0, 4],
  iterations: (e) => [Math.max(1, Math.round(e.iterations / 10)), Math.min(2 * e.iterations, 10_000)],
};

/** Clouds nearer than this are in one place, and nothing is noise any more. */
const MIN_NOISE_DISTANCE = 0.01;

/** A usual axis: evenly spaced, `steps` values (at least 2), or fewer where a count has no more. */
export function phaseAxis(field: PhaseField, experiment: ReachingExperiment, steps: number): PhaseAxis {
  const [low, high] = RANGES[field](experiment);
  const values = Array.from({ length: steps }, (_, i) => {
    const value = low + ((high - low) * i) / Math.max(1, steps - 1);
    // Twelve digits, so that a cell's link says 0.3 and not 0.30000000000000004.
    return isCount(field) ? Math.round(value) : Number(value.toPrecision(12));
  });
  return { field, values: [...new Set(values)] };
}

/**
 * The experiment with one axis set to `value`, valid if the experiment was: the value is brought into the field's
 * range, counts are rounded, and MAX_L stays at most M. What would still break a rule of the lab (all centres equal,
 * say) is repaired as its own rule does. See PHASE_FIELDS for the two fields that stand for several.
 */
export function withPhaseValue(
  experiment: ReachingExperiment,
  field: PhaseField,
  value: number,
): ReachingExperiment {
  const changed = setValue(experiment, field, value);
  return REACHING_RULES.reduce(
    (valid, rule) => (rule.violation(valid) === null ? valid : rule.repair(valid, experiment)),
    changed,
  );
}

/** The experiment that one cell of a phase map stands for, and that a click on it opens. */
export function withPhaseCell(
  experiment: ReachingExperiment,
  { x, y }: PhaseMapRequest,
  cell: { readonly column: number; readonly row: number },
): ReachingExperiment {
  const settings: (readonly [PhaseField, number])[] = [
    [x.field, x.values[cell.column]!],
    [y.field, y.values[cell.row]!],
  ];
  // M before MAX_L, which it limits: with the axes swapped the picture is the same, mirrored.
  settings.sort(([a], [b]) => Number(b === 'metaBatchSize') - Number(a === 'metaBatchSize'));
  return settings.reduce((changed, [field, value]) => withPhaseValue(changed, field, value), experiment);
}

function setValue(experiment: ReachingExperiment, field: PhaseField, value: number): ReachingExperiment {
  if (field === 'noiseShare') return withNoiseShare(experiment, Math.max(0, value));
  if (field === 'noiseDistance') {
    return withNoiseDistance(experiment, Math.max(MIN_NOISE_DISTANCE, value));
  }
  return { ...experiment, [field]: inRange(field, isCount(field) ? Math.round(value) : value) };
}

type NumericField = SingleField | 'firstNoiseX' | 'firstNoiseY' | 'secondNoiseX' | 'secondNoiseY';

function inRange(field: NumericField, value: number): number {
  const { min, max } = REACHING_FIELDS[field];
  return Math.min(max, Math.max(min, value));
}

function isCount(field: PhaseField): boolean {
  return isSingle(field) && REACHING_FIELDS[field].kind === 'integer';
}

function isSingle(field: PhaseField): field is SingleField {
  return isReachingFieldKey(field);
}

/** The total and the proportion of the two noise clouds stay, equal parts where there was no noise. */
function withNoiseShare(experiment: ReachingExperiment, share: number): ReachingExperiment {
  const { mainCount, firstNoiseCount, secondNoiseCount } = experiment;
  const noiseBefore = firstNoiseCount + secondNoiseCount;
  const total = mainCount + noiseBefore;
  const noise = Math.round(total * Math.min(1, share));
  const first = Math.round(noise * (noiseBefore === 0 ? 0.5 : firstNoiseCount / noiseBefore));
  return {
    ...experiment,
    mainCount: total - noise,
    firstNoiseCount: first,
    secondNoiseCount: noise - first,
  };
}

function withNoiseDistance(experiment: ReachingExperiment, distance: number): ReachingExperiment {
  const { mainX, mainY, firstNoiseX, firstNoiseY, secondNoiseX, secondNoiseY } = experiment;
  // A noise cloud in the main centre has no direction: the first goes left then, the second right.
  const [firstX, firstY] = direction(firstNoiseX - mainX, firstNoiseY - mainY, -1);
  const [secondX, secondY] = direction(secondNoiseX - mainX, secondNoiseY - mainY, 1);
  return {
    ...experiment,
    firstNoiseX: inRange('firstNoiseX', mainX + distance * firstX),
    firstNoiseY: inRange('firstNoiseY', mainY + distance * firstY),
    secondNoiseX: inRange('secondNoiseX', mainX + distance * secondX),
    secondNoiseY: inRange('secondNoiseY', mainY + distance * secondY),
  };
}

function direction(dx: number, dy: number, fallbackX: number): readonly [number, number] {
  const length = Math.sqrt(dx * dx + dy * dy);
  return length === 0 ? [fallbackX, 0] : [dx / length, dy / length];
}
