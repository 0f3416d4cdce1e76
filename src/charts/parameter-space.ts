// θ's path per algorithm in one plane, with spokes to the parameters adapted to a few tasks: the papers' Figure 1,
// from real parameters. Equal aspect; the frame steps, so that it does not breathe with every point.
import type { AlgorithmId } from '../experiment/experiment.ts';
import type { ParameterSpace } from '../training/session-events.ts';
import { parameterSpaceWords } from '../words/charts/parameter-space.ts';
import { decimal } from '../words/numbers.ts';
import { emptyMessage } from './axes.ts';
import { drawScene, type Pen2D } from './draw-scene.ts';
import { clearanceOf } from './free-place.ts';
import { spreadLabels } from './labels.ts';
import { filledMarker } from './markers.ts';
import {
  layoutSpokeNote,
  layoutSpokes,
  magnifySpokes,
  type PlaneRun,
  type SpokeStyle,
  stepMagnification,
  subdivide,
} from './plane-spokes.ts';
import { boundsOf, type PlaneWindow, projector, stepPlaneWindow, type ToPixels } from './plane-window.ts';
import { groupThousands } from './scales.ts';
import { type ChartView, densityStyle, type Mark, type Rect, type Scene } from './scene.ts';
import type { ChartTable } from './table.ts';
import { shiftInside, textBox, textMark, textWidth } from './text.ts';

export interface ParameterSpaceData {
  readonly space: ParameterSpace | null;
  /** Whose spokes are drawn strong and named "θ′, task n"; null: all alike. */
  readonly focus: AlgorithmId | null;
  /** The meta-iteration at which the paths end; null: now. Spokes are known only of now. */
  readonly scrubIteration: number | null;
}

type SpaceRun = ParameterSpace['runs'][number];

/** One run as shown. */
interface ShownPath extends SpaceRun {
  /** Whether the last point is the run's θ at the moment shown: a resumed run may have been elsewhere then. */
  readonly isArrived: boolean;
}

/** The runs up to the moment shown, live with their spokes. */
function shownPaths({ space, scrubIteration }: ParameterSpaceData): readonly ShownPath[] {
  return (space?.runs ?? []).map((run) => {
    if (scrubIteration === null) return { ...run, isArrived: true };
    const count = run.iterations.findLastIndex((iteration) => iteration <= scrubIteration) + 1;
    return {
      ...run,
      path: run.path.subarray(0, 2 * count),
      iterations: run.iterations.slice(0, count),
      adapted: new Float32Array(0),
      // A run that diverged has stayed where its path ends.
      isArrived: run.iterations[count - 1] === scrubIteration || count === run.iterations.length,
    };
  });
}

export interface ParameterScene extends Scene {
  readonly window: PlaneWindow | null;
  /** Spokes are drawn longer than true, and the picture says so. */
  readonly spokes: SpokeStyle;
}

function projectRuns(paths: readonly ShownPath[], toPixels: ToPixels): readonly PlaneRun[] {
  return paths.map((run) => {
    const path = toPixels(run.path);
    const x = path.at(-2) ?? Number.NaN;
    const y = path.at(-1) ?? Number.NaN;
    const now = run.isArrived && Number.isFinite(x) && Number.isFinite(y) ? { x, y } : null;
    return { algorithm: run.algorithm, path, adapted: toPixels(run.adapted), now };
  });
}

/** 2.25 px over a halo of the surface, so that crossing trails read as over and under. */
function layoutTrail(run: PlaneRun, view: ChartView): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  const style = view.theme.algorithms[run.algorithm];
  const points = run.path;
  const role = `trail:${run.algorithm}`;
  const dash = style.dash.map((d) => d * scale);
  return [
    { kind: 'line', role: 'halo', points, stroke: view.theme.surface, lineWidth: 5 * scale },
    { kind: 'line', role, points, stroke: style.mark, lineWidth: 2.25 * scale, dash },
  ];
}

function layoutNow(run: PlaneRun, view: ChartView): readonly Mark[] {
  if (run.now === null) return [];
  const { scale } = densityStyle(view.density);
  const style = view.theme.algorithms[run.algorithm];
  const at = { role: `now:${run.algorithm}`, ...run.now, radius: 5 * scale };
  return [filledMarker(style.marker ?? 'circle', at, { mark: style.mark, surface: view.theme.surface })];
}

/** Names in the right margin, in the order of height, tied to their markers. */
function layoutNames(runs: readonly PlaneRun[], plot: Rect, view: ChartView): readonly Mark[] {
  const { fontSize } = densityStyle(view.density);
  const named = runs.flatMap((run) => (run.now === null ? [] : [{ algorithm: run.algorithm, ...run.now }]));
  const height = fontSize * 1.2;
  const bounds = [plot.y + height / 2, plot.y + plot.height - height / 2] as const;
  const ys = spreadLabels(
    named.map((run) => run.y),
    height,
    bounds,
  );
  const x = plot.x + plot.width + 10;
  return named.flatMap((run, i): Mark[] => {
    const style = view.theme.algorithms[run.algorithm];
    const y = ys[i]!;
    const points = [run.x, run.y, x - 2, y];
    return [
      {
        kind: 'line',
        role: `leader:${run.algorithm}`,
        points,
        stroke: style.mark,
        lineWidth: 1,
        opacity: 0.35,
      },
      textMark(style.label, { role: `label:${run.algorithm}`, x, y, fill: style.text, fontSize, bold: true }),
    ];
  });
}

/** Where "θ at 0" meets no trail, spoke or marker, as near to the start as that allows. */
function freeBoxAround(
  start: { x: number; y: number },
  runs: readonly PlaneRun[],
  plot: Rect,
  fontSize: number,
): Rect {
  const text = `θ ${parameterSpaceWords.start}`;
  const size = { ...textBox(text, { x: 0, y: 0, fontSize }), width: textWidth(text, fontSize) + 2 };
  const obstacles = runs.flatMap((run) => [subdivide(run.path), run.adapted]);
  const taken = runs.flatMap(({ now }) =>
    now === null ? [] : [{ x: now.x - 6, y: now.y - 6, width: 12, height: 12 }],
  );
  let best: Rect = { ...size, x: start.x, y: start.y };
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const away of [7, 14]) {
    for (let eighth = 0; eighth < 8; eighth++) {
      const angle = (eighth * Math.PI) / 4;
      const x = start.x + Math.cos(angle) * (away + size.width / 2) - size.width / 2;
      const y = start.y + Math.sin(angle) * (away + size.height / 2) - size.height / 2;
      const shift = shiftInside({ ...size, x, y }, plot);
      const box = { ...size, x: x + shift.dx, y: y + shift.dy };
      const score = clearanceOf(box, { obstacles, taken }) - away / 7;
      if (score > bestScore) {
        best = box;
        bestScore = score;
      }
    }
  }
  return best;
}

/** "θ at 0" beside the common start, where no name or marker stands; θ in serif italic. */
function layoutStart(runs: readonly PlaneRun[], plot: Rect, view: ChartView): readonly Mark[] {
  const { fontSize, scale } = densityStyle(view.density);
  const start = runs.find((run) => Number.isFinite(run.path[0]) && Number.isFinite(run.path[1]));
  if (start === undefined) return [];
  const [x, y] = [start.path[0]!, start.path[1]!];
  const dot: Mark = {
    kind: 'marker',
    role: 'start',
    shape: 'circle',
    x,
    y,
    radius: 2.5 * scale,
    fill: view.theme.ink,
    stroke: view.theme.surface,
    lineWidth: 1,
  };
  const box = freeBoxAround({ x, y }, runs, plot, fontSize);
  const common = { y: box.y + box.height / 2, fill: view.theme.ink2, fontSize, halo: view.theme.surface };
  const symbolWidth = fontSize * 0.58;
  return [
    dot,
    textMark('θ', { ...common, role: 'start-symbol', x: box.x, symbol: true }),
    textMark(parameterSpaceWords.start, { ...common, role: 'start-label', x: box.x + symbolWidth + 3 }),
  ];
}

function plotOf(view: ChartView, names: readonly string[]): Rect {
  const { fontSize, scale } = densityStyle(view.density);
  const pad = 8 * scale;
  const gutter = Math.max(0, ...names.map((name) => textWidth(name, fontSize, true))) + 12;
  return {
    x: pad,
    y: pad,
    width: Math.max(view.width - pad - gutter, 1),
    height: Math.max(view.height - 2 * pad, 1),
  };
}

const PLAIN_SPOKES: SpokeStyle = { magnification: 1, corner: 0 };

/** Lays the chart out. `previous`: its last scene, whose window is kept until the paths leave it. */
export function layoutParameterSpace(
  data: ParameterSpaceData,
  view: ChartView,
  previous: ParameterScene | null = null,
): ParameterScene {
  const { space } = data;
  const names = space?.runs.map((run) => view.theme.algorithms[run.algorithm].label) ?? [];
  const plot = plotOf(view, names);
  const scene = { width: view.width, height: view.height, background: view.theme.surface, plot };
  const window =
    space === null ? null : stepPlaneWindow(previous?.window ?? null, space, plot.width / plot.height);
  if (space === null || window === null || boundsOf(space) === null) {
    return {
      ...scene,
      window: previous?.window ?? null,
      spokes: previous?.spokes ?? PLAIN_SPOKES,
      marks: [...layoutCross(plot, view), emptyMessage(view, plot)],
    };
  }
  // The window holds the whole paths, so that it stands still while the user scrubs.
  const trueRuns = projectRuns(shownPaths(data), projector(window, plot));
  const before = previous?.spokes ?? PLAIN_SPOKES;
  const magnification = stepMagnification(before.magnification, trueRuns, plot);
  const runs = trueRuns.map((run) => magnifySpokes(run, magnification));
  const note = layoutSpokeNote(runs, { ...before, magnification }, plot, view);
  const canvas = { x: 0, y: 0, width: view.width, height: view.height };
  const inPlot = [
    ...runs.flatMap((run) => layoutSpokes(run, data.focus, view)),
    ...runs.flatMap((run) => layoutTrail(run, view)),
  ].map((mark): Mark => ({ ...mark, clip: canvas }));
  return {
    ...scene,
    window,
    spokes: { magnification, corner: note.corner },
    marks: [
      ...inPlot,
      ...note.marks,
      ...layoutNames(runs, plot, view),
      ...layoutStart(runs, plot, view),
      ...runs.flatMap((run) => layoutNow(run, view)),
    ],
  };
}

/** Two axes through the middle: the plane before there is anything in it. */
function layoutCross(plot: Rect, view: ChartView): readonly Mark[] {
  const x = Math.round(plot.x + plot.width / 2) + 0.5;
  const y = Math.round(plot.y + plot.height / 2) + 0.5;
  const line = (role: string, points: readonly number[]): Mark => ({
    kind: 'line',
    role,
    points,
    stroke: view.theme.rule,
    lineWidth: 1,
  });
  return [
    line('first-component', [plot.x, y, plot.x + plot.width, y]),
    line('second-component', [x, plot.y, x, plot.y + plot.height]),
  ];
}

export function drawParameterSpace(ctx: Pen2D, scene: ParameterScene): void {
  drawScene(ctx, scene);
}

/** "Paths of θ up to iteration 400: MAML, 41 points, 2.1 from the start; …; the plane shows 93 % of …" */
export function summariseParameterSpace(
  data: ParameterSpaceData,
  labelOf: (id: AlgorithmId) => string,
): string {
  if (data.space === null) return parameterSpaceWords.notTrained;
  const parts = shownPaths(data).map(({ algorithm, path }) => {
    const dx = (path.at(-2) ?? 0) - (path[0] ?? 0);
    const dy = (path.at(-1) ?? 0) - (path[1] ?? 0);
    return parameterSpaceWords.path(
      labelOf(algorithm),
      path.length / 2,
      decimal(Math.hypot(dx, dy).toPrecision(2)),
    );
  });
  const share = Math.round(data.space.explainedVariance * 100);
  const paths = parts.join('; ');
  return data.scrubIteration === null
    ? parameterSpaceWords.summary(paths, share)
    : parameterSpaceWords.summaryUntil(paths, share, groupThousands(data.scrubIteration));
}

/** One row per point: algorithm, kind (path or adapted), meta-iteration, index, both components. */
export function tableParameterSpace(
  data: ParameterSpaceData,
  labelOf: (id: AlgorithmId) => string,
): ChartTable {
  const rows = shownPaths(data).flatMap((run) =>
    (['path', 'adapted'] as const).flatMap((kind) =>
      Array.from({ length: run[kind].length / 2 }, (_, i) => [
        labelOf(run.algorithm),
        kind,
        (kind === 'path' ? run.iterations[i] : run.iterations.at(-1)) ?? 0,
        i,
        run[kind][2 * i]!,
        run[kind][2 * i + 1]!,
      ]),
    ),
  );
  return { columns: ['algorithm', 'kind', 'iteration', 'index', 'first', 'second'], rows };
}
