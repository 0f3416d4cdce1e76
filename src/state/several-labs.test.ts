// Going from lab to lab, over the real client and the real training loop.
import { describe, expect, it } from 'vitest';
import { encodePlainLink } from '../experiment/codec.ts';
import { smallExperiment } from '../worker/loop-harness.testing.ts';
import { finished, openPage, type Page, pause, run, small, until } from './open-page.testing.ts';

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
