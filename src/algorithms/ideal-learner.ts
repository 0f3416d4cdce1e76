// The "perfect meta-learner" of the Reaching lab ([RMAML] §5): its position in the plane is its weight, and it moves
// towards each task of a batch in proportion to the distance. Which tasks it meets again is decided by the same
// task-buffer.ts as in every other lab. Sampling of tasks is in tasks/reaching.ts.
import type { Strategy } from '../experiment/experiment.ts';
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import { drawFreshTasks } from '../tasks/reaching.ts';
import type { ReachingTasks } from '../tasks/reaching-field.ts';
import { firstReplayedRank, rankSlots } from '../tasks/replayed-tasks.ts';
import type { ReachingRun } from './reaching-run.ts';
import { firstRankNearMean, replayedTaskCount } from './task-buffer.ts';

/**
 * One strategy's agent, moved in place: step() allocates nothing. Iteration t draws batch t (M − L fresh tasks, then
 * the L replayed ones of batch t − 1), moves w ← w + β mean((1 − α)² (task − w)), scores the batch and chooses what
 * is replayed at t + 1. The fields are those of the last step; read them, copy them, never write them.
 */
export class IdealLearner {
  /** w */
  x = 0;
  y = 0;
  /** Iterations made. */
  iteration = 0;
  /** L of the last batch: its last L slots. */
  replayed = 0;
  /** [M] task of each slot. */
  batch: Int32Array;
  /** [M] */
  readonly scores: Float64Array;
  /** [M] slots by ascending score; only where something is replayed next. */
  readonly order: Int32Array;
  /** Ranks chosen for the next batch: from firstChosen on, chosenCount of them. */
  firstChosen = 0;
  chosenCount = 0;
  /** [4] dx, dy by the fresh tasks, dx, dy by the replayed. */
  readonly pull = new Float64Array(4);

  readonly #experiment: ReachingExperiment;
  readonly #strategy: Strategy;
  /** [T + 1] L by iteration. */
  readonly #replayedAt: Int32Array;
  /** The batch before, overwritten by the next. */
  #spareBatch: Int32Array;
  #points: Float64Array = new Float64Array(0);
  #fresh: Int32Array = new Int32Array(0);

  constructor(experiment: ReachingExperiment, strategy: Strategy) {
    const { metaBatchSize, iterations } = experiment;
    this.#experiment = experiment;
    this.#strategy = strategy;
    const settings = { ...experiment, strategy };
    this.#replayedAt = Int32Array.from({ length: iterations + 1 }, (_, t) => replayedTaskCount(settings, t));
    this.batch = new Int32Array(metaBatchSize);
    this.#spareBatch = new Int32Array(metaBatchSize);
    this.scores = new Float64Array(metaBatchSize);
    this.order = new Int32Array(metaBatchSize);
  }

  /** Back to the start, with the tasks' points [count, 2] and the fresh tasks [T, M] of drawFreshTasks. */
  begin(points: Float64Array, fresh: Int32Array): void {
    this.#points = points;
    this.#fresh = fresh;
    this.x = this.#experiment.startX;
    this.y = this.#experiment.startY;
    this.iteration = 0;
    this.replayed = 0;
    this.chosenCount = 0;
  }

  /** One iteration; at most T of them. */
  step(): void {
    this.#sampleBatch();
    const { x, y } = this;
    this.#move();
    if (this.#experiment.scoredAt === 'updated') this.#score(this.x, this.y);
    else this.#score(x, y);
    this.iteration += 1;
    this.#choose();
  }

  #sampleBatch(): void {
    const previous = this.batch;
    const batch = this.#spareBatch;
    const size = batch.length;
    const replayed = this.chosenCount;
    const row = this.iteration * size;
    for (let slot = 0; slot < size - replayed; slot++) batch[slot] = this.#fresh[row + slot]!;
    for (let i = 0; i < replayed; i++) {
      batch[size - replayed + i] = previous[this.order[this.firstChosen + i]!]!;
    }
    this.batch = batch;
    this.#spareBatch = previous;
    this.replayed = replayed;
  }

  #move(): void {
    const { stepSize, innerLearningRate } = this.#experiment;
    const size = this.batch.length;
    const factor = (stepSize * (1 - innerLearningRate) * (1 - innerLearningRate)) / size;
    this.#pullBy(factor, 0, size - this.replayed, 0);
    this.#pullBy(factor, size - this.replayed, size, 2);
    this.x += this.pull[0]! + this.pull[2]!;
    this.y += this.pull[1]! + this.pull[3]!;
  }

  /** pull[at], pull[at + 1] = factor · Σ (task − w) over slots from … to − 1. */
  #pullBy(factor: number, from: number, to: number, at: number): void {
    const { batch, x, y } = this;
    const points = this.#points;
    let dx = 0;
    let dy = 0;
    for (let slot = from; slot < to; slot++) {
      const task = 2 * batch[slot]!;
      dx += points[task]! - x;
      dy += points[task + 1]! - y;
    }
    this.pull[at] = factor * dx;
    this.pull[at + 1] = factor * dy;
  }

  /** |1 − α| ‖task − w‖: the distance that adaptation leaves, w at (x, y). */
  #score(x: number, y: number): void {
    const { batch, scores } = this;
    const points = this.#points;
    const left = Math.abs(1 - this.#experiment.innerLearningRate);
    for (let slot = 0; slot < batch.length; slot++) {
      const at = 2 * batch[slot]!;
      const dx = points[at]! - x;
      const dy = points[at + 1]! - y;
      // Not Math.hypot: its last bit is left to the browser.
      scores[slot] = left * Math.sqrt(dx * dx + dy * dy);
    }
  }

  /** The whole batch goes into the buffer; what the strategy takes is kept, the rest forgotten. */
  #choose(): void {
    const count = this.#replayedAt[this.iteration]!;
    this.chosenCount = count;
    if (count === 0) return;
    rankSlots(this.scores, this.order);
    this.firstChosen =
      this.#strategy === 'medium' && this.#experiment.middle === 'mean-score'
        ? firstRankNearMean(this.scores, this.order, count)
        : firstReplayedRank(this.scores.length, this.#strategy, count);
  }
}

/** Distance from (x, y) to the main cloud's centre; +∞ once the agent has left all bounds. */
export function distanceToGoal(experiment: ReachingExperiment, x: number, y: number): number {
  const dx = x - experiment.mainX;
  const dy = y - experiment.mainY;
  const distance = Math.sqrt(dx * dx + dy * dy);
  return Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance;
}

/**
 * The full history of one strategy on `tasks`, which are drawReachingTasks(experiment). `fresh`: its drawFreshTasks,
 * where they are known already: they are the same for all strategies. The caller owns the arrays.
 */
export function simulateReaching(
  experiment: ReachingExperiment,
  tasks: ReachingTasks,
  strategy: Strategy,
  fresh: Int32Array = drawFreshTasks(experiment, tasks.count),
): ReachingRun {
  const { iterations, metaBatchSize } = experiment;
  const run = createRun(experiment, strategy);
  const learner = new IdealLearner(experiment, strategy);
  learner.begin(tasks.points, fresh);
  recordPosition(run, experiment, learner);
  for (let t = 0; t < iterations; t++) {
    learner.step();
    recordPosition(run, experiment, learner);
    run.replayed[t] = learner.replayed;
    run.batches.set(learner.batch, t * metaBatchSize);
    run.scores.set(learner.scores, t * metaBatchSize);
    run.pulls.set(learner.pull, 4 * t);
    for (let i = 0; i < learner.chosenCount; i++) {
      run.chosen[t * metaBatchSize + learner.order[learner.firstChosen + i]!] = 1;
    }
  }
  return run;
}

function createRun(experiment: ReachingExperiment, strategy: Strategy): ReachingRun {
  const { iterations, metaBatchSize: batchSize } = experiment;
  return {
    strategy,
    iterations,
    batchSize,
    path: new Float64Array(2 * (iterations + 1)),
    distances: new Float64Array(iterations + 1),
    replayed: new Int32Array(iterations),
    batches: new Int32Array(iterations * batchSize),
    scores: new Float64Array(iterations * batchSize),
    chosen: new Uint8Array(iterations * batchSize),
    pulls: new Float64Array(4 * iterations),
  };
}

function recordPosition(
  run: ReachingRun,
  experiment: ReachingExperiment,
  { iteration, x, y }: IdealLearner,
): void {
  run.path[2 * iteration] = x;
  run.path[2 * iteration + 1] = y;
  run.distances[iteration] = distanceToGoal(experiment, x, y);
}
