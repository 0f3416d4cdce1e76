// One Reaching experiment from many seeds: how far from the main centre each strategy's agent is over the
// iterations, and how often it ends nearest. Single runs in full are in algorithms/ideal-learner.ts.
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import { quantileOfSorted } from '../math/statistics.ts';
import type { SeedsOutcome, StrategyOutcome } from './reaching-outcome.ts';
import { addWinner, assertSeeds, ReachingRace, type SlicedJob } from './reaching-race.ts';

/** Curves have at most this many points: more would not show, and each costs a sort over seeds. */
const MAX_POINTS = 101;

/** Seeds first, first + 1, … of the experiment, `total` of them; seeds wrap at 2³². */
export class ReachingSeeds implements SlicedJob {
  readonly total: number;
  readonly #experiment: ReachingExperiment;
  readonly #at: Int32Array;
  /** [S, P, N] distances. */
  readonly #distances: Float64Array;
  readonly #slices: Generator<void>;
  #finished = 0;

  constructor(experiment: ReachingExperiment, seeds: number) {
    assertSeeds(seeds);
    this.total = seeds;
    this.#experiment = experiment;
    this.#at = recordedIterations(experiment.iterations);
    this.#distances = new Float64Array(experiment.strategies.length * this.#at.length * seeds);
    this.#slices = this.#run();
  }

  get finished(): number {
    return this.#finished;
  }

  advance(): boolean {
    return this.#slices.next().done !== true;
  }

  /** The outcome of the finished seeds, at least one; the same numbers whatever the slices were. */
  outcome(): SeedsOutcome {
    const { strategies } = this.#experiment;
    const shares = new Float64Array(strategies.length);
    const finals = strategies.map((_, s) => this.#seedsAt(s, this.#at.length - 1));
    for (let i = 0; i < this.#finished; i++)
      addWinner(
        shares,
        finals.map((distances) => distances[i]!),
      );
    return {
      seeds: this.#finished,
      at: this.#at.slice(),
      strategies: strategies.map((strategy, s) => ({
        strategy,
        finalDistances: finals[s]!.slice(),
        ...this.#quantiles(s),
        winnerShare: shares[s]! / this.#finished,
      })),
    };
  }

  *#run(): Generator<void> {
    const race = new ReachingRace(this.#experiment, this.#at);
    for (let seed = 0; seed < this.total; seed++) {
      yield* race.run(seed);
      for (let row = 0; row < race.distances.length; row++) {
        this.#distances[row * this.total + seed] = race.distances[row]!;
      }
      this.#finished = seed + 1;
    }
  }

  /** Distances of the finished seeds, a view. */
  #seedsAt(strategy: number, point: number): Float64Array {
    const from = (strategy * this.#at.length + point) * this.total;
    return this.#distances.subarray(from, from + this.#finished);
  }

  #quantiles(strategy: number): Pick<StrategyOutcome, 'q25' | 'median' | 'q75'> {
    const points = this.#at.length;
    const q25 = new Float64Array(points);
    const median = new Float64Array(points);
    const q75 = new Float64Array(points);
    for (let p = 0; p < points; p++) {
      const sorted = this.#seedsAt(strategy, p).slice().sort();
      q25[p] = quantileOfSorted(sorted, 0.25);
      median[p] = quantileOfSorted(sorted, 0.5);
      q75[p] = quantileOfSorted(sorted, 0.75);
    }
    return { q25, median, q75 };
  }
}

/** The outcome of all seeds at once, for callers that need no progress. */
export function seedsOutcome(experiment: ReachingExperiment, seeds: number): SeedsOutcome {
  const job = new ReachingSeeds(experiment, seeds);
  while (job.advance());
  return job.outcome();
}

/** [P] iterations from 0 to T, evenly spread, at most MAX_POINTS. */
function recordedIterations(iterations: number): Int32Array {
  const steps = Math.min(iterations, MAX_POINTS - 1);
  return Int32Array.from({ length: steps + 1 }, (_, p) => Math.round((p * iterations) / Math.max(1, steps)));
}
