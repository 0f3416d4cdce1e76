// The shown strategy's batch in the Reaching arena: which tasks it sampled, fresh or replayed, how each pulls the
// agent, and the mean pull as one arrow of two parts. The arrow is the mean itself; the agent moves β of it.
import type { ReachingRun } from '../algorithms/reaching-run.ts';
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import type { ReachingTasks } from '../tasks/reaching-field.ts';
import { arenaWords } from '../words/charts/reaching-arena.ts';
import { hollowMarker } from './markers.ts';
import { type ScreenPlane, toPixels, toScreen } from './plane.ts';
import type { Point } from './pointer.ts';
import { isInside } from './pointer.ts';
import { formatValue } from './scales.ts';
import { type ChartView, densityStyle, type Mark } from './scene.ts';

/** Which parts of a meta-iteration are drawn; the page lights them phase by phase. */
export interface PullParts {
  /** Rings around the sampled tasks. */
  readonly sampled: boolean;
  /** A line from the agent to each of them. */
  readonly lines: boolean;
  /** The mean pull. */
  readonly mean: boolean;
  /** Where each task's own adaptation w′ ends; only with α ≠ 0. */
  readonly adapted: boolean;
}

export interface PullInput {
  readonly run: ReachingRun;
  readonly experiment: ReachingExperiment;
  readonly tasks: ReachingTasks;
  /** Iteration t whose batch is shown, 0 … T − 1. */
  readonly iteration: number;
  /** Where the agent is drawn, in plane units. */
  readonly agent: Point;
  readonly parts: PullParts;
}

/** The mean pull at one iteration in plane units: the agent's move divided by β, in its two parts. */
export interface MeanPull {
  readonly fresh: Point;
  readonly replayed: Point;
  readonly replayedCount: number;
}

export function meanPull(run: ReachingRun, iteration: number, stepSize: number): MeanPull {
  const part = (at: number): Point => ({
    x: run.pulls[4 * iteration + at]! / stepSize,
    y: run.pulls[4 * iteration + at + 1]! / stepSize,
  });
  return { fresh: part(0), replayed: part(2), replayedCount: run.replayed[iteration] ?? 0 };
}

/** The batch's tasks in plane units, fresh and replayed apart; flat [x, y, …]. */
function sampledPlaces({ run, tasks, iteration }: PullInput): { fresh: number[]; replayed: number[] } {
  const places = { fresh: [] as number[], replayed: [] as number[] };
  const firstReplayed = run.batchSize - (run.replayed[iteration] ?? 0);
  for (let slot = 0; slot < run.batchSize; slot++) {
    const task = run.batches[iteration * run.batchSize + slot]!;
    const list = slot < firstReplayed ? places.fresh : places.replayed;
    list.push(tasks.points[2 * task]!, tasks.points[2 * task + 1]!);
  }
  return places;
}

/** Segments from the agent towards each place, all of it or the first `share`, as one polyline with gaps. */
function spokes(agent: Point, places: readonly number[], share = 1): number[] {
  const points: number[] = [];
  for (let i = 0; i + 1 < places.length; i += 2) {
    const x = agent.x + share * (places[i]! - agent.x);
    const y = agent.y + share * (places[i + 1]! - agent.y);
    points.push(agent.x, agent.y, x, y, Number.NaN, Number.NaN);
  }
  return points;
}

function layoutLines(input: PullInput, plane: ScreenPlane, view: ChartView): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  const { theme } = view;
  const places = sampledPlaces(input);
  const line = (role: string, list: readonly number[], stroke: string, opacity: number): Mark => ({
    kind: 'line',
    role,
    points: toPixels(plane, spokes(input.agent, list)),
    stroke,
    lineWidth: scale,
    opacity,
    clip: plane.plot,
  });
  return [
    line('pull:fresh', places.fresh, theme.ink2, 0.4),
    line('pull:replayed', places.replayed, theme.buffer, 0.6),
  ];
}

/** Above so many rings in a batch they shrink. */
const MANY = 60;

function layoutSampled(input: PullInput, plane: ScreenPlane, view: ChartView): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  const { theme } = view;
  const size = (input.run.batchSize > MANY ? 0.7 : 1) * scale;
  const places = sampledPlaces(input);
  const eachOf = (list: readonly number[], marks: (at: Point) => readonly Mark[]): readonly Mark[] =>
    Array.from({ length: list.length / 2 }, (_, i) => toScreen(plane, list[2 * i]!, list[2 * i + 1]!))
      .filter((at) => isInside(plane.plot, at))
      .flatMap(marks);
  const ring = (role: string, at: Point, radius: number, stroke: string): Mark => ({
    kind: 'marker',
    role,
    shape: 'circle',
    ...at,
    radius,
    fill: theme.surface,
    stroke,
    lineWidth: 1.5 * size,
  });
  return [
    ...eachOf(places.fresh, (at) => [ring('sampled:fresh', at, 4 * size, theme.ink)]),
    ...eachOf(places.replayed, (at) => [
      ring('sampled:replayed', at, 5.5 * size, theme.buffer),
      { ...ring('sampled:core', at, 2.4 * size, theme.buffer), fill: theme.buffer, lineWidth: 0 } as Mark,
    ]),
  ];
}

/** w′ of every sampled task: a short bold segment towards the task, ended by a ✕. */
function layoutAdapted(input: PullInput, plane: ScreenPlane, view: ChartView): readonly Mark[] {
  const alpha = input.experiment.innerLearningRate;
  if (alpha === 0) return [];
  const { scale } = densityStyle(view.density);
  const style = view.theme.agents[input.run.strategy];
  const places = sampledPlaces(input);
  const all = spokes(input.agent, [...places.fresh, ...places.replayed], alpha);
  const points = toPixels(plane, all);
  const crosses: Mark[] = [];
  for (let i = 2; i + 1 < points.length; i += 6) {
    const at = { x: points[i]!, y: points[i + 1]! };
    if (!isInside(plane.plot, at)) continue;
    crosses.push({
      kind: 'marker',
      role: 'adapted',
      shape: 'cross',
      ...at,
      radius: 3.2 * scale,
      fill: null,
      stroke: style.mark,
      lineWidth: 1.5 * scale,
    });
  }
  const line: Mark = {
    kind: 'line',
    role: 'adaptation',
    points,
    stroke: style.mark,
    lineWidth: 1.5 * scale,
    opacity: 0.55,
    clip: plane.plot,
  };
  return [line, ...crosses];
}

/** Without colours the replayed part is told from the fresh one by short dashes. */
export function replayedDash(view: ChartView): readonly number[] {
  const { scale } = densityStyle(view.density);
  return view.theme.name === 'forced' ? [2.5 * scale, 2 * scale] : [];
}

/** A shaft with a filled head; nothing when it is too short to see. */
export function arrow(
  role: string,
  [from, to]: readonly [Point, Point],
  look: {
    stroke: string;
    surface: string;
    width: number;
    clip: ScreenPlane['plot'];
    dash?: readonly number[];
  },
): readonly Mark[] {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const head = Math.min(4.2 * look.width, length * 0.6);
  if (length < 3) return [];
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const neck = { x: to.x - head * ux, y: to.y - head * uy };
  const half = head * 0.48;
  const shaft = { kind: 'line' as const, points: [from.x, from.y, neck.x, neck.y], clip: look.clip };
  return [
    {
      ...shaft,
      role: 'arrow-halo',
      points: [from.x, from.y, to.x, to.y],
      stroke: look.surface,
      lineWidth: look.width + 3,
    },
    { ...shaft, role, stroke: look.stroke, lineWidth: look.width, dash: look.dash ?? [] },
    {
      kind: 'area',
      role: `${role}:head`,
      points: [to.x, to.y, neck.x - half * uy, neck.y + half * ux, neck.x + half * uy, neck.y - half * ux],
      fill: look.stroke,
      clip: look.clip,
    },
  ];
}

/** Fresh part, then replayed part from its tip; a dashed line to where both lead; the agent's next place hollow. */
function layoutMean(input: PullInput, plane: ScreenPlane, view: ChartView): readonly Mark[] {
  const { run, iteration, experiment } = input;
  const { scale } = densityStyle(view.density);
  const { theme } = view;
  const pull = meanPull(run, iteration, experiment.stepSize);
  const [x, y] = [run.path[2 * iteration]!, run.path[2 * iteration + 1]!];
  const from = toScreen(plane, x, y);
  const middle = toScreen(plane, x + pull.fresh.x, y + pull.fresh.y);
  const tip = toScreen(plane, x + pull.fresh.x + pull.replayed.x, y + pull.fresh.y + pull.replayed.y);
  const look = { surface: theme.surface, width: 2.75 * scale, clip: plane.plot };
  const both = pull.replayedCount > 0 && pull.replayedCount < run.batchSize;
  const total: Mark = {
    kind: 'line',
    role: 'mean:total',
    points: [from.x, from.y, tip.x, tip.y],
    stroke: theme.ink,
    lineWidth: 1.25 * scale,
    dash: [3 * scale, 3 * scale],
    clip: plane.plot,
  };
  const style = theme.agents[run.strategy];
  const next = toScreen(plane, run.path[2 * iteration + 2]!, run.path[2 * iteration + 3]!);
  const ghost = hollowMarker(
    style.marker,
    { role: 'next', ...next, radius: 4 * scale },
    { mark: style.mark, surface: theme.surface },
  );
  return [
    ...(both ? [total] : []),
    ...arrow('mean:fresh', [from, middle], { ...look, stroke: theme.ink }),
    ...arrow('mean:replayed', [middle, tip], { ...look, stroke: theme.buffer, dash: replayedDash(view) }),
    ...(isInside(plane.plot, next) && Math.hypot(next.x - from.x, next.y - from.y) > 9 * scale
      ? [ghost]
      : []),
  ];
}

/** Lines and adaptation lie under the trails; rings and the mean pull over them. */
export function layoutPulls(
  input: PullInput,
  plane: ScreenPlane,
  view: ChartView,
): { readonly under: readonly Mark[]; readonly over: readonly Mark[] } {
  const { parts } = input;
  return {
    under: [
      ...(parts.lines ? layoutLines(input, plane, view) : []),
      ...(parts.adapted ? layoutAdapted(input, plane, view) : []),
    ],
    over: [
      ...(parts.sampled ? layoutSampled(input, plane, view) : []),
      ...(parts.mean ? layoutMean(input, plane, view) : []),
    ],
  };
}

const size = (vector: Point): number => Math.hypot(vector.x, vector.y);

/** "Mean pull on MEDIUM: 14 fresh tasks 1.20, 6 replayed 0.85, together 1.60.", "It moves β = 0.1 of that." */
export function sayMeanPull(
  run: ReachingRun,
  iteration: number,
  stepSize: number,
): readonly [pull: string, moves: string] {
  const pull = meanPull(run, iteration, stepSize);
  const fresh = run.batchSize - pull.replayedCount;
  const total = size({ x: pull.fresh.x + pull.replayed.x, y: pull.fresh.y + pull.replayed.y });
  const parts = [
    ...(fresh > 0 ? [arenaWords.freshPull(fresh, formatValue(size(pull.fresh)))] : []),
    ...(pull.replayedCount > 0
      ? [arenaWords.replayedPull(pull.replayedCount, formatValue(size(pull.replayed)))]
      : []),
  ];
  const name = run.strategy.toUpperCase();
  const text =
    parts.length > 1
      ? arenaWords.pullOfTwo(name, parts.join(', '), formatValue(total))
      : arenaWords.pull(name, parts.join(', '));
  return [text, arenaWords.pullMoves(formatValue(stepSize))];
}
