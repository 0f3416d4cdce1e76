// Returns over training by kind of goal: forwards and backwards, or slow, middle and fast thirds of the velocities. The
// mean over all test tasks hides which of them fails. One run at a time; evaluations, not batches.
import type { AlgorithmId } from '../experiment/experiment.ts';
import { frameWords } from '../words/charts/frame.ts';
import { returnByGoalWords } from '../words/charts/return-by-goal.ts';
import { emptyMessage, layoutAxes } from './axes.ts';
import { clearTicks, layoutHover, verticalRule } from './hover.ts';
import { type EndLabel, labelGutter, layoutEndLabels } from './labels.ts';
import { filledMarker } from './markers.ts';
import {
  type Domain,
  finiteExtent,
  formatTick,
  formatValue,
  groupThousands,
  halfTicks,
  rangeTicks,
  type Scale,
  steppingDomain,
  steppingRangeDomain,
  toPixel,
  toValue,
} from './scales.ts';
import {
  type ChartView,
  densityStyle,
  type HoverReadout,
  type Mark,
  type Rect,
  type Scene,
} from './scene.ts';
import { lineEnd, polylinePixels, SERIES_WIDTH } from './series.ts';
import type { ChartTable } from './table.ts';

/** Test tasks whose goals are alike. Entry i of each list belongs to evaluation i. */
export interface GoalGroup {
  /** "forwards", "0–0.67 m/s" */
  readonly label: string;
  /** Mean returns (or gains, as the words beside say) before adaptation and after the shown step. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

export interface ReturnByGoalData {
  readonly algorithm: AlgorithmId;
  /** [n] meta-iteration of each evaluation, rising. */
  readonly iterations: readonly number[];
  readonly groups: readonly GoalGroup[];
  /** The inner step after which `after` is. */
  readonly step: number;
  readonly xLimit: number;
  /** Scrubbed meta-iteration; null when live. */
  readonly scrubX: number | null;
  /** Pointer, CSS pixels from the left of the view; null when outside. */
  readonly hoverX: number | null;
}

export interface ReturnByGoalScene extends Scene {
  readonly x: Scale;
  readonly y: Scale;
  readonly hover: HoverReadout | null;
}

/** By group: they have one colour, that of the run. */
const DASHES: readonly (readonly number[])[] = [[], [7, 3], [2.5, 2.5]];

interface Frame {
  readonly data: ReturnByGoalData;
  readonly view: ChartView;
  readonly plot: Rect;
  readonly axes: { readonly x: Scale; readonly y: Scale };
}

function layoutGroup(group: GoalGroup, index: number, frame: Frame): readonly Mark[] {
  const { data, view, plot, axes } = frame;
  const { scale } = densityStyle(view.density);
  const line = (role: string, values: readonly number[], look: { width: number; opacity: number }): Mark => ({
    kind: 'line',
    role: `${role}:${index}`,
    points: polylinePixels(data.iterations, values, axes),
    stroke: view.theme.algorithms[data.algorithm].mark,
    lineWidth: look.width * scale,
    opacity: look.opacity,
    dash: (DASHES[index] ?? []).map((dash) => dash * scale),
    clip: plot,
  });
  return [
    line('before', group.before, { width: 1, opacity: 0.4 }),
    line('after', group.after, { width: SERIES_WIDTH, opacity: 1 }),
    ...layoutOnly(group, index, frame),
  ];
}

/** A line needs two evaluations; the only one there is must be seen as well. */
function layoutOnly({ after }: GoalGroup, index: number, { data, view, axes }: Frame): readonly Mark[] {
  const [x, y] = [data.iterations[0], after[0]];
  if (data.iterations.length !== 1 || x === undefined || y === undefined || !Number.isFinite(y)) return [];
  const radius = 2.6 * densityStyle(view.density).scale;
  const at = { role: `only:${index}`, x: toPixel(axes.x, x), y: toPixel(axes.y, y), radius };
  const { mark } = view.theme.algorithms[data.algorithm];
  return [filledMarker('circle', at, { mark, surface: view.theme.surface })];
}

function endOf(group: GoalGroup, index: number, frame: Frame): EndLabel | null {
  const { data, view, plot, axes } = frame;
  const style = view.theme.algorithms[data.algorithm];
  const at = lineEnd(polylinePixels(data.iterations, group.after, axes), plot);
  if (at === null) return null;
  return {
    role: `group:${index}`,
    text: group.label,
    color: style.text,
    mark: style.mark,
    endX: at.x,
    endY: at.y,
  };
}

function readHover(frame: Frame): HoverReadout | null {
  const { data, plot, axes, view } = frame;
  if (data.hoverX === null || data.hoverX < plot.x || data.hoverX > plot.x + plot.width) return null;
  const x = toValue(axes.x, data.hoverX);
  const at = data.iterations.findLastIndex((iteration) => iteration <= x);
  if (at < 0) return null;
  const color = view.theme.algorithms[data.algorithm].text;
  const rows = data.groups.map(({ label, after }) => ({
    label,
    value: formatValue(after[at]!),
    color,
    y: toPixel(axes.y, after[at]!),
  }));
  return {
    x: toPixel(axes.x, data.iterations[at]!),
    title: frameWords.iteration(groupThousands(data.iterations[at]!)),
    rows,
  };
}

/** Lays the chart out. `previous`: its last scene, whose domains are kept until the data leave them. */
export function layoutReturnByGoal(
  data: ReturnByGoalData,
  view: ChartView,
  previous: ReturnByGoalScene | null = null,
): ReturnByGoalScene {
  const { fontSize } = densityStyle(view.density);
  const reached = data.iterations.at(-1) ?? 0;
  const limit = Math.max(data.xLimit, 1);
  const xDomain: Domain = steppingDomain(
    previous?.x.domain ?? null,
    Math.max(reached, Math.min(limit, 10)),
    limit,
  );
  const values = data.groups.flatMap(({ before, after }) => [...before, ...after]);
  const yDomain = steppingRangeDomain(previous?.y.domain ?? null, finiteExtent(values));
  const labels = data.groups.map(({ label }) => label);
  const { plot, marks, ...axes } = layoutAxes(view, {
    x: {
      domain: xDomain,
      kind: 'linear',
      ticks: halfTicks(xDomain),
      unit: frameWords.iterations,
      format: formatTick,
    },
    y: { domain: yDomain, kind: 'linear', ticks: rangeTicks(yDomain) },
    rightGutter: labelGutter(labels, fontSize),
  });
  const frame: Frame = { data, view, plot, axes };
  const { width, height, theme } = view;
  const hover = readHover(frame);
  const scene = { width, height, background: theme.surface, plot, ...axes, hover };
  if (data.iterations.length === 0) return { ...scene, marks: [...marks, emptyMessage(view, plot)] };
  const over = hover === null ? [] : layoutHover(hover, plot, view);
  const ends = data.groups.flatMap((group, index) => endOf(group, index, frame) ?? []);
  const labelFrame = { x: plot.x + plot.width + 14, top: 0, bottom: plot.y + plot.height + 4, fontSize };
  const now =
    data.scrubX === null ? [] : [verticalRule('now', toPixel(axes.x, data.scrubX), plot, theme.ink)];
  return {
    ...scene,
    marks: [
      ...clearTicks(marks, over),
      ...data.groups.flatMap((group, index) => layoutGroup(group, index, frame)),
      ...now,
      ...(over.length === 0 ? layoutEndLabels(ends, labelFrame) : over),
    ],
  };
}

/** "MAML at iteration 400: forwards −120 before, 180 after 1 step; backwards 60 and 250." */
export function describeReturnByGoal(data: ReturnByGoalData, nameOf: (id: AlgorithmId) => string): string {
  const last = data.iterations.length - 1;
  if (last < 0) return frameWords.nothing;
  const groups = data.groups.map(({ label, before, after }) => {
    const returns = [formatValue(before[last]!), formatValue(after[last]!)] as const;
    return returnByGoalWords.group(label, returns, frameWords.afterSteps(data.step));
  });
  const iteration = groupThousands(data.iterations[last]!);
  return returnByGoalWords.summary(nameOf(data.algorithm), iteration, groups.join('; '));
}

/** One row per evaluation and group. */
export function tableReturnByGoal(data: ReturnByGoalData): ChartTable {
  return {
    columns: ['iteration', 'goals', 'return before', `return after ${data.step} steps`],
    rows: data.iterations.flatMap((iteration, i) =>
      data.groups.map(({ label, before, after }) => [iteration, label, before[i]!, after[i]!]),
    ),
  };
}
