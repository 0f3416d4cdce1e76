// How fast one run goes: the user's speed limit, how many meta-iterations to run in one go, and what came of it.
import { type BurstPace, createBurstPace } from './burst-pace.ts';
import { createRate } from './rate.ts';

/** What is lost to other work on the machine is made up for, but no more than so many ms of it. */
const MOST_BEHIND_MS = 1000;

export class RunPace {
  readonly #clock: () => number;
  readonly #rate;
  #bursts: BurstPace = createBurstPace(0);
  #secondsPerIteration = 0;
  /** When the meta-iterations now under way began, and when their last metrics came. */
  #began = 0;
  #ended = 0;
  /** Clock reading before which the next meta-iteration must not begin; null: none has been done at this pace. */
  #notBefore: number | null = null;

  /** `clock` in milliseconds. */
  constructor(clock: () => number) {
    this.#clock = clock;
    this.#rate = createRate(clock);
  }

  /** At most so many per second; null: as fast as it goes. */
  limit(iterationsPerSecond: number | null): void {
    this.#secondsPerIteration = iterationsPerSecond === null ? 0 : 1 / iterationsPerSecond;
    this.#notBefore = null;
  }

  /** From here on an engine of which nothing is known computes; its bursts should take so many ms. */
  changeEngine(burstMs: number): void {
    this.#bursts = createBurstPace(burstMs);
  }

  /** Training begins, rests or goes on: the old pace says nothing. */
  restart(): void {
    this.#notBefore = null;
    this.#rate.reset();
  }

  /** How many meta-iterations may run in one go from now; a step or a speed limit is about each. */
  nextBurst(isStepping: boolean): number {
    this.#began = this.#clock();
    this.#ended = this.#began;
    return isStepping || this.#secondsPerIteration > 0 ? 1 : this.#bursts.next();
  }

  /** The meta-iterations under way have got as far as this. */
  noteMetrics(): void {
    this.#ended = this.#clock();
  }

  /** So many more have been done. */
  noteIterations(count: number): void {
    this.#rate.count(count);
    this.#bursts.record(count, this.#ended - this.#began);
    const due = (this.#notBefore ?? this.#began) + 1000 * this.#secondsPerIteration;
    this.#notBefore = Math.max(this.#clock() - MOST_BEHIND_MS, due);
  }

  /** Milliseconds until the next may begin. */
  waitingTime(): number {
    return this.#notBefore === null ? 0 : Math.max(0, this.#notBefore - this.#clock());
  }

  perSecond(): number {
    return this.#rate.perSecond();
  }
}
