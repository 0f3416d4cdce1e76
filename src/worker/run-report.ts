// What a session's events mean for a run: how far it is, whether a step is over, what the page is told of it and when.
import type { EngineId } from '../gradients/meta-gradient.ts';
import type { SessionEventOf, SessionKinds, SessionOf } from '../training/session-kinds.ts';
import type { EngineFallback, RaceResult, RunStateName } from './protocol.ts';
import type { RunOutbox } from './run-outbox.ts';
import type { RunPace } from './run-pace.ts';
import type { RunProgress } from './run-progress.ts';
import { type Occasion, SnapshotSender } from './snapshot-sender.ts';

export interface RunReportOptions<K extends SessionKinds> {
  readonly runId: number;
  /** Where the run begins. */
  readonly iteration: number;
  readonly outbox: RunOutbox<K>;
  readonly pace: RunPace;
  readonly progress: RunProgress;
  readonly clock: () => number;
}

export class RunReport<K extends SessionKinds> {
  readonly #runId: number;
  readonly #outbox: RunOutbox<K>;
  readonly #pace: RunPace;
  readonly #progress: RunProgress;
  readonly #snapshots: SnapshotSender<K['snapshot']>;
  #iteration: number;

  constructor({ runId, iteration, outbox, pace, progress, clock }: RunReportOptions<K>) {
    this.#runId = runId;
    this.#iteration = iteration;
    this.#outbox = outbox;
    this.#pace = pace;
    this.#progress = progress;
    this.#snapshots = new SnapshotSender(clock, (snapshot) => {
      outbox.post({ type: 'snapshot', runId, snapshot }, true);
    });
  }

  /** Meta-iterations of which the page has been told. */
  get iteration(): number {
    return this.#iteration;
  }

  /** The page has painted the snapshot before. */
  credit(): void {
    this.#snapshots.credit();
  }

  /** Sends a snapshot if this is the moment. */
  offer(session: SessionOf<K>, occasion: Occasion): void {
    this.#snapshots.offer(session, occasion);
  }

  /** Training begins, rests or ends. */
  change(state: RunStateName): void {
    this.#progress.change(state);
    this.#pace.restart();
  }

  /** Tells the state. `session`: null while it is ahead of what the page has been told; it is shown later. */
  announce(session: SessionOf<K> | null): void {
    const { state } = this.#progress;
    this.#progress.told();
    this.#outbox.flush();
    if (session === null) this.#snapshots.owe();
    else this.#snapshots.offer(session, 'now');
    this.#outbox.post({ type: 'state', runId: this.#runId, state, iteration: this.#iteration });
  }

  /** The session exists, or its engine has changed. */
  started(engine: EngineId, fallback: EngineFallback | null): void {
    const { iteration } = this;
    this.#outbox.post({ type: 'started', runId: this.#runId, engine, fallback, iteration });
  }

  raced(result: RaceResult): void {
    this.#outbox.post({ type: 'race', runId: this.#runId, result });
  }

  beat(): void {
    const iterationsPerSecond = this.#progress.state === 'running' ? this.#pace.perSecond() : 0;
    const { iteration } = this;
    this.#outbox.post({ type: 'heartbeat', runId: this.#runId, iteration, iterationsPerSecond });
  }

  /** One event of the session. */
  take(event: SessionEventOf<K>, session: SessionOf<K>): void {
    switch (event.kind) {
      case 'phase':
        if (this.#progress.step === 'phase') {
          this.#outbox.post({ ...event, type: 'phase', runId: this.#runId });
        }
        this.#progress.tookPhase(event.event.phase);
        this.#snapshots.offer(session, 'rarely');
        break;
      case 'metrics':
        this.#outbox.addMetrics(event.metrics);
        this.#pace.noteMetrics();
        if (this.#progress.tookMetrics()) this.#snapshots.offer(session, 'rarely');
        break;
      case 'iteration':
        this.#endIteration(event.iteration, session);
        break;
      case 'slice':
        break;
      case 'held-out':
      case 'adaptation':
      case 'probe':
      case 'checkpoint':
      case 'diverged':
        this.#outbox.forward(event);
        break;
      case 'stalled':
        this.#outbox.forward(event);
        this.change('paused');
        break;
      case 'finished':
        this.#iteration = event.iteration;
        this.#outbox.postRecovery(session, event.iteration);
        // Before its last iteration a session ends only because every run has diverged: that waits for the user.
        this.change(event.iteration < session.experiment.metaIterations ? 'paused' : 'finished');
        break;
      default:
        event satisfies never;
    }
  }

  #endIteration(iteration: number, session: SessionOf<K>): void {
    this.#pace.noteIterations(iteration - this.#iteration);
    this.#iteration = iteration;
    this.#progress.tookIteration();
    if (this.#outbox.isRecoveryDue) this.#outbox.postRecovery(session, iteration);
    this.#snapshots.offer(session, 'when-due');
  }
}
