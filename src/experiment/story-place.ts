// Where in a story a link points to.
export interface StoryPlace {
  /** A story that comes with the page, by its id. */
  readonly id: string;
  /** From 0. */
  readonly step: number;
}
