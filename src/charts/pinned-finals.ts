// Pinned runs under the strips of the final-distance chart: per strategy a bracket with the mean over seeds and its 95 %
// interval, and the run's letter. Fetched only where runs are pinned; the chart itself knows the type alone.

import { type Scale, toPixel } from './scales.ts';
import { type ChartView, densityStyle, type Mark } from './scene.ts';
import { textMark } from './text.ts';

export interface PinnedFinal {
  readonly letter: string;
  readonly strategy: string;
  readonly isBaseline: boolean;
  readonly mean: number;
  readonly halfWidth: number;
}

export interface PinnedFinals {
  readonly most: number;
  readonly rows: readonly (readonly (string | number | null)[])[];
  readonly summary: string;
  /** Marks for one strategy, below `y`, where `height` is left. */
  layout(
    strategy: string,
    at: { readonly y: number; readonly height: number; readonly x: Scale },
    view: ChartView,
  ): readonly Mark[];
}

/** Brackets of one strategy lie on each other, so no more than these are drawn; the table has all. */
const MOST = 3;

export function createPinnedFinals(
  finals: readonly PinnedFinal[],
  words: Pick<PinnedFinals, 'rows' | 'summary'>,
): PinnedFinals | null {
  if (finals.length === 0) return null;
  return {
    ...words,
    most: Math.max(...finals.map(({ mean, halfWidth }) => mean + (halfWidth || 0))),
    layout(strategy, { y, height, x }, view) {
      const { fontSize, scale } = densityStyle(view.density);
      const own = finals.filter((final) => final.strategy === strategy).slice(0, MOST);
      const room = height / Math.max(own.length, 1);
      if (room < 0.5) return [];
      const letters = room >= fontSize * 0.75;
      return own.flatMap((final, i): Mark[] => {
        const at = y + (i + 0.5) * room;
        const middle = toPixel(x, final.mean);
        const [from, to] = [-1, 1].map((sign) =>
          toPixel(x, Math.max(final.mean + sign * (final.halfWidth || 0), x.domain[0])),
        );
        if (!Number.isFinite(middle) || from === undefined || to === undefined) return [];
        const stroke = final.isBaseline ? view.theme.ink : view.theme.ink2;
        const role = `kept:${final.letter}:${strategy}`;
        const look = { kind: 'line' as const, stroke, lineWidth: (final.isBaseline ? 1.6 : 1.1) * scale };
        const marks: Mark[] = [
          { ...look, role, points: [from, at, to, at] },
          { ...look, role: `${role}:mean`, points: [middle, at - 2.5 * scale, middle, at + 2.5 * scale] },
        ];
        if (!letters) return marks;
        const small = Math.min(fontSize, 11);
        return [
          ...marks,
          textMark(final.letter, {
            role: `${role}:letter`,
            x: to + 3 * scale,
            y: at,
            fill: stroke,
            fontSize: small,
            bold: final.isBaseline,
            halo: view.theme.surface,
          }),
        ];
      });
    },
  };
}
