// What dragging and keys do to the user's task: pure functions from task to task. Points keep their offset from the
// true curve, so they ride along when the curve is moved.
import type { UserTask } from '../../state/store-types.ts';

export const MAX_POINTS = 50;
export const AMPLITUDE_LIMIT = 10;
const TURN = 2 * Math.PI;

/** y = A sin(x − φ). */
export function trueValue(task: Pick<UserTask, 'amplitude' | 'phase'>, x: number): number {
  return task.amplitude * Math.sin(x - task.phase);
}

export interface PlanePoint {
  readonly x: number;
  readonly y: number;
}

/** Moves a point to (x, y). */
export function movePoint(task: UserTask, index: number, to: PlanePoint): UserTask {
  const moved = { x: to.x, offset: to.y - trueValue(task, to.x) };
  return { ...task, points: task.points.map((point, i) => (i === index ? moved : point)) };
}

/** Moves a point by (dx, dy) from where it is, x kept inside [xMin, xMax]. */
export function nudgePoint(
  task: UserTask,
  index: number,
  by: { readonly dx: number; readonly dy: number; readonly xMin: number; readonly xMax: number },
): UserTask {
  const point = task.points[index];
  if (point === undefined) return task;
  const y = trueValue(task, point.x) + point.offset;
  const x = Math.min(by.xMax, Math.max(by.xMin, point.x + by.dx));
  return movePoint(task, index, { x, y: y + by.dy });
}

/** Adds a point; at MAX_POINTS the task stays as it is. */
export function addPoint(task: UserTask, at: PlanePoint): UserTask {
  if (task.points.length >= MAX_POINTS) return task;
  return { ...task, points: [...task.points, { x: at.x, offset: at.y - trueValue(task, at.x) }] };
}

/** Adds a point on the curve in the middle of the widest gap between points (and the ends of the range). */
export function addPointInGap(task: UserTask, xMin: number, xMax: number): UserTask {
  const xs = [xMin, ...task.points.map((point) => point.x).sort((a, b) => a - b), xMax];
  let widest = { from: xMin, width: -1 };
  for (let i = 1; i < xs.length; i++) {
    const width = xs[i]! - xs[i - 1]!;
    if (width > widest.width) widest = { from: xs[i - 1]!, width };
  }
  const x = widest.from + widest.width / 2;
  return addPoint(task, { x, y: trueValue(task, x) });
}

/** Removes a point. The last one stays: without any there is nothing to adapt on. */
export function removePoint(task: UserTask, index: number): UserTask {
  if (task.points.length <= 1) return task;
  return { ...task, points: task.points.filter((_, i) => i !== index) };
}

/** The phase in [0, 2π). */
function wrapped(phase: number): number {
  return ((phase % TURN) + TURN) % TURN;
}

export function withPhase(task: UserTask, phase: number): UserTask {
  return { ...task, phase: wrapped(phase) };
}

export function withAmplitude(task: UserTask, amplitude: number): UserTask {
  return { ...task, amplitude: Math.min(AMPLITUDE_LIMIT, Math.max(0, amplitude)) };
}

/**
 * Drags the curve, grabbed at `from` on the task as it was then, to `to`: sideways is phase; up and down is
 * amplitude, outwards from the axis growing, so that a crest follows the pointer.
 */
export function dragCurve(grabbed: UserTask, from: PlanePoint, to: PlanePoint): UserTask {
  const outwards = Math.sin(from.x - grabbed.phase) < 0 ? -1 : 1;
  const turned = withPhase(grabbed, grabbed.phase + to.x - from.x);
  return withAmplitude(turned, grabbed.amplitude + outwards * (to.y - from.y));
}
