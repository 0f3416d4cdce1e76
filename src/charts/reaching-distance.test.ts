import { describe, expect, it } from 'vitest';
import { assertSound, instrumentViews, PLAIN_VIEW, textsOf } from './chart-expectations.testing.ts';
import {
  describeReachingDistance,
  layoutReachingDistance,
  type ReachingDistanceData,
  tableReachingDistance,
} from './reaching-distance.ts';
import { handMadeOutcome, handMadeRuns, handMadeTasks } from './reaching-runs.testing.ts';
import { toPixel } from './scales.ts';

const runs = handMadeRuns(handMadeTasks());
const outcome = handMadeOutcome(3);
const data = (more: Partial<ReachingDistanceData> = {}): ReachingDistanceData => ({
  runs,
  outcome,
  now: 80,
  hoverX: null,
  ...more,
});

describe('layoutReachingDistance', () => {
  it('is sound at every size, theme, moment and pointer position', () => {
    for (const view of instrumentViews()) {
      for (const now of [0, 0.5, 80, 200]) assertSound(layoutReachingDistance(data({ now }), view));
      for (const hoverX of [60, view.width / 2]) assertSound(layoutReachingDistance(data({ hoverX }), view));
      assertSound(layoutReachingDistance(data({ outcome: null }), view));
      assertSound(layoutReachingDistance(data({ runs: [] }), view));
    }
  });

  it('draws the run bold up to now, and faint from there on', () => {
    const scene = layoutReachingDistance(data({ now: 80.25 }), PLAIN_VIEW);
    const line = (role: string) => {
      const mark = scene.marks.find((one) => one.role === role);
      if (mark?.kind !== 'line') throw new Error(`no ${role}`);
      return mark;
    };
    const [past, beyond] = [line('run:hard'), line('beyond:hard')];
    const hard = runs[3]!.distances;
    const y = toPixel(scene.y, hard[80]! + 0.25 * (hard[81]! - hard[80]!));
    const x = toPixel(scene.x, 80.25);
    expect(Array.from(past.points).slice(-2)).toEqual([x, expect.closeTo(y, 9)]);
    expect(Array.from(beyond.points).slice(0, 2)).toEqual([x, expect.closeTo(y, 9)]);
    expect(past.lineWidth).toBeGreaterThan(beyond.lineWidth);
    expect(beyond.opacity).toBeLessThan(0.5);
    expect(past.points[0]).toBe(scene.plot.x);
    expect(Array.from(beyond.points).at(-2)).toBe(scene.plot.x + scene.plot.width);
  });

  it('has a band and a median per strategy only when seeds were run, y from 0', () => {
    const roles = (one: ReachingDistanceData) =>
      layoutReachingDistance(one, PLAIN_VIEW).marks.map((mark) => mark.role.split(':')[0]);
    expect(roles(data()).filter((role) => role === 'band').length).toBe(4);
    expect(roles(data()).filter((role) => role === 'median').length).toBe(4);
    expect(roles(data({ outcome: null }))).not.toContain('band');
    expect(layoutReachingDistance(data(), PLAIN_VIEW).y.domain[0]).toBe(0);
  });

  it('names every strategy at the end, and reads whole iterations under the pointer', () => {
    const words = textsOf(layoutReachingDistance(data(), PLAIN_VIEW)).map((mark) => mark.text);
    expect(words).toEqual(expect.arrayContaining(['UNIFORM', 'EASY', 'MEDIUM', 'HARD']));
    const { hover } = layoutReachingDistance(data({ hoverX: 120 }), PLAIN_VIEW);
    const iteration = Number(/iteration (\d+)/.exec(hover?.title ?? '')?.[1]);
    expect(hover?.rows.map((row) => row.value)).toEqual(
      runs.map((run) => run.distances[iteration]!.toFixed(2)),
    );
    expect(layoutReachingDistance(data({ hoverX: 1 }), PLAIN_VIEW).hover).toBeNull();
  });
});

it('describes and tabulates', () => {
  expect(describeReachingDistance(data({ runs: [] }))).toBe('Distance to the main centre: nothing run yet.');
  expect(describeReachingDistance(data({ now: 0, outcome: null }))).toBe(
    'Distance to the main centre at iteration 0: UNIFORM 7.21, EASY 7.21, MEDIUM 7.21, HARD 7.21.',
  );
  expect(describeReachingDistance(data())).toContain('Medians of 3 seeds at the end: UNIFORM ');
  const table = tableReachingDistance(data());
  expect(table.rows.length).toBe(4 * 201);
  expect(table.rows[0]?.slice(0, 2)).toEqual(['UNIFORM', 0]);
  expect(table.rows[1]?.[3]).toBeNull();
  expect(table.rows[5]?.[3]).toBe(outcome.strategies[0]!.median[1]);
});
