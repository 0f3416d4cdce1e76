// What changes too often for React: metric histories, evaluations, checkpoints and the latest snapshot. Written by
// the run store as messages arrive, read by charts once a frame.
import type { AlgorithmId } from '../experiment/experiment.ts';
import type { MetricColumnOf, SessionKinds } from '../training/session-kinds.ts';
import { changeWords } from '../words/changes.ts';
import type { MetricBatch } from '../worker/metric-batches.ts';
import { GrowingHistory } from './metric-history.ts';
import type { KeptRun, MetricHistory, PinnedRun, RunData, Stall } from './store-types.ts';

/** RunData with its writing side, which only the run store uses. Every write raises `version` by one. */
export interface WritableRunData<K extends SessionKinds> extends RunData<K> {
  appendMetrics(batches: readonly MetricBatch[]): void;
  addHeldOut(point: K['heldOut']): void;
  addAdaptation(point: K['adaptation']): void;
  setProbe(point: K['probe']): void;
  addCheckpoint(checkpoint: K['checkpoint']): void;
  /** One for going on from, not for scrubbing; it is kept until the next of either sort. */
  setNewest(checkpoint: K['checkpoint']): void;
  setSnapshot(snapshot: K['snapshot']): void;
  setSteppedPhase(phase: RunData<K>['steppedPhase']): void;
  setStalled(stall: Stall | null): void;
  setPinned(pinned: PinnedRun<K> | null): void;
  /** Forgets all evaluations: they will be made again, on other test tasks. The pinned run keeps its own, and says so. */
  clearEvaluations(): void;
  /** Forgets what came after `iteration`; it will be computed again. */
  truncateAfter(iteration: number): void;
  /** In place of everything there is: a run that was kept. */
  fill(run: KeptRun<K>): void;
  /** Forgets the run; `pinLabel`: its curves stay as the pinned run, if it has any. */
  clear(pinLabel: string | null): void;
}

/** `columns` of metrics in the order of rows; `onPainted`: what `painted()` does, once per snapshot. */
export function createRunData<K extends SessionKinds>(
  columns: readonly MetricColumnOf<K>[],
  onPainted: () => void,
): WritableRunData<K> {
  return new Store<K>(columns, onPainted);
}

type History<K extends SessionKinds> = GrowingHistory<MetricColumnOf<K>>;

class Store<K extends SessionKinds> implements WritableRunData<K> {
  version = 0;
  heldOut: K['heldOut'][] = [];
  checkpoints: K['checkpoint'][] = [];
  newest: K['checkpoint'] | null = null;
  snapshot: K['snapshot'] | null = null;
  pinned: PinnedRun<K> | null = null;
  steppedPhase: RunData<K>['steppedPhase'] = null;
  stalled: Stall | null = null;
  readonly #columns: readonly MetricColumnOf<K>[];
  #histories = new Map<AlgorithmId, History<K>>();
  #adaptations = new Map<AlgorithmId, K['adaptation'][]>();
  #probes = new Map<AlgorithmId, K['probe']>();
  #isUnpainted = false;
  readonly #listeners = new Set<() => void>();
  readonly #onPainted: () => void;

  constructor(columns: readonly MetricColumnOf<K>[], onPainted: () => void) {
    this.#columns = columns;
    this.#onPainted = onPainted;
  }

  metrics(algorithm: AlgorithmId): MetricHistory<MetricColumnOf<K>> | null {
    return this.#histories.get(algorithm) ?? null;
  }

  probe(algorithm: AlgorithmId): K['probe'] | null {
    return this.#probes.get(algorithm) ?? null;
  }

  adaptations(algorithm: AlgorithmId): readonly K['adaptation'][] {
    return this.#adaptations.get(algorithm) ?? [];
  }

  adaptation(algorithm: AlgorithmId, atIteration: number | null): K['adaptation'] | null {
    const points = this.adaptations(algorithm);
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

  appendMetrics(batches: readonly MetricBatch[]): void {
    for (const { algorithm, rows } of batches) {
      const history = this.#histories.get(algorithm) ?? new GrowingHistory(this.#columns);
      this.#histories.set(algorithm, history);
      history.append(rows);
    }
    this.#changed();
  }

  addHeldOut(point: K['heldOut']): void {
    this.heldOut = insert(this.heldOut, point, (other) => other.algorithm === point.algorithm);
    this.#changed();
  }

  addAdaptation(point: K['adaptation']): void {
    const known = this.#adaptations.get(point.algorithm) ?? [];
    this.#adaptations.set(
      point.algorithm,
      insert(known, point, () => true),
    );
    this.#changed();
  }

  setProbe(point: K['probe']): void {
    this.#probes.set(point.algorithm, point);
    this.#changed();
  }

  addCheckpoint(checkpoint: K['checkpoint']): void {
    this.checkpoints = insert(this.checkpoints, checkpoint, () => true);
    this.newest = checkpoint;
    this.#changed();
  }

  setNewest(checkpoint: K['checkpoint']): void {
    // Nothing that is drawn changes.
    this.newest = checkpoint;
  }

  setSnapshot(snapshot: K['snapshot']): void {
    this.snapshot = snapshot;
    this.#isUnpainted = true;
    this.#changed();
  }

  setSteppedPhase(phase: RunData<K>['steppedPhase']): void {
    if (this.steppedPhase === phase) return;
    this.steppedPhase = phase;
    this.#changed();
  }

  setStalled(stall: Stall | null): void {
    if (this.stalled === stall) return;
    this.stalled = stall;
    this.#changed();
  }

  setPinned(pinned: PinnedRun<K> | null): void {
    this.pinned = pinned;
    this.#changed();
  }

  clearEvaluations(): void {
    this.heldOut = [];
    this.#adaptations = new Map();
    if (this.pinned !== null && !this.pinned.label.endsWith(changeWords.earlierTests(''))) {
      this.pinned = { ...this.pinned, label: changeWords.earlierTests(this.pinned.label) };
    }
    this.#changed();
  }

  truncateAfter(iteration: number): void {
    const isKept = (point: { readonly iteration: number }) => point.iteration <= iteration;
    for (const history of this.#histories.values()) history.truncateAfter(iteration);
    for (const [algorithm, points] of this.#adaptations) {
      this.#adaptations.set(algorithm, points.filter(isKept));
    }
    for (const [algorithm, point] of this.#probes) if (!isKept(point)) this.#probes.delete(algorithm);
    this.heldOut = this.heldOut.filter(isKept);
    this.checkpoints = this.checkpoints.filter(isKept);
    this.newest = this.checkpoints.at(-1) ?? null;
    this.steppedPhase = null;
    this.stalled = null;
    this.#isUnpainted = false;
    this.#changed();
  }

  fill({ metrics, adaptations, heldOut, checkpoints }: KeptRun<K>): void {
    this.clear(null);
    for (const point of adaptations) {
      const { algorithm } = point;
      this.#adaptations.set(algorithm, [...this.adaptations(algorithm), point]);
    }
    this.heldOut = [...heldOut];
    this.checkpoints = [...checkpoints];
    this.newest = checkpoints.at(-1) ?? null;
    this.appendMetrics(metrics);
  }

  clear(pinLabel: string | null): void {
    const hasCurves = [...this.#histories.values()].some((history) => history.length > 1);
    if (pinLabel !== null && hasCurves) {
      this.pinned = { label: pinLabel, heldOut: this.heldOut, metrics: this.#histories };
    }
    this.#histories = new Map();
    this.#adaptations = new Map();
    this.#probes = new Map();
    this.heldOut = [];
    this.checkpoints = [];
    this.newest = null;
    this.snapshot = null;
    this.steppedPhase = null;
    this.stalled = null;
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
