// For tests: runs as they are kept, small but whole, and a storage in memory that can be shared, full or refused.
import type { AlgorithmId, SinusoidExperiment } from '../experiment/experiment.ts';
import type { RunRecord } from '../records/run-record.ts';
import { METRIC_COLUMNS } from '../training/session-events.ts';
import { smallExperiment } from '../worker/loop-harness.testing.ts';
import { type PinStorage, PinStorageError, type StoredPin } from './pins-storage.ts';
import type { PinDraft } from './pins-types.ts';

const STEPS = Array.from({ length: 11 }, (_, step) => step);
/** θ of [4] hidden units from one input to one output. */
const PARAMETERS = 13;

/** A finished run of the small Sinusoid experiment; `level`: its loss after adaptation. */
export function smallRecord(changes: Partial<SinusoidExperiment> = {}, level = 1): RunRecord {
  const experiment = smallExperiment(changes);
  const end = experiment.metaIterations;
  const iterations = Array.from({ length: end }, (_, i) => i + 1);
  const runOf = (algorithm: AlgorithmId) => {
    const curveOf = (supportSize: number) => {
      const median = STEPS.map((step) => level + 2 * Math.exp(-step));
      const zeros = STEPS.map(() => 0);
      return {
        supportSize,
        steps: STEPS,
        mean: median,
        median,
        q25: median.map((m) => m - 0.5),
        q75: median.map((m) => m + 0.5),
        diverged: zeros,
      };
    };
    const columns = METRIC_COLUMNS.map((name): [string, number[]] => [
      name,
      name === 'iteration' ? iterations : iterations.map((t) => (name === 'seconds' ? t / 10 : level)),
    ]);
    const sizes = [...new Set([5, 10, 20, experiment.testSupportSize])];
    return {
      algorithm,
      divergedAt: null,
      metrics: Object.fromEntries(columns),
      adaptations: [{ algorithm, iteration: end, tasks: 100, curves: sizes.map(curveOf) }],
      heldOut: [0, 10, end].map((iteration) => ({
        algorithm,
        iteration,
        gradientEvaluations: 2 * iteration,
        seconds: iteration / 10,
        tasks: 100,
        loss: { mean: level, median: level + 1 / (1 + iteration), q25: level, q75: level + 2, diverged: 0 },
      })),
    };
  };
  return {
    title: null,
    program: '0.1.0',
    experiment,
    engine: 'reference',
    seconds: 2,
    iterations: end,
    runs: experiment.algorithms.map(runOf),
    checkpoints: [0, end].map((iteration) => ({
      iteration,
      runs: experiment.algorithms.map((algorithm) => ({
        algorithm,
        metaParams: new Float32Array(PARAMETERS).fill(0.5),
        alpha: { mode: 'scalar', values: Float32Array.of(0.5) },
        environmentSteps: 0,
        seconds: iteration / 10,
      })),
    })),
  };
}

export function smallDraft(title: string, changes: Partial<SinusoidExperiment> = {}, level = 1): PinDraft {
  const record = smallRecord({ alphaMode: 'scalar', ...changes }, level);
  return { title, experiment: record.experiment, record, seeds: null };
}

export interface MemoryStorage extends PinStorage {
  readonly texts: Map<string, string>;
  fails: 'full' | 'refused' | null;
}

/** A storage in memory. Storages over the same `texts` are windows of one browser: they hear of each other's changes. */
export function createMemoryStorage(
  texts = new Map<string, string>(),
  windows: (() => void)[] = [],
): MemoryStorage {
  let own: (() => void) | null = null;
  const tell = () => {
    for (const window of windows) if (window !== own) window();
  };
  const storage: MemoryStorage = {
    keeps: 'browser',
    texts,
    fails: null,
    readAll: async () => [...texts].map(([id, text]): StoredPin => ({ id, text })),
    async write({ id, text }) {
      if (storage.fails !== null) throw new PinStorageError(storage.fails, 'test');
      texts.set(id, text);
      tell();
    },
    async remove(id) {
      texts.delete(id);
      tell();
    },
    onChange(listener) {
      own = listener;
      windows.push(listener);
    },
  };
  return storage;
}
