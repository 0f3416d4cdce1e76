import { describe, expect, it } from 'vitest';
import { foldIn, key } from '../math/rng.ts';
import {
  createNavigation,
  GOAL_SQUARE,
  type NavigationSettings,
  sampleFamily,
  sampleGoals,
} from './navigation.ts';

const begin = (settings: Partial<NavigationSettings>, goal = { x: 0.3, y: -0.4 }, seed = 1) =>
  createNavigation({ reward: 'distance', start: 'origin', ...settings }).start(goal, key(seed));

describe('an episode', () => {
  it('starts at the origin, or anywhere in the square', () => {
    expect([...begin({}).observation]).toEqual([0, 0]);
    const starts = Array.from(
      { length: 200 },
      (_, seed) => begin({ start: 'square' }, undefined, seed).observation,
    );
    expect(Math.min(...starts.map(([x]) => x!))).toBeLessThan(-0.45);
    expect(Math.max(...starts.map(([, y]) => y!))).toBeGreaterThan(0.45);
    for (const [x, y] of starts) expect(Math.max(Math.abs(x!), Math.abs(y!))).toBeLessThanOrEqual(0.5);
  });

  it('moves by the command, at most 0.1 per axis, and pays by the distance left', () => {
    const episode = begin({});
    const step = episode.step(Float32Array.of(9, 0.05, -5), 1);
    expect(episode.observation[0]).toBeCloseTo(0.05, 7);
    expect(episode.observation[1]).toBeCloseTo(-0.1, 7);
    expect(step.reward).toBeCloseTo(-Math.hypot(0.25, 0.3), 6);
    expect(step.done).toBe(false);
    const squared = begin({ reward: 'squared-distance' }).step(Float32Array.of(0.05, -5), 0);
    expect(squared.reward).toBeCloseTo(-(0.25 ** 2 + 0.3 ** 2), 6);
  });

  it('is done within 0.01 of the goal on both axes', () => {
    const far = begin({}, { x: 0.05, y: 0.08 });
    expect(far.step(Float32Array.of(0.055, 0.065), 0).done).toBe(false);
    expect(far.step(Float32Array.of(0, 0.008), 0).done).toBe(true);
  });
});

describe('goals', () => {
  it('fill the square and depend on their number alone', () => {
    const goals = sampleGoals(key(2), { region: GOAL_SQUARE }, 400);
    expect(sampleGoals(key(2), { region: GOAL_SQUARE }, 3)).toEqual(goals.slice(0, 3));
    for (const axis of ['x', 'y'] as const) {
      const values = goals.map((goal) => goal[axis]);
      expect(Math.min(...values)).toBeLessThan(-0.48);
      expect(Math.max(...values)).toBeGreaterThan(0.48);
      expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(0.5);
    }
  });

  it('lie in the ring as often as asked, and the others where they were', () => {
    const noise = { share: 0.2, innerRadius: 0.8, outerRadius: 1.2 };
    const clean = sampleGoals(key(3), { region: GOAL_SQUARE }, 2000);
    const noisy = sampleGoals(key(3), { region: GOAL_SQUARE, noise }, 2000);
    const radii = noisy.map(({ x, y }) => Math.hypot(x, y));
    const ring = radii.filter((radius) => radius > 0.75);
    expect(ring.length / 2000).toBeGreaterThan(0.17);
    expect(ring.length / 2000).toBeLessThan(0.23);
    expect(Math.min(...ring)).toBeGreaterThanOrEqual(0.8 - 1e-9);
    expect(Math.max(...ring)).toBeLessThanOrEqual(1.2 + 1e-9);
    noisy.forEach((goal, at) => {
      if (radii[at]! <= 0.75) expect(goal).toEqual(clean[at]);
    });
    // In every direction: each quadrant has its share.
    const quadrants = noisy
      .filter((_, at) => radii[at]! > 0.75)
      .map(({ x, y }) => (x > 0 ? 1 : 0) + (y > 0 ? 2 : 0));
    for (const quadrant of [0, 1, 2, 3]) {
      expect(quadrants.filter((q) => q === quadrant).length / ring.length).toBeGreaterThan(0.18);
    }
  });
});

describe('a family', () => {
  it('is a crop inside the square, sides 25–75 %', () => {
    const sides: number[] = [];
    for (let seed = 0; seed < 300; seed++) {
      const { xMin, xMax, yMin, yMax } = sampleFamily(foldIn(key(4), seed));
      sides.push(xMax - xMin, yMax - yMin);
      expect(Math.min(xMin, yMin)).toBeGreaterThanOrEqual(-0.5);
      expect(Math.max(xMax, yMax)).toBeLessThanOrEqual(0.5);
    }
    expect(Math.min(...sides)).toBeGreaterThanOrEqual(0.25);
    expect(Math.min(...sides)).toBeLessThan(0.27);
    expect(Math.max(...sides)).toBeLessThanOrEqual(0.75);
    expect(Math.max(...sides)).toBeGreaterThan(0.73);
  });
});
