import { afterEach, describe, expect, it } from 'vitest';
import { isHeavy } from '../experiment/cost.ts';
import type { SinusoidKinds } from '../training/session-events.ts';
import {
  createFakeWorker,
  type EngineFaults,
  type FakeWorker,
  metricColumn,
  smallExperiment,
} from './loop-harness.testing.ts';
import { type ClientEvent, createTrainingClient, type TrainingClient } from './training-client.ts';

interface Setup {
  readonly client: TrainingClient;
  readonly workers: FakeWorker[];
  readonly events: ClientEvent[];
  until<T extends ClientEvent['type']>(type: T, test?: (event: ClientEvent) => boolean): Promise<ClientEvent>;
}

const setups: Setup[] = [];

/** A client whose n-th worker has the n-th faults (the last ones for all that follow). */
function open(faults: readonly EngineFaults[], silenceMs = 5000): Setup {
  const workers: FakeWorker[] = [];
  const events: ClientEvent[] = [];
  const waiting = new Set<() => void>();
  const client = createTrainingClient<SinusoidKinds>({
    isHeavy,
    clock: () => performance.now(),
    silenceMs,
    lookMs: 20,
    createWorker() {
      const worker = createFakeWorker(faults[workers.length] ?? faults.at(-1));
      workers.push(worker);
      return worker;
    },
  });
  client.listen((event) => {
    events.push(event);
    for (const check of [...waiting]) check();
  });
  const until: Setup['until'] = (type, test = () => true) =>
    new Promise((resolve) => {
      const check = (): void => {
        const found = events.find((event) => event.type === type && test(event));
        if (found === undefined) return;
        waiting.delete(check);
        resolve(found);
      };
      waiting.add(check);
      check();
    });
  const setup = { client, workers, events, until };
  setups.push(setup);
  return setup;
}

afterEach(() => {
  for (const { client } of setups.splice(0)) client.dispose();
});

const start = { experiment: smallExperiment(), engine: 'auto', resume: null, paused: false } as const;
const isFinished = (event: ClientEvent) => event.type === 'state' && event.state === 'finished';

/** The query losses as a listener has them who forgets, at each restart, what came after its iteration. */
function keptLosses(events: readonly ClientEvent[], algorithm: string): number[] {
  let kept: number[] = [];
  for (const event of events) {
    if (event.type === 'restarted') kept = kept.slice(0, event.iteration);
    else if (event.type !== 'gave-up') kept.push(...metricColumn([event], algorithm, 'queryLoss'));
  }
  return kept;
}

async function straightLosses(): Promise<number[]> {
  const { client, events, until } = open([{}]);
  client.start(start);
  await until('state', isFinished);
  return keptLosses(events, 'maml');
}

/** An engine that throws once the run has had a few checkpoints. The race takes calls of its own. */
function breaksAtCall(broken: number): EngineFaults {
  return {
    slowMs: 1,
    beforeCall: (call) => {
      if (call === broken) throw new Error('out of memory');
    },
  };
}

describe('the training client', () => {
  it('drops messages of the run before', async () => {
    const { client, events, until } = open([{ slowMs: 5 }]);
    const first = client.start({ ...start, engine: 'reference' });
    await until('metrics');
    const second = client.start({ ...start, engine: 'reference' });
    const from = events.length;
    await until('state', isFinished);
    expect(second).not.toBe(first);
    const later = events.slice(from);
    expect(later.filter((event) => 'runId' in event && event.runId === first)).toEqual([]);
    expect(keptLosses(later, 'maml')).toHaveLength(20);
  });

  it('replaces a failed worker and goes on from the newest checkpoint: nothing lost, nothing doubled', async () => {
    const { client, workers, events, until } = open([breaksAtCall(25), {}]);
    client.start({ ...start, engine: 'reference' });
    const restarted = await until('restarted');
    expect(restarted).toMatchObject({ reason: 'engine', message: 'out of memory' });
    expect(restarted).toHaveProperty('iteration', expect.any(Number));
    await until('state', isFinished);
    expect(workers).toHaveLength(2);
    expect('iteration' in restarted && restarted.iteration).toBeGreaterThan(0);
    expect(keptLosses(events, 'maml')).toEqual(await straightLosses());
  });

  it('replaces a worker that has fallen silent', async () => {
    const { client, workers, events, until } = open([{ slowMs: 5 }, {}], 800);
    client.start({ ...start, engine: 'reference' });
    await until('metrics');
    client.killWorker();
    expect(await until('restarted')).toMatchObject({ reason: 'silent' });
    await until('state', isFinished);
    expect(workers).toHaveLength(2);
    expect(keptLosses(events, 'maml')).toEqual(await straightLosses());
  });

  it('keeps a paused run paused, at the latest settings and on the same engine', async () => {
    const { client, workers, until } = open([{}], 800);
    client.start({ ...start, paused: true });
    await until('state');
    client.update(smallExperiment({ metaIterations: 22 }));
    client.killWorker();
    const restarted = await until('restarted');
    await until(
      'state',
      (event) => 'runId' in event && 'runId' in restarted && event.runId === restarted.runId,
    );
    expect(workers[1]!.calls()).toBe(0);
    client.play();
    await until('state', (event) => isFinished(event) && 'iteration' in event && event.iteration === 22);
    const started = workers[1]!.received.find((message) => message.type === 'started');
    expect(started).toMatchObject({ engine: 'reference' });
    // Told which engine it was, the second worker had no need of a race.
    expect(workers[1]!.received.some((message) => message.type === 'race')).toBe(false);
  });

  it('gives up after three failures in a short time, and starts again when asked to', async () => {
    const { client, workers, until } = open([breaksAtCall(1), breaksAtCall(1), breaksAtCall(1), {}]);
    const runId = client.start({ ...start, engine: 'reference' });
    const gaveUp = await until('gave-up');
    expect(gaveUp).toMatchObject({ message: 'out of memory' });
    expect('runId' in gaveUp && gaveUp.runId).not.toBe(runId);
    expect(workers).toHaveLength(3);
    client.start({ ...start, engine: 'reference' });
    await until('state', isFinished);
  });

  it('sends the speed limit to every run', async () => {
    const { client, events, until } = open([{}]);
    client.setSpeed(1);
    client.start({ ...start, engine: 'reference' });
    await until('heartbeat', (event) => 'iteration' in event && event.iteration > 0);
    expect(keptLosses(events, 'maml').length).toBeLessThanOrEqual(3);
  });
});
