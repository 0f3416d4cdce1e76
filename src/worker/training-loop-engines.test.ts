// The training loop over a MessageChannel: races, another engine in mid-run, and engines that fail.
import { describe, expect, it } from 'vitest';
import type { EngineLimits } from '../gradients/meta-gradient.ts';
import { fakeEntry, metricColumn, smallExperiment, startMessage } from './loop-harness.testing.ts';
import { isState, isType, open, pause, straightRun, upTo } from './loop-messages.testing.ts';
import type { FromWorker } from './protocol.ts';

describe('the engine race of a run', () => {
  it('races for an engine when told to choose, before it starts', async () => {
    const worker = open();
    worker.post(startMessage({ engine: 'auto' }));
    await worker.until(isType('started'));
    const types = worker.received.map((message) => message.type);
    expect(types.indexOf('race')).toBeLessThan(types.indexOf('started'));
    expect(worker.received.find(isType('race'))?.result).toMatchObject({ chosen: 'reference' });
  });

  it('answers a race in mid-run and trains on', async () => {
    const worker = open({ slowMs: 1 });
    worker.post(startMessage());
    await worker.until(isType('metrics'));
    worker.post({ type: 'race', runId: 1 });
    await worker.until(isType('race'));
    await worker.until(isState('finished'));
    expect(metricColumn(worker.received, 'maml', 'iteration')).toEqual(upTo(20));
  });
});

describe('another engine in mid-run', () => {
  const others = [fakeEntry('fused-wasm')];
  const isOn = (engine: string, times = 1) => {
    let seen = 0;
    return (message: FromWorker) =>
      message.type === 'started' && message.engine === engine && ++seen === times;
  };

  it('goes on where training is, there and back, to the numbers of a straight run', async () => {
    const straight = await straightRun();
    const worker = open({ slowMs: 4, others });
    worker.post(startMessage());
    await worker.until(isType('metrics'));
    worker.post({ type: 'engine', runId: 1, engine: 'fused-wasm' });
    const switched = await worker.until(isOn('fused-wasm'));
    expect(switched).toMatchObject({ fallback: null, iteration: expect.any(Number) });
    worker.post({ type: 'engine', runId: 1, engine: 'reference' });
    await worker.until(isOn('reference', 2));
    await worker.until(isState('finished'));
    for (const algorithm of ['maml', 'rmaml']) {
      expect(metricColumn(worker.received, algorithm, 'iteration')).toEqual(upTo(20));
      expect(metricColumn(worker.received, algorithm, 'queryLoss')).toEqual(
        metricColumn(straight, algorithm, 'queryLoss'),
      );
    }
  });

  it('computes on the new engine alone from then on', async () => {
    const worker = open({ slowMs: 2, others });
    worker.post(startMessage());
    await worker.until(isType('metrics'));
    worker.post({ type: 'engine', runId: 1, engine: 'fused-wasm' });
    await worker.until(isOn('fused-wasm'));
    const calls = worker.calls();
    expect(calls).toBeLessThan(40);
    await worker.until(isState('finished'));
    expect(worker.calls()).toBe(calls);
  });

  it('changes it while paused, without training, also in the middle of a meta-iteration', async () => {
    const worker = open({ others });
    worker.post(startMessage({ paused: true }));
    await worker.until(isState('paused'));
    worker.post({ type: 'step', runId: 1, unit: 'phase' });
    await worker.until(() => worker.received.filter(isState('paused')).length === 2);
    worker.post({ type: 'engine', runId: 1, engine: 'fused-wasm' });
    await worker.until(isOn('fused-wasm'));
    expect(metricColumn(worker.received, 'maml', 'iteration')).toEqual([]);
    worker.post({ type: 'play', runId: 1 });
    await worker.until(isState('finished'));
    const straight = metricColumn(await straightRun(), 'rmaml', 'queryLoss');
    expect(metricColumn(worker.received, 'rmaml', 'queryLoss')).toEqual(straight);
  });

  it('says which engine took over and why when it cannot run the experiment', async () => {
    const reason = 'holds no hidden layers of 4 units';
    const worker = open({ slowMs: 2, others: [fakeEntry('fused-wasm', { unsupported: () => reason })] });
    worker.post(startMessage());
    await worker.until(isType('metrics'));
    worker.post({ type: 'engine', runId: 1, engine: 'fused-wasm' });
    const started = await worker.until((message) => message.type === 'started' && message.fallback !== null);
    expect(started).toMatchObject({ engine: 'reference', fallback: { asked: 'fused-wasm', reason } });
    await worker.until(isState('finished'));
    expect(metricColumn(worker.received, 'maml', 'iteration')).toEqual(upTo(20));
  });

  it('hands over when changed test settings ask too much of the engine, and back', async () => {
    const few = {
      unsupported: ({ points }: EngineLimits) => (points > 40 ? `40 points; got ${points}` : null),
    };
    const worker = open({ others: [fakeEntry('fused-wasm', few)] });
    worker.post(startMessage({ engine: 'fused-wasm', paused: true }));
    await worker.until(isOn('fused-wasm'));
    const experiment = smallExperiment({ testSupportSize: 50 });
    worker.post({ type: 'update', runId: 1, experiment });
    const handedOver = await worker.until(isOn('reference'));
    expect(handedOver).toMatchObject({ fallback: { asked: 'fused-wasm', reason: '40 points; got 50' } });
    worker.post({ type: 'update', runId: 1, experiment: smallExperiment() });
    expect(await worker.until(isOn('fused-wasm', 2))).toMatchObject({ fallback: null });
  });

  it('loses nothing when the device of the engine that it left is lost', async () => {
    let lose: (reason: string) => void = () => {};
    const lost = new Promise<string>((resolve) => {
      lose = resolve;
    });
    const worker = open({ slowMs: 1, lost, others });
    worker.post(startMessage());
    await worker.until(isType('metrics'));
    worker.post({ type: 'engine', runId: 1, engine: 'fused-wasm' });
    await worker.until(isOn('fused-wasm'));
    lose('the driver was reset');
    await worker.until(isState('finished'));
    expect(worker.received.some(isType('failed'))).toBe(false);
  });
});

describe('failure', () => {
  it('says that the engine failed, with the metrics so far, and falls silent', async () => {
    const beforeCall = (call: number) => {
      if (call === 9) throw new Error('matMul is broken');
    };
    const worker = open({ beforeCall });
    worker.post(startMessage());
    const failed = await worker.until(isType('failed'));
    expect(failed).toMatchObject({ runId: 1, cause: 'engine', message: 'matMul is broken' });
    expect(metricColumn(worker.received, 'maml', 'iteration')).toEqual(upTo(4));
    await pause(700);
    expect(worker.received.at(-1)).toBe(failed);
  });

  it('knows a lost device from a broken engine', async () => {
    let lose: (reason: string) => void = () => {};
    const lost = new Promise<string>((resolve) => {
      lose = resolve;
    });
    const worker = open({ slowMs: 2, lost, destroyDevice: () => lose('the driver was reset') });
    worker.post(startMessage());
    await worker.until(isType('metrics'));
    worker.post({ type: 'lose-device', runId: 1 });
    const failed = await worker.until(isType('failed'));
    expect(failed).toMatchObject({ cause: 'device-lost', message: 'the driver was reset' });
  });
});
