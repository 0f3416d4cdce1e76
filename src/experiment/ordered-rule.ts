// A rule that several labs have: of two numbers that make up a range, the lower one is no higher than the other.
import { ruleWords } from '../words/rules.ts';

/** low ≤ high, equal being allowed, as a Rule of any lab's experiment; `fields` gives their labels. */
export function ordered<K extends string>(
  fields: Readonly<Record<K, { readonly label: string }>>,
  low: K,
  high: K,
) {
  type Range = Readonly<Record<K, number>>;
  return {
    fields: [low, high],
    violation: (e: Range): string | null =>
      e[low] <= e[high]
        ? null
        : ruleWords.disordered(
            { label: fields[low].label, value: e[low] },
            { label: fields[high].label, value: e[high] },
          ),
    repair: <E extends Range>(e: E, fallback: E): E => ({
      ...e,
      [low]: fallback[low],
      [high]: fallback[high],
    }),
  } as const;
}
