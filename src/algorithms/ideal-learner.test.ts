import { describe, expect, it } from 'vitest';
import { STRATEGIES, type Strategy } from '../experiment/experiment.ts';
import { REACHING_FIGURE_3 as figure3 } from '../experiment/reaching-experiment.testing.ts';
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import { drawFreshTasks, drawReachingTasks } from '../tasks/reaching.ts';
import { simulateReaching } from './ideal-learner.ts';
import type { ReachingRun } from './reaching-run.ts';

const simulate = (changes: Partial<ReachingExperiment>, strategy: Strategy) => {
  const experiment = { ...figure3, ...changes };
  return simulateReaching(experiment, drawReachingTasks(experiment), strategy);
};

const batchOf = (run: ReachingRun, t: number) =>
  run.batches.slice(t * run.batchSize, (t + 1) * run.batchSize);

/** REFERENCE section 4 once more, slowly and with lists: the agent's path and the tasks of each batch. */
function simulatePlainly(e: ReachingExperiment, strategy: Strategy) {
  const { points, count } = drawReachingTasks(e);
  const fresh = drawFreshTasks(e, count);
  const size = e.metaBatchSize;
  let w = [e.startX, e.startY] as const;
  let buffer: { task: number; score: number }[] = [];
  const path = [w];
  const batches: number[][] = [];
  for (let t = 0; t < e.iterations; t++) {
    const wanted = t === 0 ? 0 : Math.round(e.maxReplayedTasks * Math.min(1, t / e.replayRampIterations));
    const length = strategy === 'uniform' ? 0 : wanted;
    const start = { uniform: 0, easy: 0, medium: Math.floor((size - length) / 2), hard: size - length }[
      strategy
    ];
    const sorted = buffer.toSorted((a, b) => a.score - b.score);
    const replayed = sorted.slice(start, start + length).map(({ task }) => task);
    const batch = [...fresh.slice(t * size, t * size + size - length), ...replayed];
    const mean = (axis: 0 | 1) =>
      batch.reduce((sum, task) => sum + (points[2 * task + axis]! - w[axis]), 0) / size;
    w = [w[0] + e.stepSize * mean(0), w[1] + e.stepSize * mean(1)];
    buffer = batch.map((task) => ({
      task,
      score: Math.sqrt((points[2 * task]! - w[0]) ** 2 + (points[2 * task + 1]! - w[1]) ** 2),
    }));
    path.push(w);
    batches.push(batch);
  }
  return { path: path.flat(), batches: batches.flat() };
}

describe('simulateReaching', () => {
  it.each(STRATEGIES)('follows the reference for %s', (strategy) => {
    const run = simulate({}, strategy);
    const plain = simulatePlainly(figure3, strategy);
    expect([...run.batches]).toEqual(plain.batches);
    run.path.forEach((value, i) => {
      expect(value).toBeCloseTo(plain.path[i]!, 12);
    });
  });

  it('meets the same fresh tasks with all strategies, in the first M − L slots', () => {
    const uniform = simulate({}, 'uniform');
    for (const strategy of ['easy', 'medium', 'hard'] as const) {
      const run = simulate({}, strategy);
      for (let t = 0; t < run.iterations; t++) {
        const fresh = 20 - run.replayed[t]!;
        expect(batchOf(run, t).slice(0, fresh)).toEqual(batchOf(uniform, t).slice(0, fresh));
      }
    }
    expect(uniform.replayed.every((length) => length === 0)).toBe(true);
    expect(uniform.chosen.every((flag) => flag === 0)).toBe(true);
  });

  it('replays what was chosen from the batch before, easiest first, and nothing older', () => {
    const run = simulate({}, 'medium');
    for (let t = 1; t < run.iterations; t++) {
      const before = batchOf(run, t - 1);
      const scores = run.scores.slice((t - 1) * 20, t * 20);
      const chosen = [...run.chosen.slice((t - 1) * 20, t * 20).keys()].filter(
        (slot) => run.chosen[(t - 1) * 20 + slot] === 1,
      );
      chosen.sort((a, b) => scores[a]! - scores[b]!);
      const replayed = batchOf(run, t).slice(20 - run.replayed[t]!);
      expect([...replayed]).toEqual(chosen.map((slot) => before[slot]));
    }
  });

  it('has L = 0 at the start, grows linearly, steps, or is constant', () => {
    const linear = simulate({}, 'easy').replayed;
    expect([0, 1, 50, 99, 100, 199].map((t) => linear[t])).toEqual([0, 0, 8, 15, 15, 15]);
    const step = simulate({ replaySchedule: 'step' }, 'easy').replayed;
    expect([0, 1, 99, 100, 199].map((t) => step[t])).toEqual([0, 0, 0, 15, 15]);
    const constant = simulate({ replaySchedule: 'constant' }, 'easy').replayed;
    expect([0, 1, 2, 199].map((t) => constant[t])).toEqual([0, 15, 15, 15]);
  });

  it('may replay the whole batch for ever', () => {
    const run = simulate({ metaBatchSize: 6, maxReplayedTasks: 6, replaySchedule: 'constant' }, 'hard');
    const first = batchOf(run, 0).toSorted();
    for (const t of [1, 2, 199]) expect(batchOf(run, t).toSorted()).toEqual(first);
  });

  it('keeps batch order among equal scores', () => {
    const flat = {
      mainCount: 0,
      firstNoiseCount: 0,
      secondNoiseCount: 0,
      // Four tasks in one place, so that all scores are equal.
      extraTasks: [1, 1, 1, 1, 1, 1, 1, 1],
      replaySchedule: 'constant' as const,
      metaBatchSize: 8,
      maxReplayedTasks: 4,
    };
    const chosen = (strategy: Strategy) => [...simulate(flat, strategy).chosen.slice(0, 8)];
    expect(chosen('easy')).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
    expect(chosen('medium')).toEqual([0, 0, 1, 1, 1, 1, 0, 0]);
    expect(chosen('hard')).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  });

  it('approaches a single task as (1 − β)^t, or (1 − β(1 − α)²)^t after adaptation', () => {
    const single = { mainCount: 0, firstNoiseCount: 0, secondNoiseCount: 0, extraTasks: [2, -1] };
    const distanceFrom = (run: ReachingRun, t: number) =>
      Math.sqrt((run.path[2 * t]! - 2) ** 2 + (run.path[2 * t + 1]! + 1) ** 2);
    for (const [innerLearningRate, rate] of [
      [0, 0.9],
      [0.5, 0.975],
      [1, 1],
    ] as const) {
      const run = simulate({ ...single, innerLearningRate }, 'hard');
      for (const t of [1, 10, 200]) {
        const expected = Math.sqrt(64 + 9) * rate ** t;
        expect(distanceFrom(run, t)).toBeCloseTo(expected, 12);
        expect(run.scores[20 * t - 1]).toBeCloseTo((1 - innerLearningRate) * expected, 12);
      }
    }
  });

  it('measures distances to the updated agent, or to the one before', () => {
    const single = { mainCount: 0, firstNoiseCount: 0, secondNoiseCount: 0, extraTasks: [0, 0] };
    const [updated, before] = (['updated', 'before'] as const).map((scoredAt) =>
      simulate({ ...single, scoredAt }, 'easy'),
    );
    expect(before!.scores[0]).toBe(before!.distances[0]);
    expect(before!.scores[20]).toBe(before!.distances[1]);
    expect(updated!.scores[0]).toBe(updated!.distances[1]);
  });

  it('splits each move into the pulls of fresh and replayed tasks', () => {
    const run = simulate({}, 'hard');
    const tasks = drawReachingTasks(figure3);
    for (const t of [0, 60, 150]) {
      const [fx, fy, rx, ry] = run.pulls.slice(4 * t, 4 * t + 4);
      expect(run.path[2 * t + 2]! - run.path[2 * t]!).toBeCloseTo(fx! + rx!, 12);
      expect(run.path[2 * t + 3]! - run.path[2 * t + 1]!).toBeCloseTo(fy! + ry!, 12);
      const replayed = [...batchOf(run, t).slice(20 - run.replayed[t]!)];
      const expected = replayed.reduce((sum, task) => sum + tasks.points[2 * task]! - run.path[2 * t]!, 0);
      expect(rx).toBeCloseTo((0.1 * expected) / 20, 12);
    }
  });

  it('takes the tasks nearest to the mean score, where that is the middle', () => {
    const changes = { middle: 'mean-score', maxReplayedTasks: 5, replaySchedule: 'constant' } as const;
    const run = simulate(changes, 'medium');
    for (const t of [0, 20, 199]) {
      const scores = [...run.scores.slice(20 * t, 20 * t + 20)];
      const mean = scores.reduce((sum, score) => sum + score, 0) / 20;
      const nearest = scores
        .map((_, slot) => slot)
        .sort((a, b) => Math.abs(scores[a]! - mean) - Math.abs(scores[b]! - mean));
      const chosen = scores.map((_, slot) => slot).filter((slot) => run.chosen[20 * t + slot] === 1);
      // A task may stand twice in the batch: the same score, so compare scores.
      const by = (slots: number[]) => slots.map((slot) => scores[slot]).sort();
      expect(by(chosen)).toEqual(by(nearest.slice(0, 5)));
    }
  });

  it('moves rigidly when clouds, start and all are moved', () => {
    const shift = { mainX: 3, firstNoiseX: -1, secondNoiseX: 8, startX: -3 };
    const run = simulate(shift, 'medium');
    const still = simulate({}, 'medium');
    expect(run.batches).toEqual(still.batches);
    run.distances.forEach((distance, t) => {
      expect(distance).toBeCloseTo(still.distances[t]!, 9);
    });
  });

  it('samples from 20,000 tasks', () => {
    const run = simulate({ mainCount: 19_900, firstNoiseCount: 50, secondNoiseCount: 50 }, 'medium');
    expect(Math.max(...run.batches)).toBeGreaterThan(15_000);
    expect(run.distances[200]).toBeLessThan(1);
  });
});
