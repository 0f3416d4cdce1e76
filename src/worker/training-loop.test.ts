// The training loop over a MessageChannel: what a run tells, from its start to its end, and how runs follow each other.
import { describe, expect, it } from 'vitest';
import { metricColumn, startMessage } from './loop-harness.testing.ts';
import { isState, isType, open, straightRun, upTo } from './loop-messages.testing.ts';
import type { FromWorker } from './protocol.ts';

describe('the training loop over a MessageChannel', () => {
  it('says started, trains to the end, and loses no metric though nothing is ever painted', async () => {
    const received = await straightRun();
    const types = received.map((message) => message.type);
    expect(types.indexOf('started')).toBeLessThan(types.indexOf('metrics'));
    expect(metricColumn(received, 'maml', 'iteration')).toEqual(upTo(20));
    expect(metricColumn(received, 'rmaml', 'iteration')).toEqual(upTo(20));
    expect(types.filter((type) => type === 'snapshot')).toHaveLength(1);
  });

  it('has flushed the metrics before it says that it finished', async () => {
    const received = await straightRun();
    const end = received.findIndex(isState('finished'));
    expect(metricColumn(received.slice(0, end), 'maml', 'iteration')).toEqual(upTo(20));
    expect(received[end]).toMatchObject({ iteration: 20 });
  });

  it('sends the next snapshot only for credit, and then the latest state', async () => {
    const worker = open();
    worker.post(startMessage());
    await worker.until(isState('finished'));
    worker.post({ type: 'credit', runId: 1 });
    const isLatest = (message: FromWorker) =>
      message.type === 'snapshot' && message.snapshot.iteration === 20;
    await worker.until(isLatest);
    expect(worker.received.filter(isType('snapshot')).map((message) => message.snapshot.iteration)).toEqual([
      0, 20,
    ]);
  });

  it('sends scheduled checkpoints one and all', async () => {
    const received = await straightRun();
    const scheduled = received.filter(isType('checkpoint')).filter(({ purpose }) => purpose === 'scheduled');
    const iterations = scheduled.map(({ checkpoint }) => checkpoint.iteration);
    expect(iterations[0]).toBe(0);
    expect(iterations.at(-1)).toBe(20);
    expect(iterations).toEqual([...new Set(iterations)].toSorted((a, b) => a - b));
    expect(scheduled[0]!.checkpoint.runs[0]!.state.metaParams.length).toBeGreaterThan(0);
  });

  it('beats its heart while it is paused', async () => {
    const worker = open();
    worker.post(startMessage({ paused: true }));
    await worker.until(isState('paused'));
    const heartbeat = await worker.until(isType('heartbeat'));
    expect(heartbeat).toMatchObject({ iterationsPerSecond: 0, iteration: 0 });
    expect(worker.calls()).toBe(0);
  });

  it('drops the run before when another starts, and commands for it', async () => {
    const worker = open({ slowMs: 5 });
    worker.post(startMessage());
    await worker.until(isType('metrics'));
    worker.post(startMessage({ runId: 2 }));
    worker.post({ type: 'pause', runId: 1 });
    await worker.until((message) => message.type === 'state' && message.runId === 2);
    const first = worker.received.findIndex((message) => 'runId' in message && message.runId === 2);
    await worker.until(isState('finished'));
    const after = worker.received.slice(first);
    expect(after.filter((message) => 'runId' in message && message.runId === 1)).toEqual([]);
    expect(metricColumn(after, 'maml', 'iteration')).toEqual(upTo(20));
  });

  it('resumes from a checkpoint to the same numbers as a straight run', async () => {
    const straight = await straightRun();
    const middle = straight
      .filter(isType('checkpoint'))
      .find(({ checkpoint }) => checkpoint.iteration >= 5 && checkpoint.iteration < 20)!;
    const { iteration } = middle.checkpoint;
    const worker = open();
    worker.post(startMessage({ resume: middle.checkpoint }));
    await worker.until(isState('finished'));
    for (const algorithm of ['maml', 'rmaml']) {
      const resumed = metricColumn(worker.received, algorithm, 'queryLoss');
      expect(resumed).toHaveLength(20 - iteration);
      expect(resumed).toEqual(metricColumn(straight, algorithm, 'queryLoss').slice(iteration));
    }
  });
});
