// The training loop over a MessageChannel: settings that change under a run, and runs that diverge.
import { describe, expect, it } from 'vitest';
import { metricColumn, smallExperiment, startMessage } from './loop-harness.testing.ts';
import { atIteration, isState, isType, open, straightRun, upTo } from './loop-messages.testing.ts';

describe('a run whose settings change or that diverges', () => {
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
});
