// Kept runs as lines on any chart over a number: thinner than what trains, dashed and shaded each in its own way, named
// at their ends, the baseline in dashed ink. They are cut to the chart's x-axis and never widen it.
import type { AlgorithmId } from '../experiment/experiment.ts';
import type { EndLabel } from './labels.ts';
import { mixColours, type Theme } from './palette.ts';
import type { PinnedFrame, PinnedLayer, PinnedMarks } from './pinned-layer.ts';
import { type Domain, formatValue, toPixel, toValue } from './scales.ts';
import { densityStyle, type HoverReadout, type Mark } from './scene.ts';
import { bandPixels, polylinePixels } from './series.ts';
import type { ChartTable } from './table.ts';

/** How a kept run's lines look, besides their algorithm's hue. */
export interface PinLook {
  readonly dash: readonly number[];
  /** How far the hue goes towards the ink, 0 … 1. */
  readonly shade: number;
}

/** The looks there are, in the order in which they are given out. */
export const PIN_LOOKS: readonly PinLook[] = [
  { dash: [8, 3], shade: 0 },
  { dash: [3, 3], shade: 0.4 },
  { dash: [9, 3, 2, 3], shade: 0 },
  { dash: [14, 4], shade: 0.4 },
  { dash: [9, 3, 2, 3, 2, 3], shade: 0 },
  { dash: [5, 2], shade: 0.4 },
];

const BASELINE_DASH = [6, 4];
const WIDTH = 1.1;
const BASELINE_WIDTH = 1.6;
const BAND_OPACITY = 0.08;

/** One line of one kept run. Parallel arrays, ascending in x; low and high only where several seeds make a band. */
export interface PinnedLine {
  /** Of the run: "A". */
  readonly letter: string;
  /** Its title, for the table and for sentences. */
  readonly title: string;
  readonly algorithm: AlgorithmId;
  /** The algorithm's name. */
  readonly name: string;
  readonly look: PinLook;
  readonly isBaseline: boolean;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly low?: readonly number[];
  readonly high?: readonly number[];
}

/** A line cut to the x-axis, its last point interpolated at the edge. */
function cut(line: PinnedLine, [from, to]: Domain): PinnedLine {
  if ((line.x.at(-1) ?? 0) <= to && (line.x[0] ?? 0) >= from) return line;
  const end = line.x.findIndex((x) => x > to);
  const inside = line.x.flatMap((x, i) => (x >= from && x <= to ? [i] : []));
  const pick = (values: readonly number[]): number[] => {
    const kept = inside.map((i) => values[i]!);
    if (end > 0) {
      const share = (to - line.x[end - 1]!) / (line.x[end]! - line.x[end - 1]!);
      kept.push(values[end - 1]! + share * (values[end]! - values[end - 1]!));
    }
    return kept;
  };
  return {
    ...line,
    x: pick(line.x),
    y: pick(line.y),
    ...(line.low !== undefined && { low: pick(line.low) }),
    ...(line.high !== undefined && { high: pick(line.high) }),
  };
}

function extentOf(lines: readonly PinnedLine[], x: Domain, positive: boolean): Domain | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const line of lines) {
    const inside = cut(line, x);
    for (const value of [...inside.y, ...(inside.low ?? []), ...(inside.high ?? [])]) {
      if (!Number.isFinite(value) || (positive && value <= 0)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low <= high ? [low, high] : null;
}

interface Colours {
  readonly mark: string;
  readonly text: string;
}

/** A shaded hue keeps 3:1 to the surface: towards the ink it only gains. System colours cannot be mixed. */
function coloursOf(line: PinnedLine, theme: Theme): Colours {
  const { mark, text } = theme.algorithms[line.algorithm];
  if (line.isBaseline) return { mark: theme.ink, text: theme.ink };
  if (theme.name === 'forced' || line.look.shade === 0) return { mark, text };
  return { mark: mixColours(mark, theme.ink, line.look.shade), text };
}

/** "A MAML". */
function labelOf(line: PinnedLine): string {
  return `${line.letter} ${line.name}`;
}

function lineMarks(line: PinnedLine, frame: PinnedFrame): { marks: readonly Mark[]; end: EndLabel | null } {
  const { plot, axes, view } = frame;
  const { scale } = densityStyle(view.density);
  const inside = cut(line, axes.x.domain);
  const { mark, text } = coloursOf(line, view.theme);
  const role = `${line.letter}:${line.algorithm}`;
  const points = polylinePixels(inside.x, inside.y, axes);
  const marks: Mark[] = [];
  if (inside.low !== undefined && inside.high !== undefined) {
    const band = bandPixels(inside.x, inside.low, inside.high, axes);
    marks.push({
      kind: 'area',
      role: `kept-band:${role}`,
      points: band,
      fill: mark,
      opacity: BAND_OPACITY,
      clip: plot,
    });
  }
  marks.push({
    kind: 'line',
    role: `kept:${role}`,
    points,
    stroke: mark,
    lineWidth: (line.isBaseline ? BASELINE_WIDTH : WIDTH) * scale,
    dash: (line.isBaseline ? BASELINE_DASH : line.look.dash).map((d) => d * scale),
    clip: plot,
  });
  const last = points.length - 2;
  const at = { x: points[last] ?? Number.NaN, y: points[last + 1] ?? Number.NaN };
  if (!Number.isFinite(at.x + at.y)) return { marks, end: null };
  const endY = Math.min(Math.max(at.y, plot.y), plot.y + plot.height);
  return { marks, end: { role: `kept:${role}`, text: labelOf(line), color: text, mark, endX: at.x, endY } };
}

/** The value where the line is at `x`; NaN outside it. */
function valueAt({ x: xs, y: ys }: PinnedLine, x: number): number {
  if (x > (xs.at(-1) ?? 0)) return Number.NaN;
  const at = xs.findLastIndex((each) => each <= x);
  const [x0, x1] = [xs[at], xs[at + 1]];
  if (x0 === undefined) return Number.NaN;
  if (x1 === undefined || x === x0) return ys[at]!;
  return ys[at]! + ((x - x0) / (x1 - x0)) * (ys[at + 1]! - ys[at]!);
}

/** How many words of one line fit beside the plot. */
function roomFor({ plot, view, taken }: PinnedFrame): number {
  return Math.max(0, Math.floor((plot.height + 4) / (densityStyle(view.density).fontSize * 1.2)) - taken);
}

function layout(lines: readonly PinnedLine[], snapX: boolean, frame: PinnedFrame): PinnedMarks {
  const { axes, hoverX, view } = frame;
  const room = roomFor(frame);
  const drawn = lines.map((line) => lineMarks(line, frame));
  const all = drawn.flatMap(({ marks }) => marks);
  const raw = hoverX === null ? Number.NaN : toValue(axes.x, hoverX);
  const x = snapX ? Math.round(raw) : raw;
  const hover = lines.flatMap((line): HoverReadout['rows'][number][] => {
    const value = valueAt(line, x);
    if (Number.isNaN(value)) return [];
    const { text } = coloursOf(line, view.theme);
    return [{ label: labelOf(line), value: formatValue(value), color: text, y: toPixel(axes.y, value) }];
  });
  return {
    marks: [...all.filter((mark) => mark.kind === 'area'), ...all.filter((mark) => mark.kind !== 'area')],
    // What finds no room is still named under the pointer, in the table and in the list of runs.
    ends: drawn.flatMap(({ end }) => (end === null ? [] : [end])).slice(0, room),
    hover: hover.slice(0, room),
  };
}

/** What is drawn, and what the table and the sentences say of it. */
export interface PinnedLayerOptions {
  /** In order of importance, the baseline's first: the first ones are named where room is short. */
  readonly lines: readonly PinnedLine[];
  readonly rows: ChartTable['rows'];
  /** x has whole numbers only, and the pointer reads the nearest. */
  readonly snapX?: boolean;
  /** A sentence's end: "… 0.42 at the end". */
  readonly summary: string;
}

/** The layer of these lines; null when there are none. */
export function createPinnedLayer({
  lines,
  rows,
  snapX = false,
  summary,
}: PinnedLayerOptions): PinnedLayer | null {
  if (lines.length === 0) return null;
  return {
    names: lines.map(labelOf),
    rows,
    summary,
    extent: (x, positive) => extentOf(lines, x, positive),
    layout: (frame) => layout(lines, snapX, frame),
  };
}
