import { describe, expect, it } from 'vitest';
import { NAVIGATION_PRESETS } from '../../experiment/navigation-presets.ts';
import { clampGoal, goalLimit, nearestGoal } from './goal-edits.ts';

const live = NAVIGATION_PRESETS[0].experiment;
const noisy = { ...live, noiseTaskShare: 0.2 };

describe('where a goal may lie', () => {
  it('stays within the arena, which noise goals enlarge', () => {
    expect(goalLimit(live)).toBeGreaterThan(0.5);
    expect(goalLimit(live)).toBeLessThan(0.7);
    expect(goalLimit(noisy)).toBeGreaterThan(noisy.noiseOuterRadius);
    const limit = goalLimit(live);
    expect(clampGoal(live, { x: 7, y: -7 })).toEqual({ x: limit, y: -limit });
  });

  it('is kept in hundredths, without a minus sign before 0', () => {
    expect(clampGoal(live, { x: 0.12345, y: -0.001 })).toEqual({ x: 0.12, y: 0 });
    expect(Object.is(clampGoal(live, { x: 0, y: -0.001 }).y, 0)).toBe(true);
  });

  it('is caught by the nearest goal of the batch within reach', () => {
    const goals = [
      { x: 0.1, y: 0.1 },
      { x: 0.2, y: 0.1 },
    ];
    expect(nearestGoal(goals, { x: 0.16, y: 0.1 }, 0.1)).toEqual({ x: 0.2, y: 0.1 });
    expect(nearestGoal(goals, { x: 0.5, y: 0.1 }, 0.1)).toBeNull();
    expect(nearestGoal([], { x: 0, y: 0 }, 1)).toBeNull();
  });
});
