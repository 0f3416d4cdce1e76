// What every session is to whoever drives it, whichever lab's it is: the vocabulary with the lab's own types left open.
// session-events.ts fills it in for the Sinusoid lab, policy-session-events.ts for meta-RL.
import type { PhaseEvent } from '../algorithms/algorithm.ts';
import type { AlgorithmId } from '../experiment/experiment.ts';

/** The types that differ from lab to lab. All but the experiment are plain and structured-cloneable. */
export interface SessionKinds {
  readonly experiment: { readonly algorithms: readonly AlgorithmId[]; readonly metaIterations: number };
  /** One row per run and meta-iteration; never dropped. */
  readonly metrics: { readonly algorithm: AlgorithmId; readonly iteration: number };
  /** Evaluations on held-out tasks; `never` where a lab has none of that sort. */
  readonly heldOut: { readonly algorithm: AlgorithmId; readonly iteration: number };
  readonly adaptation: { readonly algorithm: AlgorithmId; readonly iteration: number };
  /** The adaptation to a task that the user chose. */
  readonly probe: { readonly algorithm: AlgorithmId; readonly iteration: number };
  /** What the user may choose for it; `never` without probes. */
  readonly probeRequest: unknown;
  /** Everything needed to continue bit-exactly. */
  readonly checkpoint: { readonly iteration: number };
  /** Big, latest wins. */
  readonly snapshot: { readonly iteration: number };
  readonly phase: PhaseEvent<string>;
  /** What makes it compute. */
  readonly engine: {
    dispose(): void;
    /** Settles with the cause when its device is gone. */
    readonly lost?: Promise<string>;
    /** For tests only. */
    destroyDevice?(): void;
  };
}

/** The numbers in a row of metrics, by name. */
export type MetricColumnOf<K extends SessionKinds> = Exclude<keyof K['metrics'], 'algorithm'> & string;

export type SessionEventOf<K extends SessionKinds> =
  | {
      readonly kind: 'phase';
      readonly algorithm: AlgorithmId;
      readonly iteration: number;
      readonly event: K['phase'];
    }
  /** One run finished one meta-iteration. */
  | { readonly kind: 'metrics'; readonly metrics: K['metrics'] }
  /** All runs finished meta-iteration `iteration` (the place to pause when stepping by iteration). */
  | { readonly kind: 'iteration'; readonly iteration: number }
  /** A slice of an evaluation ran: nothing to show, but a place to pause or to read messages. */
  | { readonly kind: 'slice' }
  | { readonly kind: 'held-out'; readonly point: K['heldOut'] }
  | { readonly kind: 'adaptation'; readonly point: K['adaptation'] }
  | { readonly kind: 'probe'; readonly point: K['probe'] }
  /** On the log-spaced schedule, for scrubbing. */
  | { readonly kind: 'checkpoint'; readonly checkpoint: K['checkpoint'] }
  | {
      readonly kind: 'diverged';
      readonly algorithm: AlgorithmId;
      readonly iteration: number;
      /** Plain words: what became non-finite. */
      readonly cause: string;
      /** Iteration of the newest checkpoint in which this run was still finite. */
      readonly lastGoodIteration: number;
    }
  /** A run has not moved for many meta-iterations: whoever drives pauses and says why. */
  | {
      readonly kind: 'stalled';
      readonly algorithm: AlgorithmId;
      readonly iteration: number;
      /** Plain words: what kept its steps from being taken, and the remedy. */
      readonly cause: string;
    }
  /** Pulling again ends the generator, unless update() has meanwhile given it something to do. */
  | { readonly kind: 'finished'; readonly iteration: number };

/** A running experiment. Whoever pulls `events` drives it; not pulling is pausing. */
export interface SessionOf<K extends SessionKinds> {
  readonly experiment: K['experiment'];
  readonly events: AsyncGenerator<SessionEventOf<K>, void, void>;
  /** Copies of the current state; safe to transfer. */
  snapshot(): K['snapshot'];
  checkpoint(): K['checkpoint'];
  /**
   * Applies settings that do not alter the past (test-time fields, metaIterations); throws on others. When
   * test-time settings change, everything kept of this session is evaluated anew, the newest first.
   */
  update(experiment: K['experiment']): void;
  /** What to adapt to and show from here on, the current state first; null: nothing. */
  probe?(request: K['probeRequest'] | null): void;
  /**
   * Evaluates without training, whether or not `events` is being pulled: one slice of what is due, and the event
   * that came of it; null when nothing is due. Never while a pull of `events` is pending.
   */
  evaluate(): Promise<SessionEventOf<K> | null>;
}
