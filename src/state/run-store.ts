// The run of a lab that trains: turns the user's intent into calls of its training client. What the client hears in
// return is run-hearing.ts's affair; these two are the only writers of run data.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ComparisonExperiment } from '../experiment/comparison-experiment.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { changesPastIn, changesTestsIn } from '../experiment/field-changes.ts';
import type { Lab } from '../experiment/lab.ts';
import type { SessionKinds } from '../training/session-kinds.ts';
import { changeWords } from '../words/changes.ts';
import type { EngineChoice } from '../worker/protocol.ts';
import type { TrainingClientOf } from '../worker/training-client.ts';
import { labelOldRun } from './change-label.ts';
import type { NoticeList } from './notices.ts';
import type { WritableRunData } from './run-data.ts';
import { createRunHearing } from './run-hearing.ts';
import type { ExperimentState, KeptRun, OpenedAbout, RunState, RunStatus } from './store-types.ts';

/** Those of labs that train in a worker. */
export interface TrainedKinds extends SessionKinds {
  readonly experiment: Extract<Experiment, ComparisonExperiment>;
}

export interface RunStoreOptions<K extends TrainedKinds> {
  readonly lab: Pick<Lab<K['experiment']>, 'fieldKeys' | 'field' | 'isHeavy'>;
  readonly experiments: StoreApi<ExperimentState<K['experiment']>>;
  readonly client: TrainingClientOf<K>;
  readonly data: WritableRunData<K>;
  /** The page's one list. */
  readonly notices: NoticeList;
  /** What to change in this lab when a run has diverged; half a sentence. */
  readonly divergenceRemedy: string;
  /** Milliseconds. */
  readonly clock: () => number;
  /** On what a kept run waits to be trained on; 'auto', which times engines first, unless told. */
  readonly openingEngine?: EngineChoice;
  /** How long a changed setting must rest before training restarts; 200 ms unless told. */
  readonly restartDelayMs?: number;
}

/** The store, and what only the composition of the stores may do with it. */
export interface RunControl<K extends TrainedKinds> {
  readonly store: StoreApi<RunState>;
  /** Training waits for the user, also if the lab is shown only later. */
  hold(): void;
  /**
   * The lab is shown: training starts or, where the experiment is still the one that was trained when the lab was
   * left, goes on from the newest checkpoint; paused if it was then, or is held. `waits`: if it would start anew, it
   * stays idle until the user presses Run or a kept run is opened.
   */
  enter(waits?: boolean): void;
  /**
   * Shows a kept run: its experiment in place of the one on the screen, its curves and checkpoints, paused at its end.
   * Training goes on from there, or from any of its checkpoints, with a new optimiser and an empty buffer.
   */
  open(run: KeptRun<K>): void;
  /** Whether nothing has been trained or shown yet, so that a first run may still be opened. */
  isUntouched(): boolean;
  /** The lab is left: training ends and frees its worker. Curves and checkpoints stay. */
  leave(): void;
  /** Whether a changed setting is waiting to restart training. */
  isRestartPending(): boolean;
}

export function createRunStore<K extends TrainedKinds>(options: RunStoreOptions<K>): RunControl<K> {
  type E = K['experiment'];
  const { lab, experiments, client, data, notices, clock, divergenceRemedy } = options;
  const { restartDelayMs = 200, openingEngine = 'auto' } = options;
  /** What the worker trains, or would if it ran. */
  let trained: E = experiments.getState().experiment;
  /** Whose test tasks the evaluations in `data` are of. */
  let evaluated: E = trained;
  let wantsPaused = false;
  /** Another lab is shown, so nothing trains: always so before the first enter(). */
  let isAway = true;
  let hasBegun = false;
  /** A kept run takes over: its experiment, and perhaps its lab, come to the screen without being trained. */
  let isOpening = false;
  let pendingRestart: ReturnType<typeof setTimeout> | undefined;

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
    opened: null,
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
  notices.subscribe((list) => store.setState({ notices: list }));
  const hearing = createRunHearing<K>({
    store,
    data,
    notices,
    clock,
    divergenceRemedy,
    onTests: (experiment) => evaluateLike(experiment ?? trained),
    retry: play,
    // Paused: with the same step sizes it would only diverge again.
    goBackTo(iteration) {
      pause();
      continueFrom(iteration);
    },
  });

  /** Sends the experiment to the worker; what came after `resume` must be gone from `data` already, or goes now. */
  function launch({
    resume,
    engine,
  }: {
    resume: K['checkpoint'] | null;
    engine: RunState['engineChoice'];
  }): void {
    clearTimeout(pendingRestart);
    pendingRestart = undefined;
    trained = experiments.getState().experiment;
    if (resume === null) data.clear(null);
    else data.truncateAfter(resume.iteration);
    evaluateLike(trained);
    const iteration = resume?.iteration ?? 0;
    const { divergences, opened } = store.getState();
    const text = {
      iteration,
      opened: resume === null || opened === null ? null : upTo(opened, iteration),
      iterationsPerSecond: 0,
      divergences: divergences.filter((divergence) => divergence.iteration <= iteration),
    };
    notices.dismissKind('divergence');
    notices.dismissKind('stall');
    // Nothing heavy starts by itself: not even the engines' race. What goes on from a checkpoint has been raced.
    if (wantsPaused && resume === null && lab.isHeavy(trained)) {
      client.stop();
      store.setState({ ...text, status: { kind: 'idle' }, engine: null });
      return;
    }
    store.setState({ isMeasuring: false });
    const status: RunStatus = { kind: 'starting', step: hearing.isWorkerReady() ? 'racing' : 'loading' };
    store.setState({ ...text, status });
    const runId = client.start({ experiment: trained, engine, resume, paused: wantsPaused });
    store.setState({ runId });
  }

  /** From here on evaluations are of these test tasks; those of others must not stand beside them. */
  function evaluateLike(experiment: E): void {
    if (changesTestsIn(lab, evaluated, experiment)) data.clearEvaluations();
    evaluated = experiment;
  }

  function play(): void {
    wantsPaused = false;
    const { status, engineChoice } = store.getState();
    if (status.kind === 'idle') launch({ resume: null, engine: engineChoice });
    else if (status.kind === 'failed') {
      launch({ resume: data.checkpoints.at(-1) ?? null, engine: sameEngine() });
    } else {
      goBeyondEnd();
      client.play();
      if (!hearing.isWorkerReady()) store.setState({ status: { kind: 'starting', step: 'loading' } });
    }
  }

  /** A kept run mostly ends where its experiment does: going on from there means as many meta-iterations again. */
  function goBeyondEnd(): void {
    const { opened, iteration, status } = store.getState();
    if (opened === null || status.kind !== 'paused' || iteration < trained.metaIterations) return;
    const longer = { ...trained, metaIterations: 2 * trained.metaIterations };
    // Where some rate is stretched over all meta-iterations, the run is over.
    if (changesPastIn(lab, trained, longer)) return;
    experiments.getState().edit(longer);
  }

  function open(run: KeptRun<K>): void {
    clearTimeout(pendingRestart);
    pendingRestart = undefined;
    wantsPaused = true;
    isOpening = true;
    experiments.getState().replace(run.experiment);
    isOpening = false;
    isAway = false;
    hasBegun = true;
    trained = experiments.getState().experiment;
    evaluated = trained;
    data.fill(run);
    const resume = data.checkpoints.at(-1)!;
    for (const kind of ['divergence', 'stall', 'restarted']) notices.dismissKind(kind);
    const { about, divergences } = run;
    store.setState({
      status: { kind: 'paused' },
      iteration: resume.iteration,
      iterationsPerSecond: 0,
      isMeasuring: false,
      opened: about,
      divergences,
    });
    const runId = client.start({ experiment: trained, engine: keptEngine(), resume, paused: true });
    store.setState({ runId });
  }

  /** For a kept run: what was chosen or raced before, else what opens at once. */
  function keptEngine(): EngineChoice {
    const { engine, engineChoice } = store.getState();
    return engineChoice === 'auto' ? (engine ?? openingEngine) : engineChoice;
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

  function continueFrom(iteration: number): void {
    const resume = data.checkpoints.find((checkpoint) => checkpoint.iteration === iteration);
    if (resume === undefined) {
      const kept = data.checkpoints.map((checkpoint) => checkpoint.iteration).join(', ');
      throw new Error(`There is no checkpoint of iteration ${iteration}; kept are ${kept || 'none'}.`);
    }
    launch({ resume, engine: sameEngine() });
  }

  /** A changed experiment: taken over by the running session where it can be, else trained anew after a while. */
  function follow(next: E): void {
    clearTimeout(pendingRestart);
    pendingRestart = undefined;
    if (isAway || isOpening || next === trained) return;
    if (changesPastIn(lab, trained, next)) {
      pendingRestart = setTimeout(restartForChange, restartDelayMs);
      return;
    }
    trained = next;
    client.update(next);
  }

  function restartForChange(): void {
    const before = trained;
    const after = experiments.getState().experiment;
    const label = labelOldRun(lab, before, after);
    const hadCurves = store.getState().iteration > 1;
    data.clear(label);
    if (hadCurves) {
      notices.add({
        kind: 'restarted',
        tone: 'info',
        title: changeWords.restarted,
        details: [changeWords.oldRunStays(label)],
        actions: [
          { label: changeWords.undo, run: () => experiments.getState().undo() },
          { label: changeWords.dismiss, run: () => data.setPinned(null) },
        ],
      });
    }
    launch({ resume: null, engine: store.getState().engineChoice });
  }

  client.listen(hearing.hear);
  experiments.subscribe((state, previous) => {
    if (state.experiment !== previous.experiment) follow(state.experiment);
  });

  function leave(): void {
    isAway = true;
    clearTimeout(pendingRestart);
    pendingRestart = undefined;
    client.stop();
    hearing.forgetWorker();
    store.setState({ status: { kind: 'idle' }, iterationsPerSecond: 0, isMeasuring: false });
  }

  function enter(waits = false): void {
    isAway = false;
    if (isOpening) return;
    const isNew = !hasBegun || changesPastIn(lab, trained, experiments.getState().experiment);
    hasBegun = true;
    if (isNew && waits) {
      trained = experiments.getState().experiment;
      data.clear(null);
      client.warm(keptEngine());
      return;
    }
    const resume = isNew ? null : (data.checkpoints.at(-1) ?? null);
    launch({ resume, engine: isNew ? store.getState().engineChoice : sameEngine() });
  }

  return {
    store,
    hold: pause,
    enter,
    open,
    isUntouched: () => !isOpening && store.getState().status.kind === 'idle' && data.checkpoints.length === 0,
    leave,
    isRestartPending: () => pendingRestart !== undefined,
  };
}

/** The head of a kept run of which only the part up to `iteration` is left. */
function upTo(opened: OpenedAbout, iteration: number): OpenedAbout {
  return iteration < opened.iterations ? { ...opened, iterations: iteration } : opened;
}
