// The agents of the Reaching arena: trails over halos, markers, and names that keep off markers, edges, other names
// and, where they can, off trails. A name keeps its side of the marker while that is free, so that it does not hop.
import type { ReachingRun } from '../algorithms/reaching-run.ts';
import type { Strategy } from '../experiment/experiment.ts';
import { filledMarker } from './markers.ts';
import { type ScreenPlane, toPixels, toScreen } from './plane.ts';
import { isInside, type Point } from './pointer.ts';
import { type ChartView, densityStyle, type Mark, overlaps, type Rect } from './scene.ts';
import { textBox, textMark } from './text.ts';

/** An agent where it is drawn. */
export interface ShownAgent {
  readonly strategy: Strategy;
  /** In plane units. */
  readonly place: Point;
  /** In pixels. */
  readonly at: Point;
  /** Its way so far, flat pixels. */
  readonly trail: Float64Array;
}

/** Where the agent is between iteration `t` and the next, `fraction` 0 … 1 of the way; at the end of the run: there. */
export function agentPlace(run: ReachingRun, t: number, fraction: number): Point {
  const from = Math.min(Math.max(t, 0), run.iterations);
  const to = Math.min(from + 1, run.iterations);
  const mix = (axis: 0 | 1): number => {
    const start = run.path[2 * from + axis]!;
    return start + fraction * (run.path[2 * to + axis]! - start);
  };
  return { x: mix(0), y: mix(1) };
}

/** The agent of a run with its trail up to the moment shown. */
export function showAgent(
  run: ReachingRun,
  moment: { readonly iteration: number; readonly fraction: number },
  plane: ScreenPlane,
): ShownAgent {
  const t = Math.min(Math.max(moment.iteration, 0), run.iterations);
  const place = agentPlace(run, t, moment.fraction);
  const way = new Float64Array(2 * t + 4);
  way.set(run.path.subarray(0, 2 * t + 2));
  way.set([place.x, place.y], 2 * t + 2);
  return {
    strategy: run.strategy,
    place,
    at: toScreen(plane, place.x, place.y),
    trail: toPixels(plane, way),
  };
}

/** The agents in painting order: the one in focus over the others. */
export function focusLast(agents: readonly ShownAgent[], focus: Strategy | null): readonly ShownAgent[] {
  return [...agents].sort((a, b) => Number(a.strategy === focus) - Number(b.strategy === focus));
}

/** 2.25 px over a 5-px halo of the surface, so that crossing trails read as over and under. */
export function layoutTrails(
  agents: readonly ShownAgent[],
  plane: ScreenPlane,
  view: ChartView,
): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  return agents.flatMap(({ strategy, trail }): Mark[] => {
    const style = view.theme.agents[strategy];
    const line = { kind: 'line' as const, points: trail, clip: plane.plot };
    return [
      { ...line, role: 'halo', stroke: view.theme.surface, lineWidth: 5 * scale },
      {
        ...line,
        role: `trail:${strategy}`,
        stroke: style.mark,
        lineWidth: 2.25 * scale,
        dash: style.dash.map((d) => d * scale),
      },
    ];
  });
}

const RADIUS = 6.5;

/** Markers, in the order given; the focused strategy's is larger. */
export function layoutAgentMarkers(
  agents: readonly ShownAgent[],
  focus: Strategy | null,
  plane: ScreenPlane,
  view: ChartView,
): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  return agents.flatMap(({ strategy, at }) => {
    if (!isInside(plane.plot, at)) return [];
    const style = view.theme.agents[strategy];
    const radius = (strategy === focus ? RADIUS + 1.5 : RADIUS) * scale;
    return [
      {
        ...filledMarker(
          style.marker,
          { role: `agent:${strategy}`, ...at, radius },
          { mark: style.mark, surface: view.theme.surface },
        ),
        lineWidth: 1.5 * scale,
      },
    ];
  });
}

/** From a marker's centre to its name's centre, by the name of what is labelled. */
export type NameOffsets = ReadonlyMap<string, Point>;

/** Something that wants a name beside it. */
export interface NamedPlace {
  readonly id: string;
  readonly text: string;
  readonly at: Point;
  readonly color: string;
  /** Colour of the leader. */
  readonly mark: string;
  readonly bold: boolean;
}

interface Around {
  readonly plot: Rect;
  /** Never covered. */
  readonly taken: readonly Rect[];
  /** Flat pixel points better left free. */
  readonly avoid: readonly ArrayLike<number>[];
}

/** Right and left first: words read on from their marker. */
const DIRECTIONS: readonly Point[] = [0, 180, 270, 90, 315, 45, 225, 135].map((degrees) => ({
  x: Math.cos((degrees * Math.PI) / 180),
  y: Math.sin((degrees * Math.PI) / 180),
}));
const DISTANCES = [11, 20, 32, 46, 62, 80];
/** A name stays where it is unless another place is better by this much. */
const LOYALTY = 14;

function boxAround(at: Point, offset: Point, extent: { width: number; height: number }): Rect {
  return {
    x: at.x + offset.x - extent.width / 2,
    y: at.y + offset.y - extent.height / 2,
    width: extent.width,
    height: extent.height,
  };
}

function pointsInside(box: Rect, lists: readonly ArrayLike<number>[]): number {
  let inside = 0;
  for (const points of lists) {
    for (let i = 0; i + 1 < points.length; i += 2) {
      const x = points[i]!;
      const y = points[i + 1]!;
      if (x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height) inside++;
    }
  }
  return inside;
}

/** How bad a place is; ∞ where it is cut or covers what must stay free. */
function costOf(box: Rect, offset: Point, around: Around): number {
  const { plot } = around;
  const within =
    box.x >= plot.x + 1 &&
    box.y >= plot.y + 1 &&
    box.x + box.width <= plot.x + plot.width - 1 &&
    box.y + box.height <= plot.y + plot.height - 1;
  if (!within || around.taken.some((rect) => overlaps(rect, box))) return Number.POSITIVE_INFINITY;
  const hits = pointsInside(box, around.avoid);
  return Math.hypot(offset.x, offset.y) * 0.5 + Math.min(hits, 12) * 3;
}

/** The least costly offset; null when every place is cut or taken. */
function bestOffset(
  named: NamedPlace,
  extent: { width: number; height: number },
  around: Around,
  previous: Point | undefined,
): Point | null {
  let best: Point | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const distance of DISTANCES) {
    for (const { x, y } of DIRECTIONS) {
      const offset = { x: x * (distance + extent.width / 2), y: y * (distance + extent.height / 2) };
      const cost = costOf(boxAround(named.at, offset, extent), offset, around);
      if (cost < least) {
        best = offset;
        least = cost;
      }
    }
  }
  if (previous === undefined) return best;
  const kept = costOf(boxAround(named.at, previous, extent), previous, around);
  return kept <= least + LOYALTY && Number.isFinite(kept) ? previous : best;
}

/** A thin line from the marker to a name that had to move away. */
function leader(named: NamedPlace, box: Rect): readonly Mark[] {
  const x = Math.min(Math.max(named.at.x, box.x - 2), box.x + box.width + 2);
  const y = Math.min(Math.max(named.at.y, box.y), box.y + box.height);
  if (Math.hypot(x - named.at.x, y - named.at.y) < 15) return [];
  return [
    {
      kind: 'line',
      role: `leader:${named.id}`,
      points: [named.at.x, named.at.y, x, y],
      stroke: named.mark,
      lineWidth: 1,
      opacity: 0.6,
    },
  ];
}

/** Names, each beside its place; a name for which there is no free place is left out. */
export function layoutNames(
  places: readonly NamedPlace[],
  around: Around,
  view: ChartView,
  previous: NameOffsets | null,
): { readonly marks: readonly Mark[]; readonly offsets: NameOffsets } {
  const { fontSize } = densityStyle(view.density);
  const taken = [...around.taken];
  const offsets = new Map<string, Point>();
  const leaders: Mark[] = [];
  const words: Mark[] = [];
  for (const named of places) {
    if (!isInside(around.plot, named.at)) continue;
    const extent = textBox(named.text, { x: 0, y: 0, fontSize, bold: named.bold });
    const offset = bestOffset(named, extent, { ...around, taken }, previous?.get(named.id));
    if (offset === null) continue;
    const box = boxAround(named.at, offset, extent);
    offsets.set(named.id, offset);
    taken.push({ x: box.x - 2, y: box.y - 1, width: box.width + 4, height: box.height + 2 });
    leaders.push(...leader(named, box));
    words.push(
      textMark(named.text, {
        role: `label:${named.id}`,
        x: box.x + box.width / 2,
        y: box.y + box.height / 2,
        align: 'center',
        fill: named.color,
        fontSize,
        bold: named.bold,
        halo: view.theme.surface,
      }),
    );
  }
  return { marks: [...leaders, ...words], offsets };
}
