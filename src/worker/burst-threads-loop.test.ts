// The training loop with helper threads: pauses, drops and numbers are those of one thread.
import { afterEach, describe, expect, it } from 'vitest';
import { createBurstThreads } from './burst-threads.ts';
import { createFakeHelpers } from './fake-helpers.testing.ts';
import {
  createFakeWorker,
  type FakeWorker,
  metricColumn,
  smallExperiment,
  startMessage,
} from './loop-harness.testing.ts';
import type { FromWorker } from './protocol.ts';

const workers: FakeWorker[] = [];
afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate();
});

function open(cores: number) {
  const helpers = createFakeHelpers();
  const { createHelper } = helpers;
  const clock = () => performance.now();
  const worker = createFakeWorker({
    threads: createBurstThreads({ createHelper, cores, clock, delayMs: 0 }),
  });
  workers.push(worker);
  return { helpers, worker };
}

const isState = (state: string) => (message: FromWorker) =>
  message.type === 'state' && message.state === state;
const isCheckpoint = (iteration: number) => (message: FromWorker) =>
  message.type === 'checkpoint' && message.checkpoint.iteration >= iteration;
const experiment = smallExperiment({ metaIterations: 600 });

function losses(messages: readonly FromWorker[]) {
  return (['maml', 'rmaml'] as const).map((id) => metricColumn(messages, id, 'queryLoss'));
}

describe('the training loop with helper threads', () => {
  it('gives every number of one thread, through a pause', async () => {
    const alone = open(1);
    alone.worker.post(startMessage({ experiment }));
    const shared = open(8);
    shared.worker.post(startMessage({ experiment }));
    await shared.worker.until(isCheckpoint(160));
    shared.worker.post({ type: 'pause', runId: 1 });
    await shared.worker.until(isState('paused'));
    const atPause = shared.helpers.sent().flat().length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(shared.helpers.sent().flat()).toHaveLength(atPause);
    shared.worker.post({ type: 'play', runId: 1 });
    await Promise.all([alone, shared].map(({ worker }) => worker.until(isState('finished'))));
    expect(losses(shared.worker.received)).toEqual(losses(alone.worker.received));
    expect(losses(alone.worker.received)[0]).toHaveLength(600);
    expect([alone.helpers.started(), shared.helpers.started()]).toEqual([0, 1]);
    expect(shared.helpers.sent().flat().length).toBeGreaterThan(3);
  });

  it('lets the helpers go with the run, and starts new ones for the next', async () => {
    const { helpers, worker } = open(8);
    const long = smallExperiment({ metaIterations: 100_000 });
    worker.post(startMessage({ experiment: long }));
    await worker.until(isCheckpoint(160));
    expect([helpers.started(), helpers.terminated()]).toEqual([1, 0]);
    worker.post(startMessage({ runId: 2, experiment: long }));
    await worker.until((message) => isCheckpoint(160)(message) && 'runId' in message && message.runId === 2);
    expect([helpers.started(), helpers.terminated()]).toEqual([2, 1]);
  });
});
