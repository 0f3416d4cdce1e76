// What can be taken hold of in the Reaching arena: centres, spreads, the start, painted tasks. Where each handle
// lies, which one is under the pointer, what it is called, and how hover and keyboard focus show.
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import { arenaWords } from '../words/charts/reaching-arena.ts';
import { type ScreenPlane, toScreen } from './plane.ts';
import type { Point } from './pointer.ts';
import { isInside } from './pointer.ts';
import { cloudsOf } from './reaching-plane.ts';
import { type ChartView, densityStyle, type Mark } from './scene.ts';

export type ArenaHandle =
  /** `cloud` is an index into REACHING_CLOUDS. */
  | { readonly kind: 'centre'; readonly cloud: 0 | 1 | 2 }
  | { readonly kind: 'spread'; readonly cloud: 0 | 1 | 2 }
  | { readonly kind: 'start' }
  /** Index of a painted task. */
  | { readonly kind: 'extra'; readonly index: number };

export interface PlacedHandle extends Point {
  readonly handle: ArenaHandle;
}

/** Spread handles sit on the 1σ ring to the lower right, but never so near that they hide the centre's handle. */
const SPREAD_ANGLE = -Math.PI / 4;
const LEAST_SPREAD_PX = 26;

/** All handles in the keyboard's order: each cloud's centre and spread, the start, painted tasks. */
export function placeHandles(experiment: ReachingExperiment, plane: ScreenPlane): readonly PlacedHandle[] {
  const placed: PlacedHandle[] = [];
  for (const { index, x, y, spread } of cloudsOf(experiment)) {
    const centre = toScreen(plane, x, y);
    const away = Math.max(spread * plane.unit, LEAST_SPREAD_PX);
    placed.push({ handle: { kind: 'centre', cloud: index }, ...centre });
    placed.push({
      handle: { kind: 'spread', cloud: index },
      x: centre.x + away * Math.cos(SPREAD_ANGLE),
      y: centre.y - away * Math.sin(SPREAD_ANGLE),
    });
  }
  placed.push({ handle: { kind: 'start' }, ...toScreen(plane, experiment.startX, experiment.startY) });
  for (let i = 0; 2 * i + 1 < experiment.extraTasks.length; i++) {
    const at = toScreen(plane, experiment.extraTasks[2 * i]!, experiment.extraTasks[2 * i + 1]!);
    placed.push({ handle: { kind: 'extra', index: i }, ...at });
  }
  return placed;
}

/** The visible handle nearest to `at` within `reach` pixels (see reachOf); null if there is none. */
export function hitArena(
  handles: readonly PlacedHandle[],
  at: Point,
  { reach, plane }: { readonly reach: number; readonly plane: ScreenPlane },
): ArenaHandle | null {
  let best: ArenaHandle | null = null;
  let least = reach;
  for (const placed of handles) {
    const distance = Math.hypot(placed.x - at.x, placed.y - at.y);
    if (distance > least || !isInside(plane.plot, placed)) continue;
    best = placed.handle;
    least = distance;
  }
  return best;
}

/** The spread that a spread handle dragged to `at` stands for: its distance from the centre, in plane units. */
export function spreadAt(
  experiment: ReachingExperiment,
  plane: ScreenPlane,
  drag: { readonly cloud: 0 | 1 | 2; readonly at: Point },
): number {
  const cloud = cloudsOf(experiment)[drag.cloud]!;
  const centre = toScreen(plane, cloud.x, cloud.y);
  return Math.hypot(drag.at.x - centre.x, drag.at.y - centre.y) / plane.unit;
}

export function isSameHandle(a: ArenaHandle | null, b: ArenaHandle | null): boolean {
  if (a === null || b === null || a.kind !== b.kind) return a === b;
  if (a.kind === 'extra') return b.kind === 'extra' && a.index === b.index;
  if (a.kind === 'start') return true;
  return b.kind === a.kind && a.cloud === b.cloud;
}

/** "centre of the main cloud", "spread of the first noise cloud", "start", "painted task 2". */
export function nameHandle(handle: ArenaHandle): string {
  switch (handle.kind) {
    case 'centre':
      return arenaWords.centres[handle.cloud]!;
    case 'spread':
      return arenaWords.spreads[handle.cloud]!;
    case 'start':
      return arenaWords.start;
    case 'extra':
      return arenaWords.painted(handle.index + 1);
    default:
      return handle satisfies never;
  }
}

function ring(role: string, at: Point, look: { radius: number; stroke: string; lineWidth: number }): Mark {
  return { kind: 'marker', role, shape: 'circle', x: at.x, y: at.y, fill: null, ...look };
}

/** The handles' own marks: knobs on the 1σ rings; a ring under the pointer; the focus ring of the keyboard's handle. */
export function layoutHandles(
  handles: readonly PlacedHandle[],
  state: { readonly hovered: ArenaHandle | null; readonly focused: ArenaHandle | null },
  plane: ScreenPlane,
  view: ChartView,
): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  const { theme } = view;
  return handles.flatMap((placed): Mark[] => {
    if (!isInside(plane.plot, placed)) return [];
    const { handle } = placed;
    const marks: Mark[] = [];
    if (handle.kind === 'spread') {
      marks.push({
        ...ring('knob', placed, { radius: 3.5 * scale, stroke: theme.axis, lineWidth: 1.25 * scale }),
        fill: theme.surface,
      } as Mark);
    }
    if (isSameHandle(handle, state.hovered)) {
      marks.push(ring('hovered', placed, { radius: 9 * scale, stroke: theme.ink2, lineWidth: 1.25 * scale }));
    }
    if (isSameHandle(handle, state.focused)) {
      marks.push(
        ring('focus-halo', placed, { radius: 11 * scale, stroke: theme.surface, lineWidth: 5 * scale }),
      );
      marks.push(ring('focus', placed, { radius: 11 * scale, stroke: theme.focus, lineWidth: 2 * scale }));
    }
    return marks;
  });
}
