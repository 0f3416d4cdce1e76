// The stores over the real client and the real training loop (in this thread, on a small network).
import { afterEach, describe, expect, it } from 'vitest';
import { encodeLink, encodePlainLink } from '../experiment/codec.ts';
import type { EngineLimits } from '../gradients/meta-gradient.ts';
import {
  createFakeWorker,
  type EngineFaults,
  type FakeWorker,
  fakeEntry,
  smallExperiment,
} from '../worker/loop-harness.ts';
import { createReachingClient } from '../worker/reaching-client.ts';
import { createFakeReachingWorker } from '../worker/reaching-harness.testing.ts';
import { createTrainingClient, type TrainingClient } from '../worker/training-client.ts';
import { type CreatedStores, createAppStores } from './create-stores.ts';
import { createTestApi, type TestApi } from './test-api.ts';

interface Page extends CreatedStores {
  readonly api: TestApi;
  readonly workers: FakeWorker[];
  readonly written: string[];
  /** Written as new entries of the browser's history. */
  readonly pushed: string[];
  /** Opens another link in the same page. */
  visit(fragment: string): void;
}

const clients: Pick<TrainingClient, 'dispose'>[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
});

/** Frames as a screen would give them. */
const frames = {
  request: (callback: (now: number) => void) => Number(setTimeout(() => callback(performance.now()), 5)),
  cancel: (id: number) => clearTimeout(id),
};

interface PageOptions {
  readonly faults?: readonly EngineFaults[];
  readonly silenceMs?: number;
  /** Paint every snapshot as soon as it comes. */
  readonly paints?: boolean;
}

function openPage(link: string, { faults = [{}], silenceMs = 5000, paints = true }: PageOptions = {}): Page {
  const workers: FakeWorker[] = [];
  const clock = () => performance.now();
  const client = createTrainingClient({
    clock,
    silenceMs,
    lookMs: 20,
    createWorker() {
      const worker = createFakeWorker(faults[workers.length] ?? faults.at(-1));
      workers.push(worker);
      return worker;
    },
  });
  clients.push(client);
  let fragment = link;
  let changed = () => {};
  const written: string[] = [];
  const pushed: string[] = [];
  const address = {
    read: () => fragment,
    write(next: string) {
      fragment = next;
      written.push(next);
    },
    push(next: string) {
      fragment = next;
      pushed.push(next);
    },
    onChange(listener: () => void) {
      changed = listener;
    },
  };
  const reachingClient = createReachingClient({ createWorker: createFakeReachingWorker });
  clients.push(reachingClient);
  const created = createAppStores({
    client,
    reachingClient,
    frames,
    address,
    storage: null,
    clock,
    restartDelayMs: 10,
    writeDelayMs: 10,
  });
  if (paints) created.stores.data.subscribe(() => created.stores.data.painted());
  const visit = (next: string): void => {
    fragment = next;
    changed();
  };
  return { ...created, api: createTestApi(created, client), workers, written, pushed, visit };
}

const small = encodePlainLink(smallExperiment());
const long = encodePlainLink(smallExperiment({ metaIterations: 2000 }));
/** Slow enough to be caught before its end: on its own, the small network is through with `long` in a moment. */
const watchable: PageOptions = { faults: [{ slowMs: 1 }] };
const run = ({ stores }: Page) => stores.run.getState();
const experiment = ({ stores }: Page) => stores.experiment.getState();
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Resolves when the run store satisfies `test`. */
function until({ stores }: Page, test: (state: ReturnType<typeof run>) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (!test(stores.run.getState())) return;
      stop();
      resolve();
    };
    const stop = stores.run.subscribe(check);
    check();
  });
}
const finished = (page: Page) => until(page, (state) => state.status.kind === 'finished');

describe('opening', () => {
  it('trains what the link says at once, to its end', async () => {
    const page = openPage(small);
    expect(run(page).status).toEqual({ kind: 'starting', step: 'loading' });
    await finished(page);
    expect(experiment(page).experiment).toEqual(smallExperiment());
    expect(page.api.losses('maml')).toHaveLength(20);
    expect(run(page)).toMatchObject({ engine: 'reference', iteration: 20, notices: [] });
    // The last snapshot waits for the one before it to be painted.
    await new Promise<void>((resolve) => {
      const check = (): void => {
        if (page.stores.data.snapshot?.iteration === 20) resolve();
      };
      page.stores.data.subscribe(check);
      check();
    });
    expect(page.stores.data.checkpoints.at(-1)?.iteration).toBe(20);
  });

  it('trains the default preset without a link', async () => {
    const page = openPage('');
    expect(experiment(page).experiment.preset).toBe('sinusoid-live');
    await page.api.idle();
    expect(page.api.status()).toBe('running');
    run(page).pause();
    await until(page, (state) => state.status.kind === 'paused');
  });

  it('gives the same losses, bit for bit, to everyone who opens the link', async () => {
    const pages = [openPage(small), openPage(small)] as const;
    await Promise.all(pages.map(finished));
    expect(pages[0].api.losses('rmaml')).toEqual(pages[1].api.losses('rmaml'));
  });

  it('lists what was wrong with a link and waits', async () => {
    const page = openPage(`${small}&supportSize=-3&colour=red`);
    await page.api.idle();
    expect(page.api.status()).toBe('paused');
    const [notice] = run(page).notices;
    expect(notice?.details.join()).toMatch(/supportSize.*colour/);
    // What the race and the first evaluation took; training would go on calling.
    const calls = page.workers[0]!.calls();
    await pause(150);
    expect(page.workers[0]!.calls()).toBe(calls);
    expect(page.api.losses('maml')).toEqual([]);
  });

  it('starts nothing at all for a heavy link until Run', async () => {
    const heavy = { hiddenWidths: [256, 256], metaBatchSize: 100, supportSize: 100, querySize: 100 };
    const page = openPage(encodePlainLink({ ...smallExperiment(), ...heavy }));
    await page.api.idle();
    expect(page.api.status()).toBe('idle');
    expect(page.workers).toHaveLength(0);
    expect(run(page).notices).toHaveLength(1);
  });

  it('reads compressed links', async () => {
    // Enough settings that deflating pays off.
    const wanted = smallExperiment({
      hiddenWidths: [4, 4, 4, 4],
      amplitudeMin: 1,
      amplitudeMax: 2,
      phaseMin: 1,
    });
    const link = await encodeLink({ ...wanted, phaseMax: 2, testPhaseMin: 1, testPhaseMax: 2, seed: 77 });
    expect(link).toMatch(/^#z=/);
    const page = openPage(link);
    await page.opened;
    expect(experiment(page).experiment.seed).toBe(77);
    await page.api.idle();
    expect(page.api.status()).not.toBe('idle');
  });
});

describe('changing settings', () => {
  it('restarts for one that alters the past, says so, and keeps the old run as the pinned one', async () => {
    const page = openPage(small);
    await finished(page);
    const old = page.api.losses('maml');
    experiment(page).edit({ innerLearningRate: 0.02 });
    await page.api.idle();
    await finished(page);
    const { pinned } = page.stores.data;
    expect(pinned?.label).toBe('α = 0.01');
    expect([...pinned!.metrics.get('maml')!.column('queryLoss').subarray(0, 20)]).toEqual(old);
    expect(page.api.losses('maml')).not.toEqual(old);
    expect(run(page).notices[0]?.title).toContain('restarted');
    expect(page.workers).toHaveLength(1);
    run(page).dismissPinned();
    expect(page.stores.data.pinned).toBeNull();
  });

  it('comes back to the old losses when the change is undone', async () => {
    const page = openPage(small);
    await finished(page);
    const old = page.api.losses('maml');
    experiment(page).edit({ innerLearningRate: 0.02 });
    await page.api.idle();
    await finished(page);
    experiment(page).undo();
    await page.api.idle();
    await finished(page);
    expect(page.api.losses('maml')).toEqual(old);
  });

  it('restarts once for a whole drag', async () => {
    const page = openPage(long);
    await page.api.reached(5);
    const before = run(page).runId;
    for (const supportSize of [6, 7, 8, 9]) experiment(page).edit({ supportSize }, 'drag');
    await page.api.idle();
    expect(run(page).runId).toBe(before + 1);
    expect(experiment(page).canUndo).toBe(true);
  });

  it('goes on training for one that does not', async () => {
    const page = openPage(long, watchable);
    await page.api.reached(5);
    const { runId } = run(page);
    experiment(page).edit({ testInnerSteps: 3 });
    experiment(page).edit({ metaIterations: 900 });
    await finished(page);
    expect(run(page)).toMatchObject({ runId, iteration: 900 });
    expect(page.api.losses('maml')).toHaveLength(900);
    expect(page.stores.data.pinned).toBeNull();
  });

  it('goes on training for one that no run uses', async () => {
    const page = openPage(long, watchable);
    await page.api.reached(5);
    const { runId } = run(page);
    experiment(page).edit({ reptileStepSize: 0.3 });
    experiment(page).edit({ metaIterations: 900 });
    await finished(page);
    expect(run(page)).toMatchObject({ runId, iteration: 900, notices: [] });
  });

  it('measures a paused run anew on other test settings, old points gone, iteration untouched', async () => {
    const page = openPage(long, watchable);
    await page.api.reached(9);
    run(page).pause();
    await until(page, (state) => state.status.kind === 'paused');
    const { iteration } = run(page);
    // A pause may fall between the runs of one meta-iteration.
    const trained = page.api.losses('maml').length;
    const { data } = page.stores;
    const old = new Set(data.heldOut);
    expect(old.size).toBeGreaterThan(0);
    experiment(page).edit({ testInnerSteps: 4 });
    const kept = data.checkpoints.map((checkpoint) => checkpoint.iteration);
    const measured = () => data.heldOut.filter((point) => point.algorithm === 'maml' && !old.has(point));
    await new Promise<void>((resolve) => {
      data.subscribe(() => {
        // Old and new never stand together.
        const mixed = data.heldOut.some((point) => old.has(point)) && measured().length > 0;
        expect(mixed).toBe(false);
        if (measured().some((point) => point.iteration === 0)) resolve();
      });
    });
    expect(measured().map((point) => point.iteration)).toEqual([...new Set([...kept, trained])]);
    expect(run(page)).toMatchObject({ status: { kind: 'paused' }, iteration });
    expect(page.api.losses('maml')).toHaveLength(trained);
  });

  it('does not keep old points beside new ones when a run goes on from a checkpoint', async () => {
    const page = openPage(small);
    await finished(page);
    const old = new Set(page.stores.data.heldOut);
    experiment(page).edit({ testInnerSteps: 4 });
    run(page).continueFrom(12);
    expect(page.stores.data.heldOut).toEqual([]);
    await finished(page);
    expect(page.stores.data.heldOut.some((point) => old.has(point))).toBe(false);
    expect(page.stores.data.heldOut.at(-1)?.iteration).toBe(20);
  });

  it('writes the link at once when it is to be shared', async () => {
    const page = openPage(small);
    experiment(page).edit({ seed: 12 });
    page.stores.writeLink();
    expect(page.written).toEqual([encodePlainLink(smallExperiment({ seed: 12 }))]);
  });

  it('does not write over a link that has not been read yet', async () => {
    const compressed = await encodeLink(
      smallExperiment({
        hiddenWidths: [4, 4, 4, 4],
        amplitudeMin: 1,
        amplitudeMax: 2,
        phaseMin: 1,
        seed: 77,
      }),
    );
    const page = openPage(compressed);
    if (compressed.startsWith('#z=')) {
      page.stores.writeLink();
      expect(page.written).toEqual([]);
    }
    await page.opened;
    page.stores.writeLink();
    expect(page.written).toEqual([encodePlainLink(experiment(page).experiment)]);
    expect(experiment(page).experiment.seed).toBe(77);
  });

  it('writes the link, and follows one that is opened in the same page', async () => {
    const page = openPage(small);
    experiment(page).edit({ seed: 12 });
    await pause(40);
    expect(page.written).toEqual([encodePlainLink(smallExperiment({ seed: 12 }))]);
    page.visit(`${encodePlainLink(smallExperiment({ seed: 13 }))}&innerSteps=many`);
    await until(page, (state) =>
      state.notices.some((notice) => notice.details.join().includes('innerSteps')),
    );
    await page.api.idle();
    await until(page, (state) => state.status.kind === 'paused');
    expect(experiment(page).experiment.seed).toBe(13);
  });
});

describe('the transport', () => {
  it('resets to the same run, paused when it was paused', async () => {
    const page = openPage(long, watchable);
    await page.api.reached(10);
    const old = page.api.losses('maml', 10);
    run(page).pause();
    await until(page, (state) => state.status.kind === 'paused');
    run(page).reset();
    await page.api.idle();
    expect(page.api.status()).toBe('paused');
    expect(page.api.losses('maml')).toEqual([]);
    run(page).play();
    await page.api.reached(10);
    expect(page.api.losses('maml', 10)).toEqual(old);
  });

  it('shows the phase while stepping, and none while running', async () => {
    const page = openPage(`${small}&supportSize=-3`);
    await page.api.idle();
    run(page).step('phase');
    await new Promise<void>((resolve) => {
      page.stores.data.subscribe(() => page.stores.data.steppedPhase && resolve());
    });
    expect(page.stores.data.steppedPhase).toMatchObject({ algorithm: 'maml', iteration: 1 });
    run(page).play();
    await finished(page);
    expect(page.stores.data.steppedPhase).toBeNull();
  });

  it('continues from a kept checkpoint to the same numbers', async () => {
    const page = openPage(small);
    await finished(page);
    const old = page.api.losses('maml');
    const middle = page.stores.data.checkpoints.find(({ iteration }) => iteration >= 4)!;
    run(page).continueFrom(middle.iteration);
    expect(page.api.losses('maml')).toEqual(old.slice(0, middle.iteration));
    await page.api.idle();
    await finished(page);
    expect(page.api.losses('maml')).toEqual(old);
  });
});

describe('scrubbing', () => {
  it('stays at a checkpoint while it is kept, and goes live when the run begins anew', async () => {
    const page = openPage(small);
    await finished(page);
    page.stores.view.getState().set({ scrubIteration: 8, scrubPlaying: true });
    experiment(page).edit({ testInnerSteps: 3 });
    run(page).continueFrom(10);
    await finished(page);
    expect(page.stores.view.getState().scrubIteration).toBe(8);
    run(page).reset();
    expect(page.stores.view.getState()).toMatchObject({ scrubIteration: null, scrubPlaying: false });
  });
});

describe('when things go wrong', () => {
  it('says that a run diverged, and offers the last good checkpoint', async () => {
    const settings = { algorithms: ['maml', 'random'] as const, innerLearningRate: 10, innerSteps: 5 };
    const page = openPage(encodePlainLink(smallExperiment({ ...settings, metaIterations: 500 })));
    await until(page, (state) => state.divergences.length > 0);
    await until(page, (state) => state.status.kind === 'paused');
    const [notice] = run(page).notices;
    expect(notice?.title).toMatch(/^MAML diverged at iteration/);
    const { lastGoodIteration } = run(page).divergences[0]!;
    notice?.actions.find(({ label }) => label.startsWith('Go back'))?.run();
    await page.api.idle();
    expect(run(page)).toMatchObject({
      status: { kind: 'paused' },
      iteration: lastGoodIteration,
      divergences: [],
      notices: [],
    });
  });

  it('replaces a killed worker: a notice, and the same curve as without the accident', async () => {
    const straight = openPage(small);
    await finished(straight);
    const page = openPage(small, { faults: [{ slowMs: 5 }, {}], silenceMs: 600 });
    await page.api.reached(6);
    page.api.killWorker();
    await until(page, (state) => state.notices.length > 0);
    expect(run(page).notices[0]?.title).toContain('stopped answering');
    await finished(page);
    expect(page.api.losses('maml')).toEqual(straight.api.losses('maml'));
    expect(page.workers).toHaveLength(2);
  });

  it('fails in words after repeated failures, and tries again when asked', async () => {
    const broken: EngineFaults = {
      beforeCall() {
        throw new Error('out of memory');
      },
    };
    const page = openPage(small, { faults: [broken, broken, broken, {}] });
    await until(page, (state) => state.status.kind === 'failed');
    expect(run(page).status).toMatchObject({ message: expect.stringContaining('out of memory') });
    expect(page.workers).toHaveLength(3);
    run(page)
      .notices.find(({ tone }) => tone === 'problem')
      ?.actions[0]?.run();
    await finished(page);
    expect(page.api.losses('maml')).toHaveLength(20);
  });

  it('takes another engine when the chosen one cannot be opened', async () => {
    const page = openPage(small);
    run(page).setEngine('composed-webgpu');
    await finished(page);
    await until(page, (state) => state.fallback !== null);
    expect(run(page)).toMatchObject({ engineChoice: 'composed-webgpu', engine: 'reference' });
    expect(run(page).notices).toMatchObject([
      {
        title: 'There is no engine tfjs WebGPU in this worker.',
        details: ['Typed arrays computes instead; the numbers are the same, within rounding.'],
      },
    ]);
    expect(page.api.losses('maml')).toHaveLength(20);
  });
});

describe('another engine', () => {
  const holds = 'fused-wasm holds up to 3 units per layer; got 4';
  const slow = { slowMs: 3, others: [fakeEntry('fused-wasm')] };

  it('goes on with the same curve, there and back', async () => {
    const straight = openPage(small);
    await finished(straight);
    const page = openPage(small, { faults: [slow] });
    await until(page, (state) => state.engine === 'fused-wasm');
    run(page).setEngine('reference');
    await until(page, (state) => state.engine === 'reference');
    await page.api.reached(5);
    const before = page.api.iteration();
    const held = page.stores.data.heldOut.length;
    run(page).setEngine('fused-wasm');
    await until(page, (state) => state.engine === 'fused-wasm');
    expect(page.api.iteration()).toBeGreaterThanOrEqual(before);
    expect(page.stores.data.heldOut.length).toBeGreaterThanOrEqual(held);
    expect(page.stores.data.pinned).toBeNull();
    await finished(page);
    expect(page.api.losses('maml')).toEqual(straight.api.losses('maml'));
    expect(run(page).notices).toEqual([]);
  });

  it('names what the engine cannot hold, once, and goes back when it can', async () => {
    const narrow = {
      unsupported: ({ shape }: EngineLimits) => (shape.sizes[1]! > 3 ? holds : null),
    };
    // The reference engine is slow, so that noise cannot let it win the race that follows.
    const page = openPage(long, { faults: [{ slowMs: 1, others: [fakeEntry('fused-wasm', narrow)] }] });
    await until(page, (state) => state.engine === 'reference');
    expect(run(page)).toMatchObject({
      engineChoice: 'auto',
      fallback: { asked: 'fused-wasm', reason: holds },
    });
    expect(run(page).notices[0]?.title).toBe('Fused WASM holds up to 3 units per layer; got 4.');
    run(page).dismissNotice(run(page).notices[0]!.id);
    run(page).reset();
    await until(page, (state) => state.status.kind === 'running');
    expect(run(page).notices).toEqual([]);
    experiment(page).edit({ hiddenWidths: [3] });
    await until(page, (state) => state.engine === 'fused-wasm');
    expect(run(page).fallback).toBeNull();
    run(page).pause();
  });

  it('keeps to the engine chosen by hand when the worker is replaced, and to what stood in for it', async () => {
    const others = [fakeEntry('fused-wasm', { unsupported: () => holds }), fakeEntry('composed-wasm')];
    const page = openPage(long, { faults: [{ others }, { others }], silenceMs: 600 });
    run(page).setEngine('fused-wasm');
    await until(page, (state) => state.engine === 'composed-wasm');
    const iteration = page.api.iteration();
    page.api.killWorker();
    await until(page, (state) => state.notices.some(({ title }) => title.includes('stopped answering')));
    await page.api.reached(iteration + 10);
    expect(run(page)).toMatchObject({ engine: 'composed-wasm', fallback: { asked: 'fused-wasm' } });
    run(page).pause();
  });

  it('measures all engines when asked, and says while it does', async () => {
    const page = openPage(long, { faults: [{ others: [fakeEntry('fused-wasm')] }] });
    await until(page, (state) => state.status.kind === 'running');
    run(page).raceAgain();
    expect(run(page).isMeasuring).toBe(true);
    await until(page, (state) => !state.isMeasuring);
    expect(run(page).race?.timings).toHaveLength(2);
    run(page).pause();
  });
});

describe('several labs', () => {
  const reachingLink = '#v=1&lab=reaching&preset=reaching-figure-3&seed=3';
  const reaching = ({ stores }: Page) => stores.reaching.getState();

  it('opens a link’s lab, and starts nothing of the others', async () => {
    const page = openPage(reachingLink);
    await page.api.idle();
    expect(page.api.lab()).toBe('reaching');
    expect(page.stores.reachingExperiment.getState().experiment.seed).toBe(3);
    expect(reaching(page).status).toBe('running');
    expect(page.stores.reachingData.outcome?.seeds).toBe(100);
    expect(page.api.reachingDistances().medium).toBeLessThan(page.api.reachingDistances().uniform!);
    expect(page.workers).toHaveLength(0);
    expect(run(page).status.kind).toBe('idle');
  });

  it('waits where the link asks for something odd', async () => {
    const page = openPage(`${reachingLink}&mainSpread=-1`);
    await page.api.idle();
    expect(reaching(page).status).toBe('paused');
    expect(run(page).notices[0]?.details[0]).toContain('Main spread');
  });

  it('trains nothing unseen, and goes on from the newest checkpoint to the same numbers', async () => {
    const alone = openPage(small);
    await finished(alone);
    const page = openPage(small, { faults: [{ slowMs: 5 }] });
    await page.api.reached(12);
    page.stores.current.getState().switchLab('reaching');
    expect(run(page).status.kind).toBe('idle');
    expect(page.pushed.at(-1)).toContain('lab=reaching');
    const calls = page.workers[0]!.calls();
    await pause(60);
    expect(page.workers[0]!.calls()).toBe(calls);
    expect(page.api.iteration()).toBeLessThan(20);

    page.visit(small);
    await finished(page);
    expect(page.api.lab()).toBe('sinusoid');
    expect(reaching(page).seedsJob.kind).not.toBe('running');
    expect(page.api.losses('maml')).toEqual(alone.api.losses('maml'));
    expect(page.workers).toHaveLength(2);
    // Going back is no new entry of the browser's history.
    expect(page.pushed).toHaveLength(1);
  });

  it('starts anew when the experiment has changed meanwhile, and waits if it waited', async () => {
    const page = openPage(small);
    await finished(page);
    const old = page.api.losses('maml');
    run(page).pause();
    page.stores.current.getState().switchLab('reaching');
    page.visit(encodePlainLink(smallExperiment({ seed: 99 })));
    await page.api.idle();
    await until(page, (state) => state.status.kind === 'paused');
    expect(page.api.losses('maml')).toEqual([]);
    run(page).play();
    await finished(page);
    expect(page.api.losses('maml')).not.toEqual(old);
  });
});
