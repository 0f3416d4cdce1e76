import { afterEach, describe, expect, it } from 'vitest';
import { REACHING_FIGURE_3 as figure3 } from '../experiment/reaching-experiment.testing.ts';
import { phaseMap } from '../training/phase-map.ts';
import type { PhaseMapRequest } from '../training/reaching-outcome.ts';
import { seedsOutcome } from '../training/reaching-seeds.ts';
import { createFakeReachingWorker, type FakeReachingWorker } from './reaching-harness.testing.ts';
import { createReachingLoop } from './reaching-loop.ts';
import type { FromReachingWorker } from './reaching-protocol.ts';

const workers: FakeReachingWorker[] = [];

function open(): FakeReachingWorker {
  const worker = createFakeReachingWorker();
  workers.push(worker);
  return worker;
}

afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate();
});

const request: PhaseMapRequest = {
  x: { field: 'noiseShare', values: [0, 0.2, 0.4, 0.6, 0.8] },
  y: { field: 'maxReplayedTasks', values: [0, 5, 10, 15, 20] },
  seeds: 10,
};

const isDone = (jobId: number) => (message: FromReachingWorker) =>
  (message.type === 'seeds' && message.jobId === jobId && message.done) ||
  (message.type === 'phase-cells' && message.jobId === jobId && message.finished === message.total);

const outcomesOf = (worker: FakeReachingWorker, jobId: number) =>
  worker.received.flatMap((m) => (m.type === 'seeds' && m.jobId === jobId ? [m.outcome] : []));

const cellsOf = (worker: FakeReachingWorker, jobId: number) =>
  worker.received.flatMap((m) => (m.type === 'phase-cells' && m.jobId === jobId ? m.cells : []));

describe('the Reaching loop', () => {
  it('says ready, then sends growing outcomes and at the end that of all seeds', async () => {
    const worker = open();
    worker.post({ type: 'seeds', jobId: 1, experiment: figure3, seeds: 40 });
    await worker.until(isDone(1));
    expect(worker.received[0]).toEqual({ type: 'ready' });
    const outcomes = outcomesOf(worker, 1);
    expect(outcomes.length).toBeGreaterThan(1);
    expect(outcomes.length).toBeLessThanOrEqual(10);
    const counts = outcomes.map(({ seeds }) => seeds);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(outcomes.at(-1)).toEqual(seedsOutcome(figure3, 40));
  });

  it('sends every cell of a map once, with progress', async () => {
    const worker = open();
    worker.post({ type: 'phase-map', jobId: 7, experiment: figure3, request });
    const last = await worker.until(isDone(7));
    expect(cellsOf(worker, 7)).toEqual(phaseMap(figure3, request));
    expect(last).toMatchObject({ finished: 25, total: 25, secondsLeft: 0 });
  });

  it('stops a cancelled job, and only that', async () => {
    const worker = open();
    const endless = { ...figure3, iterations: 5000 };
    worker.post({ type: 'phase-map', jobId: 1, experiment: endless, request });
    await worker.until((message) => message.type === 'phase-cells');
    worker.post({ type: 'cancel', jobId: 99 });
    worker.post({ type: 'seeds', jobId: 2, experiment: figure3, seeds: 5 });
    await worker.until(isDone(2));
    const before = cellsOf(worker, 1).length;
    await worker.until(() => cellsOf(worker, 1).length > before);
    worker.post({ type: 'cancel', jobId: 1 });
    // Answered by the same loop: once it is done, what was posted before it has come, too.
    worker.post({ type: 'seeds', jobId: 3, experiment: figure3, seeds: 1 });
    await worker.until(isDone(3));
    const after = cellsOf(worker, 1).length;
    worker.post({ type: 'seeds', jobId: 4, experiment: figure3, seeds: 60 });
    await worker.until(isDone(4));
    expect(cellsOf(worker, 1)).toHaveLength(after);
    expect(after).toBeLessThan(25);
  });

  it('replaces a job of the same kind by the newest', async () => {
    const worker = open();
    worker.post({ type: 'seeds', jobId: 1, experiment: { ...figure3, iterations: 10_000 }, seeds: 1000 });
    worker.post({ type: 'seeds', jobId: 2, experiment: figure3, seeds: 3 });
    await worker.until(isDone(2));
    expect(outcomesOf(worker, 1)).toHaveLength(0);
    expect(outcomesOf(worker, 2).at(-1)).toEqual(seedsOutcome(figure3, 3));
  });

  it('lets messages in after every 8 ms of work', async () => {
    // A clock that only looking at it moves, by 1 ms: real time would also measure the other processes.
    let now = 0;
    const yieldedAt: number[] = [];
    const loop = createReachingLoop({
      post: () => {},
      clock: () => now++,
      yieldMacrotask: () => {
        yieldedAt.push(now);
        return new Promise((resolve) => setImmediate(resolve));
      },
    });
    loop.receive({ type: 'seeds', jobId: 1, experiment: { ...figure3, iterations: 10_000 }, seeds: 1000 });
    while (yieldedAt.length < 20) await new Promise((resolve) => setImmediate(resolve));
    loop.receive({ type: 'cancel', jobId: 1 });
    const bursts = yieldedAt.slice(1).map((time, i) => time - yieldedAt[i]!);
    expect(Math.min(...bursts)).toBeGreaterThan(4);
    expect(Math.max(...bursts)).toBeLessThan(12);
  });

  it('answers what cannot be computed with a message, and goes on', async () => {
    const worker = open();
    const none = { ...figure3, mainCount: 0, firstNoiseCount: 0, secondNoiseCount: 0 };
    worker.post({ type: 'seeds', jobId: 1, experiment: none, seeds: 5 });
    expect(await worker.until(({ type }) => type === 'failed')).toMatchObject({
      jobId: 1,
      message: expect.stringMatching(/no tasks/),
    });
    worker.post({ type: 'seeds', jobId: 2, experiment: figure3, seeds: 1 });
    await worker.until(isDone(2));
    expect(outcomesOf(worker, 2)).toHaveLength(1);
  });
});
