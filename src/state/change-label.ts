// What one change of settings is called in notices and beside pinned curves: "α 0.01", "α 0.01 and 1 more".
import type { Experiment } from '../experiment/experiment.ts';
import { FIELD_KEYS, fieldOf, sameValue } from '../experiment/fields.ts';
import { formatValue } from '../experiment/link-values.ts';

/** Names the old run by the values that it had and the new one has not. */
export function labelOldRun(before: Experiment, after: Experiment): string {
  const changed = FIELD_KEYS.filter((key) => !sameValue(before[key], after[key]));
  const first = changed[0];
  if (first === undefined) return 'run before';
  if (changed.length > 2) return `${before.preset}, before ${changed.length} changes`;
  return changed
    .map((key) => {
      const { symbol, label } = fieldOf(key);
      const value = before[key];
      const text = typeof value === 'number' ? String(Number(value.toPrecision(4))) : formatValue(value);
      return symbol === '' ? `${label.toLowerCase()} ${text}` : `${symbol} = ${text}`;
    })
    .join(', ');
}
