// The Navigation lab's stores over the real client, the real training loop and the float64 crew.
import { describe, expect, it } from 'vitest';
import { encodePlainLink } from '../experiment/codec.ts';
import { drawPolicyTestTasks } from '../training/policy-domain.ts';
import { TINY } from '../training/policy-session.testing.ts';
import { openPage, type Page, type PageOptions, pause } from './open-page.testing.ts';

const experiment = { ...TINY, metaIterations: 12 };
const link = encodePlainLink(experiment);

const navigation = ({ stores }: Page) => stores.navigation;
const status = (page: Page) => navigation(page).run.getState().status.kind;
const probeOf = (page: Page) => navigation(page).data.probe('maml');

/** Resolves when `test` holds of the lab's stores. */
function when(page: Page, test: () => boolean): Promise<void> {
  const { run, data, view } = navigation(page);
  return new Promise((resolve) => {
    const stops: (() => void)[] = [];
    const check = (): void => {
      if (!test()) return;
      for (const stop of stops.splice(0)) stop();
      resolve();
    };
    stops.push(run.subscribe(check), data.subscribe(check), view.subscribe(check));
    check();
  });
}

async function finished(options?: PageOptions): Promise<Page> {
  const page = openPage(link, options);
  await when(page, () => status(page) === 'finished');
  return page;
}

describe('the Navigation lab', () => {
  it('trains what its link says, and nothing of the other labs', async () => {
    const page = await finished();
    expect(page.api.lab()).toBe('navigation');
    expect(page.api.status()).toBe('finished');
    expect(page.api.iteration()).toBe(12);
    const returns = page.api.returns('maml');
    expect(returns).toHaveLength(12);
    expect(returns.every((value) => value < 0)).toBe(true);
    const steps = navigation(page).data.metrics('maml')!.column('environmentSteps');
    expect(steps[11]).toBeGreaterThan(steps[0]!);
    expect(navigation(page).data.adaptation('maml', null)?.meanReturn).toHaveLength(5);
    expect(navigation(page).data.snapshot?.runs[0]?.batch?.tasks).toHaveLength(experiment.metaBatchSize);
    expect(page.workers).toHaveLength(0);
  });

  it('ends its worker when it is left, and goes on to the same numbers', async () => {
    const alone = await finished();
    const page = openPage(link, { crewFaults: [{ slowMs: 3 }] });
    await page.api.reached(9);
    page.stores.current.getState().switchLab('reaching');
    expect(page.navigationWorkers[0]!.isTerminated()).toBe(true);
    expect(status(page)).toBe('idle');
    page.visit(link);
    await when(page, () => status(page) === 'finished');
    expect(page.navigationWorkers).toHaveLength(2);
    expect(page.api.returns('maml')).toEqual(alone.api.returns('maml'));
  });

  it('replaces a worker whose crew failed, to the same numbers', async () => {
    const alone = await finished();
    const beforeCall = (call: number) => {
      if (call === 25) throw new Error('a worker of the pool died');
    };
    const page = await finished({ crewFaults: [{ beforeCall }, {}] });
    expect(page.navigationWorkers).toHaveLength(2);
    expect(page.stores.run.getState().notices[0]?.title).toContain('training goes on from iteration');
    expect(page.api.returns('maml')).toEqual(alone.api.returns('maml'));
  });

  it('pauses within 100 ms, though a request takes far longer, and shows nothing new meanwhile', async () => {
    const page = openPage(link, { crewFaults: [{ slowMs: 250 }] });
    const { run, data } = navigation(page);
    const worker = page.navigationWorkers;
    // The goal has been answered: from here on requests are training's.
    await when(page, () => status(page) === 'running' && probeOf(page) !== null);
    await pause(50);
    const began = performance.now();
    run.getState().pause();
    await when(page, () => status(page) === 'paused');
    expect(performance.now() - began).toBeLessThan(100);
    // The request under way ends, and no other begins.
    await pause(400);
    const calls = worker[0]!.calls();
    const { version } = data;
    await pause(100);
    expect(worker[0]!.calls()).toBe(calls);
    expect(data.version).toBe(version);
    expect(page.api.iteration()).toBe(0);
  });
});

describe('the goal that runs adapt to', () => {
  it('is the first test task’s until the user puts it elsewhere, also while paused', async () => {
    const page = openPage(link);
    navigation(page).run.getState().pause();
    await when(page, () => status(page) === 'paused' && probeOf(page) !== null);
    const [first] = drawPolicyTestTasks(experiment, 1);
    expect(probeOf(page)!.request.task).toEqual({ x: first!.x, y: first!.y });
    const { iteration } = probeOf(page)!;

    const { view } = navigation(page);
    view.getState().set({ probeGoal: { x: 0.3, y: -0.2 } });
    const { probe } = view.getState();
    await when(page, () => probeOf(page)!.request.id === probe!.id);
    expect(probeOf(page)).toMatchObject({ iteration, request: { task: { x: 0.3, y: -0.2 } } });
    expect(probeOf(page)!.steps).toHaveLength(experiment.testInnerSteps + 1);
    expect(status(page)).toBe('paused');

    view.getState().set({ probeGoal: null });
    await when(page, () => probeOf(page)!.request.id > probe!.id);
    expect(probeOf(page)!.request.task).toEqual({ x: first!.x, y: first!.y });
  });

  it('follows the test tasks of other seeds, unless the user has put it somewhere', async () => {
    const page = openPage(link);
    const { view } = navigation(page);
    await when(page, () => view.getState().probe !== null);
    const before = view.getState().probe!;
    page.stores.navigation.experiment.getState().edit({ seed: 77 });
    expect(view.getState().probe!.id).toBe(before.id + 1);
    expect(view.getState().probe!.task).not.toEqual(before.task);
    view.getState().set({ probeGoal: { x: 0.1, y: 0.1 } });
    const chosen = view.getState().probe!;
    page.stores.navigation.experiment.getState().edit({ seed: 78 });
    expect(view.getState().probe).toBe(chosen);
    // The run that began anew is asked as well.
    await when(page, () => status(page) === 'finished' && probeOf(page) !== null);
    expect(probeOf(page)!.request.id).toBe(chosen.id);
  });
});

describe('the view', () => {
  it('stays with what there is when the experiment changes', () => {
    const page = openPage(encodePlainLink({ ...experiment, algorithms: ['maml', 'fomaml'] }));
    const { view, experiment: experiments } = navigation(page);
    view.getState().set({ focus: 'maml', batchTask: 3 });
    experiments.getState().edit({ algorithms: ['fomaml'] });
    expect(view.getState()).toMatchObject({ focus: 'fomaml', batchTask: 3 });
    experiments.getState().edit({ metaBatchSize: 3, testInnerSteps: 1 });
    expect(view.getState()).toMatchObject({ batchTask: null, innerStep: 1 });
  });
});
