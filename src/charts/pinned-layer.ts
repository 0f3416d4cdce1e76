// What a chart knows of kept runs: a layer of lines besides its own, made elsewhere (pinned-lines.ts, fetched only where
// runs are kept). Here is only what every chart does with one.
import type { EndLabel } from './labels.ts';
import type { Domain, Scale } from './scales.ts';
import type { ChartView, HoverReadout, Mark, Rect } from './scene.ts';
import type { ChartTable } from './table.ts';

/** Kept runs on one chart. */
export interface PinnedLayer {
  /** Words at the lines' ends, for the gutter. */
  readonly names: readonly string[];
  /** In the chart's own columns. */
  readonly rows: ChartTable['rows'];
  /** Sentences for who cannot see the lines. */
  readonly summary: string;
  /** What the y-axis must hold of the lines within the x-axis, which they never widen; null: nothing. */
  extent(x: Domain, positive: boolean): Domain | null;
  layout(frame: PinnedFrame): PinnedMarks;
}

export interface PinnedFrame {
  readonly view: ChartView;
  readonly plot: Rect;
  readonly axes: { readonly x: Scale; readonly y: Scale };
  /** Labels of the chart's own lines: what room is left is the kept runs'. */
  readonly taken: number;
  /** Pixel position of the pointer's rule; null: none. */
  readonly hoverX: number | null;
}

export interface PinnedMarks {
  /** To be drawn under the chart's own. */
  readonly marks: readonly Mark[];
  readonly ends: readonly EndLabel[];
  readonly hover: HoverReadout['rows'];
}

const NONE: PinnedMarks = { marks: [], ends: [], hover: [] };

/** The layer's marks; none without a layer. */
export function layoutPins(pins: PinnedLayer | null | undefined, frame: PinnedFrame): PinnedMarks {
  return pins?.layout(frame) ?? NONE;
}

/** The chart's own extent, widened by the layer's. */
export function withPinned(
  own: Domain | null,
  pins: PinnedLayer | null | undefined,
  x: Domain,
  positive = false,
): Domain | null {
  const kept = pins?.extent(x, positive) ?? null;
  if (own === null || kept === null) return own ?? kept;
  return [Math.min(own[0], kept[0]), Math.max(own[1], kept[1])];
}

/** The same read-out with the kept runs' values under the chart's own. */
export function withPinnedRows(
  hover: HoverReadout | null,
  { hover: rows }: PinnedMarks,
): HoverReadout | null {
  return hover === null || rows.length === 0 ? hover : { ...hover, rows: [...hover.rows, ...rows] };
}

/** A chart's table with the kept runs' rows at the end. */
export function withPinnedTable(table: ChartTable, pins: Pick<PinnedLayer, 'rows'> | null): ChartTable {
  return pins === null ? table : { ...table, rows: [...table.rows, ...pins.rows] };
}

/** What a chart says of itself, and of the kept runs after that. */
export function withPinnedWords(summary: string, pins: Pick<PinnedLayer, 'summary'> | null): string {
  return pins === null ? summary : `${summary} ${pins.summary}`;
}
