// Playing and looking in the Reaching lab: the runs are computed at once, and the playhead moves through them, frame
// by frame. Many seeds and phase maps are reaching-jobs.ts's.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import { withPhaseCell } from '../training/phase-axes.ts';
import type { ReachingClient } from '../worker/reaching-client.ts';
import type { WritableReachingData } from './reaching-data.ts';
import { createReachingJobs } from './reaching-jobs.ts';
import { hasMoved, phasesOf, windowAround } from './reaching-phase.ts';
import type { PlayStatus, ReachingState } from './reaching-types.ts';
import type { ExperimentState } from './store-types.ts';

/** requestAnimationFrame and its cancelling, or fakes in tests. Times in milliseconds. */
export interface FrameSource {
  request(callback: (now: number) => void): number;
  cancel(id: number): void;
}

export interface ReachingStoreOptions {
  readonly experiments: StoreApi<ExperimentState<ReachingExperiment>>;
  readonly client: ReachingClient;
  readonly data: WritableReachingData;
  readonly frames: FrameSource;
  /** How long the experiment must rest before seeds are computed again; 150 ms unless told. */
  readonly delayMs?: number;
}

/** The store, and what only the composition of the stores may do with it. */
export interface ReachingControl {
  readonly store: StoreApi<ReachingState>;
  /** The lab waits for the user, also if it is shown only later. */
  hold(): void;
  /** The lab is shown. The first time it plays from the start, later it goes on as it was left. */
  enter(): void;
  /** The lab is left: nothing moves and nothing is computed until it is shown again. */
  leave(): void;
  /** Whether seeds are about to be computed by themselves. */
  isPending(): boolean;
}

/** The text on the screen changes at most four times a second. */
const TEXT_MS = 250;
/** After a hidden tab or a long task the playhead goes on from where it was, it does not jump. */
const MAX_FRAME_MS = 100;

export function createReachingStore(options: ReachingStoreOptions): ReachingControl {
  const { experiments, client, data, frames, delayMs = 150 } = options;
  let isShown = false;
  let hasBegun = false;
  let frame: number | null = null;
  let lastFrameAt: number | null = null;
  let textShownAt = Number.NEGATIVE_INFINITY;

  const store = createStore<ReachingState>()((set) => ({
    status: 'paused',
    iteration: 0,
    phase: null,
    speed: 20,
    play() {
      if (store.getState().status === 'finished') moveTo(0, 0);
      start();
    },
    pause: () => stopAs('paused'),
    step,
    reset() {
      moveTo(0, 0);
      if (store.getState().status === 'finished') stopAs('paused');
    },
    scrub(iteration) {
      stopAs('paused');
      moveTo(Math.round(iteration), 0);
      finishAtEnd();
    },
    setSpeed: (speed) => set({ speed }),
    focus: defaultFocus(data.experiment),
    window: windowAround(data.experiment, data.tasks, 1),
    aspect: 1,
    tool: 'move',
    set,
    fitWindow() {
      fittedWindow = windowAround(data.experiment, data.tasks, store.getState().aspect);
      set({ window: fittedWindow });
    },
    setAspect(aspect) {
      if (aspect === store.getState().aspect) return;
      set({ aspect });
      if (store.getState().window === fittedWindow) store.getState().fitWindow();
    },
    seeds: 100,
    seedsJob: { kind: 'idle' },
    computeSeeds: () => jobs.computeSeeds(),
    cancelSeeds: () => jobs.cancelSeeds(),
    setSeeds(seeds) {
      set({ seeds });
      jobs.follow();
    },
    phaseX: 'noiseShare',
    phaseY: 'maxReplayedTasks',
    phaseJob: { kind: 'idle' },
    setPhaseAxes(x, y) {
      if (x === y) return;
      set({ phaseX: x, phaseY: y });
      jobs.followAxes();
    },
    computePhaseMap: () => jobs.computePhaseMap(),
    cancelPhaseMap: () => jobs.cancelPhaseMap(),
    openCell(column, row) {
      const map = data.phaseMap;
      if (map === null) throw new Error('There is no phase map to open a cell of; compute one first.');
      return experiments.getState().edit(withPhaseCell(map.experiment, map.request, { column, row }));
    },
  }));
  const jobs = createReachingJobs({ client, data, store, delayMs });

  let fittedWindow = store.getState().window;

  const total = (): number => data.experiment.iterations;

  /** Puts the playhead down between phases, and the text with it. */
  function moveTo(iteration: number, fraction: number): void {
    const t = Math.min(Math.max(iteration, 0), total());
    data.setPlayhead({ iteration: t, fraction: t === total() ? 0 : fraction, phase: null });
    store.setState({ iteration: t, phase: null });
  }

  function start(): void {
    store.setState({ status: 'running' });
    // What was stepped through is done again from its start, as the agent is drawn moving.
    if (data.phase !== null) moveTo(data.iteration, data.fraction === 1 ? 1 : 0);
    lastFrameAt = null;
    if (isShown) frame ??= frames.request(play);
  }

  function stopAs(status: PlayStatus): void {
    if (frame !== null) frames.cancel(frame);
    frame = null;
    store.setState({ status, iteration: data.iteration });
  }

  function finishAtEnd(): void {
    if (data.iteration >= total()) stopAs('finished');
  }

  function play(now: number): void {
    frame = null;
    const elapsed = lastFrameAt === null ? 0 : Math.min(now - lastFrameAt, MAX_FRAME_MS);
    lastFrameAt = now;
    const speed = store.getState().speed ?? total();
    const at = Math.min(data.iteration + data.fraction + (speed * elapsed) / 1000, total());
    const iteration = Math.floor(at);
    data.setPlayhead({ iteration, fraction: at - iteration, phase: null });
    if (now - textShownAt >= TEXT_MS) {
      textShownAt = now;
      store.setState({ iteration });
    }
    finishAtEnd();
    if (store.getState().status === 'running') frame = frames.request(play);
  }

  function step(unit: 'phase' | 'iteration'): void {
    stopAs('paused');
    if (unit === 'iteration' || data.iteration >= total()) moveTo(data.iteration + 1, 0);
    else stepPhase();
    finishAtEnd();
  }

  function stepPhase(): void {
    const phases = phasesOf(data.experiment);
    const next = data.phase === null ? 0 : phases.indexOf(data.phase) + 1;
    // Beyond the last phase lies the next iteration, at once with its first phase: every press shows something new.
    const isOver = next === phases.length;
    const iteration = data.iteration + (isOver ? 1 : 0);
    if (iteration >= total()) {
      moveTo(iteration, 0);
      return;
    }
    const phase = phases[isOver ? 0 : next]!;
    data.setPlayhead({ iteration, fraction: hasMoved(data.experiment, phase) ? 1 : 0, phase });
    store.setState({ iteration, phase });
  }

  /** A changed experiment: other runs under the same playhead; another preset is played from its start. */
  function follow(next: ReachingExperiment, before: ReachingExperiment): void {
    const { status, focus } = store.getState();
    data.setExperiment(next);
    if (!next.strategies.includes(focus)) store.setState({ focus: defaultFocus(next) });
    if (next.preset !== before.preset) {
      store.getState().fitWindow();
      moveTo(0, 0);
      if (status === 'finished' && isShown) start();
    } else if (status === 'finished' || data.iteration > next.iterations) {
      moveTo(next.iterations, 0);
      finishAtEnd();
    }
    if (isShown) jobs.follow();
  }

  experiments.subscribe(({ experiment }, { experiment: before }) => {
    if (experiment !== before) follow(experiment, before);
  });

  return {
    store,
    hold() {
      hasBegun = true;
      stopAs('paused');
    },
    enter() {
      isShown = true;
      if (!hasBegun || store.getState().status === 'running') start();
      hasBegun = true;
      jobs.follow();
    },
    leave() {
      isShown = false;
      if (frame !== null) frames.cancel(frame);
      frame = null;
      jobs.stop();
    },
    isPending: jobs.isPending,
  };
}

/** Whom the story is about, where it takes part. */
function defaultFocus({ strategies }: ReachingExperiment): ReachingState['focus'] {
  return strategies.includes('medium') ? 'medium' : (strategies[0] ?? 'uniform');
}
