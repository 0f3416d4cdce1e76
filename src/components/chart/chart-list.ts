// The charts on the page, for who wants them all at once (the share dialog): every chart's menu enters its chart here.
// A list of the page and not a store: nothing is drawn from it, and it is read only when asked for.
import type { Scene } from '../../charts/scene.ts';
import type { ChartTable } from '../../charts/table.ts';

/** A chart as far as it can be saved. */
export interface ChartSource {
  readonly title: string;
  /** The numbers behind it, now. */
  table(): ChartTable;
  /** What the canvas shows now; null before it was painted. */
  scene(): Scene | null;
  canvas(): HTMLCanvasElement | null;
}

const charts = new Set<ChartSource>();

/** Enters a chart; returns how to take it out again. */
export function enterChart(chart: ChartSource): () => void {
  charts.add(chart);
  return () => charts.delete(chart);
}

/** Those that are shown, in the page's order: painted, and not hidden by the layout. */
export function shownCharts(): ChartSource[] {
  return [...charts]
    .flatMap((chart) => {
      const element = chart.canvas();
      const isShown = element !== null && element.getClientRects().length > 0 && chart.scene() !== null;
      return isShown ? [{ chart, element }] : [];
    })
    .toSorted((a, b) =>
      a.element.compareDocumentPosition(b.element) & Node.DOCUMENT_POSITION_PRECEDING ? 1 : -1,
    )
    .map(({ chart }) => chart);
}
