// The shown strategy's buffer in the Reaching lab: the batch's tasks as bars from low to high score with the chosen
// window lit; beneath, where the distances pile up, and L over the iterations.
import type { ReachingRun } from '../algorithms/reaching-run.ts';
import type { ReachingTasks } from '../tasks/reaching-field.ts';
import type { BufferSnapshot } from '../training/session-events.ts';
import { frameWords } from '../words/charts/frame.ts';
import { reachingBufferWords } from '../words/charts/reaching-buffer.ts';
import { crisp } from './axes.ts';
import { type BufferScene, layoutBufferChart } from './buffer-chart.ts';
import { verticalRule } from './hover.ts';
import { type Domain, formatValue, groupThousands, type Scale, steppingDomain, toPixel } from './scales.ts';
import { type ChartView, densityStyle, type Mark, type Rect, type Scene } from './scene.ts';
import { polylinePixels } from './series.ts';
import type { ChartTable } from './table.ts';
import { textMark } from './text.ts';

export interface ReachingBufferData {
  /** The strategy in focus; null: nothing run. */
  readonly run: ReachingRun | null;
  readonly tasks: ReachingTasks;
  /** Iteration whose batch is shown, 0 … T; at T the last batch. */
  readonly iteration: number;
  /** MAX_L: where the axis of L ends. */
  readonly maxReplayedTasks: number;
}

export interface ReachingBufferScene extends Scene {
  readonly bars: BufferScene;
}

/** The batch of one iteration in the buffer chart's terms; null without a run. */
export function batchSnapshot({ run, tasks, iteration }: ReachingBufferData): BufferSnapshot | null {
  if (run === null || run.iterations === 0) return null;
  const t = Math.min(Math.max(iteration, 0), run.iterations - 1);
  const M = run.batchSize;
  const batch = run.batches.subarray(t * M, (t + 1) * M);
  const firstReplayed = M - run.replayed[t]!;
  return {
    scores: Float32Array.from(run.scores.subarray(t * M, (t + 1) * M)),
    replayed: Uint8Array.from(batch, (_, slot) => (slot >= firstReplayed ? 1 : 0)),
    isNoise: Uint8Array.from(batch, (task) => (isNoise(tasks.clouds[task]!) ? 1 : 0)),
    chosen: run.chosen.slice(t * M, (t + 1) * M),
    tasks: Float32Array.from(
      Array.from(batch).flatMap((task) => [tasks.points[2 * task]!, tasks.points[2 * task + 1]!]),
    ),
  };
}

/** Index 1 and 2 of REACHING_CLOUDS. */
function isNoise(cloud: number): boolean {
  return cloud === 1 || cloud === 2;
}

interface Bin {
  readonly fresh: number;
  readonly replayed: number;
}

/** Equal bins over [0, top]; scores beyond the top count in the last. */
export function distanceBins(snapshot: BufferSnapshot, top: number, count: number): readonly Bin[] {
  const bins = Array.from({ length: count }, () => ({ fresh: 0, replayed: 0 }));
  snapshot.scores.forEach((score, i) => {
    if (!Number.isFinite(score)) return;
    const bin = bins[Math.min(Math.floor((Math.max(score, 0) / top) * count), count - 1)]!;
    if (snapshot.replayed[i] === 1) bin.replayed++;
    else bin.fresh++;
  });
  return bins;
}

const BIN_COUNT = 12;

/** A small panel's plot: a line of words above it, tick labels below. */
function panelPlot(at: Rect, fontSize: number): Rect {
  const head = Math.ceil(fontSize * 1.5);
  const foot = Math.ceil(fontSize * 1.75);
  return {
    x: at.x,
    y: at.y + head,
    width: Math.max(at.width, 1),
    height: Math.max(at.height - head - foot, 1),
  };
}

/** Heading, base line and the two ends of a small panel. */
function panelFrame(
  id: string,
  words: { readonly title: string; readonly from: string; readonly to: string },
  plot: Rect,
  view: ChartView,
): readonly Mark[] {
  const { fontSize } = densityStyle(view.density);
  const { theme } = view;
  const bottom = crisp(plot.y + plot.height);
  const right = plot.x + plot.width;
  const look = { fill: theme.ink2, fontSize };
  const y = bottom + fontSize * 0.95;
  return [
    textMark(words.title, { role: `${id}:title`, x: plot.x, y: plot.y - fontSize * 0.8, ...look }),
    {
      kind: 'line',
      role: `${id}:axis`,
      points: [plot.x, bottom, right, bottom],
      stroke: theme.axis,
      lineWidth: 1,
    },
    textMark(words.from, { role: `${id}:tick`, x: plot.x, y, ...look }),
    textMark(words.to, { role: `${id}:tick`, x: right, y, align: 'right', ...look }),
  ];
}

/** Stacked bars: replayed tasks filled below, fresh hollow above. */
function layoutHistogram(
  snapshot: BufferSnapshot,
  domain: Domain,
  plot: Rect,
  view: ChartView,
): readonly Mark[] {
  const { theme } = view;
  const bins = distanceBins(snapshot, domain[1], BIN_COUNT);
  const most = Math.max(1, ...bins.map((bin) => bin.fresh + bin.replayed));
  const pitch = plot.width / BIN_COUNT;
  const bottom = Math.round(plot.y + plot.height);
  const unit = plot.height / most;
  const bar = (
    role: string,
    i: number,
    [from, to]: readonly [number, number],
    colour: string,
  ): readonly Mark[] => {
    if (to <= from) return [];
    const left = Math.round(plot.x + i * pitch) + 1;
    const width = Math.max(Math.round(plot.x + (i + 1) * pitch) - left, 1);
    const top = Math.round(bottom - to * unit);
    const rect = {
      x: left + 0.5,
      y: top + 0.5,
      width: Math.max(width - 1, 0.5),
      height: Math.max(Math.round(bottom - from * unit) - top - 1, 0.5),
    };
    const fill = role === 'bin:replayed' ? colour : theme.surface;
    return [{ kind: 'rect', role, rect, fill, stroke: colour, lineWidth: 1 }];
  };
  return bins.flatMap((bin, i) => [
    ...bar('bin:replayed', i, [0, bin.replayed], theme.buffer),
    ...bar('bin:fresh', i, [bin.replayed, bin.replayed + bin.fresh], theme.ink2),
  ]);
}

/** L as a step line, strong up to now, and its value. */
function layoutReplayCount(data: ReachingBufferData, plot: Rect, view: ChartView): readonly Mark[] {
  const { run, iteration } = data;
  if (run === null) return [];
  const { scale } = densityStyle(view.density);
  const { theme } = view;
  const x: Scale = { kind: 'linear', domain: [0, run.iterations], range: [plot.x, plot.x + plot.width] };
  const top = Math.max(data.maxReplayedTasks, ...run.replayed, 1);
  const y: Scale = { kind: 'linear', domain: [0, top], range: [plot.y + plot.height, plot.y + 2] };
  const steps = (from: number, to: number): Float64Array => {
    const xs: number[] = [];
    const ys: number[] = [];
    for (let t = from; t < to; t++) {
      xs.push(t, t + 1);
      ys.push(run.replayed[t]!, run.replayed[t]!);
    }
    return polylinePixels(xs, ys, { x, y });
  };
  const now = Math.min(Math.max(Math.floor(iteration), 0), run.iterations - 1);
  const line = (role: string, points: Float64Array, lineWidth: number, opacity: number): Mark => ({
    kind: 'line',
    role,
    points,
    stroke: theme.buffer,
    lineWidth: lineWidth * scale,
    opacity,
  });
  const at = toPixel(x, now + 0.5);
  return [
    line('replay:beyond', steps(now, run.iterations), 1, 0.4),
    line('replay:past', steps(0, now + 1), 1.75, 1),
    verticalRule('now', at, plot, theme.ink),
  ];
}

function layoutSmallPanels(
  data: ReachingBufferData & { readonly run: ReachingRun },
  snapshot: BufferSnapshot,
  area: { readonly at: Rect; readonly domain: Domain },
  view: ChartView,
): readonly Mark[] {
  const { fontSize } = densityStyle(view.density);
  const { at, domain } = area;
  const gap = 24;
  const width = Math.max(Math.floor((at.width - gap) / 2), 1);
  const left = panelPlot({ ...at, width }, fontSize);
  const right = panelPlot({ ...at, x: at.x + width + gap, width }, fontSize);
  const now = Math.min(Math.max(Math.floor(data.iteration), 0), data.run.iterations - 1);
  const many = formatValue(domain[1]).replace(/\.0+$/, '');
  const distances = { title: reachingBufferWords.distances, from: '0', to: many };
  const replay = {
    title:
      data.run.strategy === 'uniform'
        ? 'L = 0'
        : reachingBufferWords.replayed(
            groupThousands(data.run.replayed[now]!),
            groupThousands(data.maxReplayedTasks),
          ),
    from: '0',
    to: reachingBufferWords.iterations(groupThousands(data.run.iterations)),
  };
  return [
    ...panelFrame('distances', distances, left, view),
    ...layoutHistogram(snapshot, domain, left, view),
    ...panelFrame('replay', replay, right, view),
    ...layoutReplayCount(data, right, view),
  ];
}

/** Least height that leaves room for the two small panels under the bars. */
const PANELS_FROM = 150;

/** Lays the chart out. `previous`: its last scene, whose axis is kept until the scores leave it. */
export function layoutReachingBuffer(
  data: ReachingBufferData,
  view: ChartView,
  previous: ReachingBufferScene | null = null,
): ReachingBufferScene {
  const { fontSize } = densityStyle(view.density);
  const snapshot = batchSnapshot(data);
  const { run } = data;
  const withPanels = run !== null && snapshot !== null && view.height >= PANELS_FROM * (fontSize / 12);
  const upper = withPanels ? Math.round(view.height * 0.56) : view.height;
  const bars = layoutBufferChart(
    {
      algorithm: 'rmaml',
      strategy: run?.strategy ?? 'uniform',
      snapshot,
      enabled: true,
      ...(run?.strategy === 'uniform' ? { caption: reachingBufferWords.noBuffer } : {}),
    },
    { ...view, height: upper },
    previous?.bars ?? null,
  );
  const scene = { ...bars, height: view.height, bars };
  if (!withPanels) return scene;
  const top = upper + 6;
  const at = { x: bars.plot.x, y: top, width: bars.plot.width, height: view.height - top };
  const domain = steppingDomain(bars.y.domain, Math.max(...snapshot.scores));
  return {
    ...scene,
    marks: [...bars.marks, ...layoutSmallPanels({ ...data, run }, snapshot, { at, domain }, view)],
  };
}

/** "MEDIUM at iteration 60: 20 tasks, distances 0.31 to 5.2; 9 replayed, 9 chosen for the next batch, 4 from noise clouds." */
export function describeReachingBuffer(data: ReachingBufferData): string {
  const snapshot = batchSnapshot(data);
  if (data.run === null || snapshot === null) return reachingBufferWords.noBatch;
  const sum = (values: Uint8Array): number => values.reduce((a, b) => a + b, 0);
  const scores = Array.from(snapshot.scores);
  const t = Math.min(Math.max(data.iteration, 0), data.run.iterations - 1);
  return reachingBufferWords.summary({
    strategy: data.run.strategy.toUpperCase(),
    iteration: groupThousands(t),
    tasks: scores.length,
    distances: frameWords.range(formatValue(Math.min(...scores)), formatValue(Math.max(...scores))),
    kept:
      data.run.strategy === 'uniform'
        ? reachingBufferWords.none
        : reachingBufferWords.kept(sum(snapshot.replayed), sum(snapshot.chosen)),
    noise: sum(snapshot.isNoise),
  });
}

/** One row per task of the batch, from low to high score. */
export function tableReachingBuffer(data: ReachingBufferData): ChartTable {
  const snapshot = batchSnapshot(data);
  const yes = (value: number | undefined): string => (value === 1 ? 'yes' : 'no');
  const order = Array.from(snapshot?.scores ?? [], (_, i) => i).sort(
    (a, b) => snapshot!.scores[a]! - snapshot!.scores[b]!,
  );
  return {
    columns: ['distance', 'x', 'y', 'replayed', 'chosen', 'noise'],
    rows: order.map((i) => [
      snapshot!.scores[i]!,
      snapshot!.tasks[2 * i]!,
      snapshot!.tasks[2 * i + 1]!,
      yes(snapshot!.replayed[i]),
      yes(snapshot!.chosen[i]),
      yes(snapshot!.isNoise[i]),
    ]),
  };
}
