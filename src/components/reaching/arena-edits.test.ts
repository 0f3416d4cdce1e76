import { describe, expect, it } from 'vitest';
import { REACHING_LAB } from '../../experiment/labs.ts';
import { checkPatch } from '../../experiment/schema.ts';
import {
  erased,
  erasedAround,
  isOffered,
  MAX_PAINTED,
  movedTo,
  nudged,
  painted,
  placeOf,
  withSpread,
} from './arena-edits.ts';

const FIGURE_3 = REACHING_LAB.presets[0].experiment;
const WITH_EXTRAS = { ...FIGURE_3, extraTasks: [1, 1, 2, 2, 3, 3] };

describe('handles', () => {
  it('move what they hold and nothing else, rounded to hundredths', () => {
    expect(movedTo(FIGURE_3, { kind: 'centre', cloud: 1 }, { x: 1.23456, y: -7 })).toEqual({
      firstNoiseX: 1.23,
      firstNoiseY: -7,
    });
    expect(movedTo(FIGURE_3, { kind: 'start' }, { x: 0, y: 2 })).toEqual({ startX: 0, startY: 2 });
    expect(movedTo(WITH_EXTRAS, { kind: 'extra', index: 1 }, { x: 9, y: 8 }).extraTasks).toEqual([
      1, 1, 9, 8, 3, 3,
    ]);
  });
  it('stay within what the field table accepts, however far they are dragged', () => {
    const patches = [
      movedTo(FIGURE_3, { kind: 'centre', cloud: 0 }, { x: 1e6, y: -1e6 }),
      movedTo(FIGURE_3, { kind: 'extra', index: 0 }, { x: -1e6, y: 1e6 }),
      withSpread(2, 1e6),
      withSpread(2, -3),
    ];
    for (const patch of patches) expect(checkPatch(FIGURE_3, patch).issues).toEqual([]);
  });
  it('step by a tenth, a spread by a twentieth, with Shift ten times as far', () => {
    const start = { kind: 'start' } as const;
    expect(nudged(FIGURE_3, start, [1, 0], false)).toEqual({ startX: -5.9, startY: -4 });
    expect(nudged(FIGURE_3, start, [0, -1], true)).toEqual({ startX: -6, startY: -5 });
    expect(nudged(FIGURE_3, { kind: 'spread', cloud: 0 }, [0, 1], false)).toEqual({ mainSpread: 1.05 });
    expect(nudged(FIGURE_3, { kind: 'spread', cloud: 0 }, [-1, 0], true)).toEqual({ mainSpread: 0.5 });
  });
  it('are offered where there is something to hold', () => {
    const empty = { ...FIGURE_3, mainCount: 0, secondNoiseCount: 0 };
    expect(isOffered(empty, { kind: 'centre', cloud: 2 })).toBe(false);
    expect(isOffered(empty, { kind: 'spread', cloud: 0 })).toBe(false);
    // Without tasks it still is the goal.
    expect(isOffered(empty, { kind: 'centre', cloud: 0 })).toBe(true);
  });
  it('know their places', () => {
    expect(placeOf(WITH_EXTRAS, { kind: 'extra', index: 2 })).toEqual({ x: 3, y: 3 });
    expect(placeOf(FIGURE_3, { kind: 'spread', cloud: 2 })).toEqual({ x: 5, y: 4 });
  });
});

describe('brush and eraser', () => {
  it('paint until there are as many as a link carries', () => {
    expect(painted(WITH_EXTRAS, { x: 0.126, y: 0 })?.extraTasks).toEqual([1, 1, 2, 2, 3, 3, 0.13, 0]);
    const full = { ...FIGURE_3, extraTasks: Array.from({ length: 2 * MAX_PAINTED }, () => 0) };
    expect(painted(full, { x: 0, y: 0 })).toBeNull();
    expect(MAX_PAINTED).toBe(200);
  });
  it('erase what lies within the radius', () => {
    expect(erasedAround(WITH_EXTRAS, { x: 1.9, y: 1.9 }, 0.5)).toEqual({ extraTasks: [1, 1, 3, 3] });
    expect(erasedAround(WITH_EXTRAS, { x: 50, y: 0 }, 0.5)).toBeNull();
    expect(erased(WITH_EXTRAS, 0)).toEqual({ extraTasks: [2, 2, 3, 3] });
  });
});
