// For tests of the Reaching lab's charts: an experiment, its tasks, and runs that look like the lab's own. A small
// stand-in for the ideal learner, not it: figures of the lab are never taken from here.
import type { ReachingRun } from '../algorithms/reaching-run.ts';
import type { Strategy } from '../experiment/experiment.ts';
import { REACHING_FIGURE_3 } from '../experiment/reaching-experiment.testing.ts';
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import { quantile } from '../math/statistics.ts';
import type { ReachingTasks } from '../tasks/reaching-field.ts';
import type { SeedsOutcome } from '../training/reaching-outcome.ts';

export const EXPERIMENT: ReachingExperiment = { ...REACHING_FIGURE_3, seed: 1 };

/** A repeatable stream of numbers in [0, 1): Lehmer's generator. */
function stream(seed: number): () => number {
  let state = (seed * 7919 + 12345) % 2147483647;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** The experiment's points, deterministic. */
export function handMadeTasks(experiment = EXPERIMENT): ReachingTasks {
  const next = stream(experiment.seed);
  const points: number[] = [];
  const clouds: number[] = [];
  const add = (cloud: number, [x, y, spread, count]: readonly [number, number, number, number]): void => {
    for (let i = 0; i < count; i++) {
      const radius = Math.sqrt(-2 * Math.log(1 - next()));
      const angle = 2 * Math.PI * next();
      points.push(x + spread * radius * Math.cos(angle), y + spread * radius * Math.sin(angle));
      clouds.push(cloud);
    }
  };
  const e = experiment;
  add(0, [e.mainX, e.mainY, e.mainSpread, e.mainCount]);
  add(1, [e.firstNoiseX, e.firstNoiseY, e.firstNoiseSpread, e.firstNoiseCount]);
  add(2, [e.secondNoiseX, e.secondNoiseY, e.secondNoiseSpread, e.secondNoiseCount]);
  for (let i = 0; i + 1 < e.extraTasks.length; i += 2) {
    points.push(e.extraTasks[i]!, e.extraTasks[i + 1]!);
    clouds.push(3);
  }
  return { count: clouds.length, points: Float64Array.from(points), clouds: Uint8Array.from(clouds) };
}

/** First rank that a strategy takes, of M with L taken. */
function firstRank(strategy: Strategy, m: number, l: number): number {
  return { uniform: 0, easy: 0, medium: Math.floor((m - l) / 2), hard: m - l }[strategy];
}

/** One strategy's run over the tasks. */
export function handMadeRun(
  strategy: Strategy,
  tasks: ReachingTasks,
  experiment = EXPERIMENT,
  seed = experiment.seed,
): ReachingRun {
  const { iterations: T, metaBatchSize: M } = experiment;
  const next = stream(seed + 1000);
  const run = {
    strategy,
    iterations: T,
    batchSize: M,
    path: new Float64Array(2 * T + 2),
    distances: new Float64Array(T + 1),
    replayed: new Int32Array(T),
    batches: new Int32Array(T * M),
    scores: new Float64Array(T * M),
    chosen: new Uint8Array(T * M),
    pulls: new Float64Array(4 * T),
  };
  let [x, y] = [experiment.startX, experiment.startY];
  let kept: number[] = [];
  const settle = (t: number): void => {
    run.path.set([x, y], 2 * t);
    run.distances[t] = Math.hypot(x - experiment.mainX, y - experiment.mainY);
  };
  const plannedAt = (t: number): number =>
    strategy === 'uniform' || t === 0
      ? 0
      : Math.round(experiment.maxReplayedTasks * Math.min(1, t / experiment.replayRampIterations));
  for (let t = 0; t < T; t++) {
    settle(t);
    const fresh = Array.from({ length: M }, () => Math.floor(next() * tasks.count)).slice(kept.length);
    const batch = [...fresh, ...kept];
    run.replayed[t] = kept.length;
    run.batches.set(batch, t * M);
    const [fromX, fromY] = [x, y];
    batch.forEach((task, slot) => {
      const part = slot < fresh.length ? 0 : 2;
      const dx = (experiment.stepSize / M) * (tasks.points[2 * task]! - fromX);
      const dy = (experiment.stepSize / M) * (tasks.points[2 * task + 1]! - fromY);
      run.pulls[4 * t + part]! += dx;
      run.pulls[4 * t + part + 1]! += dy;
      x += dx;
      y += dy;
    });
    const scores = batch.map((task) =>
      Math.hypot(tasks.points[2 * task]! - x, tasks.points[2 * task + 1]! - y),
    );
    run.scores.set(scores, t * M);
    const taken = plannedAt(t + 1);
    const first = firstRank(strategy, M, taken);
    const order = batch.map((_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
    const chosen = order.slice(first, first + taken);
    for (const slot of chosen) run.chosen[t * M + slot] = 1;
    kept = chosen.map((slot) => batch[slot]!);
  }
  settle(T);
  return run;
}

/** All strategies of the experiment. */
export function handMadeRuns(tasks: ReachingTasks, experiment = EXPERIMENT): readonly ReachingRun[] {
  return experiment.strategies.map((strategy) => handMadeRun(strategy, tasks, experiment));
}

/** An outcome over few seeds of the stand-in. */
export function handMadeOutcome(seeds: number, experiment = EXPERIMENT): SeedsOutcome {
  const runs = Array.from({ length: seeds }, (_, i) => {
    const own = { ...experiment, seed: experiment.seed + i };
    return handMadeRuns(handMadeTasks(own), own);
  });
  const at = Int32Array.from({ length: 41 }, (_, p) => Math.round((p * experiment.iterations) / 40));
  const finals = experiment.strategies.map((_, s) => runs.map((of) => of[s]!.distances.at(-1)!));
  return {
    seeds,
    at,
    strategies: experiment.strategies.map((strategy, s) => {
      const over = (q: number) =>
        Float64Array.from(at, (t) =>
          quantile(
            runs.map((of) => of[s]!.distances[t]!),
            q,
          ),
        );
      const wins = finals[s]!.filter((d, i) => finals.every((other) => other[i]! >= d)).length;
      return {
        strategy,
        finalDistances: Float64Array.from(finals[s]!),
        q25: over(0.25),
        median: over(0.5),
        q75: over(0.75),
        winnerShare: wins / seeds,
      };
    }),
  };
}
