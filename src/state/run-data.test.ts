import { describe, expect, it, vi } from 'vitest';
import { METRIC_COLUMNS, type SinusoidKinds } from '../training/session-events.ts';
import { createRunData } from './run-data.ts';

/** Rows of METRIC_COLUMNS for these iterations, the loss being 100 × the iteration. */
function rowsOf(iterations: readonly number[]): Float64Array {
  return Float64Array.from(
    iterations.flatMap((iteration) =>
      METRIC_COLUMNS.map((_, at) => (at === 1 ? 100 * iteration : iteration)),
    ),
  );
}

function heldOut(iteration: number, mean: number) {
  const loss = { mean, median: mean, q25: mean, q75: mean, diverged: 0 };
  const costs = { gradientEvaluations: 0, seconds: 0, tasks: 4 };
  return { algorithm: 'maml', iteration, ...costs, loss } as const;
}

const checkpoint = (iteration: number) => ({ iteration, runs: [] });
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

describe('run data', () => {
  it('keeps every row in order through growth', () => {
    const data = createRunData<SinusoidKinds>(METRIC_COLUMNS, () => {});
    for (let at = 0; at < 50; at++) {
      data.appendMetrics([{ algorithm: 'maml', rows: rowsOf(upTo(100).map((i) => 100 * at + i)) }]);
    }
    const history = data.metrics('maml')!;
    expect(history.length).toBe(5000);
    expect([...history.column('iteration').subarray(0, 5000)]).toEqual(upTo(5000));
    expect(history.column('queryLoss')[4999]).toBe(500_000);
  });

  it('forgets what came after an iteration, and takes it again', () => {
    const data = createRunData<SinusoidKinds>(METRIC_COLUMNS, () => {});
    data.appendMetrics([{ algorithm: 'maml', rows: rowsOf(upTo(10)) }]);
    data.addHeldOut(heldOut(4, 1));
    data.addHeldOut(heldOut(8, 2));
    for (const iteration of [0, 4, 8]) data.addCheckpoint(checkpoint(iteration));
    data.truncateAfter(5);
    expect(data.metrics('maml')!.length).toBe(5);
    expect(data.heldOut.map(({ iteration }) => iteration)).toEqual([4]);
    expect(data.checkpoints.map(({ iteration }) => iteration)).toEqual([0, 4]);
    data.appendMetrics([{ algorithm: 'maml', rows: rowsOf([6, 7]) }]);
    expect([...data.metrics('maml')!.column('iteration').subarray(0, 7)]).toEqual(upTo(7));
  });

  it('replaces a point that is evaluated again, and keeps points in order', () => {
    const data = createRunData<SinusoidKinds>(METRIC_COLUMNS, () => {});
    for (const [iteration, mean] of [
      [4, 1],
      [8, 2],
      [4, 3],
    ] as const) {
      data.addHeldOut(heldOut(iteration, mean));
    }
    expect(data.heldOut.map(({ iteration, loss }) => [iteration, loss.mean])).toEqual([
      [4, 3],
      [8, 2],
    ]);
  });

  it('keeps the cleared run as the pinned one, and the pin before it when that run had no curves', () => {
    const data = createRunData<SinusoidKinds>(METRIC_COLUMNS, () => {});
    data.appendMetrics([{ algorithm: 'maml', rows: rowsOf(upTo(10)) }]);
    data.clear('α = 0.01');
    expect(data.metrics('maml')).toBeNull();
    expect(data.pinned?.label).toBe('α = 0.01');
    expect(data.pinned?.metrics.get('maml')?.length).toBe(10);
    data.clear('α = 0.02');
    expect(data.pinned?.label).toBe('α = 0.01');
  });

  it('forgets evaluations of other test tasks, and says of the pinned run that it was measured on them', () => {
    const data = createRunData<SinusoidKinds>(METRIC_COLUMNS, () => {});
    data.appendMetrics([{ algorithm: 'maml', rows: rowsOf(upTo(10)) }]);
    data.clear('α = 0.01');
    data.addHeldOut(heldOut(4, 1));
    data.addAdaptation({ algorithm: 'maml', iteration: 4, tasks: 4, curves: [] });
    for (let times = 0; times < 2; times++) data.clearEvaluations();
    expect(data.heldOut).toEqual([]);
    expect(data.adaptation('maml', null)).toBeNull();
    expect(data.pinned?.label).toBe('α = 0.01, earlier test settings');
  });

  it('gives credit once for each snapshot painted', () => {
    const credit = vi.fn();
    const data = createRunData<SinusoidKinds>(METRIC_COLUMNS, credit);
    data.painted();
    expect(credit).not.toHaveBeenCalled();
    data.setSnapshot({ iteration: 1, runs: [], parameterSpace: null });
    data.painted();
    data.painted();
    expect(credit).toHaveBeenCalledTimes(1);
  });

  it('raises its version and tells its listeners at each change', () => {
    const data = createRunData<SinusoidKinds>(METRIC_COLUMNS, () => {});
    const listener = vi.fn();
    const unsubscribe = data.subscribe(listener);
    const before = data.version;
    data.addCheckpoint(checkpoint(1));
    expect(data.version).toBe(before + 1);
    unsubscribe();
    data.addCheckpoint(checkpoint(2));
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('gives the adaptation curve of the moment that is scrubbed to', () => {
    const data = createRunData<SinusoidKinds>(METRIC_COLUMNS, () => {});
    for (const iteration of [0, 10, 20]) {
      data.addAdaptation({ algorithm: 'maml', iteration, tasks: 4, curves: [] });
    }
    expect(data.adaptation('maml', null)?.iteration).toBe(20);
    expect(data.adaptation('maml', 12)?.iteration).toBe(10);
    expect(data.adaptation('rmaml', 12)).toBeNull();
  });
});
