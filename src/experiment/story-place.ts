// Where in a story a link points to.
export interface StoryPlace {
  /** A story that comes with the page, by its id; of one that the link itself holds, the id it goes by here. */
  readonly id: string;
  /** From 0. */
  readonly step: number;
  /** The story itself, deflated, where it does not come with the page (stories/story-link.ts). */
  readonly tale?: string;
  /** Whether the step's own lab state is to be opened: the link names no experiment. Never written into a link. */
  readonly starts?: true;
}
