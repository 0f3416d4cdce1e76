// What one run tells the page, in order: metrics wait for one another, and never stay behind what came after them.
import type { SessionEventOf, SessionKinds, SessionOf } from '../training/session-kinds.ts';
import { createMetricBatches, type MetricBatches } from './metric-batches.ts';
import type { FromWorkerOf } from './protocol.ts';
import { transferList } from './transfer-list.ts';

export interface RunOutboxOptions<K extends SessionKinds> {
  readonly runId: number;
  readonly post: (message: FromWorkerOf<K>, transfer: ArrayBuffer[]) => void;
  readonly metricColumns: readonly (keyof K['metrics'])[];
  readonly clock: () => number;
}

type ForwardedEventOf<K extends SessionKinds> = SessionEventOf<K> & {
  readonly kind: 'held-out' | 'adaptation' | 'probe' | 'checkpoint' | 'diverged' | 'stalled';
};

const RECOVERY_MS = 1000;

export class RunOutbox<K extends SessionKinds> {
  readonly #runId: number;
  readonly #post: RunOutboxOptions<K>['post'];
  readonly #clock: () => number;
  readonly #metrics: MetricBatches<K['metrics']>;
  #recoverySent: number;
  #recoveredIteration = -1;
  #isClosed = false;

  constructor({ runId, post, metricColumns, clock }: RunOutboxOptions<K>) {
    this.#runId = runId;
    this.#post = post;
    this.#clock = clock;
    this.#metrics = createMetricBatches(metricColumns);
    this.#recoverySent = clock();
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Nothing leaves from now on. */
  close(): void {
    this.#isClosed = true;
  }

  /** transfers: its arrays belong to nobody else and move. */
  post(message: FromWorkerOf<K>, transfers = false): void {
    if (this.#isClosed) return;
    this.#post(message, transfers ? transferList(message) : []);
  }

  /** The same after all metrics so far. */
  postInOrder(message: FromWorkerOf<K>, transfers = false): void {
    this.flush();
    this.post(message, transfers);
  }

  addMetrics(metrics: K['metrics']): void {
    this.#metrics.add(metrics);
  }

  /** Sends the metrics that wait. */
  flush(): void {
    if (this.#metrics.isEmpty || this.#isClosed) return;
    this.post({ type: 'metrics', runId: this.#runId, batches: this.#metrics.take() }, true);
  }

  /** Passes on what a session says, as far as that alone makes a message. */
  forward(event: ForwardedEventOf<K>): void {
    const runId = this.#runId;
    switch (event.kind) {
      case 'held-out':
        this.postInOrder({ type: 'held-out', runId, point: event.point });
        break;
      case 'adaptation':
        this.post({ type: 'adaptation', runId, point: event.point });
        break;
      case 'probe':
        this.post({ type: 'probe', runId, point: event.point }, true);
        break;
      case 'checkpoint':
        this.#postCheckpoint('scheduled', event.checkpoint);
        break;
      case 'diverged': {
        const { kind: type, ...what } = event;
        this.postInOrder({ ...what, type, runId });
        break;
      }
      case 'stalled': {
        const { kind: type, ...what } = event;
        this.postInOrder({ ...what, type, runId });
        break;
      }
      default:
        event satisfies never;
    }
  }

  #postCheckpoint(purpose: 'scheduled' | 'recovery', checkpoint: K['checkpoint']): void {
    this.#recoverySent = this.#clock();
    this.#recoveredIteration = checkpoint.iteration;
    this.postInOrder({ type: 'checkpoint', runId: this.#runId, purpose, checkpoint }, true);
  }

  /** Whether the page has had no checkpoint for a while. */
  get isRecoveryDue(): boolean {
    return this.#clock() - this.#recoverySent >= RECOVERY_MS;
  }

  /** Only between meta-iterations: within one, the runs of a comparison are not at the same point. */
  postRecovery(session: Pick<SessionOf<K>, 'checkpoint'>, iteration: number): void {
    if (this.#recoveredIteration === iteration) return;
    this.#postCheckpoint('recovery', session.checkpoint());
  }
}
