import { describe, expect, it } from 'vitest';
import { NAVIGATION_LAB } from '../experiment/labs.ts';
import type { NavigationExperiment } from '../experiment/navigation-experiment.ts';
import { type NavigationKinds, POLICY_METRIC_COLUMNS } from '../training/policy-session-events.ts';
import type { ClientEventOf, TrainingClientOf } from '../worker/training-client.ts';
import { createNavigationGrid, GRID_AVERAGED, GRID_ITERATIONS } from './navigation-grid.ts';

const EXPERIMENT = NAVIGATION_LAB.presets[0].experiment;

/** A client that starts nothing: the test says what its worker would. */
function fakeClient() {
  const started: NavigationExperiment[] = [];
  let stops = 0;
  let listener: (event: ClientEventOf<NavigationKinds>) => void = () => {};
  const nothing = () => {};
  const client: TrainingClientOf<NavigationKinds> = {
    start: ({ experiment }) => started.push(experiment),
    stop: () => {
      stops += 1;
    },
    listen: (next) => {
      listener = next;
    },
    play: nothing,
    pause: nothing,
    step: nothing,
    setSpeed: nothing,
    update: nothing,
    setEngine: nothing,
    probe: nothing,
    credit: nothing,
    race: nothing,
    warm: nothing,
    loseDevice: nothing,
    killWorker: nothing,
    dispose: nothing,
  };
  const say = (event: ClientEventOf<NavigationKinds>) => listener(event);
  return {
    client,
    started,
    stops: () => stops,
    say,
    rows(from: number, returns: readonly number[]) {
      const width = POLICY_METRIC_COLUMNS.length;
      const rows = new Float64Array(returns.length * width);
      returns.forEach((value, i) => {
        rows[i * width + POLICY_METRIC_COLUMNS.indexOf('iteration')] = from + i;
        rows[i * width + POLICY_METRIC_COLUMNS.indexOf('returnAfter')] = value;
      });
      say({ type: 'metrics', runId: 1, batches: [{ algorithm: 'maml', rows }] });
    },
    finish: () => say({ type: 'state', runId: 1, state: 'finished', iteration: GRID_ITERATIONS }),
  };
}

describe('the grid of batch sizes', () => {
  it('runs every cell in turn with its own sizes and keeps the mean over the last iterations', () => {
    const fake = fakeClient();
    const grid = createNavigationGrid(() => fake.client);
    grid.getState().start(EXPERIMENT);
    expect(fake.started[0]).toMatchObject({ metaBatchSize: 5, trajectoriesPerTask: 5, maxReplayedTasks: 5 });
    const returns = Array.from({ length: GRID_ITERATIONS }, (_, i) => -40 + i);
    fake.rows(1, returns.slice(0, 6));
    expect(grid.getState().cells[0]!.progress).toBeCloseTo(6 / GRID_ITERATIONS, 12);
    fake.rows(7, returns.slice(6));
    fake.finish();
    const last = returns.slice(-GRID_AVERAGED);
    const mean = last.reduce((a, b) => a + b, 0) / last.length;
    expect(grid.getState().cells[0]!.values?.get('maml')).toBeCloseTo(mean, 12);
    expect(fake.started).toHaveLength(2);
    for (let cell = 1; cell < 9; cell++) {
      fake.rows(1, [-10]);
      fake.finish();
    }
    expect(grid.getState().status).toBe('done');
    expect(grid.getState().cells.every(({ values }) => values !== null)).toBe(true);
    expect(fake.stops()).toBe(1);
    const sizes = fake.started.map(({ metaBatchSize, trajectoriesPerTask }) => [
      metaBatchSize,
      trajectoriesPerTask,
    ]);
    expect(new Set(sizes.map(String)).size).toBe(9);
  });

  it('takes what a replaced worker sends again, and keeps finished cells when cancelled', () => {
    const fake = fakeClient();
    const grid = createNavigationGrid(() => fake.client);
    grid.getState().start(EXPERIMENT);
    fake.rows(1, [-30, -99, -99]);
    const news = { type: 'restarted', runId: 2, iteration: 1, reason: 'silent', message: '' } as const;
    fake.say({ ...news, replacedEngine: null });
    fake.rows(2, [-20, -10]);
    fake.finish();
    expect(grid.getState().cells[0]!.values?.get('maml')).toBeCloseTo(-20, 12);
    grid.getState().cancel();
    expect(grid.getState().status).toBe('cancelled');
    expect(grid.getState().cells[0]!.values).not.toBeNull();
    expect(grid.getState().cells[1]!.progress).toBeNull();
    fake.rows(1, [-1]);
    expect(grid.getState().cells[1]!.progress).toBeNull();
  });

  it('says why it failed, and begins anew', () => {
    const fake = fakeClient();
    const grid = createNavigationGrid(() => fake.client);
    grid.getState().start(EXPERIMENT);
    fake.say({ type: 'gave-up', runId: 1, message: 'no WebAssembly' });
    expect(grid.getState()).toMatchObject({ status: 'failed', problem: 'no WebAssembly' });
    grid.getState().start(EXPERIMENT);
    expect(grid.getState()).toMatchObject({ status: 'running', problem: null });
  });
});
