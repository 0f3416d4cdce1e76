// Spokes from θ to the parameters adapted to a few tasks: how long they are drawn, and the note that says so.
import type { AlgorithmId } from '../experiment/experiment.ts';
import { parameterSpaceWords } from '../words/charts/parameter-space.ts';
import { clearanceOf } from './free-place.ts';
import { type ChartView, densityStyle, type Mark, type Rect } from './scene.ts';
import { textBox, textMark } from './text.ts';

/** One run in the plane, in pixels. */
export interface PlaneRun {
  readonly algorithm: AlgorithmId;
  readonly path: Float64Array;
  readonly adapted: Float64Array;
  /** θ at the moment shown, in pixels; null when it is unknown or not finite. */
  readonly now: { readonly x: number; readonly y: number } | null;
}

const MAGNIFICATIONS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/** The longest spoke, drawn, takes between these shares of the plot's smaller side. */
const SPOKE_SHARES = [0.08, 0.25] as const;

/**
 * One factor for all spokes. An inner step is short beside the whole way of θ, and mostly leaves the plane of the
 * paths: at true length its spoke would hide under the marker. `previous` is kept while it serves.
 */
export function stepMagnification(previous: number, runs: readonly PlaneRun[], plot: Rect): number {
  let longest = 0;
  for (const { now, adapted } of runs) {
    if (now === null) continue;
    for (let i = 0; i + 1 < adapted.length; i += 2) {
      const length = Math.hypot(adapted[i]! - now.x, adapted[i + 1]! - now.y);
      if (Number.isFinite(length)) longest = Math.max(longest, length);
    }
  }
  const [least, most] = SPOKE_SHARES.map((share) => share * Math.min(plot.width, plot.height)) as [
    number,
    number,
  ];
  const drawn = longest * previous;
  if (longest === 0 || (drawn >= least && drawn <= most)) return previous;
  return MAGNIFICATIONS.findLast((factor) => factor * longest <= most) ?? 1;
}

/** The run with its adapted points moved away from θ by `factor`. */
export function magnifySpokes(run: PlaneRun, factor: number): PlaneRun {
  const { now, adapted } = run;
  if (now === null || factor === 1) return run;
  const origin = [now.x, now.y];
  return { ...run, adapted: adapted.map((at, i) => origin[i % 2]! + factor * (at - origin[i % 2]!)) };
}

/** Thin lines from θ to each θ′ and a ✕ at its end. */
export function layoutSpokes(run: PlaneRun, focus: AlgorithmId | null, view: ChartView): readonly Mark[] {
  const { now, adapted } = run;
  if (now === null) return [];
  const { scale } = densityStyle(view.density);
  const style = view.theme.algorithms[run.algorithm];
  const strong = focus === null || focus === run.algorithm;
  const opacity = strong ? 0.75 : 0.3;
  const marks: Mark[] = [];
  for (let i = 0; i + 1 < adapted.length; i += 2) {
    const x = adapted[i]!;
    const y = adapted[i + 1]!;
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    const points = [now.x, now.y, x, y];
    const role = `spoke:${run.algorithm}`;
    marks.push({ kind: 'line', role, points, stroke: style.mark, lineWidth: scale, opacity });
    marks.push({
      kind: 'marker',
      role: `adapted:${run.algorithm}`,
      shape: 'cross',
      x,
      y,
      radius: 3.6 * scale,
      fill: null,
      stroke: style.mark,
      lineWidth: 1.5 * scale,
      opacity: strong ? 1 : 0.4,
    });
  }
  return marks;
}

/** Eight vertices per segment, so that distances to vertices stand for distances to the line. */
export function subdivide(points: ArrayLike<number>): readonly number[] {
  const out: number[] = [];
  for (let i = 0; i + 3 < points.length; i += 2) {
    for (let part = 0; part < 8; part++) {
      const t = part / 8;
      out.push(
        points[i]! + t * (points[i + 2]! - points[i]!),
        points[i + 1]! + t * (points[i + 3]! - points[i + 1]!),
      );
    }
  }
  return out;
}

/** How the spokes are drawn, and in which corner of the plot that is said (0…3). */
export interface SpokeStyle {
  readonly magnification: number;
  readonly corner: number;
}

/** "✕ adapted, moves × 20" in a corner clear of the paths; it stays there while it is clear. */
export function layoutSpokeNote(
  runs: readonly PlaneRun[],
  style: SpokeStyle,
  plot: Rect,
  view: ChartView,
): { readonly marks: readonly Mark[]; readonly corner: number } {
  if (runs.every((run) => run.adapted.length === 0)) return { marks: [], corner: style.corner };
  const { magnification } = style;
  const { fontSize } = densityStyle(view.density);
  const text =
    magnification === 1 ? parameterSpaceWords.adapted : parameterSpaceWords.adaptedMagnified(magnification);
  const box = textBox(text, { x: 0, y: 0, fontSize });
  const obstacles = runs.flatMap((run) => [subdivide(run.path), run.adapted]);
  const taken = runs.flatMap(({ now }) =>
    now === null ? [] : [{ x: now.x - 6, y: now.y - 6, width: 12, height: 12 }],
  );
  const corners = [plot.y + box.height / 2, plot.y + plot.height - box.height / 2].flatMap((y) =>
    [plot.x, plot.x + plot.width - box.width].map((x) => ({ x, y })),
  );
  const clearance = ({ x, y }: { x: number; y: number }) =>
    clearanceOf({ ...box, x, y: y - box.height / 2 }, { obstacles, taken });
  const clearances = corners.map(clearance);
  const stays = clearances[style.corner]! >= fontSize / 3;
  const corner = stays ? style.corner : clearances.indexOf(Math.max(...clearances));
  const look = { fill: view.theme.ink2, fontSize, halo: view.theme.surface };
  const mark = textMark(text, { role: 'magnification', ...corners[corner]!, ...look });
  return { marks: [mark], corner };
}
