// What dragging, keys, the brush and the eraser do to a Reaching experiment: pure functions to patches, which the
// store then checks. Positions are rounded to a hundredth, so that links stay short.
import type { Point } from '../../charts/pointer.ts';
import type { ArenaHandle } from '../../charts/reaching-handles.ts';
import type { ReachingExperiment } from '../../experiment/reaching-experiment.ts';
import { REACHING_FIELDS } from '../../experiment/reaching-fields.ts';

export type ReachingPatch = Partial<ReachingExperiment>;
type Cloud = 0 | 1 | 2;

const POSITION_LIMIT = 100;
const SPREAD_LIMIT = 50;
/** One press of an arrow key, in units of the plane; ten times as far with Shift. */
const POSITION_STEP = 0.1;
const SPREAD_STEP = 0.05;

/** As many tasks as can be painted. */
export const MAX_PAINTED =
  REACHING_FIELDS.extraTasks.kind === 'points' ? REACHING_FIELDS.extraTasks.maxPoints : 0;

const rounded = (value: number, limit: number): number =>
  Math.round(Math.min(Math.max(value, -limit), limit) * 100) / 100 || 0;
const position = (value: number): number => rounded(value, POSITION_LIMIT);
const spread = (value: number): number => Math.max(rounded(value, SPREAD_LIMIT), 0);

/** Where a handle's thing lies; of a spread: the cloud's centre. */
export function placeOf(e: ReachingExperiment, handle: ArenaHandle): Point {
  if (handle.kind === 'start') return { x: e.startX, y: e.startY };
  if (handle.kind === 'extra') {
    const [x = 0, y = 0] = e.extraTasks.slice(2 * handle.index, 2 * handle.index + 2);
    return { x, y };
  }
  if (handle.cloud === 0) return { x: e.mainX, y: e.mainY };
  if (handle.cloud === 1) return { x: e.firstNoiseX, y: e.firstNoiseY };
  return { x: e.secondNoiseX, y: e.secondNoiseY };
}

export function spreadOf(e: ReachingExperiment, cloud: Cloud): number {
  return [e.mainSpread, e.firstNoiseSpread, e.secondNoiseSpread][cloud]!;
}

/** Tasks in a cloud; a cloud without any has nothing to take hold of. */
export function countOf(e: ReachingExperiment, cloud: Cloud): number {
  return [e.mainCount, e.firstNoiseCount, e.secondNoiseCount][cloud]!;
}

/** Whether the handle is offered: the goal always is, a noise cloud while it has tasks. */
export function isOffered(e: ReachingExperiment, handle: ArenaHandle): boolean {
  if (handle.kind === 'start' || handle.kind === 'extra') return true;
  return countOf(e, handle.cloud) > 0 || (handle.cloud === 0 && handle.kind === 'centre');
}

/** Moves a centre, the start or a painted task there. */
export function movedTo(e: ReachingExperiment, handle: ArenaHandle, to: Point): ReachingPatch {
  const [x, y] = [position(to.x), position(to.y)];
  if (handle.kind === 'start') return { startX: x, startY: y };
  if (handle.kind === 'extra') {
    const extraTasks = [...e.extraTasks];
    extraTasks.splice(2 * handle.index, 2, x, y);
    return { extraTasks };
  }
  if (handle.kind === 'spread') return {};
  if (handle.cloud === 0) return { mainX: x, mainY: y };
  return handle.cloud === 1 ? { firstNoiseX: x, firstNoiseY: y } : { secondNoiseX: x, secondNoiseY: y };
}

export function withSpread(cloud: Cloud, value: number): ReachingPatch {
  const next = spread(value);
  if (cloud === 0) return { mainSpread: next };
  return cloud === 1 ? { firstNoiseSpread: next } : { secondNoiseSpread: next };
}

/** One press of an arrow key on a handle; up and right make a spread larger. */
export function nudged(
  e: ReachingExperiment,
  handle: ArenaHandle,
  [right, up]: readonly [number, number],
  isCoarse: boolean,
): ReachingPatch {
  const factor = isCoarse ? 10 : 1;
  if (handle.kind === 'spread') {
    return withSpread(handle.cloud, spreadOf(e, handle.cloud) + (right + up) * SPREAD_STEP * factor);
  }
  const { x, y } = placeOf(e, handle);
  const by = POSITION_STEP * factor;
  return movedTo(e, handle, { x: x + right * by, y: y + up * by });
}

/** With one more painted task; null when there are as many as there can be. */
export function painted(e: ReachingExperiment, at: Point): ReachingPatch | null {
  if (e.extraTasks.length / 2 >= MAX_PAINTED) return null;
  return { extraTasks: [...e.extraTasks, position(at.x), position(at.y)] };
}

/** Without the painted tasks within `radius` of a place; null when there are none. */
export function erasedAround(e: ReachingExperiment, at: Point, radius: number): ReachingPatch | null {
  const kept: number[] = [];
  for (let i = 0; i + 1 < e.extraTasks.length; i += 2) {
    const [x, y] = [e.extraTasks[i]!, e.extraTasks[i + 1]!];
    if (Math.hypot(x - at.x, y - at.y) > radius) kept.push(x, y);
  }
  return kept.length === e.extraTasks.length ? null : { extraTasks: kept };
}

/** Without one painted task. */
export function erased(e: ReachingExperiment, index: number): ReachingPatch {
  return { extraTasks: e.extraTasks.filter((_, i) => i >> 1 !== index) };
}
