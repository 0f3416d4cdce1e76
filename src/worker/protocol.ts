// Every message between the page and the training worker: when it is sent and what the receiver may assume.
// Types only. Both ends switch over `type` and end in `satisfies never`. Messages carry the run they belong to;
// a receiver drops those of any other run (stale).
import type { AlgorithmId } from '../experiment/experiment.ts';
import type { EngineId } from '../gradients/meta-gradient.ts';
import type { SinusoidKinds } from '../training/session-events.ts';
import type { SessionKinds } from '../training/session-kinds.ts';

/** 'auto' takes the race's winner. */
export type EngineChoice = EngineId | 'auto';

/** One engine's part in the race: one meta-step of the experiment (of MAML where it takes part), for about 50 ms. */
export type EngineTiming =
  | {
      readonly engine: EngineId;
      readonly status: 'measured';
      readonly msPerStep: number;
      /** Adapter name where there is one ("SwiftShader, software"). */
      readonly detail: string;
    }
  | {
      readonly engine: EngineId;
      readonly status: 'unavailable';
      readonly cause: UnmeasuredCause;
      readonly reason: string;
    };

/**
 * missing: it cannot be opened here. unsupported: it cannot run this experiment. failed: it broke in the race.
 * left-out: nobody asked, a faster engine was there or it was still loading; a full race measures it.
 */
export type UnmeasuredCause = 'missing' | 'unsupported' | 'failed' | 'left-out';

export interface RaceResult {
  readonly timings: readonly EngineTiming[];
  readonly chosen: EngineId;
  /** Plain words: why this one. */
  readonly reason: string;
}

/** The engine asked for cannot train this experiment here, and another one takes its place. */
export interface EngineFallback {
  readonly asked: EngineId;
  /** Plain words, from the engine or from what kept it from opening. */
  readonly reason: string;
}

export type StepUnit = 'phase' | 'iteration';

export type ToWorkerOf<K extends SessionKinds> =
  /** Ahead of any run: open this engine, so that the next start need not wait for it. Not answered. */
  | { readonly type: 'warm'; readonly engine: EngineId }
  /** Start (or, with resume, continue) an experiment; any run before it is dropped. Validated by the sender. */
  | {
      readonly type: 'start';
      readonly runId: number;
      readonly experiment: K['experiment'];
      readonly engine: EngineChoice;
      readonly resume: K['checkpoint'] | null;
      readonly paused: boolean;
    }
  | { readonly type: 'play'; readonly runId: number }
  /** Takes effect within one burst of meta-iterations (a frame or two, or one engine call); answered by 'state'. */
  | { readonly type: 'pause'; readonly runId: number }
  /** Runs up to the next phase event, or the end of the meta-iteration, then is paused. */
  | { readonly type: 'step'; readonly runId: number; readonly unit: StepUnit }
  /** Upper bound on meta-iterations per second; null: as fast as it goes. */
  | { readonly type: 'speed'; readonly runId: number; readonly iterationsPerSecond: number | null }
  /** Test-time settings or metaIterations changed; training goes on, or stays paused. Answered by 'updated'. */
  | { readonly type: 'update'; readonly runId: number; readonly experiment: K['experiment'] }
  /** Go on with another engine from the very next engine call; nothing is trained again. Answered by 'started'. */
  | { readonly type: 'engine'; readonly runId: number; readonly engine: EngineChoice }
  /** The last snapshot has been painted; the next may be sent. */
  | { readonly type: 'credit'; readonly runId: number }
  /** Measure all engines again on this experiment (pauses training meanwhile). Answered by 'race'. */
  | { readonly type: 'race'; readonly runId: number }
  /** What to adapt to and show from here on, paused or not; null: nothing. Answered by 'probe' messages. */
  | { readonly type: 'probe'; readonly runId: number; readonly request: K['probeRequest'] | null }
  /** Test hook: destroy the GPU device as a driver reset would, or kill a worker of the pool. */
  | { readonly type: 'lose-device'; readonly runId: number };

export type RunStateName = 'running' | 'paused' | 'finished';

export type FromWorkerOf<K extends SessionKinds> =
  /** Once, when the worker's script has loaded. */
  | { readonly type: 'ready' }
  /** After the engine race; before 'started' when one was run to choose the engine. */
  | { readonly type: 'race'; readonly runId: number; readonly result: RaceResult }
  /**
   * The session exists and training is about to run (or is paused); once more whenever its engine has changed.
   * fallback: why `engine` is not the one asked for ('auto' asks for the fused CPU engine).
   */
  | {
      readonly type: 'started';
      readonly runId: number;
      readonly engine: EngineId;
      readonly fallback: EngineFallback | null;
      readonly iteration: number;
    }
  | {
      readonly type: 'state';
      readonly runId: number;
      readonly state: RunStateName;
      readonly iteration: number;
    }
  /** Every 100 ms while there are any, and before every 'state'. Never dropped. rows: [n, the lab's columns]. */
  | {
      readonly type: 'metrics';
      readonly runId: number;
      readonly batches: readonly { readonly algorithm: AlgorithmId; readonly rows: Float64Array }[];
    }
  /** An 'update' has been taken over: the evaluations after this are of this experiment's test tasks. */
  | { readonly type: 'updated'; readonly runId: number; readonly experiment: K['experiment'] }
  /** Of runs that train, or of those whose test-time settings were changed, running or not. */
  | { readonly type: 'held-out'; readonly runId: number; readonly point: K['heldOut'] }
  | { readonly type: 'adaptation'; readonly runId: number; readonly point: K['adaptation'] }
  /** Of every run, again and again while it trains. */
  | { readonly type: 'probe'; readonly runId: number; readonly point: K['probe'] }
  /** At most one without credit. */
  | { readonly type: 'snapshot'; readonly runId: number; readonly snapshot: K['snapshot'] }
  /** scheduled: for the scrubber, keep all. recovery: about once a second, keep the latest only. */
  | {
      readonly type: 'checkpoint';
      readonly runId: number;
      readonly purpose: 'scheduled' | 'recovery';
      readonly checkpoint: K['checkpoint'];
    }
  /** While stepping by phase: the phase just run. (While running, phases travel in snapshots.) */
  | {
      readonly type: 'phase';
      readonly runId: number;
      readonly algorithm: AlgorithmId;
      readonly iteration: number;
      readonly event: K['phase'];
    }
  /** One run became non-finite and takes no further part; the other runs go on. None left: 'state' paused. */
  | {
      readonly type: 'diverged';
      readonly runId: number;
      readonly algorithm: AlgorithmId;
      readonly iteration: number;
      readonly cause: string;
      readonly lastGoodIteration: number;
    }
  /** A run's steps have been refused again and again; 'state' paused follows. */
  | {
      readonly type: 'stalled';
      readonly runId: number;
      readonly algorithm: AlgorithmId;
      readonly iteration: number;
      readonly cause: string;
    }
  /** Every 500 ms from a live worker, running or not; silence for 5 s means it is dead or stuck. */
  | {
      readonly type: 'heartbeat';
      readonly runId: number;
      readonly iteration: number;
      /** Lockstep meta-iterations per second over the last second; 0 when paused. */
      readonly iterationsPerSecond: number;
    }
  /** The engine threw or its device was lost: nothing more comes for this run; replace the worker. */
  | {
      readonly type: 'failed';
      readonly runId: number;
      readonly cause: 'device-lost' | 'engine' | 'internal';
      readonly message: string;
    };

/** The Sinusoid lab's. */
export type ToWorker = ToWorkerOf<SinusoidKinds>;
export type FromWorker = FromWorkerOf<SinusoidKinds>;
