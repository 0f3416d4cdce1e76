// The stage of the Reaching lab ([RMAML] Fig. 3): tasks as dots of a plane, the clouds they come from, the agents
// with their ways, and how one agent's batch pulls it. Composes the still ground, the pulls, the agents, the handles.
import type { ReachingRun } from '../algorithms/reaching-run.ts';
import type { Strategy } from '../experiment/experiment.ts';
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import type { ReachingTasks } from '../tasks/reaching-field.ts';
import { arenaWords } from '../words/charts/reaching-arena.ts';
import { type ScreenPlane, toPixels, toScreen } from './plane.ts';
import { subdivide } from './plane-spokes.ts';
import type { PlaneWindow } from './plane-window.ts';
import { isInside } from './pointer.ts';
import {
  focusLast,
  layoutAgentMarkers,
  layoutNames,
  layoutTrails,
  type NamedPlace,
  type NameOffsets,
  type ShownAgent,
  showAgent,
} from './reaching-agents.ts';
import { type Ground, layoutGround } from './reaching-ground.ts';
import { type ArenaHandle, layoutHandles, type PlacedHandle, placeHandles } from './reaching-handles.ts';
import { layoutPullKey, layoutPullSentence } from './reaching-key.ts';
import { arenaPlane, hasLegend } from './reaching-plane.ts';
import { layoutPulls, meanPull, type PullParts, sayMeanPull } from './reaching-pulls.ts';
import { formatValue, groupThousands } from './scales.ts';
import { type ChartView, densityStyle, type LayerMark, type Mark, type Rect, type Scene } from './scene.ts';
import type { ChartTable } from './table.ts';

export interface ReachingArenaData {
  readonly experiment: ReachingExperiment;
  readonly tasks: ReachingTasks;
  /** In the experiment's order; empty before the first run. */
  readonly runs: readonly ReachingRun[];
  /** Iteration shown, 0 … T: the agents stand at path[iteration], batch `iteration` is drawn. */
  readonly iteration: number;
  /** 0 … 1 of the way to the next iteration, for smooth playing. */
  readonly fraction: number;
  /** Whose batch and pulls are drawn; null: nobody's. */
  readonly focus: Strategy | null;
  readonly parts: PullParts;
  readonly window: PlaneWindow;
  readonly hovered: ArenaHandle | null;
  /** The handle that has the keyboard. */
  readonly focused: ArenaHandle | null;
}

export interface ReachingArenaScene extends Scene {
  readonly plane: ScreenPlane;
  readonly handles: readonly PlacedHandle[];
  readonly ground: Ground;
  readonly nameOffsets: NameOffsets;
  /** Drawn once and kept: hand the scene to drawScene with a layer cache. */
  readonly layer: LayerMark;
}

/** Everything that a playing iteration shows. */
export const ALL_PARTS: PullParts = { sampled: true, lines: true, mean: true, adapted: true };

/** The strategy in focus with the iteration whose batch is shown; null when there is none. */
function focusRun(data: ReachingArenaData): { run: ReachingRun; iteration: number } | null {
  const run = data.runs.find((one) => one.strategy === data.focus);
  if (run === undefined || run.iterations === 0) return null;
  return { run, iteration: Math.min(Math.max(data.iteration, 0), run.iterations - 1) };
}

function markerBox({ at }: Pick<ShownAgent, 'at'>, radius: number): Rect {
  return { x: at.x - radius, y: at.y - radius, width: 2 * radius, height: 2 * radius };
}

/** At most this many vertices of a trail are looked at when names are placed. */
const TRAIL_SAMPLES = 120;

function thinned(trail: Float64Array): Float64Array {
  const vertices = trail.length / 2;
  if (vertices <= TRAIL_SAMPLES) return trail;
  const stride = Math.ceil(vertices / TRAIL_SAMPLES);
  const kept: number[] = [];
  for (let i = 0; i < vertices; i += stride) kept.push(trail[2 * i]!, trail[2 * i + 1]!);
  return Float64Array.from(kept);
}

/** The mean pull's arrow as a row of points, each counted twice: names should leave it free. */
function meanPixels(data: ReachingArenaData, plane: ScreenPlane): readonly number[] {
  const shown = focusRun(data);
  if (shown === null || !data.parts.mean) return [];
  const { run, iteration } = shown;
  const { fresh, replayed } = meanPull(run, iteration, data.experiment.stepSize);
  const [x, y] = [run.path[2 * iteration]!, run.path[2 * iteration + 1]!];
  const bend = [x + fresh.x, y + fresh.y];
  const points = toPixels(plane, [x, y, ...bend, bend[0]! + replayed.x, bend[1]! + replayed.y]);
  const row = subdivide(points);
  return [...row, ...row];
}

/** Names of the agents, then "start", off each other and off the clouds' names. */
function nameAll(
  data: ReachingArenaData,
  agents: readonly ShownAgent[],
  stage: { plane: ScreenPlane; ground: Ground; view: ChartView; previous: ReachingArenaScene | null },
): ReturnType<typeof layoutNames> {
  const { plane, ground, view, previous } = stage;
  const { theme } = view;
  const { scale } = densityStyle(view.density);
  const start = toScreen(plane, data.experiment.startX, data.experiment.startY);
  const goal = toScreen(plane, data.experiment.mainX, data.experiment.mainY);
  const places: NamedPlace[] = agents.map(({ strategy, at }) => {
    const { label, text, mark } = theme.agents[strategy];
    return { id: strategy, text: label, at, color: text, mark, bold: true };
  });
  places.push({
    id: 'start',
    text: arenaWords.start,
    at: start,
    color: theme.ink2,
    mark: theme.axis,
    bold: false,
  });
  const taken = [
    ...ground.names.map((mark) => mark.box),
    ...agents.map((agent) => markerBox(agent, 8 * scale)),
    markerBox({ at: start }, 6 * scale),
    markerBox({ at: goal }, 6 * scale),
  ];
  const avoid = [...agents.map((agent) => thinned(agent.trail)), meanPixels(data, plane)];
  return layoutNames(places, { plot: plane.plot, taken, avoid }, view, previous?.nameOffsets ?? null);
}

function layoutStart(data: ReachingArenaData, plane: ScreenPlane, view: ChartView): readonly Mark[] {
  const at = toScreen(plane, data.experiment.startX, data.experiment.startY);
  if (!isInside(plane.plot, at)) return [];
  const { scale } = densityStyle(view.density);
  const look = { fill: view.theme.surface, stroke: view.theme.ink, lineWidth: 1.5 * scale };
  return [{ kind: 'marker', role: 'start', shape: 'square', ...at, radius: 4.2 * scale, ...look }];
}

/** Key and sentence beneath the plane. */
function layoutLegend(data: ReachingArenaData, plane: ScreenPlane, view: ChartView): readonly Mark[] {
  if (!hasLegend(view)) return [];
  const { fontSize } = densityStyle(view.density);
  const { plot } = plane;
  const shown = focusRun(data);
  const none: PullParts = { sampled: false, lines: false, mean: false, adapted: false };
  const right = view.width - 2;
  const bottom = plot.y + plot.height;
  const key = { x: plot.x, y: bottom + fontSize * 2.65 };
  const marks = [...layoutPullKey(shown === null ? none : data.parts, key, right, view)];
  if (shown === null || !data.parts.mean) return marks;
  const pull = sayMeanPull(shown.run, shown.iteration, data.experiment.stepSize);
  const words = layoutPullSentence(pull, { x: plot.x, y: bottom + fontSize * 4.2 }, right, view);
  return words === null ? marks : [...marks, words];
}

/** Lays the stage out. `previous`: its last scene, whose ground and name sides are kept while they serve. */
export function layoutReachingArena(
  data: ReachingArenaData,
  view: ChartView,
  previous: ReachingArenaScene | null = null,
): ReachingArenaScene {
  const plane = arenaPlane(data.window, view);
  const { plot } = plane;
  const ground = layoutGround(data, plane, view, previous?.ground ?? null);
  const layer: LayerMark =
    previous !== null && ground === previous.ground
      ? previous.layer
      : { kind: 'layer', role: 'ground', marks: ground.marks };
  const agents = data.runs.map((run) => showAgent(run, data, plane));
  const shown = focusRun(data);
  const agent = agents.find((one) => one.strategy === data.focus);
  const pulls =
    shown === null || agent === undefined
      ? { under: [], over: [] }
      : layoutPulls({ ...data, ...shown, agent: agent.place }, plane, view);
  const handles = placeHandles(data.experiment, plane);
  const names = nameAll(data, agents, { plane, ground, view, previous });
  const { width, height, theme } = view;
  return {
    width,
    height,
    background: theme.surface,
    plot,
    plane,
    handles,
    ground,
    layer,
    nameOffsets: names.offsets,
    marks: [
      layer,
      ...pulls.under,
      ...layoutTrails(focusLast(agents, data.focus), plane, view),
      ...layoutStart(data, plane, view),
      ...layoutHandles(handles, data, plane, view),
      ...pulls.over,
      ...ground.names,
      ...layoutAgentMarkers(focusLast(agents, data.focus), data.focus, plane, view),
      ...names.marks,
      ...layoutLegend(data, plane, view),
    ],
  };
}

/** "Iteration 80 of 200, 300 tasks. UNIFORM is 1.62 from the main centre, …. Mean pull on MEDIUM: …" */
export function describeReachingArena(data: ReachingArenaData): string {
  const tasks = groupThousands(data.tasks.count);
  if (data.runs.length === 0) return arenaWords.nothing(tasks);
  const iteration = Math.min(Math.max(data.iteration, 0), data.runs[0]!.iterations);
  const where = data.runs.map(
    (run) => `${run.strategy.toUpperCase()} ${formatValue(run.distances[iteration] ?? Number.NaN)}`,
  );
  const shown = focusRun(data);
  const pull = shown === null ? [] : sayMeanPull(shown.run, shown.iteration, data.experiment.stepSize);
  const all = groupThousands(data.runs[0]!.iterations);
  const text = arenaWords.summary(groupThousands(iteration), all, tasks, where.join(', '));
  return [text, ...pull].join(' ');
}

/** One row per strategy and iteration: the agent's place, its distance, L. */
export function tableReachingArena(data: ReachingArenaData): ChartTable {
  const rows = data.runs.flatMap((run) =>
    Array.from(run.distances, (distance, t) => [
      run.strategy.toUpperCase(),
      t,
      run.path[2 * t]!,
      run.path[2 * t + 1]!,
      distance,
      run.replayed[t] ?? null,
    ]),
  );
  return { columns: ['strategy', 'iteration', 'x', 'y', 'distance', 'replayed'], rows };
}
