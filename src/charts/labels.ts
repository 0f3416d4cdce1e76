// Direct labels at the ends of lines: pushed apart in value order, tied to their line by a thin leader.
import type { Mark } from './scene.ts';
import { textMark, textWidth } from './text.ts';

/**
 * Positions for labels of one height that want to sit at `wanted` (any order): as near as possible in the sense of
 * least squares, at least `height` apart, in the order of the wanted positions (ties keep the order given), inside
 * [top, bottom] (centres). Pool-adjacent-violators on wanted − rank × height.
 */
export function spreadLabels(
  wanted: readonly number[],
  height: number,
  [top, bottom]: readonly [number, number],
): readonly number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  const blocks: { sum: number; count: number }[] = [];
  order.forEach((index, rank) => {
    let block = { sum: wanted[index]! - rank * height, count: 1 };
    for (
      let last = blocks.at(-1);
      last && last.sum / last.count >= block.sum / block.count;
      last = blocks.at(-1)
    ) {
      block = { sum: block.sum + last.sum, count: block.count + last.count };
      blocks.pop();
    }
    blocks.push(block);
  });
  const highest = Math.max(bottom - (wanted.length - 1) * height, top);
  const placed = new Array<number>(wanted.length);
  let rank = 0;
  for (const { sum, count } of blocks) {
    const base = Math.min(Math.max(sum / count, top), highest);
    for (let i = 0; i < count; i++, rank++) placed[order[rank]!] = base + rank * height;
  }
  return placed;
}

/** A line's end that wants a name. */
export interface EndLabel {
  readonly role: string;
  readonly text: string;
  /** Colour of the words. */
  readonly color: string;
  /** Colour of the leader. */
  readonly mark: string;
  /** Where the line ends, in pixels. */
  readonly endX: number;
  readonly endY: number;
  readonly opacity?: number;
}

export interface EndLabelFrame {
  /** Left edge of the words. */
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  readonly fontSize: number;
}

/** Leaders and words, leaders first. Labels whose end is not finite are left out. */
export function layoutEndLabels(labels: readonly EndLabel[], frame: EndLabelFrame): readonly Mark[] {
  const shown = labels.filter((label) => Number.isFinite(label.endX) && Number.isFinite(label.endY));
  const height = frame.fontSize * 1.2;
  const half = height / 2;
  const ys = spreadLabels(
    shown.map((label) => label.endY),
    height,
    [frame.top + half, frame.bottom - half],
  );
  const leaders = shown.map((label, i): Mark => {
    const bend = Math.max(frame.x - 10, label.endX);
    return {
      kind: 'line',
      role: `leader:${label.role}`,
      points: [label.endX, label.endY, bend, label.endY, frame.x - 2, ys[i]!],
      stroke: label.mark,
      lineWidth: 1,
      opacity: 0.5 * (label.opacity ?? 1),
    };
  });
  const words = shown.map((label, i) =>
    textMark(label.text, {
      role: `label:${label.role}`,
      x: frame.x,
      y: ys[i]!,
      fill: label.color,
      fontSize: frame.fontSize,
      bold: true,
      opacity: label.opacity ?? 1,
    }),
  );
  return [...leaders, ...words];
}

/** Width of the gutter right of the plot that these labels need, leader included; constant for constant names. */
export function labelGutter(texts: readonly string[], fontSize: number): number {
  return Math.max(0, ...texts.map((text) => textWidth(text, fontSize, true))) + LEADER_LENGTH;
}

/** From the plot's edge to the words. */
export const LEADER_LENGTH = 14;
