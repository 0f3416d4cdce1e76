// Driving sessions whose events take long: a pause does not wait for them, and what they bring waits for training.
import { afterEach, describe, expect, it } from 'vitest';
import { type SlowMessage, type SlowRun, startSlowRun } from './slow-session.testing.ts';

const runs: SlowRun[] = [];
function start(options?: Parameters<typeof startSlowRun>[0]): SlowRun {
  const run = startSlowRun(options);
  runs.push(run);
  return run;
}
afterEach(async () => {
  for (const run of runs.splice(0)) await run.stop();
});

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const isState = (state: string) => (message: SlowMessage) =>
  message.type === 'state' && message.state === state;
const states = ({ received }: SlowRun) =>
  received.flatMap((message) => (message.type === 'state' ? [message.state] : []));
/** [algorithm, iteration, score] of every row. */
const rows = ({ received }: SlowRun) =>
  received
    .flatMap((message) => (message.type === 'metrics' ? message.batches : []))
    .flatMap(({ algorithm, rows: values }) =>
      Array.from({ length: values.length / 2 }, (_, at) => [algorithm, values[2 * at], values[2 * at + 1]]),
    );
const probes = ({ received }: SlowRun) =>
  received.flatMap((message) => (message.type === 'probe' ? [message.point] : []));

/** Paused while the first event of the second meta-iteration is being computed. */
async function pausedInThePull(): Promise<SlowRun> {
  const run = start();
  run.release();
  run.release();
  await run.until((message) => message.type === 'metrics');
  expect(run.pulls()).toBe(3);
  run.post({ type: 'pause', runId: 1 });
  await run.until(isState('paused'));
  return run;
}

describe('a pause while an event is being computed', () => {
  it('is answered within 100 ms, at the last iteration that the page knows', async () => {
    const run = start();
    run.release();
    run.release();
    await run.until((message) => message.type === 'metrics');
    const began = performance.now();
    run.post({ type: 'pause', runId: 1 });
    const paused = await run.until(isState('paused'));
    expect(performance.now() - began).toBeLessThan(100);
    expect(paused).toMatchObject({ iteration: 1 });
  });

  it('holds the event back until training goes on, and loses nothing', async () => {
    const run = await pausedInThePull();
    const before = run.received.length;
    run.release();
    run.post({ type: 'credit', runId: 1 });
    await wait(150);
    expect(run.received.slice(before).filter(({ type }) => type !== 'heartbeat')).toEqual([]);
    expect(run.pulls()).toBe(3);
    run.post({ type: 'play', runId: 1 });
    run.release();
    await run.until(() => rows(run).length === 4);
    expect(rows(run)).toEqual([
      ['maml', 1, -10],
      ['rmaml', 1, -10],
      ['maml', 2, -9],
      ['rmaml', 2, -9],
    ]);
  });

  it('is over when training goes on before the event is there', async () => {
    const run = await pausedInThePull();
    run.post({ type: 'play', runId: 1 });
    await run.until(() => states(run).at(-1) === 'running');
    run.release();
    run.release();
    await run.until(() => rows(run).length === 4);
    expect(states(run)).toEqual(['running', 'paused', 'running']);
  });

  it('makes the event the next step', async () => {
    const run = await pausedInThePull();
    run.release();
    await wait(20);
    run.post({ type: 'step', runId: 1, unit: 'phase' });
    await run.until(() => states(run).length === 3);
    expect(run.received.filter(({ type }) => type === 'phase')).toMatchObject([
      { algorithm: 'maml', iteration: 2 },
    ]);
    expect(rows(run)).toHaveLength(3);
    expect(run.pulls()).toBe(3);
  });

  it('waits for an event that is there in a moment', async () => {
    const run = start();
    run.release();
    run.release();
    await run.until((message) => message.type === 'metrics');
    run.post({ type: 'pause', runId: 1 });
    run.release();
    await run.until(isState('paused'));
    await wait(50);
    expect(states(run)).toEqual(['running', 'paused']);
    run.post({ type: 'step', runId: 1, unit: 'iteration' });
    run.release();
    await run.until((message) => message.type === 'state' && message.iteration === 2);
    expect(rows(run)).toHaveLength(4);
  });

  it('tells of a failure at once', async () => {
    const run = await pausedInThePull();
    run.fail(new Error('a worker of the pool died'));
    expect(await run.until(({ type }) => type === 'failed')).toMatchObject({
      cause: 'engine',
      message: 'a worker of the pool died',
    });
  });
});

describe('a probe', () => {
  it('is answered for every run while paused, without training', async () => {
    const run = start({ paused: true });
    await run.until(isState('paused'));
    run.post({ type: 'probe', runId: 1, request: 'north' });
    await run.until(() => probes(run).length === 2);
    expect(probes(run)).toEqual([
      { algorithm: 'maml', iteration: 0, goal: 'north' },
      { algorithm: 'rmaml', iteration: 0, goal: 'north' },
    ]);
    expect(run.pulls()).toBe(0);
    expect(states(run)).toEqual(['paused']);
  });

  it('is answered between two events while it trains, before the next one', async () => {
    const run = start();
    run.release();
    run.release();
    await run.until((message) => message.type === 'metrics');
    run.post({ type: 'probe', runId: 1, request: 'north' });
    run.post({ type: 'probe', runId: 1, request: 'south' });
    run.release();
    await run.until(() => probes(run).length === 2);
    expect(probes(run).map(({ goal }) => goal)).toEqual(['south', 'south']);
    run.release();
    await run.until(() => rows(run).length === 4);
    expect(states(run)).toEqual(['running']);
  });

  it('waits for an event that a pause held back', async () => {
    const run = await pausedInThePull();
    run.post({ type: 'probe', runId: 1, request: 'north' });
    await wait(30);
    expect(probes(run)).toEqual([]);
    run.release();
    await run.until(() => probes(run).length === 2);
    expect(rows(run)).toHaveLength(2);
  });

  it('ends with null', async () => {
    const run = start({ paused: true });
    run.post({ type: 'probe', runId: 1, request: 'north' });
    run.post({ type: 'probe', runId: 1, request: null });
    await run.until(isState('paused'));
    await wait(30);
    expect(probes(run)).toEqual([]);
  });
});

describe('a run that is stalled', () => {
  it('is told of and pauses; it may go on', async () => {
    const run = start({ stallAt: 1 });
    run.release();
    run.release();
    const stalled = await run.until(({ type }) => type === 'stalled');
    expect(stalled).toMatchObject({ algorithm: 'maml', iteration: 1, cause: 'every step was refused' });
    await run.until(isState('paused'));
    expect(rows(run)).toHaveLength(2);
    run.post({ type: 'play', runId: 1 });
    run.release();
    run.release();
    await run.until(() => rows(run).length === 4);
  });
});
