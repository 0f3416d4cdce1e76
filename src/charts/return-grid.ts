// The ablation of [FO] Figs. 1–2 as a small grid: tasks per batch across, trajectories per task up, and in each cell the
// return after adaptation that a short run ends with. Colour by return, the number in the cell says it again.
import type { AlgorithmId } from '../experiment/experiment.ts';
import { gridWords } from '../words/charts/return-grid.ts';
import { inkOn, viridis } from './palette.ts';
import { finiteExtent, formatValue } from './scales.ts';
import { type ChartView, densityStyle, type Mark, type Rect, type Scene } from './scene.ts';
import type { ChartTable } from './table.ts';
import { textMark, textWidth } from './text.ts';

export interface ReturnGridCell {
  /** M and E of the cell's run. */
  readonly tasks: number;
  readonly trajectories: number;
  /** Mean return after adaptation at the end of the run; null: not computed yet. */
  readonly value: number | null;
  /** 0 … 1 of its run is done; null unless it is running. */
  readonly progress: number | null;
}

export interface ReturnGridData {
  readonly algorithm: AlgorithmId;
  /** Ascending. */
  readonly tasks: readonly number[];
  readonly trajectories: readonly number[];
  readonly cells: readonly ReturnGridCell[];
  /** The experiment's own M and E, whose cell is framed where the grid has it. */
  readonly current: { readonly tasks: number; readonly trajectories: number };
}

function gridPlot(data: ReturnGridData, view: ChartView): Rect {
  const { fontSize } = densityStyle(view.density);
  const widest = Math.max(...data.trajectories.map((count) => textWidth(String(count), fontSize)));
  const left = Math.ceil(widest + 10);
  const head = Math.ceil(fontSize * 1.6);
  const foot = Math.ceil(fontSize * 3.1);
  return {
    x: left,
    y: head,
    width: Math.max(Math.floor(view.width - left - 5), 1),
    height: Math.max(Math.floor(view.height - head - foot), 1),
  };
}

function cellRect(data: ReturnGridData, plot: Rect, cell: ReturnGridCell): Rect {
  const column = data.tasks.indexOf(cell.tasks);
  const row = data.trajectories.indexOf(cell.trajectories);
  const left = plot.x + Math.round((column * plot.width) / data.tasks.length);
  const right = plot.x + Math.round(((column + 1) * plot.width) / data.tasks.length);
  const bottom = plot.y + plot.height - Math.round((row * plot.height) / data.trajectories.length);
  const top = plot.y + plot.height - Math.round(((row + 1) * plot.height) / data.trajectories.length);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function layoutCell(
  data: ReturnGridData,
  cell: ReturnGridCell,
  context: { readonly plot: Rect; readonly view: ChartView; readonly shareOf: (value: number) => number },
): readonly Mark[] {
  const { plot, view } = context;
  const { theme } = view;
  const { fontSize, scale } = densityStyle(view.density);
  const rect = cellRect(data, plot, cell);
  const id = `${cell.tasks}:${cell.trajectories}`;
  const isCurrent = cell.tasks === data.current.tasks && cell.trajectories === data.current.trajectories;
  const inner = { x: rect.x + 2, y: rect.y + 2, width: rect.width - 4, height: rect.height - 4 };
  const middle = {
    x: rect.x + rect.width / 2,
    y: rect.y + rect.height / 2,
    align: 'center' as const,
    fontSize,
  };
  const marks: Mark[] = [];
  // System colours have no ramp: there the numbers alone speak.
  const fill = cell.value === null || theme.name === 'forced' ? null : viridis(context.shareOf(cell.value));
  marks.push({
    kind: 'rect',
    role: `cell:${id}`,
    rect: inner,
    fill,
    stroke: fill === null ? theme.rule : null,
    lineWidth: 1,
  });
  if (cell.value !== null) {
    const words = { role: `value:${id}`, ...middle, fill: fill === null ? theme.ink : inkOn(fill) };
    marks.push(textMark(formatValue(cell.value), { ...words, bold: true }));
  } else if (cell.progress !== null) {
    const share = Math.min(Math.max(cell.progress, 0), 1);
    const bar = { x: inner.x + 6, y: middle.y + fontSize * 0.8, height: 3 * scale };
    marks.push(
      textMark(`${Math.round(100 * share)} %`, { role: `progress:${id}`, ...middle, fill: theme.ink2 }),
      {
        kind: 'rect',
        role: `bar:${id}`,
        rect: { ...bar, width: (inner.width - 12) * share },
        fill: theme.ink2,
        stroke: null,
        lineWidth: 0,
      },
    );
  }
  if (isCurrent) {
    marks.push({ kind: 'rect', role: 'current', rect, fill: null, stroke: theme.ink, lineWidth: 2 * scale });
  }
  return marks;
}

function layoutNumbers(data: ReturnGridData, plot: Rect, view: ChartView): readonly Mark[] {
  const { fontSize } = densityStyle(view.density);
  const look = { fill: view.theme.ink2, fontSize };
  const [columns, rows] = [data.tasks.length, data.trajectories.length];
  const under = plot.y + plot.height;
  return [
    ...data.tasks.map((count, i) =>
      textMark(String(count), {
        role: 'x-tick',
        x: plot.x + ((i + 0.5) * plot.width) / columns,
        y: under + fontSize * 0.9,
        align: 'center',
        ...look,
      }),
    ),
    ...data.trajectories.map((count, i) =>
      textMark(String(count), {
        role: 'y-tick',
        x: plot.x - 6,
        y: under - ((i + 0.5) * plot.height) / rows,
        align: 'right',
        ...look,
      }),
    ),
    textMark(gridWords.trajectories, { role: 'y-name', x: 0, y: fontSize * 0.7, ...look }),
    textMark(gridWords.tasks, {
      role: 'x-name',
      x: plot.x + plot.width,
      y: under + fontSize * 2.3,
      align: 'right',
      ...look,
    }),
  ];
}

/** Lays the grid out. */
export function layoutReturnGrid(data: ReturnGridData, view: ChartView): Scene {
  const plot = gridPlot(data, view);
  const values = data.cells.flatMap(({ value }) => (value === null ? [] : [value]));
  const extent = finiteExtent(values);
  const shareOf = (value: number): number =>
    extent === null || extent[0] === extent[1] ? 0.5 : (value - extent[0]) / (extent[1] - extent[0]);
  const isCurrent = (cell: ReturnGridCell) =>
    cell.tasks === data.current.tasks && cell.trajectories === data.current.trajectories;
  // The framed cell last, over its neighbours.
  const cells = [...data.cells].sort((a, b) => Number(isCurrent(a)) - Number(isCurrent(b)));
  return {
    width: view.width,
    height: view.height,
    background: view.theme.surface,
    plot,
    marks: [
      ...layoutNumbers(data, plot, view),
      ...cells.flatMap((cell) => layoutCell(data, cell, { plot, view, shareOf })),
    ],
  };
}

/** "MAML, best of 9: −9.2 with 20 tasks of 20 trajectories; worst −31 with 5 of 5." */
export function describeReturnGrid(data: ReturnGridData, nameOf: (id: AlgorithmId) => string): string {
  const done = data.cells.filter((cell) => cell.value !== null);
  if (done.length === 0) return gridWords.nothing;
  const ordered = [...done].sort((a, b) => b.value! - a.value!);
  const say = (cell: ReturnGridCell) =>
    gridWords.cell(formatValue(cell.value!), cell.tasks, cell.trajectories);
  const worst = ordered.length === 1 ? null : say(ordered.at(-1)!);
  return gridWords.summary(nameOf(data.algorithm), done.length, say(ordered[0]!), worst);
}

export function tableReturnGrid(data: ReturnGridData): ChartTable {
  return {
    columns: ['tasks per batch', 'trajectories per task', 'return after adaptation'],
    rows: data.cells.map(({ tasks, trajectories, value }) => [tasks, trajectories, value]),
  };
}
