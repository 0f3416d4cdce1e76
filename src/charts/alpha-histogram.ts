// The histogram of a run's current αs, growing leftward from the plot's right edge on the chart's own log axis.
import type { Domain, Scale } from './scales.ts';
import type { Mark, Rect } from './scene.ts';

/** Share of the plot's width that the histogram may take. */
const HISTOGRAM_SHARE = 0.28;
const HISTOGRAM_BINS = 24;

/** Counts of positive finite values in equal bins of the log axis, from low to high. */
function histogram(values: ArrayLike<number>, domain: Domain): readonly number[] {
  const counts = new Array<number>(HISTOGRAM_BINS).fill(0);
  const span = Math.log(domain[1] / domain[0]);
  for (let i = 0; i < values.length; i++) {
    const share = Math.log(values[i]! / domain[0]) / span;
    const bin = share === 1 ? HISTOGRAM_BINS - 1 : Math.floor(share * HISTOGRAM_BINS);
    if (bin >= 0 && bin < HISTOGRAM_BINS) counts[bin]!++;
  }
  return counts;
}

/** What the bars need of the chart. */
export interface HistogramFrame {
  readonly plot: Rect;
  /** Logarithmic. */
  readonly y: Scale;
  readonly fill: string;
  /** Ends the marks' role. */
  readonly id: string;
}

/** One bar per bin that holds a value; values off the axis are left out. */
export function layoutHistogram(values: ArrayLike<number>, frame: HistogramFrame): readonly Mark[] {
  const { plot, y, fill, id } = frame;
  const counts = histogram(values, y.domain);
  const most = Math.max(...counts, 1);
  const pitch = plot.height / HISTOGRAM_BINS;
  return counts.flatMap((count, bin): Mark[] => {
    if (count === 0) return [];
    const width = Math.max((count / most) * plot.width * HISTOGRAM_SHARE, 1);
    const top = plot.y + plot.height - (bin + 1) * pitch + 0.5;
    const rect = { x: plot.x + plot.width - width, y: top, width, height: Math.max(pitch - 1, 0.5) };
    return [{ kind: 'rect', role: `bin:${id}`, rect, fill, stroke: null, lineWidth: 0, opacity: 0.45 }];
  });
}
