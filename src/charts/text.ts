// Words on the canvas: fonts, and an estimate of how wide a line is. Layout is pure and must not ask a canvas, so
// widths come from Helvetica's advance widths (thousandths of an em), rounded up a little for other system fonts.
import type { Rect, TextMark } from './scene.ts';

/** Not `system-ui`: on Linux that is often DejaVu, a sixth wider than the widths below. The page uses the same. */
export const SANS =
  '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif';
export const SERIF = 'Georgia, "Times New Roman", serif';

const NARROW = new Set("iljI.,:;'|!·");
const SLIM = new Set(' ftr()[]-/"″′');
const WIDE = new Set('mwMW%→∞@—');
const CAPITAL = /[A-HJ-LN-VX-Z−+=<>±θαβ●▲■◆]/;
/** Other system fonts run up to this much wider than Helvetica. */
const ALLOWANCE = 1.04;

function advance(char: string): number {
  if (NARROW.has(char)) return 250;
  if (SLIM.has(char)) return 320;
  if (WIDE.has(char)) return 840;
  return CAPITAL.test(char) ? 690 : 545;
}

/** Estimated width of one line in CSS pixels. */
export function textWidth(text: string, fontSize: number, bold = false): number {
  let thousandths = 0;
  for (const char of text) thousandths += advance(char);
  return (thousandths / 1000) * fontSize * ALLOWANCE * (bold ? 1.07 : 1);
}

/** The CSS font of a text mark. */
export function fontOf(mark: Pick<TextMark, 'fontSize' | 'bold' | 'symbol'>): string {
  const style = mark.symbol ? 'italic ' : '';
  return `${style}${mark.bold ? 'bold ' : ''}${mark.fontSize}px ${mark.symbol ? SERIF : SANS}`;
}

/** What a text mark needs beyond its words; the rest has defaults (left, regular, no halo). */
export interface TextOptions {
  readonly role: string;
  readonly x: number;
  readonly y: number;
  readonly fill: string;
  readonly fontSize: number;
  readonly align?: TextMark['align'];
  readonly bold?: boolean;
  readonly symbol?: boolean;
  readonly halo?: string | null;
  readonly opacity?: number;
}

/** Where a line of words would lie. */
export function textBox(text: string, at: Omit<TextOptions, 'role' | 'fill'>): Rect {
  const width = textWidth(text, at.fontSize, at.bold ?? false);
  const align = at.align ?? 'left';
  const x = align === 'left' ? at.x : align === 'right' ? at.x - width : at.x - width / 2;
  const height = at.fontSize * 1.15;
  return { x, y: at.y - height / 2, width, height };
}

export function textMark(text: string, options: TextOptions): TextMark {
  return {
    kind: 'text',
    role: options.role,
    text,
    x: options.x,
    y: options.y,
    align: options.align ?? 'left',
    fill: options.fill,
    fontSize: options.fontSize,
    bold: options.bold ?? false,
    symbol: options.symbol ?? false,
    halo: options.halo ?? null,
    opacity: options.opacity ?? 1,
    box: textBox(text, options),
  };
}

/** Moves a box by the least that brings it inside `frame`. */
export function shiftInside(box: Rect, frame: Rect): { readonly dx: number; readonly dy: number } {
  const dx = Math.max(frame.x - box.x, 0) + Math.min(frame.x + frame.width - (box.x + box.width), 0);
  const dy = Math.max(frame.y - box.y, 0) + Math.min(frame.y + frame.height - (box.y + box.height), 0);
  return { dx, dy };
}
