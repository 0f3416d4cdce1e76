// The learning-rate panel ([RMAML] Fig. 1B): gradient descent on one task's loss ½(w − task)² from the agent's
// distance, once per α: each step goes from a point of the curve to the next. Too small crawls, too large jumps over.

import { frameWords } from '../words/charts/frame.ts';
import { stepSizeWords } from '../words/charts/reaching-step-size.ts';
import { crisp } from './axes.ts';
import { filledMarker, hollowMarker } from './markers.ts';
import { formatValue } from './scales.ts';
import { type ChartView, densityStyle, type Mark, type Rect, type Scene } from './scene.ts';
import type { ChartTable } from './table.ts';
import { textMark, textWidth } from './text.ts';

export interface StepSizeData {
  /** Distance of the agent from the task before the first step. */
  readonly distance: number;
  /** k, gradient steps. */
  readonly steps: number;
  /** One panel each, ascending. */
  readonly alphas: readonly number[];
  /** The experiment's own α, whose panel is in ink; null: none. */
  readonly current: number | null;
}

/** w − task after 0 … k steps of w ← w − α (w − task): distance · (1 − α)^i. */
export function descend(
  { distance, steps }: Pick<StepSizeData, 'distance' | 'steps'>,
  alpha: number,
): Float64Array {
  return Float64Array.from({ length: steps + 1 }, (_, i) => -distance * (1 - alpha) ** i);
}

/** Share of the way still left after k steps; above 1 it moved away. */
function shareLeft(alpha: number, steps: number): number {
  return Math.abs(1 - alpha) ** steps;
}

/** "too small", "right", "too large", by what k steps leave: more than a half, less, or a jump over the task. */
export function judgeStepSize(alpha: number, steps: number): string {
  // Past 1.5 a step lands more than half as far on the other side.
  if (alpha > 1.5) return stepSizeWords.tooLarge;
  return shareLeft(alpha, steps) > 0.5 ? stepSizeWords.tooSmall : stepSizeWords.right;
}

/** "5 steps leave 59 % of the way"; "5 steps end 2.5 times as far". */
export function sayStepSize(alpha: number, steps: number): string {
  return stepSizeWords.outcome(frameWords.countedSteps(steps), sayLeft(alpha, steps));
}

function sayLeft(alpha: number, steps: number): string {
  const left = shareLeft(alpha, steps);
  if (left > 1.005) return stepSizeWords.asFar(formatValue(left));
  return stepSizeWords.left(left < 0.01 ? null : Math.round(100 * left));
}

/** How far beyond the start the curve is drawn, as a share of the distance. */
const MARGIN = 1.12;
const CURVE_VERTICES = 48;

interface Panel {
  readonly plot: Rect;
  /** Pixels of w − task. */
  readonly x: (w: number) => number;
  /** Pixels of the loss. */
  readonly y: (w: number) => number;
}

function panelAt(index: number, data: StepSizeData, view: ChartView): Panel {
  const { fontSize } = densityStyle(view.density);
  const gap = fontSize;
  const count = Math.max(data.alphas.length, 1);
  const width = Math.max((view.width - gap * (count - 1) - 8) / count, 1);
  const head = Math.ceil(fontSize * 4.2);
  const foot = Math.ceil(fontSize * 1.7);
  const plot = {
    x: 4 + index * (width + gap),
    y: head,
    width,
    height: Math.max(view.height - head - foot, 1),
  };
  const reach = Math.max(data.distance, 1e-9) * MARGIN;
  const bottom = plot.y + plot.height;
  const middle = plot.x + plot.width / 2;
  return {
    plot,
    x: (w) => middle + (w / reach) * (plot.width / 2),
    y: (w) => bottom - 6 - (w / reach) ** 2 * (plot.height - 8),
  };
}

function layoutCurve({ plot, x, y }: Panel, data: StepSizeData, view: ChartView): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  const reach = data.distance * MARGIN;
  const points: number[] = [];
  for (let i = 0; i <= CURVE_VERTICES; i++) {
    const w = reach * ((2 * i) / CURVE_VERTICES - 1);
    points.push(x(w), y(w));
  }
  const base = crisp(plot.y + plot.height);
  const { axis } = view.theme;
  return [
    {
      kind: 'line',
      role: 'axis',
      points: [plot.x, base, plot.x + plot.width, base],
      stroke: axis,
      lineWidth: 1,
    },
    { kind: 'line', role: 'task', points: [x(0), base, x(0), base + 4], stroke: axis, lineWidth: 1 },
    { kind: 'line', role: 'loss', points, stroke: axis, lineWidth: 1.25 * scale, clip: plot },
  ];
}

/** The steps along the curve; a step that leaves the picture ends at its edge with no marker. */
function layoutSteps(panel: Panel, places: Float64Array, strong: boolean, view: ChartView): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  const { theme } = view;
  const colour = strong ? theme.ink : theme.ink2;
  const points = Array.from(places).flatMap((w) => [panel.x(w), panel.y(w)]);
  const seen = Array.from(places).map(
    (w) =>
      panel.x(w) >= panel.plot.x &&
      panel.x(w) <= panel.plot.x + panel.plot.width &&
      panel.y(w) >= panel.plot.y,
  );
  const line: Mark = {
    kind: 'line',
    role: 'steps',
    points,
    stroke: colour,
    lineWidth: 1.75 * scale,
    clip: panel.plot,
  };
  const dots = Array.from(places).flatMap((w, i): Mark[] => {
    if (!seen[i]) return [];
    const at = { role: i === 0 ? 'start' : 'step', x: panel.x(w), y: panel.y(w), radius: 3.2 * scale };
    const colours = { mark: colour, surface: theme.surface };
    return [i === 0 ? hollowMarker('square', at, colours) : filledMarker('circle', at, colours)];
  });
  return [line, ...dots];
}

function layoutWords(panel: Panel, alpha: number, data: StepSizeData, view: ChartView): readonly Mark[] {
  const { fontSize } = densityStyle(view.density);
  const { theme } = view;
  const { plot } = panel;
  const centre = plot.x + plot.width / 2;
  const number = `= ${formatValue(alpha)}`;
  const symbolWidth = fontSize * 0.62;
  const width = symbolWidth + 3 + textWidth(number, fontSize);
  const left = centre - width / 2;
  const row = fontSize * 1.3;
  const y = fontSize * 0.8;
  const look = { x: centre, align: 'center' as const, fontSize };
  const full = sayStepSize(alpha, data.steps);
  const after = textWidth(full, fontSize) <= plot.width + fontSize ? full : sayLeft(alpha, data.steps);
  const symbol = { role: 'symbol', x: left, y: y + row, fill: theme.ink, fontSize, symbol: true };
  return [
    textMark(judgeStepSize(alpha, data.steps), { ...look, role: 'verdict', y, fill: theme.ink, bold: true }),
    textMark('α', symbol),
    textMark(number, { role: 'alpha', x: left + symbolWidth + 3, y: y + row, fill: theme.ink, fontSize }),
    textMark(after, { ...look, role: 'left', y: y + 2 * row, fill: theme.ink2 }),
    textMark(stepSizeWords.task, {
      role: 'task-name',
      x: centre,
      y: plot.y + plot.height + fontSize,
      align: 'center',
      fill: theme.ink2,
      fontSize,
    }),
  ];
}

/** Lays the panels out, one per α. */
export function layoutStepSize(data: StepSizeData, view: ChartView): Scene {
  const marks = data.alphas.flatMap((alpha, i): readonly Mark[] => {
    const panel = panelAt(i, data, view);
    const strong = data.current === null || Math.abs(data.current - alpha) < 1e-12;
    return [
      ...layoutCurve(panel, data, view),
      ...layoutSteps(panel, descend(data, alpha), strong, view),
      ...layoutWords(panel, alpha, data, view),
    ];
  });
  const { width, height, theme } = view;
  return { width, height, background: theme.surface, plot: { x: 0, y: 0, width, height }, marks };
}

/** "From a distance of 6.0: α 0.1 too small, 5 steps: 59 % left; …" */
export function describeStepSize(data: StepSizeData): string {
  const parts = data.alphas.map((alpha) =>
    stepSizeWords.alpha(formatValue(alpha), judgeStepSize(alpha, data.steps), sayStepSize(alpha, data.steps)),
  );
  return stepSizeWords.summary(formatValue(data.distance), parts.join('; '));
}

/** One row per α and step: place relative to the task, and the loss there. */
export function tableStepSize(data: StepSizeData): ChartTable {
  const rows = data.alphas.flatMap((alpha) =>
    Array.from(descend(data, alpha), (w, step) => [alpha, step, w, (w * w) / 2]),
  );
  return { columns: ['α', 'step', 'w − task', 'loss'], rows };
}
