import { describe, expect, it } from 'vitest';
import { presetById } from '../experiment/presets.ts';
import { fillBuffer, rankSlots, selectReplayed, selectReplayedSlots } from '../tasks/replayed-tasks.ts';
import { firstRankNearMean, replayedTaskCount, usesTaskBuffer } from './task-buffer.ts';

const experiment = {
  ...presetById('sinusoid-live')!.experiment,
  metaBatchSize: 8,
  strategy: 'hard' as const,
};

describe('selectReplayedSlots', () => {
  const scores = [5, 1, 4, 2, 3, 0];

  it('takes the first, the middle or the last L by ascending score', () => {
    expect(selectReplayedSlots(scores, 'easy', 2)).toEqual([5, 1]);
    expect(selectReplayedSlots(scores, 'medium', 2)).toEqual([3, 4]);
    expect(selectReplayedSlots(scores, 'hard', 2)).toEqual([2, 0]);
    expect(selectReplayedSlots(scores, 'uniform', 2)).toEqual([]);
  });

  it('starts MEDIUM at floor((M − L)/2)', () => {
    expect(selectReplayedSlots(scores, 'medium', 3)).toEqual([1, 3, 4]);
    expect(selectReplayedSlots(scores, 'medium', 5)).toEqual([5, 1, 3, 4, 2]);
  });

  it('takes what there is when L exceeds it', () => {
    expect(selectReplayedSlots([], 'hard', 3)).toEqual([]);
    expect(selectReplayedSlots([2, 1], 'medium', 3)).toEqual([1, 0]);
  });

  it('keeps batch order among equals and ranks NaN hardest', () => {
    expect(selectReplayedSlots([1, 1, 1], 'easy', 2)).toEqual([0, 1]);
    expect(selectReplayedSlots([Number.NaN, 2, 1], 'hard', 1)).toEqual([0]);
    expect(selectReplayedSlots([Number.NaN, 2, 1], 'easy', 2)).toEqual([2, 1]);
  });

  it('ranks large batches like small ones', () => {
    // 80 scores from 0 to 6 with NaN among them: both sorts must keep batch order among equals.
    const large = Array.from({ length: 80 }, (_, slot) => (slot % 11 === 3 ? Number.NaN : (slot * 5) % 7));
    const rank = (score: number) => (Number.isNaN(score) ? Number.POSITIVE_INFINITY : score);
    for (const length of [64, 80]) {
      const scores = large.slice(0, length);
      const order = rankSlots(scores, new Int32Array(length));
      const expected = scores.map((_, slot) => slot);
      expected.sort((a, b) =>
        rank(scores[a]!) === rank(scores[b]!) ? a - b : rank(scores[a]!) - rank(scores[b]!),
      );
      expect([...order]).toEqual(expected);
    }
  });
});

describe('firstRankNearMean', () => {
  it('starts at the tasks nearest to the mean score, the easier of two as near', () => {
    const first = (scores: number[], count: number) =>
      firstRankNearMean(scores, rankSlots(scores, new Int32Array(scores.length)), count);
    // Mean 3.2: ranks by distance from it are 3, 2, 1, 0, 10.
    expect(first([10, 1, 2, 3, 0], 1)).toBe(3);
    expect(first([10, 1, 2, 3, 0], 3)).toBe(1);
    expect(first([10, 1, 2, 3, 0], 5)).toBe(0);
    expect(first([1, 2, 3, 4], 1)).toBe(1);
  });
});

describe('replayedTaskCount', () => {
  const growing = { ...experiment, maxReplayedTasks: 6, replayRampIterations: 100 };

  it('grows linearly from 0 to MAX_L and stays there', () => {
    const counts = [0, 1, 50, 92, 100, 1000].map((t) => replayedTaskCount(growing, t));
    expect(counts).toEqual([0, 0, 3, 6, 6, 6]);
  });

  it('is 0 at t = 0 even without a ramp, and never above M', () => {
    expect(replayedTaskCount({ ...growing, replayRampIterations: 0 }, 0)).toBe(0);
    expect(replayedTaskCount({ ...growing, replayRampIterations: 0 }, 1)).toBe(6);
    expect(replayedTaskCount({ ...growing, maxReplayedTasks: 50 }, 100)).toBe(8);
  });

  it('is 0 for UNIFORM', () => {
    expect(replayedTaskCount({ ...growing, strategy: 'uniform' }, 100)).toBe(0);
  });
});

describe('the buffer', () => {
  const tasks = [1, 2, 3].map((amplitude) => ({ amplitude, phase: 0, isNoise: false }));

  it('keeps the batch with its scores and gives back the tasks chosen', () => {
    const buffer = fillBuffer(tasks, Float32Array.of(0.5, 3, 1), 1);
    expect(buffer.map((entry) => entry.replayed)).toEqual([false, false, true]);
    expect(selectReplayed(buffer, 'hard', 2)).toEqual([tasks[2], tasks[1]]);
  });

  it('is on for whom the experiment says, never for random', () => {
    const rmamlOnly = { ...experiment, taskBuffer: 'rmaml' as const };
    expect(usesTaskBuffer(rmamlOnly, 'rmaml')).toBe(true);
    expect(usesTaskBuffer(rmamlOnly, 'maml')).toBe(false);
    expect(usesTaskBuffer({ ...experiment, taskBuffer: 'all' }, 'maml')).toBe(true);
    expect(usesTaskBuffer({ ...experiment, taskBuffer: 'all' }, 'random')).toBe(false);
    expect(usesTaskBuffer({ ...experiment, taskBuffer: 'none' }, 'rmaml')).toBe(false);
  });
});
