// What changes too often for React: metric histories, evaluations, checkpoints and the latest snapshot. Written by
// the run store as messages arrive, read by charts once a frame.
import type { AlgorithmId } from '../experiment/experiment.ts';
import type { AdaptationPoint, Checkpoint, HeldOutPoint, Snapshot } from '../training/session-events.ts';
import type { FromWorker } from '../worker/protocol.ts';
import { GrowingHistory } from './metric-history.ts';
import type { MetricHistory, PinnedRun, RunData } from './store-types.ts';

/** RunData with its writing side, which only the run store uses. Every write raises `version` by one. */
export interface WritableRunData extends RunData {
  appendMetrics(batches: (FromWorker & { readonly type: 'metrics' })['batches']): void;
  addHeldOut(point: HeldOutPoint): void;
  addAdaptation(point: AdaptationPoint): void;
  addCheckpoint(checkpoint: Checkpoint): void;
  setSnapshot(snapshot: Snapshot): void;
  setSteppedPhase(phase: RunData['steppedPhase']): void;
  setPinned(pinned: PinnedRun | null): void;
  /** Forgets all evaluations: they will be made again, on other test tasks. The pinned run keeps its own, and says so. */
  clearEvaluations(): void;
  /** Forgets what came after `iteration`; it will be computed again. */
  truncateAfter(iteration: number): void;
  /** Forgets the run; `pinLabel`: its curves stay as the pinned run, if it has any. */
  clear(pinLabel: string | null): void;
}

/** `onPainted`: what `painted()` does, once per snapshot. */
export function createRunData(onPainted: () => void): WritableRunData {
  return new Store(onPainted);
}

class Store implements WritableRunData {
  version = 0;
  heldOut: HeldOutPoint[] = [];
  checkpoints: Checkpoint[] = [];
  snapshot: Snapshot | null = null;
  pinned: PinnedRun | null = null;
  steppedPhase: RunData['steppedPhase'] = null;
  #histories = new Map<AlgorithmId, GrowingHistory>();
  #adaptations = new Map<AlgorithmId, AdaptationPoint[]>();
  #isUnpainted = false;
  readonly #listeners = new Set<() => void>();
  readonly #onPainted: () => void;

  constructor(onPainted: () => void) {
    this.#onPainted = onPainted;
  }

  metrics(algorithm: AlgorithmId): MetricHistory | null {
    return this.#histories.get(algorithm) ?? null;
  }

  adaptation(algorithm: AlgorithmId, atIteration: number | null): AdaptationPoint | null {
    const points = this.#adaptations.get(algorithm) ?? [];
    if (atIteration === null) return points.at(-1) ?? null;
    return points.findLast((point) => point.iteration <= atIteration) ?? points[0] ?? null;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  painted(): void {
    if (!this.#isUnpainted) return;
    this.#isUnpainted = false;
    this.#onPainted();
  }

  appendMetrics(batches: Parameters<WritableRunData['appendMetrics']>[0]): void {
    for (const { algorithm, rows } of batches) {
      const history = this.#histories.get(algorithm) ?? new GrowingHistory();
      this.#histories.set(algorithm, history);
      history.append(rows);
    }
    this.#changed();
  }

  addHeldOut(point: HeldOutPoint): void {
    this.heldOut = insert(this.heldOut, point, (other) => other.algorithm === point.algorithm);
    this.#changed();
  }

  addAdaptation(point: AdaptationPoint): void {
    const known = this.#adaptations.get(point.algorithm) ?? [];
    this.#adaptations.set(
      point.algorithm,
      insert(known, point, () => true),
    );
    this.#changed();
  }

  addCheckpoint(checkpoint: Checkpoint): void {
    this.checkpoints = insert(this.checkpoints, checkpoint, () => true);
    this.#changed();
  }

  setSnapshot(snapshot: Snapshot): void {
    this.snapshot = snapshot;
    this.#isUnpainted = true;
    this.#changed();
  }

  setSteppedPhase(phase: RunData['steppedPhase']): void {
    if (this.steppedPhase === phase) return;
    this.steppedPhase = phase;
    this.#changed();
  }

  setPinned(pinned: PinnedRun | null): void {
    this.pinned = pinned;
    this.#changed();
  }

  clearEvaluations(): void {
    this.heldOut = [];
    this.#adaptations = new Map();
    const note = ', earlier test settings';
    if (this.pinned !== null && !this.pinned.label.endsWith(note)) {
      this.pinned = { ...this.pinned, label: `${this.pinned.label}${note}` };
    }
    this.#changed();
  }

  truncateAfter(iteration: number): void {
    const isKept = (point: { readonly iteration: number }) => point.iteration <= iteration;
    for (const history of this.#histories.values()) history.truncateAfter(iteration);
    for (const [algorithm, points] of this.#adaptations) {
      this.#adaptations.set(algorithm, points.filter(isKept));
    }
    this.heldOut = this.heldOut.filter(isKept);
    this.checkpoints = this.checkpoints.filter(isKept);
    this.steppedPhase = null;
    this.#isUnpainted = false;
    this.#changed();
  }

  clear(pinLabel: string | null): void {
    const hasCurves = [...this.#histories.values()].some((history) => history.length > 1);
    if (pinLabel !== null && hasCurves) {
      this.pinned = { label: pinLabel, heldOut: this.heldOut, metrics: this.#histories };
    }
    this.#histories = new Map();
    this.#adaptations = new Map();
    this.heldOut = [];
    this.checkpoints = [];
    this.snapshot = null;
    this.steppedPhase = null;
    this.#isUnpainted = false;
    this.#changed();
  }

  #changed(): void {
    this.version += 1;
    for (const listener of this.#listeners) listener();
  }
}

/** A new list, ascending by iteration, in which the point replaces its equal: evaluations may come twice. */
function insert<T extends { readonly iteration: number }>(
  points: readonly T[],
  point: T,
  isSameSeries: (other: T) => boolean,
): T[] {
  const others = points.filter((other) => other.iteration !== point.iteration || !isSameSeries(other));
  const at = others.findLastIndex((other) => other.iteration <= point.iteration) + 1;
  return others.toSpliced(at, 0, point);
}
