// The training loop with a session of meta-RL on the pool of threads, behind a MessageChannel: what the page hears is
// the same, however many threads there are and whichever of them die.
import { describe, expect, it } from 'vitest';
import { openPolicyEngine } from '../gradients/create-policy-engine.ts';
import { TINY } from '../training/policy-session.testing.ts';
import { createPolicySession } from '../training/policy-session.ts';
import {
  POLICY_METRIC_COLUMNS,
  type PolicyKinds,
  type TrainablePolicyExperiment,
} from '../training/policy-session-events.ts';
import { createEnginePool } from './engine-pool.ts';
import { createFakeThreads } from './fake-threads.testing.ts';
import { createMacrotaskYield } from './macrotask.ts';
import { policyDriving, policyRaceRules } from './policy-driving.ts';
import { createPolicyHelper, type FromPolicyHelper, type ToPolicyHelper } from './policy-helper.ts';
import { createPolicyRaceEntries } from './policy-race-entries.ts';
import type { FromWorkerOf, ToWorkerOf } from './protocol.ts';
import { createTrainingLoop } from './training-loop.ts';

type Heard = FromWorkerOf<PolicyKinds>;

const clock = () => performance.now();
const EXPERIMENT: TrainablePolicyExperiment = {
  ...TINY,
  algorithms: ['maml', 'rmaml', 'reptile'],
  outerOptimizer: 'trpo',
  metaIterations: 3,
};

function openLoop({ cores = 3, hasWorkers = true } = {}) {
  const { port1: page, port2: inside } = new MessageChannel();
  const openEngine = () => openPolicyEngine('reference', {});
  const threads = createFakeThreads<ToPolicyHelper, FromPolicyHelper>({
    start: (post) => createPolicyHelper({ openEngine, post, clock }),
  });
  const yieldMacrotask = createMacrotaskYield();
  const createHelper = () => {
    if (!hasWorkers) throw new Error('no workers here');
    return threads.create();
  };
  const entries = createPolicyRaceEntries({ resources: {}, createHelper, cores, clock, yieldMacrotask });
  const engines = createEnginePool<PolicyKinds>({
    entries,
    rules: policyRaceRules((raced, crew) => createPolicySession(raced, crew, { clock, evaluationTasks: 0 })),
    clock,
  });
  const loop = createTrainingLoop<PolicyKinds>({
    lab: policyDriving(),
    post: (message, transfer) => inside.postMessage(message, transfer),
    clock,
    engines,
    createSession: (experiment, crew, resume) =>
      createPolicySession(experiment, crew, { clock, resume, evaluationTasks: 2 }),
    yieldMacrotask,
  });
  inside.onmessage = (event: MessageEvent<ToWorkerOf<PolicyKinds>>) => loop.receive(event.data);
  const heard: Heard[] = [];
  const listeners: (() => void)[] = [];
  page.onmessage = (event: MessageEvent<Heard>) => {
    heard.push(event.data);
    for (const listener of listeners.splice(0)) listener();
  };
  return {
    threads,
    heard,
    post: (message: ToWorkerOf<PolicyKinds>) => page.postMessage(message),
    async until(test: (message: Heard) => boolean): Promise<void> {
      while (!heard.some(test)) await new Promise<void>((resolve) => listeners.push(resolve));
    },
    async close() {
      await loop.stop();
      engines.dispose();
      page.close();
      inside.close();
    },
  };
}

const start = (changes: Partial<ToWorkerOf<PolicyKinds> & { type: 'start' }> = {}) =>
  ({
    type: 'start',
    runId: 1,
    experiment: EXPERIMENT,
    engine: 'reference',
    resume: null,
    paused: false,
    ...changes,
  }) as const;

const isOver = (message: Heard) =>
  message.type === 'failed' || (message.type === 'state' && message.state === 'finished');

/** All rows of all runs, but for the time. */
function rowsOf(heard: readonly Heard[]): number[][] {
  const width = POLICY_METRIC_COLUMNS.length;
  return heard.flatMap((message) =>
    message.type === 'metrics'
      ? message.batches.flatMap(({ rows }) =>
          Array.from({ length: rows.length / width }, (_, row) =>
            POLICY_METRIC_COLUMNS.flatMap((name, at) =>
              /seconds/i.test(name) ? [] : [rows[row * width + at]!],
            ),
          ),
        )
      : [],
  );
}

async function trainAll(options: Parameters<typeof openLoop>[0], kill = 0) {
  const worker = openLoop(options);
  worker.post(start());
  let killed = 0;
  while (killed < kill) {
    const before = rowsOf(worker.heard).length;
    await worker.until(() => rowsOf(worker.heard).length > before || worker.heard.some(isOver));
    worker.post({ type: 'lose-device', runId: 1 });
    killed += 1;
  }
  await worker.until(isOver);
  await worker.close();
  const { heard, threads } = worker;
  const checkpoint = heard.findLast((message) => message.type === 'checkpoint');
  const states = checkpoint?.checkpoint.runs.map(({ state }) => state);
  return { rows: rowsOf(heard).toSorted(), states, heard, threads };
}

describe('the training loop on a pool', () => {
  it('tells the same with three threads, two, none to be had, and on one core', async () => {
    const three = await trainAll({ cores: 4 });
    expect(three.rows).toHaveLength(9);
    expect(three.threads.started()).toBe(3);
    for (const options of [{ cores: 2 }, { hasWorkers: false }, { cores: 1 }]) {
      const other = await trainAll(options);
      expect(other.threads.started()).toBe(options.cores === 2 ? 2 : 0);
      expect(other.rows).toEqual(three.rows);
      expect(other.states).toEqual(three.states);
    }
  });

  it('goes on with the same numbers when a thread is killed, and the page does not hear of it', async () => {
    const alone = await trainAll({ cores: 3 });
    const shared = await trainAll({ cores: 3 }, 2);
    expect(shared.threads.started()).toBe(4);
    expect(shared.rows).toEqual(alone.rows);
    expect(shared.states).toEqual(alone.states);
    const types = new Set(shared.heard.map(({ type }) => type));
    expect([...types].filter((type) => type === 'failed')).toEqual([]);
  });

  it('fails with the cause when threads die again and again', async () => {
    const worker = openLoop();
    worker.post(start({ experiment: { ...EXPERIMENT, metaIterations: 1000 } }));
    await worker.until(({ type }) => type === 'metrics');
    for (let i = 0; i < 3; i++) worker.post({ type: 'lose-device', runId: 1 });
    await worker.until(({ type }) => type === 'failed');
    const failed = worker.heard.find((message) => message.type === 'failed');
    expect(failed).toMatchObject({ cause: 'engine' });
    expect(failed?.message).toContain('lost 3 threads within 30 s');
    await worker.close();
    expect(worker.threads.terminated()).toBe(worker.threads.started());
  });

  it('lets all threads go with the worker', async () => {
    const worker = openLoop();
    worker.post(start({ paused: true }));
    await worker.until(({ type }) => type === 'state');
    expect([worker.threads.started(), worker.threads.terminated()]).toEqual([2, 0]);
    await worker.close();
    expect(worker.threads.terminated()).toBe(2);
  });

  it('frees what a run held that is dropped in the middle of a meta-iteration', async () => {
    const worker = openLoop();
    worker.post(start({ paused: true }));
    for (const phase of ['sample', 'roll-out', 'adapt']) {
      worker.post({ type: 'step', runId: 1, unit: 'phase' });
      await worker.until((message) => message.type === 'phase' && message.event.phase === phase);
    }
    worker.post(start({ runId: 2 }));
    await worker.until(isOver);
    await worker.close();
    for (const sent of worker.threads.sent) {
      const ids = (type: ToPolicyHelper['type']) =>
        sent.flatMap((message) => (message.type === type && 'id' in message ? [message.id] : []));
      expect(ids('request').length).toBeGreaterThan(3);
      expect(ids('release')).toEqual(expect.arrayContaining(ids('request')));
    }
  });
});
