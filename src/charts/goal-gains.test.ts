import { describe, expect, it } from 'vitest';
import { assertDrawable, assertSound, instrumentViews, PLAIN_VIEW } from './chart-expectations.testing.ts';
import { describeGoalGains, type GoalGainsData, layoutGoalGains, tableGoalGains } from './goal-gains.ts';
import { toPixel } from './scales.ts';
import { flatMarks } from './scene.ts';

const nameOf = (id: string) => id.toUpperCase();
const VELOCITY: GoalGainsData = {
  task: 'velocity',
  goalRange: [0, 2],
  step: 1,
  focus: 'maml',
  runs: [
    { algorithm: 'maml', goals: [0.25, 1.5, 2], before: [-0.75, -0.5, -1], after: [-0.25, -0.2, -0.15] },
    { algorithm: 'rmaml', goals: [0.25, 1.5, 2], before: [-0.9, -0.5, -1], after: [-0.35, -0.3, -0.1] },
  ],
};
const DIRECTION: GoalGainsData = {
  ...VELOCITY,
  task: 'direction',
  runs: [{ algorithm: 'maml', goals: [1, -1, 1, -1], before: [-1, 1, -1.2, 0.8], after: [2, 2.4, 3, 2.6] }],
};
const markers = (data: GoalGainsData, role: string) =>
  flatMarks(layoutGoalGains(data, PLAIN_VIEW).marks).filter((mark) => mark.role === role);

describe('gains by goal', () => {
  it('puts the error of speed of each test task over its goal, before adaptation for the focus alone', () => {
    const scene = layoutGoalGains(VELOCITY, PLAIN_VIEW);
    const after = markers(VELOCITY, 'after:maml');
    expect(after).toHaveLength(3);
    expect(after[1]).toMatchObject({ x: toPixel(scene.x, 1.5), y: toPixel(scene.y, 0.2) });
    expect(markers(VELOCITY, 'before:maml')).toHaveLength(3);
    expect(markers(VELOCITY, 'before:rmaml')).toHaveLength(0);
    expect(markers({ ...VELOCITY, step: 0 }, 'before:maml')).toHaveLength(0);
  });

  it('puts tasks of one direction beside each other, higher where they run further its way', () => {
    const scene = layoutGoalGains(DIRECTION, PLAIN_VIEW);
    const after = markers(DIRECTION, 'after:maml').flatMap((mark) => (mark.kind === 'marker' ? [mark] : []));
    const middle = toPixel(scene.x, 0);
    expect(after.map(({ x }) => x > middle)).toEqual([true, false, true, false]);
    expect(new Set(after.map(({ x }) => x)).size).toBe(4);
    expect(after[2]!.y).toBeLessThan(after[0]!.y);
  });

  it('is sound at any size, measured or not', () => {
    for (const view of instrumentViews()) {
      for (const data of [VELOCITY, DIRECTION, { ...VELOCITY, runs: [] }]) {
        const scene = layoutGoalGains(data, view);
        assertSound(scene);
        assertDrawable(scene);
      }
    }
  });

  it('says and lists what it shows', () => {
    expect(describeGoalGains(VELOCITY, nameOf)).toContain(
      'MAML: mean speed error of a trajectory’s mean velocity 0.75 m/s before adaptation, 0.20 m/s after 1 step.',
    );
    expect(describeGoalGains({ ...VELOCITY, errorOf: 'timesteps' }, nameOf)).toContain(
      'MAML: mean speed error of a timestep 0.75 m/s',
    );
    expect(describeGoalGains(DIRECTION, nameOf)).toContain('forwards −1.10 m/s before adaptation, 2.50 m/s');
    expect(tableGoalGains(VELOCITY, nameOf).rows[1]).toEqual(['MAML', 1.5, 0.5, 0.2]);
    expect(tableGoalGains(DIRECTION, nameOf).rows[3]).toEqual(['MAML', -1, 0.8, 2.6]);
  });
});
