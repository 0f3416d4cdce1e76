// The Cheetah lab's stores over the real client, the real training loop and the float64 crew.
import { describe, expect, it } from 'vitest';
import { CHEETAH_PRESETS } from '../experiment/cheetah-presets.ts';
import { encodePlainLink } from '../experiment/codec.ts';
import { usualVelocity } from './cheetah-view.ts';
import { openPage, type Page } from './open-page.testing.ts';

const direction = {
  ...CHEETAH_PRESETS[0].experiment,
  hiddenWidths: [3],
  metaBatchSize: 2,
  trajectoriesPerTask: 2,
  horizon: 6,
  metaIterations: 3,
  curvatureRows: 4,
  testTrajectories: 2,
  testInnerSteps: 1,
};
const velocity = { ...direction, preset: 'cheetah-vel-maml-live', family: 'vel' as const, goalMax: 3 };

/** Resolves when `test` holds of the lab's stores. */
function when({ stores: { cheetah } }: Page, test: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stops: (() => void)[] = [];
    const check = (): void => {
      if (!test()) return;
      for (const stop of stops.splice(0)) stop();
      resolve();
    };
    stops.push(cheetah.run.subscribe(check), cheetah.data.subscribe(check), cheetah.view.subscribe(check));
    check();
  });
}

const finished = (page: Page) =>
  when(page, () => page.stores.cheetah.run.getState().status.kind === 'finished');

describe('the Cheetah lab', () => {
  it('trains what its link says and records how both directions were run', async () => {
    const page = openPage(encodePlainLink(direction));
    await finished(page);
    expect(page.api.lab()).toBe('cheetah');
    expect(page.api.returns('maml')).toHaveLength(3);
    const probe = page.stores.cheetah.data.probe('maml')!;
    expect(probe.request.task.goal).toBe(1);
    expect(probe.request.others?.map(({ goal }) => goal)).toEqual([-1]);
    for (const steps of [probe.steps, probe.others![0]!]) {
      expect(steps.map(({ trajectories }) => trajectories.positions?.[0]?.length)).toEqual(
        Array(2).fill(2 * 7 * 9),
      );
    }
    // Before adaptation it is the same policy, which draws other numbers for the other task.
    expect(probe.others![0]![0]!.params).toEqual(probe.steps[0]!.params);
    expect(probe.others![0]![1]!.params).not.toEqual(probe.steps[1]!.params);
    expect(page.workers).toHaveLength(0);
    expect(page.navigationWorkers).toHaveLength(0);
  });

  it('adapts to the velocity that the user chooses, also at rest, and to the usual one before', async () => {
    const page = openPage(encodePlainLink(velocity));
    await finished(page);
    const { cheetah } = page.stores;
    const answered = () => cheetah.data.probe('maml')?.request.task.goal;
    expect(usualVelocity(velocity)).toBe(2.25);
    expect(answered()).toBe(2.25);
    const { probe: before } = cheetah.view.getState();
    cheetah.view.getState().set({ rate: 0.25, plays: false });
    expect(cheetah.view.getState().probe).toBe(before);
    cheetah.view.getState().set({ velocity: 0.4 });
    await when(page, () => answered() === 0.4);
    expect(cheetah.data.probe('maml')?.request.others).toBeUndefined();
    cheetah.view.getState().set({ velocity: null });
    await when(page, () => answered() === 2.25);
  });
});
