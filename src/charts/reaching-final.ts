// Where the strategies end: one row per strategy with a tick per seed, the quartile box and the median, and at the
// right its rank and in how many seeds it ended nearest to the main centre.
import { median, quantile } from '../math/statistics.ts';
import type { SeedsOutcome, StrategyOutcome } from '../training/reaching-outcome.ts';
import { reachingFinalWords } from '../words/charts/reaching-final.ts';
import { decimal } from '../words/numbers.ts';
import { crisp, emptyMessage } from './axes.ts';
import { hollowMarker } from './markers.ts';
import type { PinnedFinals } from './pinned-finals.ts';
import {
  formatTick,
  formatValue,
  groupThousands,
  type Scale,
  steppingDomain,
  ticksOf,
  toPixel,
} from './scales.ts';
import { type ChartView, densityStyle, type Mark, type Rect, type Scene } from './scene.ts';
import type { ChartTable } from './table.ts';
import { textMark, textWidth } from './text.ts';

export interface ReachingFinalData {
  /** null: not computed yet. */
  readonly outcome: SeedsOutcome | null;
  /** Runs that the user has kept; absent or null: none. */
  readonly kept?: PinnedFinals | null;
}

export interface ReachingFinalScene extends Scene {
  readonly x: Scale;
}

/** A strategy's final distances in short. */
export interface FinalSummary {
  readonly outcome: StrategyOutcome;
  readonly median: number;
  readonly q25: number;
  readonly q75: number;
  /** 1 for the least median; equal medians share a rank. */
  readonly rank: number;
  /** Seeds in which it ended nearest; ties count in parts. */
  readonly wins: number;
}

/** Summaries in the experiment's order. */
export function summariseFinals(outcome: SeedsOutcome): readonly FinalSummary[] {
  const medians = outcome.strategies.map((one) => median(one.finalDistances));
  return outcome.strategies.map((one, i) => ({
    outcome: one,
    median: medians[i]!,
    q25: quantile(one.finalDistances, 0.25),
    q75: quantile(one.finalDistances, 0.75),
    rank: 1 + medians.filter((other) => other < medians[i]!).length,
    wins: one.winnerShare * outcome.seeds,
  }));
}

/** 96 → "96"; a tie's half → "96.5". */
export function formatWins(wins: number): string {
  return Math.abs(wins - Math.round(wins)) < 0.05 ? groupThousands(wins) : decimal(wins.toFixed(1));
}

interface Columns {
  readonly plot: Rect;
  /** Right edges of the two columns of words. */
  readonly medianX: number | null;
  readonly winsX: number;
  readonly headY: number;
}

/** Strip between the names and the columns of words; the median's column only where there is room. */
function columnsOf(view: ChartView, seeds: number): Columns {
  const { fontSize } = densityStyle(view.density);
  const left = Math.ceil(textWidth('◆ UNIFORM', fontSize, true) + 10);
  const count = groupThousands(seeds);
  const wins = Math.ceil(
    Math.max(
      textWidth(reachingFinalWords.outOf(count, count), fontSize),
      textWidth(reachingFinalWords.nearestIn, fontSize),
    ) + 10,
  );
  const medians = Math.ceil(textWidth(reachingFinalWords.median, fontSize) + 14);
  const roomy = view.width - left - wins - medians >= 150;
  const head = Math.ceil(fontSize * 1.5);
  const foot = Math.ceil(fontSize * 1.7);
  const right = wins + (roomy ? medians : 0);
  return {
    plot: {
      x: left,
      y: head,
      width: Math.max(view.width - left - right - 4, 1),
      height: Math.max(view.height - head - foot, 1),
    },
    medianX: roomy ? view.width - wins - 1 : null,
    winsX: view.width - 1,
    headY: fontSize * 0.7,
  };
}

function layoutAxis(x: Scale, plot: Rect, view: ChartView): readonly Mark[] {
  const { fontSize } = densityStyle(view.density);
  const { theme } = view;
  const bottom = crisp(plot.y + plot.height);
  const ticks = ticksOf(x.domain);
  const inner = plot.x + plot.width;
  const line = (role: string, points: readonly number[], stroke: string): Mark => ({
    kind: 'line',
    role,
    points,
    stroke,
    lineWidth: 1,
    opacity: role === 'grid' && theme.name === 'forced' ? 0.35 : 1,
  });
  return [
    ...ticks.map((tick) => {
      const at = Math.min(crisp(toPixel(x, tick)), inner - 0.5);
      return line('grid', [at, plot.y, at, bottom], theme.rule);
    }),
    line('x-axis', [plot.x, bottom, inner, bottom], theme.axis),
    ...ticks.map((tick, i) =>
      textMark(formatTick(tick), {
        role: 'x-tick',
        x: toPixel(x, tick),
        y: bottom + fontSize * 0.95,
        align: i === 0 ? 'left' : i === ticks.length - 1 ? 'right' : 'center',
        fill: theme.ink2,
        fontSize,
      }),
    ),
  ];
}

interface Row {
  readonly y: number;
  readonly height: number;
}

/** Half the height of a strip's ticks. */
function stripHalf({ height }: Row, view: ChartView): number {
  return Math.min(height * 0.3, 9 * densityStyle(view.density).scale);
}

/** Ticks, box and median of one strategy. */
function layoutStrip(
  summary: FinalSummary,
  row: Row,
  { x, plot }: { readonly x: Scale; readonly plot: Rect },
  view: ChartView,
): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  const { strategy, finalDistances } = summary.outcome;
  const style = view.theme.agents[strategy];
  const half = stripHalf(row, view);
  const points: number[] = [];
  for (const distance of finalDistances) {
    const at = toPixel(x, distance);
    points.push(at, row.y - half, at, row.y + half, Number.NaN, Number.NaN);
  }
  const [from, to, middle] = [summary.q25, summary.q75, summary.median].map((value) => toPixel(x, value));
  if (from === undefined || to === undefined || middle === undefined || !Number.isFinite(from + to + middle))
    return [];
  const box: Rect = { x: from, y: row.y - half - 2, width: Math.max(to - from, 1), height: 2 * half + 4 };
  const look = { kind: 'rect' as const, rect: box, lineWidth: 1 };
  const marker = { role: `median:${strategy}`, x: middle, y: row.y, radius: Math.min(4.4 * scale, half) };
  return [
    { ...look, role: `box:${strategy}`, fill: style.mark, stroke: null, opacity: 0.16 },
    {
      kind: 'line',
      role: `seeds:${strategy}`,
      points,
      stroke: style.mark,
      lineWidth: scale,
      clip: { ...plot, x: plot.x - 1, width: plot.width + 2 },
      // Many seeds overlap: each one paler, so that their density can be seen.
      opacity: Math.min(0.8, Math.max(0.12, 12 / Math.sqrt(finalDistances.length) / 2)),
    },
    { ...look, role: `box-rim:${strategy}`, fill: null, stroke: style.mark },
    hollowMarker(style.marker, marker, { mark: style.text, surface: view.theme.surface }),
  ];
}

function layoutWords(summary: FinalSummary, row: Row, columns: Columns, view: ChartView): readonly Mark[] {
  const { fontSize, scale } = densityStyle(view.density);
  const { theme } = view;
  const { strategy } = summary.outcome;
  const style = theme.agents[strategy];
  const seeds = summary.outcome.finalDistances.length;
  const best = summary.rank === 1;
  const words = { y: row.y, fontSize, fill: theme.ink, align: 'right' as const };
  const glyph = { role: `name-marker:${strategy}`, x: 6 * scale, y: row.y, radius: 4 * scale };
  const marks: Mark[] = [
    {
      kind: 'marker',
      shape: style.marker,
      ...glyph,
      fill: style.mark,
      stroke: null,
      lineWidth: 1,
    },
    textMark(style.label, {
      role: `name:${strategy}`,
      x: 14 * scale,
      y: row.y,
      fill: style.text,
      fontSize,
      bold: true,
    }),
    textMark(reachingFinalWords.outOf(formatWins(summary.wins), groupThousands(seeds)), {
      ...words,
      role: `wins:${strategy}`,
      x: columns.winsX,
      bold: best,
    }),
  ];
  if (columns.medianX === null) return marks;
  const value = textMark(formatValue(summary.median), {
    ...words,
    role: `value:${strategy}`,
    x: columns.medianX,
    bold: best,
  });
  return [...marks, value];
}

function layoutHead(columns: Columns, view: ChartView): readonly Mark[] {
  const { fontSize } = densityStyle(view.density);
  const look = { y: columns.headY, fontSize, fill: view.theme.ink2, align: 'right' as const };
  const wins = textMark(reachingFinalWords.nearestIn, { ...look, role: 'head', x: columns.winsX });
  if (columns.medianX === null) return [wins];
  return [wins, textMark(reachingFinalWords.median, { ...look, role: 'head', x: columns.medianX })];
}

/** Lays the chart out. `previous`: its last scene, whose axis is kept until the distances leave it. */
export function layoutReachingFinal(
  { outcome, kept = null }: ReachingFinalData,
  view: ChartView,
  previous: ReachingFinalScene | null = null,
): ReachingFinalScene {
  const summaries = outcome === null || outcome.seeds === 0 ? [] : summariseFinals(outcome);
  const columns = columnsOf(view, outcome?.seeds ?? 100);
  const { plot } = columns;
  let most = summaries.length > 0 ? (kept?.most ?? 0) : 0;
  for (const { outcome: one } of summaries) {
    for (const distance of one.finalDistances)
      if (distance > most && Number.isFinite(distance)) most = distance;
  }
  const domain = steppingDomain(previous?.x.domain ?? null, most > 0 ? most : previous ? null : 4);
  const x: Scale = { kind: 'linear', domain, range: [plot.x, plot.x + plot.width] };
  const scene = { width: view.width, height: view.height, background: view.theme.surface, plot, x };
  const axis = layoutAxis(x, plot, view);
  if (summaries.length === 0)
    return { ...scene, marks: [...axis, emptyMessage(view, plot, reachingFinalWords.notComputed)] };
  const height = plot.height / summaries.length;
  const rows = summaries.map((_, i) => ({ y: Math.round(plot.y + (i + 0.5) * height), height }));
  return {
    ...scene,
    marks: [
      ...axis,
      ...layoutHead(columns, view),
      ...summaries.flatMap((summary, i) => layoutStrip(summary, rows[i]!, { x, plot }, view)),
      ...summaries.flatMap((summary, i) => layoutWords(summary, rows[i]!, columns, view)),
      ...summaries.flatMap(({ outcome: { strategy } }, i) => {
        const row = rows[i]!;
        const below = row.y + stripHalf(row, view) + 2;
        return kept?.layout(strategy, { y: below, height: row.y + row.height / 2 - below, x }, view) ?? [];
      }),
    ],
  };
}

/** "After the last iteration, 100 seeds: 1st MEDIUM, median 0.31, nearest in 100 of 100; 2nd …" */
export function describeReachingFinal({ outcome }: ReachingFinalData): string {
  if (outcome === null || outcome.seeds === 0) return reachingFinalWords.nothing;
  const parts = [...summariseFinals(outcome)]
    .sort((a, b) => a.rank - b.rank)
    .map((one) =>
      reachingFinalWords.strategy(
        reachingFinalWords.ranks[one.rank - 1] ?? '',
        one.outcome.strategy.toUpperCase(),
        formatValue(one.median),
        reachingFinalWords.outOf(formatWins(one.wins), groupThousands(outcome.seeds)),
      ),
    );
  return reachingFinalWords.summary(groupThousands(outcome.seeds), parts.join('; '));
}

/** One row per strategy and seed. */
export function tableReachingFinal({ outcome }: ReachingFinalData): ChartTable {
  const rows = (outcome?.strategies ?? []).flatMap(({ strategy, finalDistances }) =>
    Array.from(finalDistances, (distance, seed) => [strategy.toUpperCase(), seed + 1, distance]),
  );
  return { columns: ['strategy', 'seed', 'final distance'], rows };
}
