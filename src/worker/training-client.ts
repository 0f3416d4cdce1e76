// The page's end of the protocol: owns the worker, drops stale messages, notices when the worker is dead, and
// replaces it, going on from the newest checkpoint. Knows no stores; tells one listener what happened.
import type { EngineId } from '../gradients/meta-gradient.ts';
import type { SinusoidKinds } from '../training/session-events.ts';
import type { SessionKinds } from '../training/session-kinds.ts';
import { workerWords } from '../words/workers.ts';
import type { EngineChoice, FromWorkerOf, StepUnit, ToWorkerOf } from './protocol.ts';

/** As much of a Worker as is needed; tests put a MessagePort behind it. */
export interface WorkerHandleOf<K extends SessionKinds> {
  post(message: ToWorkerOf<K>): void;
  /** Called with every message, and once more with null when the worker's script cannot run. */
  listen(onMessage: (message: FromWorkerOf<K> | null) => void): void;
  terminate(): void;
}

export type ClientEventOf<K extends SessionKinds> =
  /** 'ready', or a message of the current run. 'failed' is dealt with by the client. */
  | Exclude<FromWorkerOf<K>, { readonly type: 'failed' }>
  | RestartEvent
  /** Too many failures in a short time: no worker runs until the next start. */
  | { readonly type: 'gave-up'; readonly runId: number; readonly message: string };

/**
 * The worker was replaced. The run goes on from `iteration` with a new run id: whatever came after it is sent again
 * and must be forgotten now.
 */
export interface RestartEvent {
  readonly type: 'restarted';
  readonly runId: number;
  readonly iteration: number;
  readonly reason: RestartReason;
  readonly message: string;
  /** The engine that could not be opened, when the fastest other one takes its place; else null. */
  readonly replacedEngine: EngineId | null;
}

export type RestartReason = 'device-lost' | 'engine' | 'internal' | 'silent';

export interface StartOptionsOf<K extends SessionKinds> {
  readonly experiment: K['experiment'];
  readonly engine: EngineChoice;
  readonly resume: K['checkpoint'] | null;
  readonly paused: boolean;
}

export interface TrainingClientOf<K extends SessionKinds> {
  /** Drops any run before it; returns the new run's id. */
  start(options: StartOptionsOf<K>): number;
  /** Ends the run and its worker. */
  stop(): void;
  /** Opens the worker, and unless 'auto' its engine, ahead of the next start, which then need not wait for them. */
  warm(engine: EngineChoice): void;
  play(): void;
  pause(): void;
  step(unit: StepUnit): void;
  /** Kept for later runs. */
  setSpeed(iterationsPerSecond: number | null): void;
  /** Settings that do not alter the past. */
  update(experiment: K['experiment']): void;
  /** Go on with another engine where training is. */
  setEngine(engine: EngineChoice): void;
  /** What to adapt to and show; kept for later runs. */
  probe(request: K['probeRequest'] | null): void;
  credit(): void;
  race(): void;
  loseDevice(): void;
  /** Test hook: the worker dies without a word, as when the browser kills it. */
  killWorker(): void;
  /** One listener; called in the order of the messages. */
  listen(listener: (event: ClientEventOf<K>) => void): void;
  dispose(): void;
}

/** The Sinusoid lab's. */
export type TrainingClient = TrainingClientOf<SinusoidKinds>;
export type ClientEvent = ClientEventOf<SinusoidKinds>;
export type WorkerHandle = WorkerHandleOf<SinusoidKinds>;

export interface TrainingClientOptions<K extends SessionKinds> {
  readonly createWorker: () => WorkerHandleOf<K>;
  /** Whether one engine call of the experiment may take long: silence then means less. */
  readonly isHeavy: (experiment: K['experiment']) => boolean;
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

interface CurrentRun<K extends SessionKinds> {
  id: number;
  experiment: K['experiment'];
  /** What was asked for, until the worker says which engine it is. */
  engine: EngineChoice;
  paused: boolean;
  newest: K['checkpoint'] | null;
  /** The worker has opened the engine. */
  hasStarted: boolean;
}

export function createTrainingClient<K extends SessionKinds>(
  options: TrainingClientOptions<K>,
): TrainingClientOf<K> {
  const { clock, isHeavy, silenceMs = 5000, loadingMs = 30_000, lookMs = 500 } = options;
  let worker: WorkerHandleOf<K> | null = null;
  let isReady = false;
  let lastHeard = clock();
  let lastLooked = clock();
  let lastRunId = 0;
  let run: CurrentRun<K> | null = null;
  let speed: number | null = null;
  let probed: K['probeRequest'] | null = null;
  let failures: number[] = [];
  let listener: (event: ClientEventOf<K>) => void = () => {};

  const send = (message: ToWorkerOf<K>): void => worker?.post(message);

  const openWorker = (): WorkerHandleOf<K> => {
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

  const sendStart = (current: CurrentRun<K>): void => {
    worker ??= openWorker();
    const { id: runId, experiment, engine, paused, newest: resume } = current;
    // Before 'start' nothing is heard of an idle worker: silence counts from now.
    lastHeard = clock();
    send({ type: 'start', runId, experiment, engine, resume, paused });
    if (speed !== null) send({ type: 'speed', runId, iterationsPerSecond: speed });
    if (probed !== null) send({ type: 'probe', runId, request: probed });
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

  const receive = (message: FromWorkerOf<K> | null): void => {
    lastHeard = clock();
    if (message === null) {
      recover('internal', workerWords.noScript);
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
    recover('silent', workerWords.silent(Math.round(limit / 1000)));
  }, lookMs);

  const withRun = (act: (current: CurrentRun<K>) => void): void => {
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
      closeWorker();
      run = null;
    },
    warm(engine) {
      if (worker !== null) return;
      worker = openWorker();
      if (engine !== 'auto') send({ type: 'warm', engine });
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
    probe(request) {
      probed = request;
      withRun(({ id: runId }) => send({ type: 'probe', runId, request }));
    },
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
function note<K extends SessionKinds>(run: CurrentRun<K>, message: ClientEventOf<K>): void {
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
    case 'stalled':
      run.paused = true;
      break;
  }
}
