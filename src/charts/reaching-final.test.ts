import { describe, expect, it } from 'vitest';
import type { SeedsOutcome } from '../training/reaching-outcome.ts';
import {
  assertDrawable,
  assertSound,
  instrumentViews,
  PLAIN_VIEW,
  textsOf,
} from './chart-expectations.testing.ts';
import {
  describeReachingFinal,
  formatWins,
  layoutReachingFinal,
  summariseFinals,
  tableReachingFinal,
} from './reaching-final.ts';
import { handMadeOutcome } from './reaching-runs.testing.ts';
import { toPixel } from './scales.ts';

const few = (finals: readonly (readonly number[])[], shares: readonly number[]): SeedsOutcome => ({
  seeds: finals[0]!.length,
  at: Int32Array.of(0, 10),
  strategies: (['uniform', 'medium'] as const).map((strategy, i) => ({
    strategy,
    finalDistances: Float64Array.from(finals[i]!),
    q25: Float64Array.of(5, 1),
    median: Float64Array.of(5, 1),
    q75: Float64Array.of(5, 1),
    winnerShare: shares[i]!,
  })),
});
const OUTCOME = few(
  [
    [1, 2, 3, 4],
    [0.5, 2, 1, 1.5],
  ],
  [0.125, 0.875],
);

describe('layoutReachingFinal', () => {
  it('is sound at every size and theme, from one seed to many', () => {
    const many = Array.from({ length: 1000 }, (_, i) => 2 + Math.sin(i * i));
    const outcomes = [handMadeOutcome(1), handMadeOutcome(4), few([many, [...many].reverse()], [0.5, 0.5])];
    for (const view of instrumentViews()) {
      for (const outcome of outcomes) assertSound(layoutReachingFinal({ outcome }, view));
      assertSound(layoutReachingFinal({ outcome: null }, view));
    }
    assertDrawable(layoutReachingFinal({ outcome: OUTCOME }, { ...PLAIN_VIEW, width: 2, height: 2 }));
  });

  it('has a tick per seed, a box over the quartiles and a marker at the median', () => {
    const scene = layoutReachingFinal({ outcome: OUTCOME }, PLAIN_VIEW);
    const ticks = scene.marks.find((mark) => mark.role === 'seeds:medium');
    const box = scene.marks.find((mark) => mark.role === 'box:medium');
    const marker = scene.marks.find((mark) => mark.role === 'median:medium');
    if (ticks?.kind !== 'line' || box?.kind !== 'rect' || marker?.kind !== 'marker')
      throw new Error('no strip');
    expect(ticks.points.length / 6).toBe(4);
    expect(ticks.points[0]).toBe(toPixel(scene.x, 0.5));
    expect(marker.x).toBe(toPixel(scene.x, 1.25));
    expect(box.rect.x).toBe(toPixel(scene.x, 0.875));
    expect(box.rect.x + box.rect.width).toBeCloseTo(toPixel(scene.x, 1.625), 9);
  });

  it('says in how many seeds each ended nearest; the median only where there is room', () => {
    const words = (width: number) =>
      textsOf(layoutReachingFinal({ outcome: OUTCOME }, { ...PLAIN_VIEW, width })).map((mark) => mark.text);
    expect(words(316)).toEqual(expect.arrayContaining(['0.5 of 4', '3.5 of 4', 'nearest in']));
    expect(words(316)).not.toContain('median');
    expect(words(480)).toEqual(expect.arrayContaining(['median', '2.50', '1.25']));
  });

  it('keeps its axis while the distances stay inside', () => {
    const first = layoutReachingFinal({ outcome: OUTCOME }, PLAIN_VIEW);
    const outcome = few([[3], [1]], [0, 1]);
    expect(layoutReachingFinal({ outcome }, PLAIN_VIEW, first).x.domain).toBe(first.x.domain);
  });
});

it('ranks by median; equal medians share a rank', () => {
  expect(summariseFinals(OUTCOME).map((one) => one.rank)).toEqual([2, 1]);
  expect(summariseFinals(few([[1], [1]], [0.5, 0.5])).map((one) => one.rank)).toEqual([1, 1]);
  expect([formatWins(96), formatWins(96.0000001), formatWins(0.5)]).toEqual(['96', '96', '0.5']);
});

it('describes and tabulates', () => {
  expect(describeReachingFinal({ outcome: null })).toBe('Final distances: not computed yet.');
  expect(describeReachingFinal({ outcome: OUTCOME })).toBe(
    'After the last iteration, 4 seeds: 1st MEDIUM, median 1.25, nearest in 3.5 of 4; 2nd UNIFORM, median 2.50, nearest in 0.5 of 4.',
  );
  expect(tableReachingFinal({ outcome: OUTCOME }).rows[4]).toEqual(['MEDIUM', 1, 0.5]);
});
