// The languages of the interface. Every text on the screen stands in a table per area of the page (share.ts, present.ts,
// …), each made by `inLanguages`, whose type asks for every language: adding one to LANGUAGES makes the type checker
// list what still has to be translated.

export const LANGUAGES = ['en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What everything is written in first, and the static pages (index.html, the guide) alone. */
export const WRITTEN_IN: Language = LANGUAGES[0];

/** What the page is in; chosen once, when it is opened. */
export const language: Language = preferredLanguage(globalThis.navigator?.languages ?? []);

/** The first of `wanted` (BCP 47 tags) that there is, else the one that all is written in. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = LANGUAGES.find((id) => id === tag.toLowerCase().split('-')[0]);
    if (found !== undefined) return found;
  }
  return WRITTEN_IN;
}

/**
 * One area's texts, in the page's language. Texts with numbers or names in them are functions.
 * Free of side effects, and said to be: a table that nothing uses is left out of what is fetched.
 */
/* @__NO_SIDE_EFFECTS__ */
export function inLanguages<T>(texts: Readonly<Record<Language, T>>): T {
  return texts[language];
}
