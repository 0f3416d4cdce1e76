import { describe, expect, it } from 'vitest';
import { CHEETAH_PRESETS } from '../experiment/cheetah-presets.ts';
import type { AlgorithmId } from '../experiment/experiment.ts';
import { mergeRecords } from './merge-records.ts';
import type { RunRecord } from './run-record.ts';

function record(algorithm: AlgorithmId, iterations: readonly number[], seed = 0): RunRecord {
  const end = iterations.at(-1)!;
  return {
    title: algorithm,
    program: '0.1.0',
    experiment: { ...CHEETAH_PRESETS[0].experiment, seed, algorithms: [algorithm] },
    engine: 'fused-wasm',
    seconds: 60,
    iterations: end,
    runs: [
      {
        algorithm,
        divergedAt: null,
        metrics: { iteration: [1, 2, 3, 4], returnAfter: [1, 2, 3, 4] },
        adaptations: iterations.map((iteration) => ({ algorithm, iteration })),
        heldOut: [],
      },
    ],
    checkpoints: iterations.map((iteration) => ({
      iteration,
      runs: [
        {
          algorithm,
          metaParams: Float32Array.of(iteration),
          alpha: { mode: 'scalar', values: Float32Array.of(0.1) },
          environmentSteps: 10 * iteration,
          seconds: iteration,
        },
      ],
    })),
  };
}

describe('merged records', () => {
  it('race on what they have in common, in the usual order', () => {
    const merged = mergeRecords([record('reptile', [0, 1, 2, 4]), record('maml', [0, 2, 3])])!;
    expect(merged.experiment).toMatchObject({ algorithms: ['maml', 'reptile'] });
    expect(merged.runs.map(({ algorithm }) => algorithm)).toEqual(['maml', 'reptile']);
    expect(merged.checkpoints.map(({ iteration }) => iteration)).toEqual([0, 2]);
    expect(merged.checkpoints[1]!.runs.map(({ algorithm }) => algorithm)).toEqual(['maml', 'reptile']);
    expect(merged.iterations).toBe(2);
    expect(merged.runs[1]!.metrics.returnAfter).toEqual([1, 2]);
    expect(merged.runs[1]!.adaptations.map(({ iteration }) => iteration)).toEqual([0, 1, 2]);
    expect(merged.seconds).toBe(120);
  });

  it('take each setting from those whom it concerns', () => {
    const [maml, reptile] = [record('maml', [0, 2]), record('reptile', [0, 2])];
    const own = { ...reptile, experiment: { ...reptile.experiment, reptileStepSize: 3, metaIterations: 7 } };
    for (const records of [
      [maml, own],
      [own, maml],
    ]) {
      expect(mergeRecords(records)!.experiment).toMatchObject({ reptileStepSize: 3 });
    }
    const other = { ...own, experiment: { ...own.experiment, horizon: 50 } };
    expect(mergeRecords([maml, other])).toBeNull();
  });

  it('are refused where they are not of one experiment', () => {
    const maml = record('maml', [0, 2]);
    expect(mergeRecords([maml, record('fomaml', [0, 2], 1)])).toBeNull();
    expect(mergeRecords([maml, record('maml', [0, 2])])).toBeNull();
    expect(mergeRecords([maml, record('fomaml', [0, 1])])).toBeNull();
    expect(mergeRecords([])).toBeNull();
    expect(mergeRecords([maml])).toBe(maml);
  });
});
