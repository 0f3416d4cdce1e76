// Whether a run trains, rests, is at its end or takes one step, and when such a step is over. Knows nothing of
// engines or messages.
import type { RunStateName, StepUnit } from './protocol.ts';

export class RunProgress {
  readonly #clock: () => number;
  #state: RunStateName;
  #changedAt: number;
  /** The page has not been told the state yet. */
  #isUntold = true;
  #step: StepUnit | null = null;
  /** Some run has had a phase in this meta-iteration. */
  #hadPhase = false;
  /** Whether anything was computed since the step command: the end of an iteration alone is no step. */
  #stepWorked = false;
  #metricsFollow = false;

  /** `clock` in milliseconds. */
  constructor(state: RunStateName, clock: () => number) {
    this.#state = state;
    this.#clock = clock;
    this.#changedAt = clock();
  }

  get state(): RunStateName {
    return this.#state;
  }

  get step(): StepUnit | null {
    return this.#step;
  }

  /** Nothing is to be trained. */
  get isResting(): boolean {
    return this.#step === null && this.#state !== 'running';
  }

  /** The page must be told the state; a step is told of when it is over. */
  get isNews(): boolean {
    return this.#isUntold && this.#step === null;
  }

  /** For how many ms it has been news. */
  get newsAge(): number {
    return this.#clock() - this.#changedAt;
  }

  /** The page has been told. */
  told(): void {
    this.#isUntold = false;
  }

  change(state: RunStateName): void {
    this.#state = state;
    this.#step = null;
    this.#isUntold = true;
    this.#changedAt = this.#clock();
  }

  beginStep(unit: StepUnit): void {
    this.change('paused');
    this.#step = unit;
    this.#stepWorked = false;
  }

  /** A phase has run. */
  tookPhase(phase: string): void {
    this.#hadPhase = true;
    this.#stepWorked = true;
    // A run's metrics follow its last phase without computing: let them come along.
    this.#metricsFollow = phase === 'meta-update';
    if (!this.#metricsFollow) this.#endStep('phase');
  }

  /** A run's metrics have come; whether they end its last phase (in a burst nothing is looked at before its end). */
  tookMetrics(): boolean {
    this.#stepWorked = true;
    if (!this.#metricsFollow) return false;
    this.#endStep('phase');
    this.#metricsFollow = false;
    return true;
  }

  tookIteration(): void {
    // A run without phases ('random') would otherwise never end a step.
    if (!this.#hadPhase) this.#endStep('phase');
    this.#hadPhase = false;
    if (this.#stepWorked) this.#endStep('iteration');
  }

  #endStep(unit: StepUnit): void {
    if (this.#step !== unit) return;
    this.#step = null;
    this.#isUntold = true;
    this.#changedAt = this.#clock();
  }
}
