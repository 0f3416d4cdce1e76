// The frame of a chart: grid lines, axes, tick labels, and the words of an empty one. No box, 2–4 ticks, the unit on
// the last tick. Gives the scales that the chart's own marks use.

import { frameWords } from '../words/charts/frame.ts';
import { type Domain, formatTick, type Scale, toPixel } from './scales.ts';
import { type ChartView, densityStyle, type Mark, overlaps, type Rect } from './scene.ts';
import { textMark, textWidth } from './text.ts';

export interface AxisSpec {
  readonly domain: Domain;
  readonly kind: Scale['kind'];
  /** Ascending, inside the domain. */
  readonly ticks: readonly number[];
  /** Written after the last tick's number. */
  readonly unit?: string;
  readonly format?: (value: number) => string;
}

export interface Axes {
  readonly plot: Rect;
  readonly x: Scale;
  readonly y: Scale;
  /** Grid, axis lines and tick labels: paint these first. */
  readonly marks: readonly Mark[];
}

export interface AxesSpec {
  readonly x: AxisSpec;
  readonly y: AxisSpec;
  /** Kept free right of the plot, for end labels. */
  readonly rightGutter: number;
}

/** Widest y tick that the left gutter always has room for, so that the plot stays put as numbers change. */
const USUAL_TICK = '−10';

/** Tick words; the last one carries the unit. */
function tickTexts(axis: AxisSpec): readonly string[] {
  const format = axis.format ?? formatTick;
  return axis.ticks.map((tick, i) => {
    const unit = i === axis.ticks.length - 1 && axis.unit !== undefined ? ` ${axis.unit}` : '';
    return `${format(tick)}${unit}`;
  });
}

/** Whole-pixel plot area, so that 1-px rules at half pixels are crisp. */
function plotArea(view: ChartView, yTexts: readonly string[], rightGutter: number): Rect {
  const { fontSize } = densityStyle(view.density);
  const widest = Math.max(...[USUAL_TICK, ...yTexts].map((text) => textWidth(text, fontSize)));
  const left = Math.ceil(widest + 7);
  const top = Math.ceil(fontSize * 0.7);
  const bottom = Math.ceil(fontSize * 1.7);
  return {
    x: left,
    y: top,
    width: Math.max(Math.floor(view.width - left - Math.max(rightGutter, 5)), 1),
    height: Math.max(Math.floor(view.height - top - bottom), 1),
  };
}

/** The crisp position of a 1-px rule nearest to `pixel`. */
export function crisp(pixel: number): number {
  return Math.round(pixel - 0.5) + 0.5;
}

function horizontalRule(role: string, y: number, plot: Rect, stroke: string): Mark {
  return { kind: 'line', role, points: [plot.x, y, plot.x + plot.width, y], stroke, lineWidth: 1 };
}

function layoutYAxis(axis: AxisSpec, scale: Scale, plot: Rect, view: ChartView): readonly Mark[] {
  const { fontSize } = densityStyle(view.density);
  // GrayText, the forced colours' only grey, is far stronger than a grid should be.
  const gridOpacity = view.theme.name === 'forced' ? 0.35 : 1;
  const texts = tickTexts(axis);
  return axis.ticks.flatMap((tick, i): Mark[] => {
    const y = toPixel(scale, tick);
    // The x-axis line already stands at the bottom.
    const grid =
      Math.abs(y - (plot.y + plot.height)) < 1
        ? []
        : [{ ...horizontalRule('grid', crisp(y), plot, view.theme.rule), opacity: gridOpacity }];
    const label = textMark(texts[i]!, {
      role: 'y-tick',
      x: plot.x - 6,
      y,
      align: 'right',
      fill: view.theme.ink2,
      fontSize,
    });
    return [...grid, label];
  });
}

/** First label starts at the axis, last ends at it, others are centred; one that would touch a neighbour is left out. */
function layoutXAxis(axis: AxisSpec, scale: Scale, plot: Rect, view: ChartView): readonly Mark[] {
  const { fontSize } = densityStyle(view.density);
  const bottom = crisp(plot.y + plot.height);
  const texts = tickTexts(axis);
  const labels = axis.ticks.map((tick, i) => {
    const x = toPixel(scale, tick);
    const atStart = x < plot.x + 2;
    const atEnd = x > plot.x + plot.width - 2;
    return textMark(texts[i]!, {
      role: 'x-tick',
      x,
      y: bottom + fontSize * 0.95,
      align: atStart ? 'left' : atEnd || i === axis.ticks.length - 1 ? 'right' : 'center',
      fill: view.theme.ink2,
      fontSize,
    });
  });
  const last = labels.at(-1);
  const shown = labels.filter((label, i) => {
    if (label === last) return true;
    const roomy = { ...label.box, x: label.box.x - 3, width: label.box.width + 6 };
    if (last !== undefined && overlaps(roomy, last.box)) return false;
    return i === 0 || !overlaps(roomy, labels[0]!.box);
  });
  const stubs = axis.ticks.map((tick): Mark => {
    const x = Math.min(Math.max(crisp(toPixel(scale, tick)), plot.x + 0.5), plot.x + plot.width - 0.5);
    return {
      kind: 'line',
      role: 'x-stub',
      points: [x, bottom, x, bottom + 4],
      stroke: view.theme.axis,
      lineWidth: 1,
    };
  });
  return [horizontalRule('x-axis', bottom, plot, view.theme.axis), ...stubs, ...shown];
}

/** Lays out the frame. The plot is at least 1 × 1 px however small the view. */
export function layoutAxes(view: ChartView, spec: AxesSpec): Axes {
  const plot = plotArea(view, tickTexts(spec.y), spec.rightGutter);
  const x: Scale = { kind: spec.x.kind, domain: spec.x.domain, range: [plot.x, plot.x + plot.width] };
  const y: Scale = { kind: spec.y.kind, domain: spec.y.domain, range: [plot.y + plot.height, plot.y] };
  return {
    plot,
    x,
    y,
    marks: [...layoutYAxis(spec.y, y, plot, view), ...layoutXAxis(spec.x, x, plot, view)],
  };
}

/** The words of a chart that has nothing to show yet. */
export function emptyMessage(
  view: ChartView,
  plot: Rect,
  text = view.isWaiting === true ? frameWords.waiting : frameWords.empty,
): Mark {
  return textMark(text, {
    role: 'message',
    x: plot.x + plot.width / 2,
    y: plot.y + plot.height / 2,
    align: 'center',
    fill: view.theme.ink2,
    fontSize: densityStyle(view.density).fontSize,
    halo: view.theme.surface,
  });
}
