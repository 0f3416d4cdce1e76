// A rule that several labs have: of two numbers that make up a range, the lower one is no higher than the other.

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
        : `“${fields[low].label}” is ${e[low]}, above “${fields[high].label}”, ${e[high]}. Lower the one or raise the other.`,
    repair: <E extends Range>(e: E, fallback: E): E => ({
      ...e,
      [low]: fallback[low],
      [high]: fallback[high],
    }),
  } as const;
}
