// Published returns before and after one step as hollow markers, ours filled beside them where there are any: a table of
// a paper as a picture. One group (a kind of task) beside the other, each with its own axis.
import type { AlgorithmId } from '../experiment/experiment.ts';
import { frameWords } from '../words/charts/frame.ts';
import { layoutEndLabels } from './labels.ts';
import { filledMarker, hollowMarker } from './markers.ts';
import { finiteExtent, type Scale, toPixel } from './scales.ts';
import { type ChartView, densityStyle, type Mark, type Scene } from './scene.ts';
import { textMark, textWidth } from './text.ts';

export interface PublishedSlope {
  /** Whose hue and marker it takes. */
  readonly algorithm: AlgorithmId;
  /** What it is called: "MAML+", say. */
  readonly name: string;
  /** Before and after one step. */
  readonly published: readonly [number, number];
  /** Ours; null: not measured. */
  readonly ours: readonly [number, number] | null;
}

export interface SlopeGroup {
  /** "VEL" */
  readonly title: string;
  readonly slopes: readonly PublishedSlope[];
}

export interface PublishedSlopesData {
  readonly groups: readonly SlopeGroup[];
  /** "published": what the hollow markers are. */
  readonly note: string;
}

interface GroupFrame {
  readonly left: number;
  readonly right: number;
  readonly labelsAt: number;
  readonly y: Scale;
}

function slopeMarks(slope: PublishedSlope, frame: GroupFrame, view: ChartView): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  const style = view.theme.algorithms[slope.algorithm];
  const shape = style.marker ?? 'circle';
  const colours = { mark: style.mark, surface: view.theme.surface };
  const at = (value: number, step: number) => ({
    x: step === 0 ? frame.left : frame.right,
    y: toPixel(frame.y, value),
    radius: 3.8 * scale,
  });
  const line = (values: readonly [number, number], role: string, dash: readonly number[]): Mark => {
    const [a, b] = [at(values[0], 0), at(values[1], 1)];
    const points = [a.x, a.y, b.x, b.y];
    return { kind: 'line', role, points, stroke: style.mark, lineWidth: 1.25 * scale, dash };
  };
  const published: Mark[] = [
    line(slope.published, `published-line:${slope.name}`, [4 * scale, 3 * scale]),
    ...slope.published.map((value, step) =>
      hollowMarker(shape, { role: `published:${slope.name}`, ...at(value, step) }, colours),
    ),
  ];
  if (slope.ours === null) return published;
  return [
    ...published,
    line(slope.ours, `ours-line:${slope.name}`, []),
    ...slope.ours.map((value, step) =>
      filledMarker(shape, { role: `ours:${slope.name}`, ...at(value, step) }, colours),
    ),
  ];
}

function layoutGroup(
  group: SlopeGroup,
  { x, width }: { readonly x: number; readonly width: number },
  view: ChartView,
): readonly Mark[] {
  const { fontSize } = densityStyle(view.density);
  const { theme } = view;
  const [top, bottom] = [fontSize * 1.9, view.height - fontSize * 2];
  const extent = finiteExtent(group.slopes.flatMap(({ published, ours }) => [...published, ...(ours ?? [])]));
  if (extent === null) return [];
  const gutter = Math.max(...group.slopes.map(({ name }) => textWidth(name, fontSize, true))) + 18;
  const frame: GroupFrame = {
    left: x + 12,
    right: x + Math.max(width - gutter - 6, 40),
    labelsAt: x + width - gutter + 14,
    y: { kind: 'linear', domain: extent, range: [bottom, top] },
  };
  const words = { fill: theme.ink2, fontSize, y: view.height - fontSize * 0.8 };
  const rules = [frame.left, frame.right].map(
    (at): Mark => ({
      kind: 'line',
      role: 'step-rule',
      points: [at, top - 4, at, bottom + 4],
      stroke: theme.rule,
      lineWidth: 1,
    }),
  );
  const ends = group.slopes.map(({ algorithm, name, published }) => ({
    role: name,
    text: name,
    color: theme.algorithms[algorithm].text,
    mark: theme.algorithms[algorithm].mark,
    endX: frame.right + 5,
    endY: toPixel(frame.y, published[1]),
  }));
  return [
    ...rules,
    textMark(group.title, { role: 'group', x, y: fontSize * 0.7, fill: theme.ink, fontSize, bold: true }),
    ...group.slopes.flatMap((slope) => slopeMarks(slope, frame, view)),
    textMark('0', { role: 'x-tick', x: frame.left, align: 'center', ...words }),
    textMark(frameWords.countedSteps(1), { role: 'x-tick', x: frame.right, align: 'center', ...words }),
    ...layoutEndLabels(ends, {
      x: frame.labelsAt,
      top: fontSize * 1.4,
      bottom: view.height - fontSize * 1.4,
      fontSize,
    }),
  ];
}

/** Lays the groups out side by side, equally wide. */
export function layoutPublishedSlopes({ groups, note }: PublishedSlopesData, view: ChartView): Scene {
  const { fontSize } = densityStyle(view.density);
  const { width, height, theme } = view;
  const each = width / Math.max(groups.length, 1);
  const marks = groups.flatMap((group, i) =>
    layoutGroup(group, { x: i * each + (i === 0 ? 0 : 12), width: each - 12 }, view),
  );
  const noteMark = textMark(note, {
    role: 'note',
    x: width - 2,
    y: fontSize * 0.7,
    align: 'right',
    fill: theme.ink2,
    fontSize,
  });
  const plot = { x: 0, y: 0, width, height };
  return { width, height, background: theme.surface, plot, marks: [...marks, noteMark] };
}
