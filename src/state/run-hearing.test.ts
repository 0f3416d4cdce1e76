import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { type NavigationKinds, POLICY_METRIC_COLUMNS } from '../training/policy-session-events.ts';
import { NoticeList } from './notices.ts';
import { createRunData } from './run-data.ts';
import { createRunHearing } from './run-hearing.ts';
import type { Notice, RunState } from './store-types.ts';

/** What is heard without any client behind it. */
function listen() {
  const nothing = () => {};
  const store = createStore<RunState>()(() => ({
    status: { kind: 'running' },
    runId: 1,
    engineChoice: 'auto',
    engine: null,
    fallback: null,
    race: null,
    isMeasuring: false,
    iteration: 0,
    iterationsPerSecond: 0,
    speed: null,
    divergences: [],
    opened: null,
    notices: [],
    play: nothing,
    pause: nothing,
    step: nothing,
    reset: nothing,
    setSpeed: nothing,
    setEngine: nothing,
    raceAgain: nothing,
    continueFrom: nothing,
    dismissNotice: nothing,
    dismissPinned: nothing,
    loseDevice: nothing,
  }));
  const data = createRunData<NavigationKinds>(POLICY_METRIC_COLUMNS, nothing);
  const notices = new NoticeList();
  let shown: readonly Notice[] = [];
  notices.subscribe((list) => {
    shown = list;
  });
  const wentBack: number[] = [];
  const hearing = createRunHearing<NavigationKinds>({
    store,
    data,
    notices,
    clock: () => 0,
    divergenceRemedy: 'Lower α',
    onTests: nothing,
    retry: nothing,
    goBackTo: (iteration) => wentBack.push(iteration),
  });
  return { hear: hearing.hear, data, store, notices: () => shown, wentBack };
}

describe('what is heard of a run', () => {
  it('keeps why a run stalled until training goes on', () => {
    const { hear, data, notices } = listen();
    const stall = {
      algorithm: 'rmaml',
      iteration: 31,
      cause: 'No step was within the trust region.',
    } as const;
    hear({ type: 'stalled', runId: 1, ...stall });
    hear({ type: 'state', runId: 1, state: 'paused', iteration: 31 });
    expect(data.stalled).toEqual(stall);
    expect(notices()).toMatchObject([
      { tone: 'problem', title: expect.stringContaining('RMAML stopped moving at iteration 31') },
    ]);
    expect(notices()[0]!.details[0]).toBe(stall.cause);
    hear({ type: 'state', runId: 1, state: 'running', iteration: 31 });
    expect(data.stalled).toBeNull();
    expect(notices()).toEqual([]);
  });

  it('keeps the newest probe per algorithm, and forgets those of iterations that are computed again', () => {
    const { hear, data } = listen();
    const point = (algorithm: 'maml' | 'rmaml', iteration: number, id: number) => ({
      algorithm,
      iteration,
      request: { id, task: { x: 0, y: 0 } },
      steps: [],
    });
    hear({ type: 'probe', runId: 1, point: point('maml', 3, 1) });
    hear({ type: 'probe', runId: 1, point: point('rmaml', 3, 1) });
    hear({ type: 'probe', runId: 1, point: point('maml', 9, 2) });
    expect(data.probe('maml')).toMatchObject({ iteration: 9, request: { id: 2 } });
    const message = 'a worker of the pool died';
    hear({
      type: 'restarted',
      runId: 2,
      iteration: 8,
      reason: 'engine',
      message,
      replacedEngine: null,
    });
    expect(data.probe('maml')).toBeNull();
    expect(data.probe('rmaml')).toMatchObject({ iteration: 3 });
    expect(data.probe('oracle')).toBeNull();
  });

  it('offers the way back from a divergence in the lab’s own words', () => {
    const { hear, notices, store, wentBack } = listen();
    hear({
      type: 'diverged',
      runId: 1,
      algorithm: 'maml',
      iteration: 12,
      cause: 'θ is not finite',
      lastGoodIteration: 8,
    });
    expect(store.getState().divergences).toHaveLength(1);
    expect(notices()[0]!.details[0]).toContain('Lower α and training starts anew');
    notices()[0]!.actions[0]!.run();
    expect(wentBack).toEqual([8]);
  });
});
