// Learning curves thinned to pixel columns, and what is read off them: the extent of the losses, the value at x.
import { type Columns, decimate } from './decimate.ts';
import type { LearningSeries } from './learning-curve.ts';
import type { Domain } from './scales.ts';

/** Time constant of the smoothed line, in iterations. */
const SMOOTHING = 25;

/** A series thinned to the plot's columns. */
export interface Thinned {
  readonly series: LearningSeries;
  readonly columns: Columns;
}

/** Thins every series at the view's width: the plot is narrower, so each of its columns gets at least one value. */
export function thinAll(
  list: readonly LearningSeries[],
  xDomain: Domain,
  context: ThinContext,
): readonly Thinned[] {
  return list.map((series, i) => {
    const options = { length: series.length, domain: xDomain, width: context.width, smoothing: SMOOTHING };
    const before = context.previous?.[i]?.columns ?? null;
    return { series, columns: decimate(series.x, series.queryLoss, options, before) };
  });
}

interface ThinContext {
  readonly width: number;
  /** The last scene's thinnings, continued where a history only grew. */
  readonly previous: readonly Thinned[] | undefined;
}

/** Losses that the y-axis must hold: medians, bands and smoothed lines of the runs that are still finite. */
export function lossExtent(all: readonly Thinned[], positive: boolean): Domain | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const take = (values: ArrayLike<number>, count: number): void => {
    for (let i = 0; i < count; i++) {
      const value = values[i]!;
      if (!Number.isFinite(value) || (positive && value <= 0)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  };
  for (const { series, columns } of all) {
    if (series.divergedAt !== null) continue;
    take(columns.smooth, columns.count);
    take(series.heldOut.median, series.heldOut.x.length);
    take(series.heldOut.q25, series.heldOut.x.length);
    take(series.heldOut.q75, series.heldOut.x.length);
  }
  return low <= high ? [low, high] : null;
}

/** The value that a series shows at x: the last held-out median before it, or the smoothed loss. */
export function valueAt({ series, columns }: Thinned, x: number): number {
  const measured = series.heldOut.x.length >= 2;
  const xs: ArrayLike<number> = measured ? series.heldOut.x : columns.x;
  const ys: ArrayLike<number> = measured ? series.heldOut.median : columns.smooth;
  const count = measured ? series.heldOut.x.length : columns.count;
  let value = Number.NaN;
  for (let i = 0; i < count && xs[i]! <= x; i++) value = ys[i]!;
  return value;
}
