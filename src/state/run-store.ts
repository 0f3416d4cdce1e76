// The run on the screen: turns the user's intent into calls of the training client, and what the client hears into
// status, notices and run data. The one writer of run data.
import { createStore, type StoreApi } from 'zustand/vanilla';
import { isHeavy } from '../experiment/cost.ts';
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import { changesPast, changesTests } from '../experiment/fields.ts';
import type { Checkpoint } from '../training/session-events.ts';
import type { ClientEvent, TrainingClient } from '../worker/training-client.ts';
import { labelOldRun } from './change-label.ts';
import { divergenceText, fallbackText, type NewNotice, NoticeList, restartText } from './notices.ts';
import type { WritableRunData } from './run-data.ts';
import type { ExperimentState, RunState, RunStatus } from './store-types.ts';

export interface RunStoreOptions {
  readonly experiments: StoreApi<ExperimentState>;
  readonly client: TrainingClient;
  readonly data: WritableRunData;
  /** Milliseconds. */
  readonly clock: () => number;
  /** How long a changed setting must rest before training restarts; 200 ms unless told. */
  readonly restartDelayMs?: number;
}

/** The store, and what only the composition of the stores may do with it. */
export interface RunControl {
  readonly store: StoreApi<RunState>;
  /** Training waits for the user, also if the lab is shown only later. */
  hold(): void;
  /**
   * The lab is shown: training starts or, where the experiment is still the one that was trained when the lab was
   * left, goes on from the newest checkpoint; paused if it was then, or is held.
   */
  enter(): void;
  /** The lab is left: training ends and frees its worker. Curves and checkpoints stay. */
  leave(): void;
  /** Adds a notice; returns its id. */
  notify(notice: NewNotice): number;
  /** Whether a changed setting is waiting to restart training. */
  isRestartPending(): boolean;
}

/** The text on the screen changes at most four times a second. */
const TEXT_MS = 250;

export function createRunStore(options: RunStoreOptions): RunControl {
  const { experiments, client, data, clock, restartDelayMs = 200 } = options;
  /** What the worker trains, or would if it ran. */
  let trained: SinusoidExperiment = experiments.getState().experiment;
  /** Whose test tasks the evaluations in `data` are of. */
  let evaluated: SinusoidExperiment = trained;
  let wantsPaused = false;
  /** Another lab is shown, so nothing trains: always so before the first enter(). */
  let isAway = true;
  let hasBegun = false;
  let isWorkerReady = false;
  let pendingRestart: ReturnType<typeof setTimeout> | undefined;
  let textShownAt = Number.NEGATIVE_INFINITY;

  const store = createStore<RunState>()(() => ({
    status: { kind: 'idle' },
    runId: 0,
    engineChoice: 'auto',
    engine: null,
    fallback: null,
    race: null,
    isMeasuring: false,
    iteration: 0,
    iterationsPerSecond: 0,
    speed: null,
    divergences: [],
    notices: [],
    play,
    pause,
    step,
    reset: () => launch({ resume: null, engine: store.getState().engineChoice }),
    setSpeed(iterationsPerSecond) {
      client.setSpeed(iterationsPerSecond);
      store.setState({ speed: iterationsPerSecond });
    },
    setEngine,
    raceAgain() {
      store.setState({ isMeasuring: true });
      client.race();
    },
    continueFrom,
    dismissNotice: (id) => notices.dismiss(id),
    dismissPinned: () => data.setPinned(null),
    loseDevice: () => client.loseDevice(),
  }));
  const notices = new NoticeList((list) => store.setState({ notices: list }));

  /** Sends the experiment to the worker; what came after `resume` must be gone from `data` already, or goes now. */
  function launch({ resume, engine }: { resume: Checkpoint | null; engine: RunState['engineChoice'] }): void {
    clearTimeout(pendingRestart);
    pendingRestart = undefined;
    trained = experiments.getState().experiment;
    if (resume === null) data.clear(null);
    else data.truncateAfter(resume.iteration);
    evaluateLike(trained);
    const iteration = resume?.iteration ?? 0;
    const { divergences } = store.getState();
    const text = {
      iteration,
      iterationsPerSecond: 0,
      divergences: divergences.filter((divergence) => divergence.iteration <= iteration),
    };
    notices.dismissKind('divergence');
    // Nothing heavy starts by itself: not even the engines' race.
    if (wantsPaused && isHeavy(trained)) {
      client.stop();
      store.setState({ ...text, status: { kind: 'idle' }, engine: null });
      return;
    }
    store.setState({ isMeasuring: false });
    const status: RunStatus = { kind: 'starting', step: isWorkerReady ? 'racing' : 'loading' };
    store.setState({ ...text, status });
    const runId = client.start({ experiment: trained, engine, resume, paused: wantsPaused });
    store.setState({ runId });
  }

  /** From here on evaluations are of these test tasks; those of others must not stand beside them. */
  function evaluateLike(experiment: SinusoidExperiment): void {
    if (changesTests(evaluated, experiment)) data.clearEvaluations();
    evaluated = experiment;
  }

  function play(): void {
    wantsPaused = false;
    const { status, engineChoice } = store.getState();
    if (status.kind === 'idle') launch({ resume: null, engine: engineChoice });
    else if (status.kind === 'failed') {
      launch({ resume: data.checkpoints.at(-1) ?? null, engine: sameEngine() });
    } else client.play();
  }

  function pause(): void {
    wantsPaused = true;
    client.pause();
  }

  function step(unit: 'phase' | 'iteration'): void {
    wantsPaused = true;
    const { status, engineChoice } = store.getState();
    if (status.kind === 'idle') launch({ resume: null, engine: engineChoice });
    client.step(unit);
  }

  function setEngine(choice: RunState['engineChoice']): void {
    const { engineChoice } = store.getState();
    if (choice === engineChoice) return;
    store.setState({ engineChoice: choice });
    client.setEngine(choice);
  }

  /** For going on after a break: what was chosen, or what the race chose then. */
  function sameEngine(): RunState['engineChoice'] {
    const { engine, engineChoice } = store.getState();
    return engineChoice === 'auto' ? (engine ?? 'auto') : engineChoice;
  }

  function hearStarted({ engine, iteration, fallback }: ClientEvent & { type: 'started' }): void {
    const { engine: before, fallback: known, status } = store.getState();
    store.setState({ engine, fallback });
    // A change of engine in mid-run is not at the end of a meta-iteration: what is shown may be ahead of it.
    if (status.kind === 'starting') store.setState({ iteration });
    if (fallback === null) notices.dismissKind('fallback');
    // Said once, not at every restart.
    else if (engine !== before || fallback.asked !== known?.asked || fallback.reason !== known.reason) {
      notices.add({ ...fallbackText(engine, fallback), kind: 'fallback', actions: [] });
    }
  }

  function continueFrom(iteration: number): void {
    const resume = data.checkpoints.find((checkpoint) => checkpoint.iteration === iteration);
    if (resume === undefined) {
      const kept = data.checkpoints.map((checkpoint) => checkpoint.iteration).join(', ');
      throw new Error(`There is no checkpoint of iteration ${iteration}; kept are ${kept || 'none'}.`);
    }
    launch({ resume, engine: sameEngine() });
  }

  /** A changed experiment: taken over by the running session where it can be, else trained anew after a while. */
  function follow(next: SinusoidExperiment): void {
    clearTimeout(pendingRestart);
    pendingRestart = undefined;
    if (isAway || next === trained) return;
    if (changesPast(trained, next)) {
      pendingRestart = setTimeout(restartForChange, restartDelayMs);
      return;
    }
    trained = next;
    client.update(next);
  }

  function restartForChange(): void {
    const before = trained;
    const after = experiments.getState().experiment;
    const label = labelOldRun(before, after);
    const hadCurves = store.getState().iteration > 1;
    data.clear(label);
    if (hadCurves) {
      notices.add({
        kind: 'restarted',
        tone: 'info',
        title: 'Training restarted: the change alters what was learned so far.',
        details: [`The run before (${label}) stays as a faint line.`],
        actions: [
          { label: 'Undo the change', run: () => experiments.getState().undo() },
          { label: 'Dismiss the old line', run: () => data.setPinned(null) },
        ],
      });
    }
    launch({ resume: null, engine: store.getState().engineChoice });
  }

  function hear(event: ClientEvent): void {
    switch (event.type) {
      case 'ready':
        isWorkerReady = true;
        if (store.getState().status.kind === 'starting') {
          store.setState({ status: { kind: 'starting', step: 'racing' } });
        }
        break;
      case 'race':
        store.setState({ race: event.result, isMeasuring: false });
        break;
      case 'started':
        hearStarted(event);
        break;
      case 'state':
        if (event.state === 'running') data.setSteppedPhase(null);
        textShownAt = clock();
        store.setState({ status: { kind: event.state }, iteration: event.iteration });
        if (event.state !== 'running') store.setState({ iterationsPerSecond: 0 });
        break;
      case 'metrics':
        data.appendMetrics(event.batches);
        break;
      case 'updated':
        evaluateLike(event.experiment);
        break;
      case 'held-out':
        data.addHeldOut(event.point);
        break;
      case 'adaptation':
        data.addAdaptation(event.point);
        break;
      case 'snapshot':
        data.setSnapshot(event.snapshot);
        showIteration(event.snapshot.iteration);
        break;
      case 'checkpoint':
        if (event.purpose === 'scheduled') data.addCheckpoint(event.checkpoint);
        break;
      case 'phase':
        data.setSteppedPhase({ algorithm: event.algorithm, iteration: event.iteration, event: event.event });
        break;
      case 'diverged':
        hearDivergence(event);
        break;
      case 'probe':
      case 'stalled':
        // No session of this lab says so.
        break;
      case 'heartbeat':
        showIteration(event.iteration);
        store.setState({ iterationsPerSecond: event.iterationsPerSecond });
        break;
      case 'restarted':
        hearRestart(event);
        break;
      case 'gave-up':
        isWorkerReady = false;
        store.setState({
          status: { kind: 'failed', message: event.message },
          iterationsPerSecond: 0,
          isMeasuring: false,
        });
        notices.add({
          tone: 'problem',
          title: 'Training stopped: it failed three times within half a minute.',
          details: [event.message, 'What was learned so far is kept.'],
          actions: [{ label: 'Try again', run: play }],
        });
        break;
      default:
        event satisfies never;
    }
  }

  function showIteration(iteration: number): void {
    if (clock() - textShownAt < TEXT_MS) return;
    textShownAt = clock();
    store.setState({ iteration });
  }

  function hearDivergence(event: ClientEvent & { type: 'diverged' }): void {
    const { type: _, runId: __, ...divergence } = event;
    const divergences = [...store.getState().divergences, divergence];
    store.setState({ divergences });
    // The earliest one's: there, every run was still finite.
    const lastGoodIteration = Math.min(...divergences.map((each) => each.lastGoodIteration));
    notices.add({
      ...divergenceText(divergences, lastGoodIteration),
      kind: 'divergence',
      actions: [
        {
          label: `Go back to iteration ${lastGoodIteration}`,
          // Paused: with the same step sizes it would only diverge again.
          run: () => {
            pause();
            continueFrom(lastGoodIteration);
          },
        },
      ],
    });
  }

  function hearRestart(event: ClientEvent & { type: 'restarted' }): void {
    isWorkerReady = false;
    data.truncateAfter(event.iteration);
    evaluateLike(trained);
    const { divergences } = store.getState();
    if (event.replacedEngine !== null) store.setState({ engineChoice: 'auto' });
    store.setState({
      runId: event.runId,
      isMeasuring: false,
      status: { kind: 'starting', step: 'loading' },
      iteration: event.iteration,
      iterationsPerSecond: 0,
      divergences: divergences.filter((divergence) => divergence.iteration <= event.iteration),
    });
    notices.add({ ...restartText(event), kind: 'replaced', actions: [] });
  }

  client.listen(hear);
  experiments.subscribe((state, previous) => {
    if (state.experiment !== previous.experiment) follow(state.experiment);
  });

  function leave(): void {
    isAway = true;
    clearTimeout(pendingRestart);
    pendingRestart = undefined;
    client.stop();
    isWorkerReady = false;
    store.setState({ status: { kind: 'idle' }, iterationsPerSecond: 0, isMeasuring: false });
  }

  function enter(): void {
    isAway = false;
    const isNew = !hasBegun || changesPast(trained, experiments.getState().experiment);
    hasBegun = true;
    const resume = isNew ? null : (data.checkpoints.at(-1) ?? null);
    launch({ resume, engine: isNew ? store.getState().engineChoice : sameEngine() });
  }

  return {
    store,
    hold: pause,
    enter,
    leave,
    notify: (notice) => notices.add(notice),
    isRestartPending: () => pendingRestart !== undefined,
  };
}
