// The task buffer of one run: the last batch's tasks as bars, sorted from easy to hard by their score (query loss).
// Chosen bars are lit and bracketed; fresh tasks are hollow, replayed ones filled; noise tasks have a colour and a hatching
// of their own.
import type { AlgorithmId, Strategy } from '../experiment/experiment.ts';
import type { BufferSnapshot } from '../training/session-events.ts';
import { bufferWords } from '../words/charts/buffer-chart.ts';
import { frameWords } from '../words/charts/frame.ts';
import { emptyMessage, layoutAxes } from './axes.ts';
import { drawScene, type Pen2D } from './draw-scene.ts';
import {
  type Domain,
  finiteExtent,
  formatValue,
  type Scale,
  steppingDomain,
  ticksOf,
  toPixel,
} from './scales.ts';
import { type ChartView, densityStyle, type Mark, type Rect, type Scene } from './scene.ts';
import type { ChartTable } from './table.ts';
import { textMark, textWidth } from './text.ts';

export interface BufferChartData {
  readonly algorithm: AlgorithmId;
  readonly strategy: Strategy;
  /** null: no batch yet, or the buffer is off (say which). */
  readonly snapshot: BufferSnapshot | null;
  readonly enabled: boolean;
  /** Stands in place of the strategy's name and how many it chose. */
  readonly caption?: string;
  /** What each task asks for, in batch order, over its bar where there is room: a velocity, say. */
  readonly goals?: readonly string[];
}

export interface BufferScene extends Scene {
  readonly y: Scale;
}

/** The part of a sorted buffer that each strategy lights, as shares of its width. */
export const STRATEGY_WINDOWS: Readonly<Record<Strategy, readonly [number, number]>> = {
  easy: [0, 1 / 3],
  medium: [1 / 3, 2 / 3],
  hard: [2 / 3, 1],
  uniform: [0, 1],
};

/** One bar: a task of the last batch. */
interface Bar {
  readonly score: number;
  readonly replayed: boolean;
  readonly noise: boolean;
  readonly chosen: boolean;
  readonly amplitude: number;
  readonly phase: number;
  readonly goal: string | null;
}

/** From low to high score; non-finite scores last. */
function sortedBars(snapshot: BufferSnapshot, goals: readonly string[] = []): readonly Bar[] {
  const bars = Array.from(
    snapshot.scores,
    (score, i): Bar => ({
      score,
      replayed: snapshot.replayed[i] === 1,
      noise: snapshot.isNoise[i] === 1,
      chosen: snapshot.chosen[i] === 1,
      amplitude: snapshot.tasks[2 * i] ?? Number.NaN,
      phase: snapshot.tasks[2 * i + 1] ?? Number.NaN,
      goal: goals[i] ?? null,
    }),
  );
  const key = (bar: Bar): number => (Number.isFinite(bar.score) ? bar.score : Number.MAX_VALUE);
  return bars.sort((a, b) => key(a) - key(b));
}

/** Diagonal strokes across a bar. */
function hatch(rect: Rect, stroke: string, opacity: number): Mark {
  const points: number[] = [];
  for (let y = rect.y - rect.width; y < rect.y + rect.height; y += 4) {
    points.push(rect.x, y + rect.width, rect.x + rect.width, y, Number.NaN, Number.NaN);
  }
  return { kind: 'line', role: 'hatch', points, stroke, lineWidth: 1, opacity, clip: rect };
}

function barRect(index: number, bar: Bar, frame: { plot: Rect; y: Scale; count: number }): Rect {
  const { plot, y, count } = frame;
  const pitch = plot.width / count;
  const gap = Math.min(Math.max(pitch * 0.25, 1), 4);
  const bottom = plot.y + plot.height;
  const wanted = Number.isFinite(bar.score) ? toPixel(y, Math.max(bar.score, 0)) : plot.y;
  const top = Math.min(Math.max(wanted, plot.y), bottom - 2);
  // Whole pixels, so that all bars look equally wide; with more bars than pixels that is impossible.
  const snap = pitch >= 4 ? Math.round : (pixel: number): number => pixel;
  const x = snap(plot.x + index * pitch + gap / 2);
  return { x, y: snap(top), width: Math.max(snap(pitch - gap), 0.5), height: bottom - snap(top) };
}

/** Share of the mark's colour in bars that are not chosen. */
const UNLIT = 0.38;

function layoutBars(bars: readonly Bar[], plot: Rect, y: Scale, view: ChartView): readonly Mark[] {
  const { theme } = view;
  return bars.flatMap((bar, i): Mark[] => {
    const rect = barRect(i, bar, { plot, y, count: bars.length });
    const colour = bar.noise ? theme.noise : bar.replayed ? theme.buffer : theme.ink;
    const opacity = bar.chosen ? 1 : UNLIT;
    const role = `bar:${bar.replayed ? 'replayed' : 'fresh'}:${bar.chosen ? 'lit' : 'unlit'}`;
    // The rim is drawn inside the bar, so that hollow and filled bars have one size.
    const inset = {
      x: rect.x + 0.6,
      y: rect.y + 0.6,
      width: Math.max(rect.width - 1.2, 0.1),
      height: rect.height - 0.6,
    };
    // An opaque ground keeps grid lines from showing through pale bars.
    const ground: Mark = {
      kind: 'rect',
      role: 'ground',
      rect,
      fill: theme.surface,
      stroke: null,
      lineWidth: 0,
    };
    const fill = bar.replayed ? colour : theme.surface;
    const body: Mark = { kind: 'rect', role, rect: inset, fill, stroke: colour, lineWidth: 1.2, opacity };
    return bar.noise
      ? [ground, body, hatch(rect, bar.replayed ? theme.surface : colour, opacity)]
      : [ground, body];
  });
}

/** The goals over their bars; none where one of them would not fit. */
function layoutGoals(bars: readonly Bar[], plot: Rect, y: Scale, view: ChartView): readonly Mark[] {
  const { theme } = view;
  const { fontSize } = densityStyle(view.density);
  const widest = Math.max(0, ...bars.map(({ goal }) => textWidth(goal ?? '', fontSize)));
  if (widest === 0 || widest + 4 > plot.width / bars.length) return [];
  return bars.flatMap((bar, i) => {
    if (bar.goal === null) return [];
    const rect = barRect(i, bar, { plot, y, count: bars.length });
    const at = { x: rect.x + rect.width / 2, y: rect.y - fontSize * 0.6, align: 'center' as const };
    const fill = bar.noise ? theme.noise : theme.ink2;
    return [textMark(bar.goal, { role: 'goal', ...at, fill, fontSize, halo: theme.surface })];
  });
}

/** A box with the strategy's window lit; also drawn by the controls beside the strategy's name. */
export function layoutStrategyIcon(strategy: Strategy, at: Rect, theme: ChartView['theme']): readonly Mark[] {
  const [from, to] = STRATEGY_WINDOWS[strategy];
  const colour = theme.strategies[strategy];
  const lit = { x: at.x + from * at.width, y: at.y, width: (to - from) * at.width, height: at.height };
  const frame: Rect = { x: at.x + 0.5, y: at.y + 0.5, width: at.width - 1, height: at.height - 1 };
  return [
    { kind: 'rect', role: 'icon-window', rect: lit, fill: colour, stroke: null, lineWidth: 0 },
    { kind: 'rect', role: 'icon-frame', rect: frame, fill: null, stroke: colour, lineWidth: 1 },
  ];
}

/** Bracket over the chosen bars, with icon and name; kept inside the plot's width. */
function layoutBracket(
  data: BufferChartData,
  bars: readonly Bar[],
  plot: Rect,
  view: ChartView,
): readonly Mark[] {
  const { fontSize } = densityStyle(view.density);
  const colour = view.theme.strategies[data.strategy];
  const first = bars.findIndex((bar) => bar.chosen);
  const last = bars.findLastIndex((bar) => bar.chosen);
  const chosen = bars.filter((bar) => bar.chosen).length;
  const name = data.strategy.toUpperCase();
  const text = data.caption ?? bufferWords.chosen(name, chosen);
  const pitch = plot.width / Math.max(bars.length, 1);
  const from = first < 0 ? plot.x : plot.x + first * pitch + 1;
  const to = first < 0 ? plot.x + plot.width : plot.x + (last + 1) * pitch - 1;
  const icon = { width: fontSize * 1.7, height: fontSize * 0.6 };
  const width = icon.width + 6 + textWidth(text, fontSize, true);
  const left = Math.min(
    Math.max((from + to - width) / 2, plot.x),
    Math.max(plot.x + plot.width - width, plot.x),
  );
  const row = plot.y - fontSize * 1.35;
  const y = Math.round(plot.y - fontSize * 0.55) + 0.5;
  const words = textMark(text, {
    role: 'strategy',
    x: left + icon.width + 6,
    y: row,
    fill: view.theme.ink,
    fontSize,
    bold: true,
  });
  const iconAt = { x: left, y: row - icon.height / 2, ...icon };
  const marks: Mark[] = [...layoutStrategyIcon(data.strategy, iconAt, view.theme), words];
  if (first >= 0) {
    const points = [from, y + 5, from, y, to, y, to, y + 5];
    marks.push({ kind: 'line', role: 'bracket', points, stroke: colour, lineWidth: 1.5 });
  }
  return marks;
}

/** Key to the two kinds of bar that are present: hollow fresh, filled replayed, hatched noise. */
function layoutKey(bars: readonly Bar[], plot: Rect, view: ChartView): readonly Mark[] {
  const { fontSize } = densityStyle(view.density);
  const { theme } = view;
  const swatch = fontSize * 0.75;
  const y = plot.y + plot.height + fontSize * 0.95;
  const entries = [
    { text: bufferWords.fresh, fill: theme.surface, stroke: theme.ink, noise: false, shown: true },
    { text: bufferWords.replayed, fill: theme.buffer, stroke: theme.buffer, noise: false, shown: true },
    {
      text: bufferWords.noise,
      fill: theme.surface,
      stroke: theme.noise,
      noise: true,
      shown: bars.some((bar) => bar.noise),
    },
  ].filter((entry) => entry.shown);
  let right = plot.x + plot.width;
  return entries.reverse().flatMap((entry): Mark[] => {
    const words = textMark(entry.text, {
      role: 'key',
      x: right,
      y,
      align: 'right',
      fill: theme.ink2,
      fontSize,
    });
    const rect = { x: words.box.x - swatch - 3, y: y - swatch / 2, width: swatch, height: swatch };
    right = rect.x - 10;
    const { fill, stroke } = entry;
    const box: Mark = { kind: 'rect', role: 'key-swatch', rect, fill, stroke, lineWidth: 1.2 };
    return entry.noise ? [box, hatch(rect, stroke, 1), words] : [box, words];
  });
}

/** The domain's ticks, or only its ends where the numbers would touch. */
function roomyTicks(domain: Domain, height: number, fontSize: number): readonly number[] {
  const ticks = ticksOf(domain);
  const plotHeight = height - fontSize * 2.4;
  return plotHeight / (ticks.length - 1) >= fontSize * 1.3 ? ticks : [ticks[0]!, ticks.at(-1)!];
}

/** Lays the chart out. `previous`: its last scene, whose y-domain is kept until the scores leave it. */
export function layoutBufferChart(
  data: BufferChartData,
  view: ChartView,
  previous: BufferScene | null = null,
): BufferScene {
  const { fontSize } = densityStyle(view.density);
  const bars = data.snapshot === null ? [] : sortedBars(data.snapshot, data.goals);
  const extent = finiteExtent(bars.map((bar) => bar.score));
  const yDomain: Domain = steppingDomain(previous?.y.domain ?? null, extent?.[1] ?? (previous ? null : 4));
  // The bracket and the strategy's name stand above the bars.
  const bracketRoom = Math.ceil(fontSize * 1.6);
  const head = bracketRoom + (data.goals === undefined ? 0 : Math.ceil(fontSize * 1.2));
  const body = { ...view, height: Math.max(view.height - head, 1) };
  const axes = layoutAxes(body, {
    x: { domain: [0, 1], kind: 'linear', ticks: [0], format: () => bufferWords.order },
    y: { domain: yDomain, kind: 'linear', ticks: roomyTicks(yDomain, body.height, fontSize) },
    rightGutter: 0,
  });
  const plot = { ...axes.plot, y: axes.plot.y + head };
  const y: Scale = { ...axes.y, range: [axes.y.range[0] + head, axes.y.range[1] + head] };
  const frame = axes.marks.map((mark) => shiftDown(mark, head));
  const scene = { width: view.width, height: view.height, background: view.theme.surface, plot, y };
  if (bars.length === 0) {
    const words = data.enabled ? undefined : bufferWords.none;
    return { ...scene, marks: [...frame, emptyMessage(view, plot, words)] };
  }
  return {
    ...scene,
    marks: [
      ...frame,
      ...layoutBars(bars, plot, y, view),
      ...layoutGoals(bars, plot, y, view),
      ...layoutBracket(data, bars, { ...plot, y: plot.y - head + bracketRoom }, view),
      ...layoutKey(bars, plot, view),
    ],
  };
}

/** Moves an axis mark (line or text) down. */
function shiftDown(mark: Mark, by: number): Mark {
  if (mark.kind === 'line') {
    return { ...mark, points: Array.from(mark.points, (v, i) => (i % 2 === 1 ? v + by : v)) };
  }
  if (mark.kind === 'text') return { ...mark, y: mark.y + by, box: { ...mark.box, y: mark.box.y + by } };
  return mark;
}

export function drawBufferChart(ctx: Pen2D, scene: BufferScene): void {
  drawScene(ctx, scene);
}

/** "RMAML, MEDIUM: 25 tasks, scores 0.10 to 4.2; 5 replayed, 6 chosen for the next batch." */
export function summariseBufferChart(data: BufferChartData, labelOf: (id: AlgorithmId) => string): string {
  const name = labelOf(data.algorithm);
  if (!data.enabled) return bufferWords.noBuffer(name);
  if (data.snapshot === null || data.snapshot.scores.length === 0) return bufferWords.noBatch(name);
  const bars = sortedBars(data.snapshot);
  const count = (test: (bar: Bar) => boolean): number => bars.filter(test).length;
  return bufferWords.summary({
    name,
    strategy: data.strategy.toUpperCase(),
    tasks: bars.length,
    scores: frameWords.range(formatValue(bars[0]!.score), formatValue(bars.at(-1)!.score)),
    replayed: count((bar) => bar.replayed),
    chosen: count((bar) => bar.chosen),
    noise: count((bar) => bar.noise),
  });
}

/** One row per task, from easy to hard. */
export function tableBufferChart(data: BufferChartData): ChartTable {
  const yes = (value: boolean): string => (value ? 'yes' : 'no');
  const bars = data.snapshot === null ? [] : sortedBars(data.snapshot);
  return {
    columns: ['score', 'amplitude', 'phase', 'replayed', 'chosen', 'noise'],
    rows: bars.map((bar) => [
      bar.score,
      bar.amplitude,
      bar.phase,
      yes(bar.replayed),
      yes(bar.chosen),
      yes(bar.noise),
    ]),
  };
}
