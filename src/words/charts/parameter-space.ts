// The paths of θ.
import { inLanguages } from '../language.ts';

export const parameterSpaceWords = inLanguages({
  en: {
    /** After θ: where all paths begin. */
    start: 'at 0',
    adapted: '✕ adapted',
    adaptedMagnified: (factor: number) => `✕ adapted, moves × ${factor}`,
    notTrained: 'Paths of θ: not trained yet.',
    path: (name: string, points: number, distance: string) =>
      `${name}, ${points} points, ${distance} from the start`,
    summary: (paths: string, percent: number) =>
      `Paths of θ: ${paths}; the plane shows ${percent} % of the paths' variance.`,
    summaryUntil: (paths: string, percent: number, iteration: string) =>
      `Paths of θ up to iteration ${iteration}: ${paths}; the plane shows ${percent} % of the paths' variance.`,
  },
});
