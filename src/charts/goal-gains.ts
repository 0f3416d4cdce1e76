// How well each test task is done, by its goal, before and after adaptation: where a policy fails. Velocities: how far a
// trajectory's mean velocity is from the goal, or each timestep's where a run was kept without the first; directions: the
// mean velocity in the direction asked for. All without the cost of actions.
import type { AlgorithmId } from '../experiment/experiment.ts';
import { frameWords } from '../words/charts/frame.ts';
import { goalGainsWords } from '../words/charts/goal-gains.ts';
import { emptyMessage, layoutAxes } from './axes.ts';
import { filledMarker, hollowMarker } from './markers.ts';
import {
  type Domain,
  finiteExtent,
  formatValue,
  rangeTicks,
  type Scale,
  steppingRangeDomain,
  toPixel,
} from './scales.ts';
import { type ChartView, densityStyle, type Mark, type Rect, type Scene } from './scene.ts';
import type { ChartTable } from './table.ts';
import { textMark } from './text.ts';

export interface GoalGainsRun {
  readonly algorithm: AlgorithmId;
  /** Of each test task: m/s, or +1 and −1 for directions. */
  readonly goals: readonly number[];
  /** Of each test task, in m/s: minus the error, or d·v; before adaptation and after the shown step. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

export interface GoalGainsData {
  readonly task: 'velocity' | 'direction';
  /** Of velocities: whose error. Trajectories' mean velocities unless told. */
  readonly errorOf?: 'trajectories' | 'timesteps';
  /** In the experiment's order; runs that have not been evaluated are left out. */
  readonly runs: readonly GoalGainsRun[];
  /** From the least to the greatest goal. */
  readonly goalRange: Domain;
  /** The inner step after which `after` is. */
  readonly step: number;
  /** Whose tasks are drawn before adaptation as well. */
  readonly focus: AlgorithmId;
}

export interface GoalGainsScene extends Scene {
  readonly x: Scale;
  readonly y: Scale;
}

/** Directions have room on both sides, for tasks beside each other. */
const DIRECTION_DOMAIN: Domain = [-1.7, 1.7];
const DIRECTION_SPREAD = 1;

/** What is drawn upward: errors are positive, velocities as they are. */
function shownValue(task: GoalGainsData['task'], gain: number): number {
  return task === 'velocity' ? -gain : gain;
}

/** Where task `index` stands on the axis of goals: those of one direction beside each other, in their order. */
function placeOf({ task }: GoalGainsData, { goals }: GoalGainsRun, index: number): number {
  const goal = goals[index]!;
  if (task === 'velocity') return goal;
  const alike = goals.flatMap((other, i) => (other === goal ? [i] : []));
  return goal + DIRECTION_SPREAD * ((alike.indexOf(index) + 0.5) / alike.length - 0.5);
}

function layoutRun(
  run: GoalGainsRun,
  data: GoalGainsData,
  view: ChartView,
  axes: { readonly x: Scale; readonly y: Scale },
): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  const style = view.theme.algorithms[run.algorithm];
  const shape = style.marker ?? 'circle';
  const { surface } = view.theme;
  const at = (gain: number, index: number, role: string) => ({
    role: `${role}:${run.algorithm}`,
    x: toPixel(axes.x, placeOf(data, run, index)),
    y: toPixel(axes.y, shownValue(data.task, gain)),
    radius: 2.6 * scale,
  });
  const before =
    run.algorithm === data.focus && data.step > 0
      ? run.before.map((gain, i) =>
          hollowMarker(shape, at(gain, i, 'before'), { mark: view.theme.axis, surface }),
        )
      : [];
  const after = run.after.map((gain, i) =>
    filledMarker(shape, at(gain, i, 'after'), { mark: style.mark, surface }),
  );
  return [...before, ...after];
}

/** The two directions' names, each under the middle of its tasks. */
function layoutDirections(x: Scale, plot: Rect, view: ChartView): readonly Mark[] {
  const { fontSize } = densityStyle(view.density);
  return ([-1, 1] as const).map((direction) =>
    textMark(direction > 0 ? goalGainsWords.forwards : goalGainsWords.backwards, {
      role: 'x-tick',
      x: toPixel(x, direction),
      y: plot.y + plot.height + fontSize * 0.95,
      align: 'center',
      fill: view.theme.ink2,
      fontSize,
    }),
  );
}

/** Lays the chart out. `previous`: its last scene, whose y domain is kept until the data leave it. */
export function layoutGoalGains(
  data: GoalGainsData,
  view: ChartView,
  previous: GoalGainsScene | null = null,
): GoalGainsScene {
  const values = data.runs.flatMap(({ algorithm, before, after }) => [
    ...(algorithm === data.focus ? before : []),
    ...after,
  ]);
  const shown = values.map((gain) => shownValue(data.task, gain));
  const y = steppingRangeDomain(previous?.y.domain ?? null, finiteExtent([0, ...shown]));
  const isDirection = data.task === 'direction';
  const { plot, marks, ...axes } = layoutAxes(view, {
    x: isDirection
      ? { domain: DIRECTION_DOMAIN, kind: 'linear', ticks: [] }
      : {
          domain: data.goalRange,
          kind: 'linear',
          ticks: rangeTicks(data.goalRange),
          unit: goalGainsWords.goalUnit,
        },
    y: { domain: y, kind: 'linear', ticks: rangeTicks(y) },
    rightGutter: 6,
  });
  const { width, height, theme } = view;
  const scene = { width, height, background: theme.surface, plot, ...axes };
  const frame = isDirection ? [...marks, ...layoutDirections(axes.x, plot, view)] : marks;
  if (data.runs.length === 0) return { ...scene, marks: [...frame, emptyMessage(view, plot)] };
  return { ...scene, marks: [...frame, ...data.runs.flatMap((run) => layoutRun(run, data, view, axes))] };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** "MAML: speed error 0.53 m/s before, 0.21 m/s after 1 step." or the same by direction. */
export function describeGoalGains(data: GoalGainsData, nameOf: (id: AlgorithmId) => string): string {
  if (data.runs.length === 0) return frameWords.nothing;
  const say = (gains: readonly number[]) =>
    goalGainsWords.speed(formatValue(shownValue(data.task, mean(gains))));
  const steps = frameWords.afterSteps(data.step);
  return data.runs
    .map(({ algorithm, goals, before, after }) => {
      if (data.task === 'velocity') {
        const pair = [say(before), say(after)] as const;
        return goalGainsWords.velocities(nameOf(algorithm), pair, {
          when: steps,
          ofTimesteps: data.errorOf === 'timesteps',
        });
      }
      const of = (direction: number) => {
        const mine = (gains: readonly number[]) => say(gains.filter((_, i) => goals[i] === direction));
        return [mine(before), mine(after)] as const;
      };
      return goalGainsWords.directions(nameOf(algorithm), of(1), of(-1), steps);
    })
    .join(' ');
}

/** One row per run and test task. */
export function tableGoalGains(data: GoalGainsData, nameOf: (id: AlgorithmId) => string): ChartTable {
  const what = data.task === 'velocity' ? ('speed error' as const) : ('velocity towards the goal' as const);
  const rows = data.runs.flatMap(({ algorithm, goals, before, after }) =>
    goals.map((goal, i) => [
      nameOf(algorithm),
      goal,
      shownValue(data.task, before[i]!),
      shownValue(data.task, after[i]!),
    ]),
  );
  return {
    columns: ['algorithm', 'goal', `${what} before (m/s)`, `${what} after ${data.step} steps (m/s)`],
    rows,
  };
}
