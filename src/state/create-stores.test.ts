// Opening a link and changing settings, over the real client and the real training loop.
import { describe, expect, it } from 'vitest';
import { encodeLink, encodePlainLink } from '../experiment/codec.ts';
import { smallExperiment } from '../worker/loop-harness.testing.ts';
import {
  experiment,
  finished,
  long,
  openPage,
  pause,
  run,
  small,
  until,
  watchable,
} from './open-page.testing.ts';

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

  it('shows the gallery without a link, and trains the default preset once its lab is shown', async () => {
    const page = openPage('');
    expect(page.stores.page.getState().options.page).toBe('gallery');
    expect(experiment(page).experiment.preset).toBe('sinusoid-live');
    expect(page.api.status()).toBe('idle');
    page.stores.page.getState().set({ page: 'lab' });
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
