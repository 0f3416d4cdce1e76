// Where this page is, without what it shows: what links begin with.

/** "https://…/metascope/": no query, no fragment. */
export function pageAddress(): string {
  return `${location.origin}${location.pathname}`;
}
