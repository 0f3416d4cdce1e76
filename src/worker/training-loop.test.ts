import { afterEach, describe, expect, it } from 'vitest';
import { PHASES } from '../algorithms/algorithm.ts';
import type { EngineLimits } from '../gradients/meta-gradient.ts';
import {
  createFakeWorker,
  type EngineFaults,
  type FakeWorker,
  fakeEntry,
  metricColumn,
  smallExperiment,
  startMessage,
} from './loop-harness.ts';
import type { FromWorker } from './protocol.ts';

const workers: FakeWorker[] = [];

function open(faults?: EngineFaults): FakeWorker {
  const worker = createFakeWorker(faults);
  workers.push(worker);
  return worker;
}

afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate();
});

const isState = (state: string) => (message: FromWorker) =>
  message.type === 'state' && message.state === state;
const isType =
  <T extends FromWorker['type']>(type: T) =>
  (message: FromWorker): message is FromWorker & { type: T } =>
    message.type === type;
const atIteration = (message: FromWorker) => (message.type === 'state' ? message.iteration : null);
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A whole run of the small experiment. */
async function straightRun(): Promise<FromWorker[]> {
  const worker = open();
  worker.post(startMessage());
  await worker.until(isState('finished'));
  return worker.received;
}

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

  it('pauses within one engine call, and goes on where it was', async () => {
    const worker = open({ slowMs: 20 });
    worker.post(startMessage());
    await worker.until(isType('metrics'));
    const before = worker.calls();
    worker.post({ type: 'pause', runId: 1 });
    await worker.until(isState('paused'));
    expect(worker.calls() - before).toBeLessThanOrEqual(1);
    const atPause = worker.calls();
    await pause(60);
    expect(worker.calls()).toBe(atPause);
    worker.post({ type: 'play', runId: 1 });
    await worker.until(isState('finished'));
    expect(metricColumn(worker.received, 'maml', 'iteration')).toEqual(upTo(20));
  });

  it('trains in bursts, which a pause waits for at most once, and tells of every iteration', async () => {
    const worker = open();
    worker.post(startMessage({ experiment: smallExperiment({ metaIterations: 100_000 }) }));
    // By then bursts have grown: the next checkpoint is 96 iterations off.
    await worker.until((message) => message.type === 'checkpoint' && message.checkpoint.iteration >= 384);
    const began = performance.now();
    worker.post({ type: 'pause', runId: 1 });
    const paused = await worker.until(isState('paused'));
    // A burst takes 24 ms; the rest is for a machine that is busy otherwise.
    expect(performance.now() - began).toBeLessThan(500);
    const iterations = metricColumn(worker.received, 'maml', 'iteration');
    expect(atIteration(paused)).toBe(iterations.at(-1));
    expect(iterations).toEqual(upTo(iterations.length));
    expect(metricColumn(worker.received, 'rmaml', 'iteration')).toEqual(iterations);
    const before = worker.calls();
    await pause(60);
    expect(worker.calls()).toBe(before);
    // One step from here, phase by phase, is a single meta-iteration again.
    worker.post({ type: 'step', runId: 1, unit: 'iteration' });
    await worker.until((message) => atIteration(message) === iterations.length + 1);
    expect(worker.calls()).toBe(before + 2);
  }, 60_000);

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

  it('steps phase by phase, in order, with the metrics after the last phase of each run', async () => {
    const worker = open();
    worker.post(startMessage({ paused: true }));
    await worker.until(isState('paused'));
    for (let step = 1; step <= 2 * PHASES.length; step++) {
      worker.post({ type: 'step', runId: 1, unit: 'phase' });
      await worker.until(() => worker.received.filter(isState('paused')).length === step + 1);
      expect(worker.received.filter(isType('phase'))).toHaveLength(step);
    }
    const phases = worker.received.filter(isType('phase'));
    expect(phases.map(({ event }) => event.phase)).toEqual([...PHASES, ...PHASES]);
    expect(phases.map(({ algorithm }) => algorithm)).toEqual([
      ...PHASES.map(() => 'maml'),
      ...PHASES.map(() => 'rmaml'),
    ]);
    expect(metricColumn(worker.received, 'rmaml', 'iteration')).toEqual([1]);

    // Nothing of iteration 1 is left to compute: its end alone would be a step that does nothing.
    worker.post({ type: 'step', runId: 1, unit: 'iteration' });
    await worker.until(() => worker.received.filter(isState('paused')).length === 2 * PHASES.length + 2);
    expect(metricColumn(worker.received, 'rmaml', 'iteration')).toEqual([1, 2]);
  });

  it('steps one meta-iteration of all runs', async () => {
    const worker = open();
    worker.post(startMessage({ paused: true }));
    await worker.until(isState('paused'));
    worker.post({ type: 'step', runId: 1, unit: 'iteration' });
    await worker.until(
      (message) => isState('paused')(message) && 'iteration' in message && message.iteration === 1,
    );
    expect(metricColumn(worker.received, 'maml', 'iteration')).toEqual([1]);
    expect(metricColumn(worker.received, 'rmaml', 'iteration')).toEqual([1]);
  });

  it('keeps to a speed limit, which does not slow down a pause', async () => {
    const worker = open();
    worker.post(startMessage({ paused: true }));
    worker.post({ type: 'speed', runId: 1, iterationsPerSecond: 1 });
    worker.post({ type: 'play', runId: 1 });
    await worker.until((message) => message.type === 'metrics');
    const began = performance.now();
    worker.post({ type: 'pause', runId: 1 });
    await worker.until(isState('paused'));
    expect(performance.now() - began).toBeLessThan(500);
    expect(metricColumn(worker.received, 'maml', 'iteration').length).toBeLessThanOrEqual(2);
  });

  it('takes over settings that leave the past alone, also after the end', async () => {
    const worker = open();
    worker.post(startMessage());
    await worker.until(isState('finished'));
    worker.post({ type: 'update', runId: 1, experiment: smallExperiment({ metaIterations: 25 }) });
    await worker.until((message) => message.type === 'state' && message.iteration === 25);
    expect(metricColumn(worker.received, 'maml', 'iteration')).toEqual(upTo(25));
  });

  it('stops a run that diverges, goes on with the others, and pauses when none is left', async () => {
    const worker = open();
    const experiment = smallExperiment({
      innerLearningRate: 1e30,
      adaptiveAlpha: 'none',
      taskBuffer: 'none',
      metaIterations: 100_000,
    });
    worker.post(
      startMessage({ experiment: { ...experiment, algorithms: ['maml', 'reptile', 'pretrained'] } }),
    );
    const diverged = await worker.until(isType('diverged'));
    expect(diverged).toMatchObject({ algorithm: 'maml', lastGoodIteration: expect.any(Number) });
    expect(diverged.cause).not.toBe('');
    await worker.until((message) => message.type === 'diverged' && message.algorithm === 'reptile');
    const iterations = () => metricColumn(worker.received, 'pretrained', 'iteration').length;
    const before = iterations();
    await worker.until(() => iterations() > before + 5);

    const alone = open();
    alone.post(startMessage({ experiment: { ...experiment, algorithms: ['maml'] } }));
    await alone.until(isType('diverged'));
    await alone.until(isState('paused'));
  });

  it('evaluates with changed test settings while paused, and does not train', async () => {
    const worker = open();
    worker.post(startMessage({ paused: true }));
    for (let step = 1; step <= 3; step++) {
      worker.post({ type: 'step', runId: 1, unit: 'iteration' });
      await worker.until((message) => isState('paused')(message) && atIteration(message) === step);
    }
    const calls = worker.calls();
    const before = worker.received.length;
    const experiment = smallExperiment({ testInnerSteps: 3, testSupportSize: 7 });
    worker.post({ type: 'update', runId: 1, experiment });
    await worker.until(
      (message) =>
        message.type === 'adaptation' &&
        message.point.algorithm === 'maml' &&
        message.point.iteration === 0 &&
        message.point.curves.some((curve) => curve.supportSize === 7),
    );
    const after = worker.received.slice(before);
    const updated = after.findIndex(isType('updated'));
    expect(after[updated]).toMatchObject({ experiment: { testInnerSteps: 3 } });
    expect(after.slice(0, updated).some(({ type }) => type === 'held-out' || type === 'adaptation')).toBe(
      false,
    );
    const measured = after
      .filter(isType('held-out'))
      .map(({ point }) => `${point.algorithm} ${point.iteration}`);
    const all = ['maml', 'rmaml'].flatMap((id) => [0, 1, 2, 3].map((iteration) => `${id} ${iteration}`));
    expect(measured.toSorted()).toEqual(all);
    expect(after.some((message) => message.type === 'state')).toBe(false);
    expect(worker.calls()).toBe(calls);
    worker.post({ type: 'play', runId: 1 });
    await worker.until(isState('finished'));
    const straight = metricColumn(await straightRun(), 'rmaml', 'queryLoss');
    expect(metricColumn(worker.received, 'rmaml', 'queryLoss')).toEqual(straight);
  });

  it('stays finished while it evaluates with changed test settings', async () => {
    const worker = open();
    worker.post(startMessage());
    await worker.until(isState('finished'));
    const before = worker.received.length;
    worker.post({ type: 'update', runId: 1, experiment: smallExperiment({ testInnerSteps: 3 }) });
    await worker.until(
      (message) =>
        worker.received.indexOf(message) >= before &&
        message.type === 'held-out' &&
        message.point.iteration === 0,
    );
    expect(worker.received.slice(before).some((message) => message.type === 'state')).toBe(false);
  });

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
