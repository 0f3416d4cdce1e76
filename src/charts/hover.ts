// The read-out under the pointer: a 1-px rule and every series' value there, in the plot beside the rule.
import { crisp } from './axes.ts';
import { type ChartView, densityStyle, type HoverReadout, type Mark, type Rect } from './scene.ts';
import { textMark, textWidth } from './text.ts';

/** A full-height 1-px vertical: "now", the scrubbed iteration, the pointer. */
export function verticalRule(role: string, x: number, plot: Rect, stroke: string): Mark {
  const at = crisp(x);
  return { kind: 'line', role, points: [at, plot.y, at, plot.y + plot.height], stroke, lineWidth: 1 };
}

/** Right of the rule where the plot has room, else left of it, else flush with the plot's right edge. */
function besideRule(rule: number, width: number, plot: Rect): number {
  const end = plot.x + plot.width;
  if (rule + 4 + width <= end) return rule + 4;
  return rule - 4 - width >= 0 ? rule - 4 - width : Math.max(end - width, 0);
}

/** Rule, backing and words; the backing is opaque so that the words stay readable over lines. */
export function layoutHover(readout: HoverReadout, plot: Rect, view: ChartView): readonly Mark[] {
  const { fontSize } = densityStyle(view.density);
  const lineHeight = fontSize * 1.25;
  const gap = 6;
  const valueWidth = Math.max(0, ...readout.rows.map((row) => textWidth(row.value, fontSize)));
  const labelWidth = Math.max(0, ...readout.rows.map((row) => textWidth(row.label, fontSize, true)));
  const width = Math.max(textWidth(readout.title, fontSize), labelWidth + gap + valueWidth) + 2 * gap;
  const height = (readout.rows.length + 1) * lineHeight + gap;
  const x = besideRule(readout.x, width, plot);
  const y = plot.y;
  const line = (row: number): number => y + gap / 2 + (row + 0.5) * lineHeight;
  const words = readout.rows.flatMap((row, i): Mark[] => [
    textMark(row.label, {
      role: 'hover-label',
      x: x + gap,
      y: line(i + 1),
      fill: row.color,
      fontSize,
      bold: true,
    }),
    textMark(row.value, {
      role: 'hover-value',
      x: x + width - gap,
      y: line(i + 1),
      align: 'right',
      fill: view.theme.ink,
      fontSize,
    }),
  ]);
  return [
    verticalRule('hover-rule', readout.x, plot, view.theme.axis),
    {
      kind: 'rect',
      role: 'hover-backing',
      rect: { x, y, width, height },
      fill: view.theme.surface,
      stroke: null,
      lineWidth: 0,
    },
    textMark(readout.title, { role: 'hover-title', x: x + gap, y: line(0), fill: view.theme.ink2, fontSize }),
    ...words,
  ];
}
