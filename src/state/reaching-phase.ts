// Questions of the Reaching lab that follow from its experiment alone: the order of an iteration's phases, what part
// of the plane shows everything, and where an experiment lies on a phase map.
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import { countsTasks } from '../experiment/reaching-relevance.ts';
import type { ReachingTasks } from '../tasks/reaching-field.ts';
import { withPhaseCell } from '../training/phase-axes.ts';
import type { PhaseAxis, PhaseField, PhaseMapRequest } from '../training/reaching-outcome.ts';
import type { ArenaWindow, PhaseMap, ReachingPhase } from './reaching-types.ts';

/** The phases of one iteration in their order: scores are taken where the agent stands after its move, or before. */
export function phasesOf({ scoredAt }: ReachingExperiment): readonly ReachingPhase[] {
  return scoredAt === 'updated'
    ? ['sample', 'move', 'score', 'choose']
    : ['sample', 'score', 'choose', 'move'];
}

/** Whether the agent has made this iteration's move once `phase` has run. */
export function hasMoved(experiment: ReachingExperiment, phase: ReachingPhase | null): boolean {
  if (phase === null) return false;
  const phases = phasesOf(experiment);
  return phases.indexOf(phase) >= phases.indexOf('move');
}

/** Room around what must be seen. */
const MARGIN = 1.08;

/** A window with all tasks and the start in it, on a stage `aspect` times as wide as high. */
export function windowAround(
  { startX, startY }: ReachingExperiment,
  { points }: ReachingTasks,
  aspect: number,
): ArenaWindow {
  let [left, right, bottom, top] = [startX, startX, startY, startY];
  for (let at = 0; at < points.length; at += 2) {
    left = Math.min(left, points[at]!);
    right = Math.max(right, points[at]!);
    bottom = Math.min(bottom, points[at + 1]!);
    top = Math.max(top, points[at + 1]!);
  }
  // Reach is along the shorter side; the longer one shows more by the aspect.
  const across = (right - left) / Math.max(aspect, 1);
  const up = (top - bottom) / Math.max(1 / aspect, 1);
  const reach = Math.max((MARGIN * Math.max(across, up)) / 2, 0.5);
  return { x: (left + right) / 2, y: (bottom + top) / 2, reach };
}

/** What the axis shows of an experiment: the field's value, or what the two that stand for several come to. */
export function phaseValueOf(experiment: ReachingExperiment, field: PhaseField): number {
  const e = experiment;
  if (field === 'noiseShare') {
    const { main, noise } = countsTasks(e);
    return main + noise === 0 ? 0 : noise / (main + noise);
  }
  if (field === 'noiseDistance') {
    const first = Math.hypot(e.firstNoiseX - e.mainX, e.firstNoiseY - e.mainY);
    const second = Math.hypot(e.secondNoiseX - e.mainX, e.secondNoiseY - e.mainY);
    return (first + second) / 2;
  }
  return e[field];
}

/** The map's cell nearest to the experiment; null where it lies more than half a step off the map. */
export function cellOf(
  experiment: ReachingExperiment,
  { x, y }: PhaseMapRequest,
): { readonly column: number; readonly row: number } | null {
  const column = nearestIndex(x, phaseValueOf(experiment, x.field));
  const row = nearestIndex(y, phaseValueOf(experiment, y.field));
  return column === null || row === null ? null : { column, row };
}

function nearestIndex({ values }: PhaseAxis, value: number): number | null {
  const distances = values.map((each) => Math.abs(each - value));
  const nearest = distances.indexOf(Math.min(...distances));
  const step = Math.abs((values[nearest + 1] ?? values[nearest - 1] ?? Number.NaN) - values[nearest]!);
  // One value only: it is the cell or nothing is.
  return distances[nearest]! <= (Number.isNaN(step) ? 0 : step / 2 + 1e-9) ? nearest : null;
}

/** Whether the map's cells are of this experiment too: the two differ at most in what the axes set. */
export function isMapOf(map: PhaseMap, experiment: ReachingExperiment): boolean {
  const corner = { column: 0, row: 0 };
  const a = withPhaseCell({ ...map.experiment, preset: '' }, map.request, corner);
  const b = withPhaseCell({ ...experiment, preset: '' }, map.request, corner);
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(experiment: ReachingExperiment): [string, unknown][] {
  return Object.entries(experiment).sort(([a], [b]) => (a < b ? -1 : 1));
}
