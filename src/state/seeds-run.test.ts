import { afterEach, describe, expect, it } from 'vitest';
import type { StoreApi } from 'zustand/vanilla';
import { isHeavyCheetah } from '../experiment/cheetah-rules.ts';
import { encodePlainLink } from '../experiment/codec.ts';
import { isHeavy } from '../experiment/cost.ts';
import { isHeavyNavigation } from '../experiment/navigation-rules.ts';
import { TINY } from '../training/policy-session.testing.ts';
import type { CheetahKinds, NavigationKinds } from '../training/policy-session-events.ts';
import type { SinusoidKinds } from '../training/session-events.ts';
import { createFakeWorker, type EngineFaults, smallExperiment } from '../worker/loop-harness.testing.ts';
import { createFakeNavigationWorker } from '../worker/navigation-harness.testing.ts';
import { createReachingClient } from '../worker/reaching-client.ts';
import { createFakeReachingWorker } from '../worker/reaching-harness.testing.ts';
import { createTrainingClient } from '../worker/training-client.ts';
import { finished, openPage, small, until, watchable } from './open-page.testing.ts';
import { encodePins, readPins } from './pins-file.ts';
import { reachingExperiment } from './pins-reaching.testing.ts';
import type { PinDraft } from './pins-types.ts';
import { createSeeds, type SeedsClients, type SeedsState } from './seeds-run.ts';

const clock = () => performance.now();
const disposals: (() => void)[] = [];
afterEach(() => {
  for (const dispose of disposals.splice(0)) dispose();
});

function clientsWith(faults: EngineFaults = {}): SeedsClients {
  const keep = <C extends { dispose(): void }>(client: C): C => {
    disposals.push(() => client.dispose());
    return client;
  };
  return {
    sinusoid: () =>
      keep(
        createTrainingClient<SinusoidKinds>({ createWorker: () => createFakeWorker(faults), isHeavy, clock }),
      ),
    navigation: () =>
      keep(
        createTrainingClient<NavigationKinds>({
          createWorker: () => createFakeNavigationWorker(),
          isHeavy: isHeavyNavigation,
          clock,
        }),
      ),
    cheetah: () =>
      keep(
        createTrainingClient<CheetahKinds>({
          createWorker: () => {
            throw new Error('not in this test');
          },
          isHeavy: isHeavyCheetah,
          clock,
        }),
      ),
    reaching: () => keep(createReachingClient({ createWorker: createFakeReachingWorker })),
  };
}

function over(store: StoreApi<SeedsState>): Promise<SeedsState['job']> {
  return new Promise((resolve) => {
    const check = () => {
      const { job } = store.getState();
      if (job.kind !== 'done' && job.kind !== 'failed') return;
      stop();
      resolve(job);
    };
    const stop = store.subscribe(check);
    check();
  });
}

function seedsOf(page: ReturnType<typeof openPage>, faults: EngineFaults = {}) {
  const drafts: PinDraft[] = [];
  const store = createSeeds({
    stores: page.stores,
    clients: clientsWith(faults),
    clock,
    onDone: (draft) => drafts.push(draft),
  });
  return { store, drafts };
}

describe('several seeds', () => {
  it('are the experiment’s seed and the following ones, each as if it had been trained alone', async () => {
    const page = openPage(small);
    await page.api.idle();
    await finished(page);
    const own = page.api.losses('maml');
    const { store, drafts } = seedsOf(page);
    store.getState().start(3);
    expect(await over(store)).toMatchObject({
      kind: 'done',
      finished: 3,
      asked: 3,
      failed: 0,
      wasCancelled: false,
    });
    const [draft] = drafts;
    const { seed } = smallExperiment();
    expect(draft?.seeds?.seeds).toEqual([seed, seed + 1, seed + 2]);
    // The first seed is the shown run: bit for bit on the same engine.
    const metrics = draft?.record?.runs[0]?.metrics;
    expect(metrics?.queryLoss).toEqual(own);
    const { finals, curves } = draft!.seeds!.groups[0]!;
    expect(finals.after).toHaveLength(3);
    expect(new Set(finals.after).size).toBe(3);
    expect(curves.find(({ name }) => name === 'adaptation 10')?.n).toBe(3);
  });

  it('pause the shown run, which then goes on', async () => {
    const page = openPage(encodePlainLink(smallExperiment({ metaIterations: 3000 })), watchable);
    await until(page, ({ status }) => status.kind === 'running');
    await page.api.reached(5);
    const { store } = seedsOf(page);
    store.getState().start(2);
    await until(page, ({ status }) => status.kind === 'paused');
    store.getState().cancel();
    await until(page, ({ status }) => status.kind === 'running');
  });

  it('keep what had finished when they are cancelled', async () => {
    const page = openPage(small);
    await page.api.idle();
    const { store, drafts } = seedsOf(page, { slowMs: 2 });
    store.getState().start(50);
    await new Promise<void>((resolve) => {
      const stop = store.subscribe(({ job }) => {
        if (job.kind !== 'running' || job.finished < 2) return;
        stop();
        resolve();
      });
    });
    store.getState().cancel();
    const job = await over(store);
    expect(job).toMatchObject({ kind: 'done', finished: 2, wasCancelled: true });
    expect(drafts[0]?.seeds).toMatchObject({
      asked: 50,
      seeds: [1, 2].map((i) => smallExperiment().seed + i - 1),
    });
  });

  it('keep nothing when none had finished', async () => {
    const page = openPage(small);
    await page.api.idle();
    const { store, drafts } = seedsOf(page, { slowMs: 50 });
    store.getState().start(5);
    store.getState().cancel();
    expect(await over(store)).toMatchObject({ finished: 0, wasCancelled: true });
    expect(drafts).toEqual([]);
  });

  it('count what diverges and go on', async () => {
    // α so large that MAML leaves the numbers within the first iterations.
    const page = openPage(
      encodePlainLink(
        smallExperiment({
          metaIterations: 40,
          innerLearningRate: 1,
          metaLearningRate: 1,
          metaOptimizer: 'sgd',
          algorithms: ['maml'],
        }),
      ),
    );
    await page.api.idle();
    const { store, drafts } = seedsOf(page);
    store.getState().start(2);
    const job = await over(store);
    expect(job).toMatchObject({ kind: 'done', finished: 2, diverged: 2 });
    expect(drafts[0]?.seeds?.groups[0]).toMatchObject({ id: 'maml', diverged: 2, finals: {} });
    const place = { id: 'a', letter: 'A', look: 0, isShown: true, isBaseline: false, keptAt: 0 };
    expect(readPins(encodePins([{ ...drafts[0]!, ...place }])).kind).toBe('read');
  });

  it('stop after three errors in a row, and say the message', async () => {
    const page = openPage(small);
    await page.api.idle();
    const beforeCall = () => {
      throw new Error('the engine is out of order');
    };
    const { store } = seedsOf(page, { beforeCall });
    store.getState().start(10);
    const job = await over(store);
    expect(job).toMatchObject({ kind: 'failed', failed: 3, finished: 0 });
    expect(job.kind === 'failed' && job.message).toMatch(/out of order/);
  });

  it('train policies as well', async () => {
    const page = openPage(encodePlainLink(TINY));
    await page.api.idle();
    const { store, drafts } = seedsOf(page);
    store.getState().start(2);
    expect(await over(store)).toMatchObject({ kind: 'done', finished: 2, lab: 'navigation' });
    const [group] = drafts[0]!.seeds!.groups;
    expect(group?.finals.before).toHaveLength(2);
    expect(group?.curves.map(({ name }) => name)).toEqual(['learning', 'adaptation']);
  });

  it('of the Reaching lab are its own', async () => {
    const page = openPage(encodePlainLink(reachingExperiment({ iterations: 30 })));
    await page.api.idle();
    const { store, drafts } = seedsOf(page);
    store.getState().start(4);
    expect(await over(store)).toMatchObject({ kind: 'done', finished: 4, lab: 'reaching' });
    expect(drafts[0]).toMatchObject({ record: null, seeds: { asked: 4 } });
    expect(drafts[0]?.seeds?.groups[0]?.finals.distance).toHaveLength(4);
  });
});
