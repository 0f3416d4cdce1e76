// The words beneath the Reaching arena: the key to its marks, and where the mean pull is said in one sentence.

import { arenaWords } from '../words/charts/reaching-arena.ts';
import type { Point } from './pointer.ts';
import { arrow, type PullParts, replayedDash } from './reaching-pulls.ts';
import { type ChartView, densityStyle, type Mark, type TextMark } from './scene.ts';
import { textMark, textWidth } from './text.ts';

interface KeyEntry {
  readonly text: string;
  readonly width: number;
  draw(at: Point): readonly Mark[];
}

/** The key to the marks, one row: only what is drawn. Entries that find no room are left out from the end. */
export function layoutPullKey(parts: PullParts, at: Point, right: number, view: ChartView): readonly Mark[] {
  const { fontSize, scale } = densityStyle(view.density);
  const { theme } = view;
  const circle = (p: Point, radius: number, fill: string, stroke: string | null): Mark => ({
    kind: 'marker',
    role: 'key',
    shape: 'circle',
    ...p,
    radius: radius * scale,
    fill,
    stroke,
    lineWidth: 1.5 * scale,
  });
  const shift = (p: Point, dx: number): Point => ({ x: p.x + dx, y: p.y });
  const shaft = (p: Point, stroke: string, dash: readonly number[] = []): readonly Mark[] =>
    arrow('key', [p, shift(p, 18 * scale)], {
      stroke,
      dash,
      surface: theme.surface,
      width: 2.5 * scale,
      clip: { x: 0, y: 0, width: view.width, height: view.height },
    });
  const goal = (p: Point): Mark => ({
    kind: 'marker',
    role: 'key',
    shape: 'cross',
    ...p,
    radius: 5 * scale,
    fill: null,
    stroke: theme.ink,
    lineWidth: 2 * scale,
  });
  const entries: KeyEntry[] = [
    { text: arenaWords.goal, width: 12, draw: (p) => [goal(shift(p, 5 * scale))] },
    { text: arenaWords.task, width: 8, draw: (p) => [circle(shift(p, 3), 1.9, theme.ink2, null)] },
  ];
  if (parts.sampled) {
    entries.push(
      {
        text: arenaWords.sampledFresh,
        width: 12,
        draw: (p) => [circle(shift(p, 5), 4, theme.surface, theme.ink)],
      },
      {
        text: arenaWords.sampledReplayed,
        width: 14,
        draw: (p) => [
          circle(shift(p, 6), 5.5, theme.surface, theme.buffer),
          circle(shift(p, 6), 2.4, theme.buffer, null),
        ],
      },
    );
  }
  if (parts.mean) {
    entries.push(
      { text: arenaWords.freshPart, width: 22, draw: (p) => shaft(p, theme.ink) },
      { text: arenaWords.replayedPart, width: 22, draw: (p) => shaft(p, theme.buffer, replayedDash(view)) },
    );
  }
  const marks: Mark[] = [];
  let x = at.x;
  for (const entry of entries) {
    const wordsX = x + entry.width * scale + 2;
    const end = wordsX + textWidth(entry.text, fontSize);
    if (end > right) break;
    marks.push(...entry.draw({ x, y: at.y }));
    marks.push(textMark(entry.text, { role: 'key', x: wordsX, y: at.y, fill: theme.ink2, fontSize }));
    x = end + 16;
  }
  return marks;
}

/** The sentences about the mean pull beneath the key: both, or the first, as fits. */
export function layoutPullSentence(
  sentences: readonly [string, string],
  at: Point,
  right: number,
  view: ChartView,
): TextMark | null {
  const { fontSize } = densityStyle(view.density);
  const text = [sentences.join(' '), sentences[0]].find(
    (words) => at.x + textWidth(words, fontSize) <= right,
  );
  if (text === undefined) return null;
  return textMark(text, { role: 'mean-pull', x: at.x, y: at.y, fill: view.theme.ink, fontSize });
}
