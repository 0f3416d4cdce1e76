// The transport, scrubbing, accidents and a change of engine, over the real client and the real training loop.
import { describe, expect, it } from 'vitest';
import { encodePlainLink } from '../experiment/codec.ts';
import type { EngineLimits } from '../gradients/meta-gradient.ts';
import { type EngineFaults, fakeEntry, smallExperiment } from '../worker/loop-harness.testing.ts';
import { experiment, finished, long, openPage, run, small, until, watchable } from './open-page.testing.ts';

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
