// A run's metrics, thinned for keeping: every one of the first meta-iterations, then one row per bin.

const KEPT_WHOLE = 100;
const BINS = 400;
/** What counts up over a run: of these a bin's last value is kept, of all others the mean, for they are noisy. */
const COUNTS_UP: ReadonlySet<string> = new Set([
  'iteration',
  'environmentSteps',
  'gradientEvaluations',
  'seconds',
]);

/** Columns of at most 500 rows; `read` gives one of which the first `length` entries are valid. */
export function thinColumns<Column extends string>(
  names: readonly Column[],
  read: (name: Column) => ArrayLike<number>,
  length: number,
): Record<Column, number[]>;
export function thinColumns(
  names: readonly string[],
  read: (name: string) => ArrayLike<number>,
  length: number,
): Record<string, number[]> {
  const width = Math.max(1, Math.ceil((length - KEPT_WHOLE) / BINS));
  const ends = Array.from({ length: Math.min(length, KEPT_WHOLE) }, (_, row) => row + 1);
  for (let end = KEPT_WHOLE + width; end - width < length; end += width) ends.push(Math.min(end, length));
  const columns = names.map((name): [string, number[]] => {
    const values = read(name);
    const bins = ends.map((end, bin) => {
      const from = ends[bin - 1] ?? 0;
      if (COUNTS_UP.has(name)) return values[end - 1]!;
      let sum = 0;
      for (let row = from; row < end; row++) sum += values[row]!;
      return sum / (end - from);
    });
    return [name, bins];
  });
  return Object.fromEntries(columns);
}
