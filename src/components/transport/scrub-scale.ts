// Where a meta-iteration lies on the scrubber: logarithmic, because checkpoints are kept on a log-spaced schedule
// and most of what is worth seeing happens early. 0 lies at 0, the last iteration at 1.

/** How strongly early iterations are stretched: the first hundredth of the run takes about a sixth of the track. */
const STRETCH = 100;

/** Position 0…1 of `iteration` in a run of `total`. */
export function scrubPosition(iteration: number, total: number): number {
  if (total <= 0) return 0;
  const share = Math.min(1, Math.max(0, iteration / total));
  return Math.log1p(share * STRETCH) / Math.log1p(STRETCH);
}

/**
 * What a position on the track means: the nearest of the checkpoints (ascending), or null for live when the
 * position is nearer to the iteration now trained, or beyond it.
 */
export function scrubTarget(
  position: number,
  checkpoints: readonly number[],
  current: number,
  total: number,
): number | null {
  let nearest: number | null = null;
  let distance = Math.abs(position - scrubPosition(current, total));
  if (position >= scrubPosition(current, total)) return null;
  for (const iteration of checkpoints) {
    const away = Math.abs(position - scrubPosition(iteration, total));
    if (away < distance) {
      distance = away;
      nearest = iteration;
    }
  }
  return nearest;
}

/** The checkpoint after (or before) the one shown; null is live. At the ends it stays. */
export function scrubNeighbour(
  shown: number | null,
  checkpoints: readonly number[],
  direction: 1 | -1,
): number | null {
  if (direction === -1) {
    const before = shown === null ? checkpoints : checkpoints.filter((iteration) => iteration < shown);
    return before.at(-1) ?? shown;
  }
  if (shown === null) return null;
  return checkpoints.find((iteration) => iteration > shown) ?? null;
}
