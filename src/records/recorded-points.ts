// Evaluations as kept runs hold them: what each lab's points must look like in JSON, and typed access to those of a run
// that was read. A number that JSON has no form for (a loss that overflowed) is null there and +∞ once read.
import * as v from 'valibot';
import { ALGORITHM_IDS } from '../experiment/experiment.ts';
import type { PolicyAdaptationPoint } from '../training/policy-session-events.ts';
import type { AdaptationPoint, HeldOutPoint } from '../training/session-events.ts';
import type { RecordedPoint, RecordedRun } from './run-record.ts';

/** Longest list within a point: its test tasks, at most. */
const MAX_LIST = 100_000;

export const FiniteNumber = v.pipe(v.number(), v.finite());
export const Count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
export const Cost = v.pipe(FiniteNumber, v.minValue(0));
/** A number, or null for one that is not finite. */
export const Measured = v.pipe(
  v.nullable(FiniteNumber),
  v.transform((value) => value ?? Number.POSITIVE_INFINITY),
);
const MeasuredList = v.pipe(v.array(Measured), v.maxLength(MAX_LIST));
const CountList = v.pipe(v.array(Count), v.maxLength(MAX_LIST));

const HEAD = { algorithm: v.picklist(ALGORITHM_IDS), iteration: Count };

export const PolicyPoint = v.object({
  ...HEAD,
  environmentSteps: Count,
  seconds: Cost,
  tasks: Count,
  steps: CountList,
  meanReturn: MeasuredList,
  standardError: MeasuredList,
  q25: MeasuredList,
  q75: MeasuredList,
  returnsByTask: v.pipe(v.array(MeasuredList), v.maxLength(MAX_LIST)),
  gainsByTask: v.exactOptional(v.pipe(v.array(MeasuredList), v.maxLength(MAX_LIST))),
  unstableEpisodes: v.exactOptional(CountList),
  velocityErrorsByTask: v.exactOptional(v.pipe(v.array(MeasuredList), v.maxLength(MAX_LIST))),
});

const Curve = v.object({
  supportSize: Count,
  steps: CountList,
  mean: MeasuredList,
  median: MeasuredList,
  q25: MeasuredList,
  q75: MeasuredList,
  diverged: CountList,
});

export const SinusoidPoint = v.object({
  ...HEAD,
  tasks: Count,
  curves: v.pipe(v.array(Curve), v.maxLength(100)),
});

export const SinusoidHeldOutPoint = v.object({
  ...HEAD,
  gradientEvaluations: Cost,
  seconds: Cost,
  tasks: Count,
  loss: v.object({ mean: Measured, median: Measured, q25: Measured, q75: Measured, diverged: Count }),
});

/** What is wrong with a point's lists, in words that follow its place; null: nothing. */
export function pointFlaw(point: v.InferOutput<typeof PolicyPoint | typeof SinusoidPoint>): string | null {
  if ('curves' in point) {
    const flaws = point.curves.map((curve, i) => {
      const flaw = listsFlaw(curve.steps, [curve.mean, curve.median, curve.q25, curve.q75, curve.diverged]);
      return flaw === null ? null : `.curves[${i}]${flaw}`;
    });
    return flaws.find((flaw) => flaw !== null) ?? null;
  }
  const { steps, meanReturn, standardError, q25, q75, returnsByTask } = point;
  const { gainsByTask = [], velocityErrorsByTask = [] } = point;
  const lists = [meanReturn, standardError, q25, q75, returnsByTask];
  const flaw = listsFlaw(steps, [...lists, ...(point.unstableEpisodes ? [point.unstableEpisodes] : [])]);
  if (flaw !== null) return flaw;
  for (const [name, values] of Object.entries({ gainsByTask, velocityErrorsByTask })) {
    if (values.length !== 0 && values.length !== steps.length) {
      return `.${name} has ${values.length} lists, expected one for each of ${steps.length} numbers of steps`;
    }
  }
  // Empty: the tasks' own returns were not kept.
  const strange = [...returnsByTask, ...gainsByTask, ...velocityErrorsByTask].find(
    (list) => list.length !== 0 && list.length !== point.tasks,
  );
  return strange === undefined
    ? null
    : ` has ${strange.length} values in a list by task, expected ${point.tasks}`;
}

function listsFlaw(steps: readonly number[], lists: readonly (readonly unknown[])[]): string | null {
  if (steps.length === 0 || steps.some((count, i) => count !== i)) {
    return '.steps must be 0, 1, 2 and so on';
  }
  const strange = lists.find((list) => list.length !== steps.length);
  return strange === undefined
    ? null
    : ` has a list of ${strange.length}, expected ${steps.length} like its steps`;
}

/** The run's points as meta-RL labs have them, ascending by iteration; [] for a run of another lab. */
export function policyPointsOf({ adaptations }: Pick<RecordedRun, 'adaptations'>): PolicyAdaptationPoint[] {
  return adaptations.filter(isPolicyPoint);
}

/** The run's points as the Sinusoid lab has them; [] for a run of another lab. */
export function sinusoidPointsOf({ adaptations }: Pick<RecordedRun, 'adaptations'>): AdaptationPoint[] {
  return adaptations.filter(isSinusoidPoint);
}

/** The run's held-out points, which the Sinusoid lab alone has. */
export function heldOutPointsOf({ heldOut }: Pick<RecordedRun, 'heldOut'>): HeldOutPoint[] {
  return heldOut.filter(isHeldOutPoint);
}

// Records hold points that were checked, or that a session yielded: what tells them apart is enough here.
function isPolicyPoint(point: RecordedPoint): point is RecordedPoint & PolicyAdaptationPoint {
  return Array.isArray(point.meanReturn);
}
function isSinusoidPoint(point: RecordedPoint): point is RecordedPoint & AdaptationPoint {
  return Array.isArray(point.curves);
}
function isHeldOutPoint(point: RecordedPoint): point is RecordedPoint & HeldOutPoint {
  return typeof point.loss === 'object';
}
