// All strategies' agents of a Reaching experiment, raced on one seed after another in the same memory, without
// keeping histories. Many seeds and phase maps are made of such races. Single runs in full are in ideal-learner.ts.
import { distanceToGoal, IdealLearner } from '../algorithms/ideal-learner.ts';
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import { drawReachingTasks, fillFreshTasks } from '../tasks/reaching.ts';

/** Work between two pauses, in slots of batches: one or two milliseconds. */
const SLICE_SLOTS = 40_000;
/** Batches that the built-in sort ranks cost more per slot; see rankSlots. */
const LARGE_BATCH = 64;
const LARGE_BATCH_COST = 8;

/** Long work in slices of a few milliseconds: whoever drives it can stop, or look at what there is, in between. */
export interface SlicedJob {
  /** Units of `total` that are finished. */
  readonly finished: number;
  readonly total: number;
  /** Does one slice; false once everything is finished. */
  advance(): boolean;
}

export class ReachingRace {
  /** [S, P] distance to the main centre of each strategy at the recorded iterations, of the last race. */
  readonly distances: Float64Array;
  readonly #experiment: ReachingExperiment;
  readonly #at: Int32Array;
  readonly #learners: readonly IdealLearner[];
  readonly #fresh: Int32Array;
  readonly #stepCost: number;
  #work = 0;

  /** `at` [P]: the iterations to record, ascending, from 0 (the start) to T (the end). */
  constructor(experiment: ReachingExperiment, at: Int32Array) {
    const { strategies, iterations, metaBatchSize } = experiment;
    this.#experiment = experiment;
    this.#at = at;
    this.#learners = strategies.map((strategy) => new IdealLearner(experiment, strategy));
    this.#fresh = new Int32Array(iterations * metaBatchSize);
    this.#stepCost = metaBatchSize * (metaBatchSize > LARGE_BATCH ? LARGE_BATCH_COST : 1);
    this.distances = new Float64Array(strategies.length * at.length);
  }

  /** Races from seed `experiment.seed + index`, which wraps at 2³². Pauses after every slice of work. */
  *run(index: number): Generator<void> {
    const experiment = { ...this.#experiment, seed: (this.#experiment.seed + index) % 2 ** 32 };
    const { points, count } = drawReachingTasks(experiment);
    if (this.#exhausts(count)) yield;
    for (const _ of fillFreshTasks(experiment, count, this.#fresh)) {
      if (this.#exhausts(experiment.metaBatchSize)) yield;
    }
    for (const [strategy, learner] of this.#learners.entries()) {
      learner.begin(points, this.#fresh);
      for (let p = 0; p < this.#at.length; p++) {
        while (learner.iteration < this.#at[p]!) {
          learner.step();
          if (this.#exhausts(this.#stepCost)) yield;
        }
        const distance = distanceToGoal(experiment, learner.x, learner.y);
        this.distances[strategy * this.#at.length + p] = distance;
      }
    }
  }

  #exhausts(cost: number): boolean {
    this.#work += cost;
    if (this.#work < SLICE_SLOTS) return false;
    this.#work = 0;
    return true;
  }
}

/** Adds 1 to the share of the smallest of `distances`, or equal parts to all that tie for it. */
export function addWinner(shares: Float64Array, distances: ArrayLike<number>): void {
  let nearest = Number.POSITIVE_INFINITY;
  let ties = 0;
  for (let i = 0; i < shares.length; i++) {
    const distance = distances[i]!;
    if (distance === nearest) ties += 1;
    if (distance < nearest) ties = 1;
    nearest = Math.min(nearest, distance);
  }
  for (let i = 0; i < shares.length; i++) if (distances[i] === nearest) shares[i]! += 1 / ties;
}

/** Throws a RangeError unless `seeds` is a number of seeds. */
export function assertSeeds(seeds: number): void {
  if (Number.isInteger(seeds) && seeds >= 1) return;
  throw new RangeError(`The number of seeds must be a whole number from 1 on; got ${seeds}.`);
}
