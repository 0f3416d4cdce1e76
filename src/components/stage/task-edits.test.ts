import { describe, expect, it } from 'vitest';
import type { UserTask } from '../../state/store-types.ts';
import {
  addPoint,
  addPointInGap,
  dragCurve,
  MAX_POINTS,
  movePoint,
  nudgePoint,
  removePoint,
  trueValue,
  withPhase,
} from './task-edits.ts';

const TASK: UserTask = {
  amplitude: 3,
  phase: 0.5,
  points: [
    { x: -2, offset: 0 },
    { x: 3, offset: 0.25 },
  ],
};
const yOf = (task: UserTask, index: number) =>
  trueValue(task, task.points[index]!.x) + task.points[index]!.offset;

describe('editing the task', () => {
  it('moves a point to where it is dropped', () => {
    const moved = movePoint(TASK, 0, { x: 1, y: -2 });
    expect(moved.points[0]!.x).toBe(1);
    expect(yOf(moved, 0)).toBeCloseTo(-2, 12);
    expect(moved.points[1]).toBe(TASK.points[1]);
  });
  it('nudges in the plane, not along the curve, and stays in range', () => {
    const moved = nudgePoint(TASK, 0, { dx: 0.1, dy: 0, xMin: -5, xMax: 5 });
    expect(yOf(moved, 0)).toBeCloseTo(yOf(TASK, 0), 12);
    expect(nudgePoint(TASK, 1, { dx: 9, dy: 0, xMin: -5, xMax: 5 }).points[1]!.x).toBe(5);
  });
  it('adds where asked, or in the widest gap, up to a limit', () => {
    const added = addPoint(TASK, { x: 0, y: 1.5 });
    expect(yOf(added, 2)).toBeCloseTo(1.5, 12);
    expect(addPointInGap(TASK, -5, 5).points[2]).toEqual({ x: 0.5, offset: 0 });
    let full: UserTask = TASK;
    for (let i = 0; i < 100; i++) full = addPointInGap(full, -5, 5);
    expect(full.points).toHaveLength(MAX_POINTS);
  });
  it('removes all points but the last', () => {
    const one = removePoint(TASK, 0);
    expect(one.points).toEqual([{ x: 3, offset: 0.25 }]);
    expect(removePoint(one, 0)).toBe(one);
  });
  it('drags the curve: sideways is phase, outwards is amplitude, and points ride along', () => {
    const crest = { x: TASK.phase + Math.PI / 2, y: TASK.amplitude };
    const up = dragCurve(TASK, crest, { x: crest.x + 0.3, y: 4 });
    expect(up.amplitude).toBeCloseTo(4, 12);
    expect(up.phase).toBeCloseTo(0.8, 12);
    expect(trueValue(up, crest.x + 0.3)).toBeCloseTo(4, 12);
    expect(up.points).toBe(TASK.points);
    const trough = { x: TASK.phase - Math.PI / 2, y: -3 };
    expect(dragCurve(TASK, trough, { x: trough.x, y: -4 }).amplitude).toBeCloseTo(4, 12);
    expect(dragCurve(TASK, crest, { x: crest.x, y: -20 }).amplitude).toBe(0);
  });
  it('wraps the phase into one turn', () => {
    expect(withPhase(TASK, -0.5).phase).toBeCloseTo(2 * Math.PI - 0.5, 12);
  });
});
