// Links of older versions, brought up to today's one step at a time. A version is a format: the names of its keys
// and what they mean, not the program's release. Presets may change their values without a new version.

/** The version that this program writes, and the newest that it reads. */
export const LINK_VERSION = 1;
/** The oldest version that was ever published. */
export const OLDEST_LINK_VERSION = 1;

/** The raw key–value pairs of a link, decoded from percent signs, without "v". */
export type LinkPairs = ReadonlyMap<string, string>;

/** Rewrites the pairs of version `from` as those of version `from + 1`. Pure; must not throw on odd values. */
export interface Upgrader {
  readonly from: number;
  readonly upgrade: (pairs: LinkPairs) => LinkPairs;
}

/** One entry per published version but the newest, oldest first. Never edit one that was released. */
export const UPGRADERS: readonly Upgrader[] = [];

/** Throws unless the upgraders lead from `oldest` to `newest` without a gap. */
export function assertContiguous(upgraders: readonly Upgrader[], oldest: number, newest: number): void {
  const got = upgraders.map((upgrader) => upgrader.from);
  const expected = Array.from({ length: newest - oldest }, (_, index) => oldest + index);
  if (got.join() === expected.join()) return;
  throw new Error(
    `Link upgraders must start at versions ${expected.join(', ') || '(none)'}; got ${got.join(', ') || '(none)'}. Add one for each missing version, in order.`,
  );
}

assertContiguous(UPGRADERS, OLDEST_LINK_VERSION, LINK_VERSION);

/** The pairs as the newest version would write them; `version` lies between the oldest and the newest. */
export function upgradePairs(
  pairs: LinkPairs,
  version: number,
  upgraders: readonly Upgrader[] = UPGRADERS,
): LinkPairs {
  return upgraders
    .filter((upgrader) => upgrader.from >= version)
    .reduce((current, upgrader) => upgrader.upgrade(current), pairs);
}
