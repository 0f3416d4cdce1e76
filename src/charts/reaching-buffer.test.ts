import { describe, expect, it } from 'vitest';
import { assertSound, instrumentViews, PLAIN_VIEW, textsOf } from './chart-expectations.testing.ts';
import {
  batchSnapshot,
  describeReachingBuffer,
  distanceBins,
  layoutReachingBuffer,
  type ReachingBufferData,
  tableReachingBuffer,
} from './reaching-buffer.ts';
import { handMadeRuns, handMadeTasks } from './reaching-runs.testing.ts';

const tasks = handMadeTasks();
const runs = handMadeRuns(tasks);
const VIEW = { ...PLAIN_VIEW, width: 316, height: 170 };
const data = (more: Partial<ReachingBufferData> = {}): ReachingBufferData => ({
  run: runs[2]!,
  tasks,
  iteration: 60,
  maxReplayedTasks: 15,
  ...more,
});

describe('layoutReachingBuffer', () => {
  it('is sound at every size, theme, strategy and moment, with and without the small panels', () => {
    for (const base of instrumentViews()) {
      for (const view of [base, { ...base, height: 2 * base.height }]) {
        for (const run of [...runs, null]) {
          for (const iteration of [0, 60, 200])
            assertSound(layoutReachingBuffer(data({ run, iteration }), view));
        }
      }
    }
  });

  it('lights the window that the strategy chooses: EASY left, MEDIUM middle, HARD right', () => {
    const lit = (index: number) =>
      layoutReachingBuffer(data({ run: runs[index]! }), VIEW)
        .marks.filter((mark) => mark.role.startsWith('bar:'))
        .flatMap((mark, rank) => (mark.role.endsWith(':lit') ? [rank] : []));
    const taken = runs[2]!.chosen.slice(60 * 20, 61 * 20).reduce((a, b) => a + b, 0);
    const span = (from: number) => Array.from({ length: taken }, (_, i) => from + i);
    expect(taken).toBeGreaterThan(3);
    expect(lit(1)).toEqual(span(0));
    expect(lit(2)).toEqual(span(Math.floor((20 - taken) / 2)));
    expect(lit(3)).toEqual(span(20 - taken));
  });

  it('says that UNIFORM has no buffer, and L now', () => {
    const words = (more: Partial<ReachingBufferData>) =>
      textsOf(layoutReachingBuffer(data(more), VIEW)).map((mark) => mark.text);
    expect(words({ run: runs[0]! })).toContain('UNIFORM: no buffer');
    expect(words({ run: runs[0]! })).toContain('L = 0');
    expect(words({})).toContain(`L = ${runs[2]!.replayed[60]} of 15`);
    expect(words({ run: null })).toContain('Press Run to draw this.');
  });
});

it('marks exactly the last L slots as replayed, and the noise clouds’ tasks', () => {
  const snapshot = batchSnapshot(data())!;
  const replayed = runs[2]!.replayed[60]!;
  expect(Array.from(snapshot.replayed)).toEqual(
    Array.from({ length: 20 }, (_, i) => (i >= 20 - replayed ? 1 : 0)),
  );
  const batch = runs[2]!.batches.slice(60 * 20, 61 * 20);
  expect(Array.from(snapshot.isNoise)).toEqual(Array.from(batch, (task) => (task >= 200 ? 1 : 0)));
});

it('counts every task in one bin, by its distance', () => {
  const snapshot = batchSnapshot(data())!;
  const bins = distanceBins(snapshot, 4, 8);
  expect(bins.reduce((sum, bin) => sum + bin.fresh + bin.replayed, 0)).toBe(20);
  const low = Array.from(snapshot.scores).filter((score) => score < 0.5).length;
  expect(bins[0]!.fresh + bins[0]!.replayed).toBe(low);
});

it('describes and tabulates', () => {
  expect(describeReachingBuffer(data({ run: null }))).toBe('Task buffer: no batch yet.');
  expect(describeReachingBuffer(data())).toMatch(
    /^MEDIUM at iteration 60: 20 tasks, distances [\d.]+ to [\d.]+; \d+ replayed, \d+ chosen for the next batch, \d+ from noise clouds\.$/,
  );
  expect(describeReachingBuffer(data({ run: runs[0]! }))).toContain('; no buffer, ');
  const scores = tableReachingBuffer(data()).rows.map((row) => Number(row[0]));
  expect(scores.length).toBe(20);
  expect(scores).toEqual([...scores].sort((a, b) => a - b));
});
