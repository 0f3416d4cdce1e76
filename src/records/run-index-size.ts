// How long a list of recorded runs may be; apart from its reading, which is fetched while the list is.

/** Longest index that is read, in bytes. */
export const MAX_RUN_INDEX_BYTES = 256 * 1024;
