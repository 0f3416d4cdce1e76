// The read-out under the pointer: a 1-px rule, a dot on every series, the abscissa on the axis, and every value where
// the end labels stand. Nothing covers the curves. A scene that shows it leaves its end labels out.
import { crisp } from './axes.ts';
import { spreadLabels } from './labels.ts';
import { type ChartView, densityStyle, type HoverReadout, type Mark, overlaps, type Rect } from './scene.ts';
import { shiftInside, textMark, textWidth } from './text.ts';

/** A full-height 1-px vertical: "now", the scrubbed iteration, the pointer. */
export function verticalRule(role: string, x: number, plot: Rect, stroke: string): Mark {
  const at = crisp(x);
  return { kind: 'line', role, points: [at, plot.y, at, plot.y + plot.height], stroke, lineWidth: 1 };
}

function backing(rect: Rect, fill: string): Mark {
  return { kind: 'rect', role: 'hover-backing', rect, fill, stroke: null, lineWidth: 0 };
}

/** The abscissa in place of the tick labels beneath the rule. */
function layoutTitle(readout: HoverReadout, plot: Rect, view: ChartView): readonly Mark[] {
  const { fontSize } = densityStyle(view.density);
  const y = crisp(plot.y + plot.height) + fontSize * 0.95;
  const words = { role: 'hover-title', y, align: 'center', fill: view.theme.ink, fontSize } as const;
  const { box } = textMark(readout.title, { ...words, x: readout.x });
  const { dx } = shiftInside(box, { x: plot.x, y: 0, width: view.width - plot.x, height: view.height });
  return [textMark(readout.title, { ...words, x: readout.x + dx })];
}

/** The frame's marks without the tick labels that the abscissa would cover. */
export function clearTicks(frame: readonly Mark[], hover: readonly Mark[]): readonly Mark[] {
  const title = hover.find((mark) => mark.role === 'hover-title');
  if (title?.kind !== 'text') return frame;
  const room = { ...title.box, x: title.box.x - 3, width: title.box.width + 6 };
  return frame.filter((mark) => mark.role !== 'x-tick' || mark.kind !== 'text' || !overlaps(mark.box, room));
}

/** Names and values at the right edge, pushed apart in value order. */
function layoutValues(readout: HoverReadout, plot: Rect, view: ChartView): readonly Mark[] {
  const { fontSize } = densityStyle(view.density);
  const height = fontSize * 1.2;
  const bounds = [height / 2, plot.y + plot.height + 4 - height / 2] as const;
  // A value without a place (∞ above all) is named at the top.
  const wanted = readout.rows.map((row) =>
    Number.isFinite(row.y) ? Math.min(Math.max(row.y, plot.y), plot.y + plot.height) : plot.y,
  );
  const ys = spreadLabels(wanted, height, bounds);
  const valueWidth = Math.max(...readout.rows.map((row) => textWidth(row.value, fontSize)));
  const labelWidth = Math.max(...readout.rows.map((row) => textWidth(row.label, fontSize, true)));
  const right = view.width - 1;
  const left = right - valueWidth - 5;
  return readout.rows.flatMap((row, i): Mark[] => {
    const y = ys[i]!;
    const rect = {
      x: left - labelWidth - 4,
      y: y - height / 2,
      width: right - left + labelWidth + 5,
      height,
    };
    const { ink, surface } = view.theme;
    const name = {
      role: 'hover-label',
      x: left,
      y,
      align: 'right',
      fill: row.color,
      fontSize,
      bold: true,
    } as const;
    const value = { role: 'hover-value', x: right, y, align: 'right', fill: ink, fontSize } as const;
    return [backing(rect, surface), textMark(row.label, name), textMark(row.value, value)];
  });
}

/** Where the values begin, so that words at the right of the plot can keep clear of them; ∞ without values. */
export function leftEdgeOf(hover: readonly Mark[]): number {
  const edges = hover.map((mark) => (mark.kind === 'rect' ? mark.rect.x : Number.POSITIVE_INFINITY));
  return Math.min(Number.POSITIVE_INFINITY, ...edges);
}

/** Rule, dots, abscissa and values. Empty rows give the rule and the abscissa only. */
export function layoutHover(readout: HoverReadout, plot: Rect, view: ChartView): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  const dots = readout.rows
    .filter((row) => row.y >= plot.y && row.y <= plot.y + plot.height)
    .map(
      (row): Mark => ({
        kind: 'marker',
        role: 'hover-dot',
        shape: 'circle',
        x: readout.x,
        y: row.y,
        radius: 3 * scale,
        fill: row.color,
        stroke: view.theme.surface,
        lineWidth: 1,
      }),
    );
  return [
    verticalRule('hover-rule', readout.x, plot, view.theme.axis),
    ...dots,
    ...layoutTitle(readout, plot, view),
    ...(readout.rows.length === 0 ? [] : layoutValues(readout, plot, view)),
  ];
}
