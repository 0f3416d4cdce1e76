// The phase map: two settings of the experiment as axes, and in each cell the strategy that ends nearest to the main
// centre. Hue says who wins, strength by how much, a letter says it again; cells not computed yet stay pale.
import type { Strategy } from '../experiment/experiment.ts';
import { phaseMapWords } from '../words/charts/reaching-phase.ts';
import { crisp, emptyMessage } from './axes.ts';
import { inkOn, mixColours } from './palette.ts';
import type { Point } from './pointer.ts';
import { letterCells } from './reaching-phase-letters.ts';
import { type CellAt, PHASE_WORDS, type ReachingPhaseData, winnerOf } from './reaching-phase-words.ts';
import {
  type ChartView,
  densityStyle,
  type Mark,
  overlaps,
  type Rect,
  type Scene,
  type TextMark,
} from './scene.ts';
import { textMark, textWidth } from './text.ts';

export interface ReachingPhaseScene extends Scene {
  readonly columns: number;
  readonly rows: number;
}

/** The narrowest winners keep this much of their hue. */
const FAINTEST = 0.25;

/** Colour of a cell: from a quarter of the hue where all tie to all of it where one always wins. */
function cellFill(strategy: Strategy, share: number, count: number, view: ChartView): string {
  const least = 1 / Math.max(count, 2);
  const strength = Math.min(Math.max((share - least) / (1 - least), 0), 1);
  const { mark } = view.theme.agents[strategy];
  // System colours cannot be mixed: there the letter tells the winner and opacity the strength.
  if (view.theme.name === 'forced') return mark;
  return mixColours(view.theme.surface, mark, FAINTEST + (1 - FAINTEST) * strength);
}

/** Black or white, whichever is easier to read on `fill`. */
function letterFill(fill: string, view: ChartView): string {
  if (view.theme.name === 'forced') return view.theme.surface;
  return inkOn(fill);
}

/** The grid's place: room left for the y numbers, below for x numbers, the label and the legend. */
function phasePlot(data: ReachingPhaseData, view: ChartView): Rect {
  const { fontSize } = densityStyle(view.density);
  const { format } = PHASE_WORDS[data.y.field];
  const widest = Math.max(0, ...data.y.values.map((value) => textWidth(format(value), fontSize)));
  const left = Math.ceil(Math.max(widest, textWidth('−10', fontSize)) + 8);
  const head = Math.ceil(fontSize * 1.6);
  const foot = Math.ceil(fontSize * 3.2);
  return {
    x: left,
    y: head,
    width: Math.max(Math.floor(view.width - left - 5), 1),
    height: Math.max(Math.floor(view.height - head - foot), 1),
  };
}

/** Whole-pixel box of a cell; row 0 lies at the bottom. */
export function cellRect(scene: Pick<ReachingPhaseScene, 'plot' | 'columns' | 'rows'>, at: CellAt): Rect {
  const { plot, columns, rows } = scene;
  const left = plot.x + Math.round((at.column * plot.width) / columns);
  const right = plot.x + Math.round(((at.column + 1) * plot.width) / columns);
  const bottom = plot.y + plot.height - Math.round((at.row * plot.height) / rows);
  const top = plot.y + plot.height - Math.round(((at.row + 1) * plot.height) / rows);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The cell under a point; null outside the grid. */
export function cellUnder(scene: ReachingPhaseScene, at: Point): CellAt | null {
  const { plot, columns, rows } = scene;
  const column = Math.floor(((at.x - plot.x) / plot.width) * columns);
  const row = Math.floor(((plot.y + plot.height - at.y) / plot.height) * rows);
  return column < 0 || row < 0 || column >= columns || row >= rows ? null : { column, row };
}

/** Every mark, or every second, third, … so that they stand at least `room` apart; the last too if that comes out even. */
function everyFewth(marks: readonly TextMark[], room: number): readonly TextMark[] {
  const apart = (stride: number): boolean =>
    marks.every((mark, i) => {
      const next = marks[i + stride];
      const wide = { ...mark.box, x: mark.box.x - room, width: mark.box.width + 2 * room };
      return i % stride !== 0 || next === undefined || !overlaps(wide, next.box);
    });
  const strides = marks.map((_, i) => i + 1).filter(apart);
  const least = strides[0] ?? marks.length;
  const even = strides.find((stride) => (marks.length - 1) % stride === 0 && stride <= 1.5 * least);
  return marks.filter((_, i) => i % (even ?? least) === 0);
}

/** Numbers under the columns and beside the rows. */
function layoutNumbers(data: ReachingPhaseData, scene: ReachingPhaseScene, view: ChartView): readonly Mark[] {
  const { fontSize } = densityStyle(view.density);
  const { plot } = scene;
  const look = { fill: view.theme.ink2, fontSize };
  const across = data.x.values.map((value, column) => {
    const rect = cellRect(scene, { column, row: 0 });
    const text = PHASE_WORDS[data.x.field].format(value);
    const at = { x: rect.x + rect.width / 2, y: plot.y + plot.height + fontSize * 0.85, fontSize };
    const { box } = textMark(text, { role: 'x-tick', ...at, ...look, align: 'center' });
    const over = Math.max(0, box.x + box.width - view.width + 1);
    return textMark(text, { role: 'x-tick', ...at, x: at.x - over, ...look, align: 'center' });
  });
  const up = data.y.values.map((value, row) => {
    const rect = cellRect(scene, { column: 0, row });
    const at = { x: plot.x - 6, y: rect.y + rect.height / 2 };
    return textMark(PHASE_WORDS[data.y.field].format(value), {
      role: 'y-tick',
      ...at,
      ...look,
      align: 'right',
    });
  });
  return [...everyFewth(across, 8), ...everyFewth(up, 0)];
}

/** Axis names: y's above the grid's left end, x's below its right end. */
function layoutAxisNames(
  data: ReachingPhaseData,
  scene: ReachingPhaseScene,
  view: ChartView,
): readonly Mark[] {
  const { fontSize } = densityStyle(view.density);
  const { plot } = scene;
  const look = { fill: view.theme.ink2, fontSize };
  return [
    textMark(`↑ ${PHASE_WORDS[data.y.field].label}`, {
      role: 'y-name',
      x: plot.x,
      y: plot.y - fontSize * 0.75,
      ...look,
    }),
    textMark(`${PHASE_WORDS[data.x.field].label} →`, {
      role: 'x-name',
      x: plot.x + plot.width,
      y: plot.y + plot.height + fontSize * 2.25,
      align: 'right',
      ...look,
    }),
  ];
}

/** Letter and marker hue of each strategy, below the grid; "pale: close". */
function layoutLegend(data: ReachingPhaseData, scene: ReachingPhaseScene, view: ChartView): readonly Mark[] {
  const { fontSize, scale } = densityStyle(view.density);
  const { plot } = scene;
  const y = plot.y + plot.height + fontSize * 2.25;
  const right = plot.x + plot.width - textWidth(`${PHASE_WORDS[data.x.field].label} →`, fontSize) - fontSize;
  const swatch = Math.round(fontSize * 1.15);
  // From the view's edge: at 316 px the four names need all the room there is.
  const fits = (name: (strategy: Strategy) => string): boolean =>
    data.strategies.reduce((sum, one) => sum + swatch + 4 + textWidth(name(one), fontSize) + 9, 0) <=
    right - plot.x;
  const full = (strategy: Strategy): string => view.theme.agents[strategy].label;
  const name = fits(full) ? full : (): string => '';
  let x = plot.x;
  return data.strategies.flatMap((strategy): Mark[] => {
    const style = view.theme.agents[strategy];
    const rect = { x, y: Math.round(y - swatch / 2), width: swatch, height: swatch };
    if (x + swatch > right) return [];
    const words = name(strategy);
    const fill = letterFill(style.mark, view);
    x += swatch + (words === '' ? 5 : 4 + textWidth(words, fontSize) + 9);
    const box: Mark = { kind: 'rect', role: 'key', rect, fill: style.mark, stroke: null, lineWidth: scale };
    const letter = textMark(style.letter, {
      role: 'key-letter',
      x: rect.x + swatch / 2,
      y,
      align: 'center',
      fill,
      fontSize: fontSize * 0.92,
      bold: true,
    });
    if (words === '') return [box, letter];
    const label = textMark(words, {
      role: 'key',
      x: rect.x + swatch + 4,
      y,
      fill: view.theme.ink2,
      fontSize,
    });
    return [box, letter, label];
  });
}

function outline(role: string, rect: Rect, stroke: string, lineWidth: number): Mark {
  return { kind: 'rect', role, rect, fill: null, stroke, lineWidth };
}

/** Ink over a rim of the surface, so that it shows on any hue. */
function layoutOutlines(
  data: ReachingPhaseData,
  scene: ReachingPhaseScene,
  view: ChartView,
): readonly Mark[] {
  const { theme } = view;
  const { scale } = densityStyle(view.density);
  const framed = (role: string, at: CellAt, stroke: string, grow: number): readonly Mark[] => {
    const { x, y, width, height } = cellRect(scene, at);
    const rect = { x: x - grow, y: y - grow, width: width + 2 * grow, height: height + 2 * grow };
    return [outline(`${role}-rim`, rect, theme.surface, 4.5 * scale), outline(role, rect, stroke, 2 * scale)];
  };
  const isOn = (at: CellAt): boolean =>
    at.column >= 0 && at.row >= 0 && at.column < scene.columns && at.row < scene.rows;
  const { current, cursor } = data;
  return [
    ...(current !== null && isOn(current) ? framed('current', current, theme.ink, 0) : []),
    ...(cursor !== null && isOn(cursor)
      ? framed('cursor', cursor, data.hasFocus ? theme.focus : theme.ink2, 3)
      : []),
  ];
}

function layoutCells(data: ReachingPhaseData, scene: ReachingPhaseScene, view: ChartView): readonly Mark[] {
  const { fontSize } = densityStyle(view.density);
  const { theme } = view;
  const won = data.cells.flatMap((cell) => {
    const winner = winnerOf(cell, data.strategies);
    if (winner === null || cell.column >= scene.columns || cell.row >= scene.rows) return [];
    const fill = cellFill(winner.strategy, winner.share, data.strategies.length, view);
    return [{ ...winner, column: cell.column, row: cell.row, rect: cellRect(scene, cell), fill }];
  });
  const isForced = theme.name === 'forced';
  const rects = won.map(
    (one): Mark => ({
      kind: 'rect',
      role: `cell:${one.strategy}`,
      rect: one.rect,
      fill: one.fill,
      stroke: null,
      lineWidth: 0,
      opacity: isForced ? 0.35 + 0.65 * one.share : 1,
    }),
  );
  const letters = letterCells(won, scene, fontSize).map((one) =>
    textMark(theme.agents[one.strategy].letter, {
      role: `letter:${one.strategy}`,
      x: one.rect.x + one.rect.width / 2,
      y: one.rect.y + one.rect.height / 2,
      align: 'center',
      fill: letterFill(one.fill, view),
      fontSize,
      bold: true,
    }),
  );
  return [...rects, ...letters];
}

/** Lays the map out. */
export function layoutReachingPhase(data: ReachingPhaseData, view: ChartView): ReachingPhaseScene {
  const plot = phasePlot(data, view);
  const { theme } = view;
  const scene: ReachingPhaseScene = {
    width: view.width,
    height: view.height,
    background: theme.surface,
    plot,
    columns: Math.max(data.x.values.length, 1),
    rows: Math.max(data.y.values.length, 1),
    marks: [],
  };
  const ground: Mark = {
    kind: 'rect',
    role: 'unfilled',
    rect: plot,
    fill: theme.rule,
    stroke: null,
    lineWidth: 0,
    opacity: 0.4,
  };
  const bottom = crisp(plot.y + plot.height);
  const axis: Mark = {
    kind: 'line',
    role: 'x-axis',
    points: [plot.x, bottom, plot.x + plot.width, bottom],
    stroke: theme.axis,
    lineWidth: 1,
  };
  const message = data.cells.length === 0 ? [emptyMessage(view, plot, phaseMapWords.notComputed)] : [];
  return {
    ...scene,
    marks: [
      ground,
      ...layoutCells(data, scene, view),
      axis,
      ...layoutOutlines(data, scene, view),
      ...layoutNumbers(data, scene, view),
      ...layoutAxisNames(data, scene, view),
      ...layoutLegend(data, scene, view),
      ...message,
    ],
  };
}
