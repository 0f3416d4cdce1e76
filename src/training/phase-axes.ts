// The axes of the Reaching lab's phase maps: what they are called, how far they reach, and which experiment a value
// on them stands for. The maps themselves are computed in phase-map.ts.
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import type { PhaseAxis, PhaseField, PhaseMapRequest } from './reaching-outcome.ts';

interface FieldOfAxis {
  readonly label: string;
  readonly isCount: boolean;
  range(experiment: ReachingExperiment): readonly [number, number];
  apply(experiment: ReachingExperiment, value: number): ReachingExperiment;
}

const FIELDS: Readonly<Record<PhaseField, FieldOfAxis>> = {
  noiseShare: {
    label: 'Share of noise tasks',
    isCount: false,
    range: () => [0, 0.95],
    apply: withNoiseShare,
  },
  noiseDistance: {
    label: 'Distance of the noise clouds',
    isCount: false,
    range: () => [0, 10],
    apply: withNoiseDistance,
  },
  maxReplayedTasks: {
    label: 'Most replayed tasks, MAX_L',
    isCount: true,
    range: (e) => [0, e.metaBatchSize],
    apply: (e, value) => ({ ...e, maxReplayedTasks: Math.min(value, e.metaBatchSize) }),
  },
  replayRampIterations: {
    label: 'Iterations until MAX_L',
    isCount: true,
    range: (e) => [1, e.iterations],
    apply: (e, value) => ({ ...e, replayRampIterations: value }),
  },
  metaBatchSize: {
    label: 'Tasks per update, M',
    isCount: true,
    range: () => [2, 60],
    apply: (e, value) => ({
      ...e,
      metaBatchSize: Math.max(1, value),
      maxReplayedTasks: Math.min(e.maxReplayedTasks, Math.max(1, value)),
    }),
  },
  stepSize: {
    label: 'Step size β',
    isCount: false,
    range: () => [0.01, 0.5],
    apply: (e, value) => ({ ...e, stepSize: value }),
  },
  innerLearningRate: {
    label: 'Adaptation step α',
    isCount: false,
    range: () => [0, 1],
    apply: (e, value) => ({ ...e, innerLearningRate: value }),
  },
  mainSpread: {
    label: 'Spread of the main cloud',
    isCount: false,
    range: () => [0.1, 4],
    apply: (e, value) => ({ ...e, mainSpread: value }),
  },
  iterations: {
    label: 'Meta-iterations',
    isCount: true,
    range: (e) => [Math.max(1, Math.round(e.iterations / 10)), 2 * e.iterations],
    apply: (e, value) => ({ ...e, iterations: Math.max(1, value) }),
  },
};

/** What to write beside an axis. */
export function phaseLabel(field: PhaseField): string {
  return FIELDS[field].label;
}

/** A usual axis: evenly spaced, `steps` values (at least 2), or fewer where a count has no more. */
export function phaseAxis(field: PhaseField, experiment: ReachingExperiment, steps: number): PhaseAxis {
  const { isCount, range } = FIELDS[field];
  const [low, high] = range(experiment);
  const values = Array.from({ length: steps }, (_, i) => {
    const value = low + ((high - low) * i) / Math.max(1, steps - 1);
    // Twelve digits, so that a cell's link says 0.3 and not 0.30000000000000004.
    return isCount ? Math.round(value) : Number(value.toPrecision(12));
  });
  return { field, values: [...new Set(values)] };
}

/**
 * The experiment with one axis set to `value`, valid if the experiment was: counts are rounded, never negative, and
 * MAX_L stays at most M. See PHASE_FIELDS for the two fields that stand for several.
 */
export function withPhaseValue(
  experiment: ReachingExperiment,
  field: PhaseField,
  value: number,
): ReachingExperiment {
  const { isCount, apply } = FIELDS[field];
  const positive = Math.max(0, value);
  return apply(experiment, isCount ? Math.round(positive) : positive);
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
    firstNoiseX: mainX + distance * firstX,
    firstNoiseY: mainY + distance * firstY,
    secondNoiseX: mainX + distance * secondX,
    secondNoiseY: mainY + distance * secondY,
  };
}

function direction(dx: number, dy: number, fallbackX: number): readonly [number, number] {
  const length = Math.sqrt(dx * dx + dy * dy);
  return length === 0 ? [fallbackX, 0] : [dx / length, dy / length];
}
