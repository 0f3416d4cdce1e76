import { describe, expect, it } from 'vitest';
import { distanceToPolyline, type Handle, hitTest, isInside, nearestHandle, reachOf } from './pointer.ts';

const handles: readonly Handle[] = [
  { kind: 'support', index: 0, x: 10, y: 10 },
  { kind: 'support', index: 1, x: 30, y: 10 },
];
const truth = [0, 50, 100, 50];

describe('nearestHandle', () => {
  it('takes the nearest within reach', () => {
    expect(nearestHandle(handles, { x: 18, y: 10 }, 12)?.index).toBe(0);
    expect(nearestHandle(handles, { x: 21, y: 10 }, 12)?.index).toBe(1);
  });

  it('takes none out of reach, more with a finger', () => {
    const at = { x: 10, y: 28 };
    expect(nearestHandle(handles, at, reachOf('mouse'))).toBeNull();
    expect(nearestHandle(handles, at, reachOf('touch'))?.index).toBe(0);
  });
});

describe('hitTest', () => {
  it('prefers a point to the curve under it', () => {
    const onCurve: Handle = { kind: 'support', index: 2, x: 40, y: 50 };
    expect(hitTest({ handles: [...handles, onCurve], truth }, { x: 45, y: 50 }, 12)).toBe(onCurve);
  });

  it('finds the curve between its vertices, and nothing far away', () => {
    expect(hitTest({ handles, truth }, { x: 70, y: 56 }, 12)).toEqual({ kind: 'curve' });
    expect(hitTest({ handles, truth }, { x: 70, y: 90 }, 12)).toBeNull();
  });
});

describe('distanceToPolyline', () => {
  it('measures to segments and ends', () => {
    expect(distanceToPolyline(truth, { x: 50, y: 53 })).toBe(3);
    expect(distanceToPolyline(truth, { x: 103, y: 54 })).toBe(5);
  });

  it('survives gaps, single points and emptiness', () => {
    expect(distanceToPolyline([0, 0, Number.NaN, Number.NaN, 10, 0, 20, 0], { x: 15, y: 2 })).toBe(2);
    expect(distanceToPolyline([], { x: 0, y: 0 })).toBe(Number.POSITIVE_INFINITY);
    expect(distanceToPolyline([5, 5, 5, 5], { x: 5, y: 8 })).toBe(3);
  });
});

it('isInside includes the edges', () => {
  const rect = { x: 10, y: 10, width: 5, height: 5 };
  expect(isInside(rect, { x: 15, y: 10 })).toBe(true);
  expect(isInside(rect, { x: 15.1, y: 10 })).toBe(false);
});
