// What whoever drives a lab's sessions has to know of the lab besides the sessions themselves. sinusoid-driving.ts and
// its like fill it in. Types only.
import type { MetricColumnOf, SessionKinds } from '../training/session-kinds.ts';

/** An engine that stands for another, which may be exchanged between two of its calls. */
export interface StandIn<E> {
  /** Give this to a session; its calls reject until `use` has named an engine. */
  readonly engine: E;
  /** From the next call on, `next` computes. Calls in flight end on the engine that they began on. */
  use(next: E): void;
}

export interface DrivenLab<K extends SessionKinds> {
  /** In the order in which rows of metrics are packed. */
  readonly metricColumns: readonly MetricColumnOf<K>[];
  createStandIn(): StandIn<K['engine']>;
  /** Whether evaluations of the one experiment say nothing about the other: a test-time setting differs. */
  changesTests(before: K['experiment'], after: K['experiment']): boolean;
  /** Why the engine cannot run the experiment, in plain words; null: it can. */
  unsupported(engine: K['engine'], experiment: K['experiment']): string | null;
  /** How long several meta-iterations in one go should take on this engine, in ms. */
  burstMs(engine: K['engine']): number;
  /**
   * How long a pause waits for the event that is being computed, in ms; then it is answered, and the event is held
   * back until training goes on. ∞ where a pull may run many meta-iterations: a part of them cannot be told.
   */
  readonly pauseWaitMs: number;
}
