// The page's end of the protocol: owns the worker, drops stale messages, notices when the worker is dead, and
// replaces it, going on from the newest checkpoint. Knows no stores; tells one listener what happened.
import { isHeavy } from '../experiment/cost.ts';
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import type { EngineId } from '../gradients/meta-gradient.ts';
import type { Checkpoint } from '../training/session-events.ts';
import type { EngineChoice, FromWorker, StepUnit, ToWorker } from './protocol.ts';

/** As much of a Worker as is needed; tests put a MessagePort behind it. */
export interface WorkerHandle {
  post(message: ToWorker): void;
  /** Called with every message, and once more with null when the worker's script cannot run. */
  listen(onMessage: (message: FromWorker | null) => void): void;
  terminate(): void;
}

export type ClientEvent =
  /** 'ready', or a message of the current run. 'failed' is dealt with by the client. */
  | Exclude<FromWorker, { readonly type: 'failed' }>
  /**
   * The worker was replaced. The run goes on from `iteration` with a new run id: whatever came after it is sent
   * again and must be forgotten now.
   */
  | {
      readonly type: 'restarted';
      readonly runId: number;
      readonly iteration: number;
      readonly reason: RestartReason;
      readonly message: string;
      /** The engine that could not be opened, when the fastest other one takes its place; else null. */
      readonly replacedEngine: EngineId | null;
    }
  /** Too many failures in a short time: no worker runs until the next start. */
  | { readonly type: 'gave-up'; readonly runId: number; readonly message: string };

export type RestartReason = 'device-lost' | 'engine' | 'internal' | 'silent';

export interface StartOptions {
  readonly experiment: SinusoidExperiment;
  readonly engine: EngineChoice;
  readonly resume: Checkpoint | null;
  readonly paused: boolean;
}

export interface TrainingClient {
  /** Drops any run before it; returns the new run's id. */
  start(options: StartOptions): number;
  /** Ends the run and its worker. */
  stop(): void;
  play(): void;
  pause(): void;
  step(unit: StepUnit): void;
  /** Kept for later runs. */
  setSpeed(iterationsPerSecond: number | null): void;
  /** Settings that do not alter the past. */
  update(experiment: SinusoidExperiment): void;
  /** Go on with another engine where training is. */
  setEngine(engine: EngineChoice): void;
  credit(): void;
  race(): void;
  loseDevice(): void;
  /** Test hook: the worker dies without a word, as when the browser kills it. */
  killWorker(): void;
  /** One listener; called in the order of the messages. */
  listen(listener: (event: ClientEvent) => void): void;
  dispose(): void;
}

export interface TrainingClientOptions {
  readonly createWorker: () => WorkerHandle;
  /** Milliseconds. */
  readonly clock: () => number;
  /** Silence after which a worker that has spoken counts as dead; 5,000 unless told. */
  readonly silenceMs?: number;
  /** The same for one whose script is still loading; 30,000 unless told. */
  readonly loadingMs?: number;
  /** How often to look whether the worker is alive; 500 unless told. */
  readonly lookMs?: number;
}

/** This many failures … */
const MAX_FAILURES = 3;
/** … within this time mean that trying again is no use, in ms. */
const FAILURE_WINDOW_MS = 30_000;
/** One engine call of a heavy experiment may block the worker's thread for this many times longer. */
const HEAVY_PATIENCE = 6;

interface CurrentRun {
  id: number;
  experiment: SinusoidExperiment;
  /** What was asked for, until the worker says which engine it is. */
  engine: EngineChoice;
  paused: boolean;
  newest: Checkpoint | null;
  /** The worker has opened the engine. */
  hasStarted: boolean;
}

export function createTrainingClient(options: TrainingClientOptions): TrainingClient {
  const { clock, silenceMs = 5000, loadingMs = 30_000, lookMs = 500 } = options;
  let worker: WorkerHandle | null = null;
  let isReady = false;
  let lastHeard = clock();
  let lastLooked = clock();
  let lastRunId = 0;
  let run: CurrentRun | null = null;
  let speed: number | null = null;
  let failures: number[] = [];
  let listener: (event: ClientEvent) => void = () => {};

  const send = (message: ToWorker): void => worker?.post(message);

  const openWorker = (): WorkerHandle => {
    const opened = options.createWorker();
    isReady = false;
    lastHeard = clock();
    opened.listen((message) => {
      // A replaced worker may have messages on their way.
      if (opened === worker) receive(message);
    });
    return opened;
  };

  const closeWorker = (): void => {
    worker?.terminate();
    worker = null;
  };

  const sendStart = (current: CurrentRun): void => {
    worker ??= openWorker();
    const { id: runId, experiment, engine, paused, newest: resume } = current;
    // Before 'start' nothing is heard of an idle worker: silence counts from now.
    lastHeard = clock();
    send({ type: 'start', runId, experiment, engine, resume, paused });
    if (speed !== null) send({ type: 'speed', runId, iterationsPerSecond: speed });
  };

  const recover = (reason: RestartReason, message: string): void => {
    closeWorker();
    if (run === null) return;
    const now = clock();
    failures = [...failures.filter((time) => now - time < FAILURE_WINDOW_MS), now];
    if (failures.length >= MAX_FAILURES) {
      const { id: runId } = run;
      run = null;
      // The next start is the user's decision, with new hope.
      failures = [];
      listener({ type: 'gave-up', runId, message });
      return;
    }
    lastRunId += 1;
    run.id = lastRunId;
    const iteration = run.newest?.iteration ?? 0;
    // An engine that could not even be opened will not open the next time either.
    const replacedEngine = reason === 'silent' || run.hasStarted || run.engine === 'auto' ? null : run.engine;
    if (replacedEngine !== null) run.engine = 'auto';
    run.hasStarted = false;
    listener({ type: 'restarted', runId: run.id, iteration, reason, message, replacedEngine });
    sendStart(run);
  };

  const receive = (message: FromWorker | null): void => {
    lastHeard = clock();
    if (message === null) {
      recover('internal', 'The training worker’s script could not run.');
      return;
    }
    if (message.type === 'ready') {
      isReady = true;
      listener(message);
      return;
    }
    if (run === null || message.runId !== run.id) return;
    if (message.type === 'failed') {
      recover(message.cause, message.message);
      return;
    }
    note(run, message);
    listener(message);
  };

  const timer = setInterval(() => {
    const now = clock();
    const asleep = now - lastLooked > Math.max(1500, 3 * lookMs);
    lastLooked = now;
    // A page that was itself suspended has not heard anything, however alive the worker is.
    if (asleep) lastHeard = now;
    if (worker === null || run === null) return;
    const patience = isHeavy(run.experiment) ? HEAVY_PATIENCE : 1;
    const limit = patience * (isReady ? silenceMs : loadingMs);
    if (now - lastHeard <= limit) return;
    recover('silent', `The training worker was silent for ${Math.round(limit / 1000)} s.`);
  }, lookMs);

  const withRun = (act: (current: CurrentRun) => void): void => {
    if (run !== null) act(run);
  };

  return {
    start({ experiment, engine, resume, paused }) {
      lastRunId += 1;
      run = { id: lastRunId, experiment, engine, paused, newest: resume, hasStarted: false };
      sendStart(run);
      return run.id;
    },
    stop() {
      if (run !== null && worker !== null) closeWorker();
      run = null;
    },
    play: () =>
      withRun((current) => {
        current.paused = false;
        send({ type: 'play', runId: current.id });
      }),
    pause: () =>
      withRun((current) => {
        current.paused = true;
        send({ type: 'pause', runId: current.id });
      }),
    step: (unit) =>
      withRun((current) => {
        current.paused = true;
        send({ type: 'step', runId: current.id, unit });
      }),
    setSpeed(iterationsPerSecond) {
      speed = iterationsPerSecond;
      withRun(({ id: runId }) => send({ type: 'speed', runId, iterationsPerSecond }));
    },
    update: (experiment) =>
      withRun((current) => {
        current.experiment = experiment;
        send({ type: 'update', runId: current.id, experiment });
      }),
    setEngine: (engine) =>
      withRun((current) => {
        current.engine = engine;
        current.hasStarted = false;
        send({ type: 'engine', runId: current.id, engine });
      }),
    credit: () => withRun(({ id: runId }) => send({ type: 'credit', runId })),
    race: () => withRun(({ id: runId }) => send({ type: 'race', runId })),
    loseDevice: () => withRun(({ id: runId }) => send({ type: 'lose-device', runId })),
    killWorker: () => worker?.terminate(),
    listen(next) {
      listener = next;
    },
    dispose() {
      clearInterval(timer);
      closeWorker();
      run = null;
    },
  };
}

/** Keeps what a replacement would need to know. */
function note(run: CurrentRun, message: ClientEvent): void {
  switch (message.type) {
    case 'started':
      // A replacement goes on with the same engine; one that stands in for another is found again in the same way.
      if (message.fallback === null || run.engine === 'auto') run.engine = message.engine;
      run.hasStarted = true;
      break;
    case 'checkpoint':
      run.newest = message.checkpoint;
      break;
    case 'diverged':
      run.paused = true;
      break;
  }
}
