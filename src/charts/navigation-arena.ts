// One run's arena in the Navigation lab: the square of goals with the last batch's, the goal that was chosen, how the
// policy walks to it before and after its inner steps, and the policy as a field of arrows. One panel per algorithm.
import type { AlgorithmId } from '../experiment/experiment.ts';
import type { NavigationExperiment } from '../experiment/navigation-experiment.ts';
import type { GaussianPolicyShape } from '../models/gaussian-policy.ts';
import type { NavigationTask } from '../tasks/navigation.ts';
import { HALF_SIDE } from '../tasks/navigation.ts';
import type { PolicyBatchSnapshot, ProbePoint } from '../training/policy-session-events.ts';
import { frameWords } from '../words/charts/frame.ts';
import { navigationArenaWords } from '../words/charts/navigation-arena.ts';
import { filledMarker } from './markers.ts';
import { layoutNamedSpots, type NamedSpot } from './named-spots.ts';
import { layoutField, policyField } from './navigation-field.ts';
import {
  type EpisodePaths,
  layoutEpisodes,
  layoutMeanPath,
  type PathLook,
  pathsOf,
} from './navigation-paths.ts';
import { layoutPlaneFrame, type ScreenPlane, toPixels, toScreen } from './plane.ts';
import { isInside, type Point } from './pointer.ts';
import { formatValue } from './scales.ts';
import { type ChartView, densityStyle, type LayerMark, type Mark, type Scene } from './scene.ts';
import type { ChartTable } from './table.ts';
import { textWidth } from './text.ts';

export interface NavigationArenaData {
  readonly algorithm: AlgorithmId;
  readonly experiment: Pick<
    NavigationExperiment,
    'noiseTaskShare' | 'noiseInnerRadius' | 'noiseOuterRadius' | 'start'
  >;
  /** The run's policy: 2 inputs, or 4 where it sees the goal. */
  readonly shape: GaussianPolicyShape;
  /** How it adapted to the chosen goal last; null: not yet. */
  readonly probe: ProbePoint<NavigationTask> | null;
  /** The chosen goal, which may be newer than the probe's. */
  readonly goal: Point;
  /** Inner step whose policy is drawn strong, 0 … k. */
  readonly step: number;
  /** The last batch; null before the first. */
  readonly batch: PolicyBatchSnapshot<NavigationTask> | null;
  readonly showField: boolean;
  /** Each trajectory; the mean path is always there. */
  readonly showEpisodes: boolean;
}

export interface NavigationArenaScene extends Scene {
  readonly plane: ScreenPlane;
  /** Painted once and kept: hand the scene to drawScene with a layer cache. */
  readonly layer: LayerMark;
  readonly layoutOf: LayerInput;
}

/** What the kept layer depends on. */
interface LayerInput {
  readonly probe: ProbePoint<NavigationTask> | null;
  readonly step: number;
  readonly view: ChartView;
  readonly showField: boolean;
  readonly showEpisodes: boolean;
  readonly reach: number;
  /** The goal where the field depends on it: of a policy that sees the goal; else null. */
  readonly seenGoal: Point | null;
}

/** Air around the square, in its unit. */
const MARGIN = 0.14;

/** The half side of what is shown: the square with some air, and the ring of noise goals where there is one. */
export function arenaReach(experiment: NavigationArenaData['experiment']): number {
  const ring = experiment.noiseTaskShare > 0 ? experiment.noiseOuterRadius : 0;
  return Math.max(HALF_SIDE, ring) + MARGIN;
}

/** Where the plane lies in a view; depends on the view and the reach alone, so that the pointer can ask at any time. */
export function navigationPlane(reach: number, view: ChartView): ScreenPlane {
  const { fontSize } = densityStyle(view.density);
  const left = Math.ceil(textWidth('−0.5', fontSize) + 10);
  const foot = Math.ceil(fontSize * 1.7);
  const plot = {
    x: left,
    y: 4,
    width: Math.max(Math.floor(view.width - left - 4), 1),
    height: Math.max(Math.floor(view.height - 4 - foot), 1),
  };
  return { plot, window: { x: 0, y: 0, reach }, unit: Math.min(plot.width, plot.height) / 2 / reach };
}

/** The square that goals come from, and the ring that noise goals do. */
function layoutRegions(data: NavigationArenaData, plane: ScreenPlane, view: ChartView): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  const s = HALF_SIDE;
  const look = { kind: 'line' as const, stroke: view.theme.axis, clip: plane.plot };
  const square: Mark = {
    ...look,
    role: 'goal-square',
    points: toPixels(plane, [-s, -s, s, -s, s, s, -s, s, -s, -s]),
    lineWidth: scale,
    dash: [6 * scale, 4 * scale],
    opacity: 0.7,
  };
  if (data.experiment.noiseTaskShare === 0) return [square];
  const ring = (radius: number): Mark => ({
    ...look,
    role: 'noise-ring',
    points: toPixels(plane, circle(radius)),
    lineWidth: scale,
    dash: [1.5 * scale, 3 * scale],
    opacity: 0.7,
  });
  return [square, ring(data.experiment.noiseInnerRadius), ring(data.experiment.noiseOuterRadius)];
}

function circle(radius: number): number[] {
  return Array.from({ length: 73 }, (_, i) => (2 * Math.PI * i) / 72).flatMap((angle) => [
    radius * Math.cos(angle),
    radius * Math.sin(angle),
  ]);
}

/** The batch's goals: hollow, ochre and filled where replayed, square where noise. */
function layoutGoals(data: NavigationArenaData, plane: ScreenPlane, view: ChartView): readonly Mark[] {
  const { batch } = data;
  if (batch === null) return [];
  const { theme } = view;
  const { scale } = densityStyle(view.density);
  return batch.tasks.flatMap((task, i): Mark[] => {
    const at = toScreen(plane, task.x, task.y);
    if (!isInside(plane.plot, at)) return [];
    const replayed = batch.replayed[i] === 1;
    return [
      {
        kind: 'marker',
        role: replayed ? 'batch-goal:replayed' : 'batch-goal:fresh',
        shape: task.isNoise === true ? 'square' : 'circle',
        ...at,
        radius: 3.2 * scale,
        fill: replayed ? theme.buffer : theme.surface,
        stroke: replayed ? theme.buffer : theme.ink2,
        lineWidth: 1.25 * scale,
      },
    ];
  });
}

/** Start and chosen goal. */
function layoutEnds(data: NavigationArenaData, plane: ScreenPlane, view: ChartView): readonly Mark[] {
  const { theme } = view;
  const { scale } = densityStyle(view.density);
  const marks: Mark[] = [];
  if (data.experiment.start === 'origin') {
    marks.push({
      kind: 'marker',
      role: 'start',
      shape: 'square',
      ...toScreen(plane, 0, 0),
      radius: 4 * scale,
      fill: theme.surface,
      stroke: theme.ink,
      lineWidth: 1.5 * scale,
    });
  }
  const goal = toScreen(plane, data.goal.x, data.goal.y);
  if (isInside(plane.plot, goal)) {
    const cross = { kind: 'marker' as const, shape: 'cross' as const, ...goal, fill: null };
    marks.push(
      { ...cross, role: 'goal-halo', radius: 8.5 * scale, stroke: theme.surface, lineWidth: 5 * scale },
      { ...cross, role: 'goal', radius: 7.5 * scale, stroke: theme.ink, lineWidth: 2.25 * scale },
    );
  }
  return marks;
}

/** The chosen step of the probe and, where it is another, the policy before adaptation. */
function shownPaths(data: NavigationArenaData): { strong: EpisodePaths; ghost: EpisodePaths | null } | null {
  if (data.probe === null) return null;
  const step = data.probe.steps[Math.min(data.step, data.probe.steps.length - 1)];
  const first = data.probe.steps[0];
  if (step === undefined || first === undefined) return null;
  return {
    strong: pathsOf(step.trajectories),
    ghost: step === first ? null : pathsOf(first.trajectories),
  };
}

const GHOST = 'before';
const STRONG = 'after';

function looksOf(data: NavigationArenaData, view: ChartView): { strong: PathLook; ghost: PathLook } {
  const style = view.theme.algorithms[data.algorithm];
  return {
    strong: { role: STRONG, stroke: style.mark, strong: true },
    ghost: { role: GHOST, stroke: view.theme.ink2, strong: false },
  };
}

/** What changes only with the probe, the step or the view: field and trajectories. */
function layoutLayer(data: NavigationArenaData, plane: ScreenPlane, view: ChartView): readonly Mark[] {
  const frame = [...layoutPlaneFrame(plane, view), ...layoutRegions(data, plane, view)];
  const paths = shownPaths(data);
  const step = data.probe?.steps[Math.min(data.step, data.probe.steps.length - 1)];
  const field =
    data.showField && step !== undefined
      ? layoutField(policyField(data.shape, step.params, data.goal), plane, view)
      : [];
  if (paths === null) return [...frame, ...field];
  const looks = looksOf(data, view);
  const ghost = paths.ghost;
  return [
    ...frame,
    ...field,
    ...(ghost !== null && data.showEpisodes ? layoutEpisodes(ghost, plane, view, looks.ghost) : []),
    ...(data.showEpisodes ? layoutEpisodes(paths.strong, plane, view, looks.strong) : []),
    ...(ghost !== null ? layoutMeanPath(ghost, plane, view, looks.ghost) : []),
    ...layoutMeanPath(paths.strong, plane, view, looks.strong),
  ];
}

/** The end of the strong mean path: the agent. */
function layoutAgent(data: NavigationArenaData, plane: ScreenPlane, view: ChartView): readonly Mark[] {
  const paths = shownPaths(data);
  const at = paths === null ? null : endOf(paths.strong, plane);
  if (at === null) return [];
  const { scale } = densityStyle(view.density);
  const style = view.theme.algorithms[data.algorithm];
  const where = { role: 'agent', ...at, radius: 6 * scale };
  return [filledMarker(style.marker ?? 'circle', where, { mark: style.mark, surface: view.theme.surface })];
}

/** Where a mean path ends on the screen; null without one or outside the plot. */
function endOf({ mean }: EpisodePaths, plane: ScreenPlane): Point | null {
  if (mean.length < 2) return null;
  const at = toScreen(plane, mean[mean.length - 2]!, mean[mean.length - 1]!);
  return isInside(plane.plot, at) ? at : null;
}

/** What has a name: the goal, and where the mean paths end. */
function namedPlaces(data: NavigationArenaData, plane: ScreenPlane, view: ChartView): readonly NamedSpot[] {
  const { theme } = view;
  const paths = shownPaths(data);
  const spots: (NamedSpot | null)[] = [
    named(navigationArenaWords.goal, toScreen(plane, data.goal.x, data.goal.y), theme.ink, true),
    named(
      data.step === 0 ? navigationArenaWords.before : frameWords.afterSteps(data.step),
      paths && endOf(paths.strong, plane),
      theme.algorithms[data.algorithm].text,
    ),
    named(navigationArenaWords.before, paths?.ghost ? endOf(paths.ghost, plane) : null, theme.ink2),
  ];
  return spots.filter((spot) => spot !== null);
}

function named(text: string, at: Point | null, fill: string, bold = false): NamedSpot | null {
  return at === null ? null : { text, at, fill, bold };
}

function isSameLayer(a: LayerInput, b: LayerInput): boolean {
  const sameView =
    a.view.width === b.view.width &&
    a.view.height === b.view.height &&
    a.view.theme === b.view.theme &&
    a.view.density === b.view.density;
  return (
    sameView &&
    a.probe === b.probe &&
    a.step === b.step &&
    a.showField === b.showField &&
    a.showEpisodes === b.showEpisodes &&
    a.reach === b.reach &&
    a.seenGoal?.x === b.seenGoal?.x &&
    a.seenGoal?.y === b.seenGoal?.y
  );
}

/** Lays one arena out. `previous`: its last scene, whose layer is kept while it serves. */
export function layoutNavigationArena(
  data: NavigationArenaData,
  view: ChartView,
  previous: NavigationArenaScene | null = null,
): NavigationArenaScene {
  const reach = arenaReach(data.experiment);
  const plane = navigationPlane(reach, view);
  const { probe, step, showField, showEpisodes } = data;
  const seenGoal = showField && data.shape.sizes[0] === 4 ? data.goal : null;
  const layoutOf: LayerInput = { probe, step, view, showField, showEpisodes, reach, seenGoal };
  const layer: LayerMark =
    previous !== null && isSameLayer(previous.layoutOf, layoutOf)
      ? previous.layer
      : { kind: 'layer', role: 'paths', marks: layoutLayer(data, plane, view) };
  return {
    width: view.width,
    height: view.height,
    background: view.theme.surface,
    plot: plane.plot,
    plane,
    layer,
    layoutOf,
    marks: [
      layer,
      ...layoutGoals(data, plane, view),
      ...layoutEnds(data, plane, view),
      ...layoutAgent(data, plane, view),
      ...layoutNamedSpots(namedPlaces(data, plane, view), plane.plot, view),
    ],
  };
}

/** "Goal at 0.3, −0.2. Mean return −38.1 before, −12.4 after 1 step, …; 20 trajectories each." */
export function describeNavigationArena(data: NavigationArenaData): string {
  const goal = navigationArenaWords.summaryGoal(formatValue(data.goal.x), formatValue(data.goal.y));
  if (data.probe === null) return `${goal} ${frameWords.nothing}`;
  const steps = data.probe.steps.map(({ meanReturn }, i) => {
    const when = i === 0 ? navigationArenaWords.before : frameWords.afterSteps(i);
    return navigationArenaWords.returnWhen(formatValue(meanReturn), when);
  });
  const episodes = data.probe.steps[0]?.trajectories.episodes ?? 0;
  return `${goal} ${navigationArenaWords.summaryReturns(steps.join(', '), episodes)}`;
}

/** One row per inner step, episode and time: the agent's place. */
export function tableNavigationArena(data: NavigationArenaData): ChartTable {
  const rows = (data.probe?.steps ?? []).flatMap(({ trajectories }, step) =>
    pathsOf(trajectories).episodes.flatMap((path, episode) =>
      Array.from({ length: path.length / 2 }, (_, t) => [step, episode, t, path[2 * t]!, path[2 * t + 1]!]),
    ),
  );
  return { columns: ['inner step', 'trajectory', 'time', 'x', 'y'], rows };
}
