// A run's metrics, thinned for keeping: every one of the first meta-iterations, then one row per bin.

const ROWS = 500;
/** What counts up over a run: of these a bin's last value is kept, of all others the mean, for they are noisy. */
const COUNTS_UP: ReadonlySet<string> = new Set([
  'iteration',
  'environmentSteps',
  'gradientEvaluations',
  'seconds',
]);

/**
 * Columns of at most `rows` rows, a fifth of them the first ones as they are; `read` gives a column of which the first
 * `length` entries are valid.
 */
export function thinColumns<Column extends string>(
  names: readonly Column[],
  read: (name: Column) => ArrayLike<number>,
  length: number,
  rows?: number,
): Record<Column, number[]>;
export function thinColumns(
  names: readonly string[],
  read: (name: string) => ArrayLike<number>,
  length: number,
  rows = ROWS,
): Record<string, number[]> {
  const whole = Math.floor(rows / 5);
  const width = Math.max(1, Math.ceil((length - whole) / (rows - whole)));
  const ends = Array.from({ length: Math.min(length, whole) }, (_, row) => row + 1);
  for (let end = whole + width; end - width < length; end += width) ends.push(Math.min(end, length));
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
