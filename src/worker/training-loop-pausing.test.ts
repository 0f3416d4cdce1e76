// The training loop over a MessageChannel: pausing, stepping and going slowly.
import { describe, expect, it } from 'vitest';
import { PHASES } from '../algorithms/algorithm.ts';
import { metricColumn, smallExperiment, startMessage } from './loop-harness.testing.ts';
import { atIteration, isState, isType, open, pause, upTo } from './loop-messages.testing.ts';

describe('pausing and stepping', () => {
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
});
