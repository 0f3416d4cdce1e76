// What a thumbnail of the gallery is: one or a few charts side by side, laid out by the labs' own layouts. Fetched when
// it comes into view; drawn by Thumbnail.tsx.
import type { ChartView, Scene } from '../../charts/scene.ts';
import type { AlgorithmId } from '../../experiment/experiment.ts';

export interface Thumbnail {
  /** One per drawing, left to right: whose it is, which is written above it; null: the drawing itself says so. */
  readonly panels: readonly (AlgorithmId | null)[];
  /** Seconds that it plays, once, when it is first seen; 0: it stands still. */
  readonly seconds: number;
  /** The drawing of panel `panel` at that second; at `seconds` it is what stays. */
  layout(panel: number, view: ChartView, second: number): Scene;
}

export type ThumbnailLoader = () => Promise<Thumbnail>;
