// Drives one run: pulls its session event by event, and between two pulls does what the page asked for. Pulling is
// training, so pausing is not pulling; evaluating needs none, so changed test settings show at once. Everything
// sent to the page is sent from here.
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import { changesTests } from '../experiment/fields.ts';
import type { MetaGradientEngine } from '../gradients/meta-gradient.ts';
import { engineLimits } from '../training/engine-limits.ts';
import type { Checkpoint, Session, SessionEvent } from '../training/session-events.ts';
import { createBurstPace } from './burst-pace.ts';
import type { EnginePool } from './engine-pool.ts';
import { createMetricBatches } from './metric-batches.ts';
import type {
  EngineChoice,
  EngineFallback,
  FromWorker,
  RunStateName,
  StepUnit,
  ToWorker,
} from './protocol.ts';
import { createRate } from './rate.ts';
import { SnapshotSender } from './snapshot-sender.ts';
import { SwitchableEngine } from './switchable-engine.ts';
import { transferList } from './transfer-list.ts';

export interface RunDriverOptions {
  readonly post: (message: FromWorker, transfer: ArrayBuffer[]) => void;
  readonly engines: EnginePool;
  readonly createSession: (
    experiment: SinusoidExperiment,
    engine: MetaGradientEngine,
    resume: Checkpoint | null,
    /** SessionOptions.burst. */
    burst: () => number,
  ) => Session;
  /** Milliseconds. */
  readonly clock: () => number;
  /** Resolves in a later macrotask, so that messages get in. */
  readonly yieldMacrotask: () => Promise<void>;
  /** Called when a run is over: ends threads that were started for it. */
  readonly releaseThreads?: () => void;
}

type Start = ToWorker & { readonly type: 'start' };
type Command = Exclude<ToWorker, Start>;

/** The longest that metrics wait, in ms. */
const METRICS_MS = 100;
const TICKS_PER_HEARTBEAT = 5;
const RECOVERY_MS = 1000;
/** A burst takes a frame or two, and a pause waits for at most one. */
const BURST_MS = 24;
/** For engines that train by themselves: each call costs, and a tick of the interface is enough. */
const DEVICE_BURST_MS = 100;
/** Messages wait no longer than this, or one engine call if that is more. */
const LISTEN_MS = 4;
/** How much later than the failing call a browser may say that the device is lost; half a second was seen. */
const LOSS_NEWS_MS = 1500;

export class RunDriver {
  readonly runId: number;
  readonly #start: Start;
  readonly #options: RunDriverOptions;
  readonly #metrics = createMetricBatches();
  readonly #snapshots: SnapshotSender;
  readonly #rate;
  #engine: MetaGradientEngine | null = null;
  /** What the session trains on; stands for #engine. */
  readonly #switchable = new SwitchableEngine();
  #dropped = false;
  #state: RunStateName;
  /** The page has not been told #state yet. */
  #unannounced = true;
  #step: StepUnit | null = null;
  #update: SinusoidExperiment | null = null;
  /** Test settings changed, and not everything has been evaluated with them yet. */
  #hasOtherTests = false;
  #raceWanted = false;
  #choice: EngineChoice;
  /** Acquire #choice anew before the next engine call. */
  #engineWanted = false;
  #fallback: EngineFallback | null = null;
  #secondsPerIteration = 0;
  #pace = createBurstPace(BURST_MS);
  /** When the meta-iterations now under way began, and when their last metrics came. */
  #burstBegan = 0;
  #burstEnded = 0;
  #listenedAt = Number.NEGATIVE_INFINITY;
  /** Clock reading before which the next meta-iteration must not begin. */
  #notBefore = 0;
  #iteration: number;
  #recoverySent: number;
  #recoveredIteration = -1;
  /** Some run has had a phase in this meta-iteration. */
  #hadPhase = false;
  /** Whether anything was computed since the step command: the end of an iteration alone is no step. */
  #stepWorked = false;
  #metricsFollow = false;
  #wake: () => void = () => {};

  constructor(start: Start, options: RunDriverOptions) {
    this.runId = start.runId;
    this.#start = start;
    this.#options = options;
    this.#choice = start.engine;
    this.#state = start.paused ? 'paused' : 'running';
    this.#iteration = start.resume?.iteration ?? 0;
    this.#recoverySent = options.clock();
    this.#rate = createRate(options.clock);
    this.#snapshots = new SnapshotSender(options.clock, (snapshot) => {
      this.#post({ type: 'snapshot', runId: this.runId, snapshot }, true);
    });
  }

  /** Everything after this is thrown away; an engine call in flight still ends first. */
  drop(): void {
    this.#dropped = true;
    this.#wake();
  }

  /** One message for this run; takes effect when the engine call in flight is over. */
  receive(command: Command): void {
    switch (command.type) {
      case 'play':
        if (this.#state === 'finished') break;
        this.#setState('running');
        break;
      case 'pause':
        if (this.#state !== 'finished') this.#setState('paused');
        break;
      case 'step':
        if (this.#state !== 'finished') this.#setState('paused');
        this.#step = this.#state === 'finished' ? null : command.unit;
        this.#stepWorked = false;
        break;
      case 'speed':
        this.#secondsPerIteration =
          command.iterationsPerSecond === null ? 0 : 1 / command.iterationsPerSecond;
        this.#notBefore = 0;
        break;
      case 'update':
        this.#update = command.experiment;
        break;
      case 'engine':
        this.#choice = command.engine;
        this.#engineWanted = true;
        break;
      case 'credit':
        this.#snapshots.credit();
        break;
      case 'race':
        this.#raceWanted = true;
        break;
      case 'probe':
        break;
      case 'lose-device':
        this.#engine?.destroyDevice?.();
        break;
      default:
        command satisfies never;
    }
    this.#wake();
  }

  /** Resolves when the run is dropped or has failed, and nothing of it is in flight. Never rejects. */
  async drive(): Promise<void> {
    if (this.#dropped) return;
    let ticks = 0;
    const timer = setInterval(() => {
      this.#flushMetrics();
      ticks += 1;
      if (ticks % TICKS_PER_HEARTBEAT === 0) this.#sendHeartbeat();
    }, METRICS_MS);
    try {
      const session = await this.#open();
      while (!this.#dropped) await this.#advance(session);
    } catch (error) {
      await this.#fail(error);
    } finally {
      clearInterval(timer);
      this.#options.releaseThreads?.();
    }
  }

  async #open(): Promise<Session> {
    const { experiment, resume } = this.#start;
    await this.#acquire(experiment);
    const { engine } = this.#switchable;
    const session = this.#options.createSession(experiment, engine, resume, () => this.#nextBurst());
    this.#sayStarted();
    this.#snapshots.offer(session, 'now');
    return session;
  }

  async #acquire(experiment: SinusoidExperiment): Promise<void> {
    this.#engineWanted = false;
    const { engines } = this.#options;
    const { engine, race, fallback } = await engines.acquire(this.#choice, experiment, () => this.#dropped);
    if (race !== null) this.#post({ type: 'race', runId: this.runId, result: race });
    this.#fallback = fallback;
    if (engine === this.#engine) return;
    this.#engine = engine;
    this.#pace = createBurstPace(engine.train === undefined ? BURST_MS : DEVICE_BURST_MS);
    this.#switchable.use(engine);
    engine.lost?.then((reason) => {
      // One that the run has left may be lost without harm.
      if (engine === this.#engine) void this.#fail(new Error(reason), 'device-lost');
    });
  }

  #sayStarted(): void {
    const { runId, engine } = { runId: this.runId, engine: this.#switchable.engine.id };
    this.#post({ type: 'started', runId, engine, fallback: this.#fallback, iteration: this.#iteration });
  }

  /** Between two engine calls: the session does not notice, so nothing is lost and nothing done twice. */
  async #switchEngine(session: Session): Promise<void> {
    const before = this.#engine;
    await this.#acquire(session.experiment);
    if (this.#engine !== before) this.#rate.reset();
    this.#sayStarted();
  }

  /** Whatever comes next: news for the page, a command, waiting, or one event of the session. */
  async #advance(session: Session): Promise<void> {
    if (this.#update !== null) this.#applyUpdate(session, this.#update);
    if (this.#raceWanted) await this.#raceAll(session);
    if (this.#engineWanted) await this.#switchEngine(session);
    if (this.#dropped) return;
    if (this.#unannounced && this.#step === null) this.#announce(session);
    if (this.#hasOtherTests && this.#isResting) {
      await this.#evaluate(session);
      return;
    }
    const wait = this.#waitingTime();
    if (wait > 0) {
      await this.#sleep(wait);
      this.#snapshots.offer(session, 'if-new');
      return;
    }
    const { done, value } = await session.events.next();
    if (this.#dropped) return;
    if (done === true) this.#setState('finished');
    else this.#take(value, session);
    await this.#listen(value?.kind);
  }

  /** How many meta-iterations the session may run in one go; a step or a speed limit is about each. */
  #nextBurst(): number {
    this.#burstBegan = this.#options.clock();
    this.#burstEnded = this.#burstBegan;
    return this.#step !== null || this.#secondsPerIteration > 0 ? 1 : this.#pace.next();
  }

  /** Lets messages in, once they have waited long enough: after every event it would cost more than training. */
  async #listen(kind?: SessionEvent['kind']): Promise<void> {
    if (this.#state === 'running' && this.#step === null) {
      // What a burst tells belongs together: after a pause in between, the page would know of a part only.
      const isPart = kind === 'metrics' || kind === 'diverged' || kind === 'checkpoint';
      if (isPart || this.#options.clock() - this.#listenedAt < LISTEN_MS) return;
    }
    await this.#options.yieldMacrotask();
    this.#listenedAt = this.#options.clock();
  }

  get #isResting(): boolean {
    return this.#step === null && this.#state !== 'running';
  }

  /** One slice, without training. */
  async #evaluate(session: Session): Promise<void> {
    const event = await session.evaluate();
    if (this.#dropped) return;
    if (event === null) this.#hasOtherTests = false;
    else this.#take(event, session);
    // θ′ of the parameter space may be new: they travel in snapshots only.
    this.#snapshots.offer(session, event === null ? 'now' : 'rarely');
    await this.#listen();
  }

  /** Milliseconds until the next pull; ∞: until a message. */
  #waitingTime(): number {
    if (this.#step !== null) return 0;
    if (this.#state !== 'running') return Number.POSITIVE_INFINITY;
    return Math.max(0, this.#notBefore - this.#options.clock());
  }

  #sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = Number.isFinite(milliseconds) ? setTimeout(resolve, milliseconds) : undefined;
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
      // A drop between the last check and here would otherwise never wake us.
      if (this.#dropped) this.#wake();
    });
  }

  #take(event: SessionEvent, session: Session): void {
    const { runId } = this;
    switch (event.kind) {
      case 'phase':
        if (this.#step === 'phase') this.#post({ ...event, type: 'phase', runId });
        this.#hadPhase = true;
        this.#stepWorked = true;
        // A run's metrics follow its last phase without computing: let them come along.
        this.#metricsFollow = event.event.phase === 'meta-update';
        if (!this.#metricsFollow) this.#endStep('phase');
        this.#snapshots.offer(session, 'rarely');
        break;
      case 'metrics':
        this.#metrics.add(event.metrics);
        this.#stepWorked = true;
        this.#burstEnded = this.#options.clock();
        // In a burst nothing is looked at before its end.
        if (!this.#metricsFollow) break;
        this.#endStep('phase');
        this.#metricsFollow = false;
        this.#snapshots.offer(session, 'rarely');
        break;
      case 'iteration':
        this.#endIteration(event.iteration, session);
        break;
      case 'slice':
        break;
      case 'held-out':
        this.#flushMetrics();
        this.#post({ type: 'held-out', runId, point: event.point });
        break;
      case 'adaptation':
        this.#post({ type: 'adaptation', runId, point: event.point });
        break;
      case 'checkpoint':
        this.#recoverySent = this.#options.clock();
        this.#recoveredIteration = event.checkpoint.iteration;
        this.#flushMetrics();
        this.#post({ type: 'checkpoint', runId, purpose: 'scheduled', checkpoint: event.checkpoint }, true);
        break;
      case 'diverged': {
        const { kind: _, ...what } = event;
        this.#flushMetrics();
        this.#post({ ...what, type: 'diverged', runId });
        break;
      }
      case 'stalled': {
        const { kind: _, ...what } = event;
        this.#flushMetrics();
        this.#post({ ...what, type: 'stalled', runId });
        this.#setState('paused');
        break;
      }
      case 'probe':
        this.#post({ type: 'probe', runId, point: event.point }, true);
        break;
      case 'finished':
        this.#iteration = event.iteration;
        this.#sendRecovery(session);
        // Before its last iteration a session ends only because every run has diverged: that waits for the user.
        this.#setState(event.iteration < session.experiment.metaIterations ? 'paused' : 'finished');
        break;
      default:
        event satisfies never;
    }
  }

  #endIteration(iteration: number, session: Session): void {
    const count = iteration - this.#iteration;
    this.#iteration = iteration;
    this.#rate.count(count);
    this.#pace.record(count, this.#burstEnded - this.#burstBegan);
    // A run without phases ('random') would otherwise never end a step.
    if (!this.#hadPhase) this.#endStep('phase');
    this.#hadPhase = false;
    if (this.#stepWorked) this.#endStep('iteration');
    const now = this.#options.clock();
    this.#notBefore = Math.max(now, this.#notBefore + 1000 * this.#secondsPerIteration);
    if (now - this.#recoverySent >= RECOVERY_MS) this.#sendRecovery(session);
    this.#snapshots.offer(session, 'when-due');
  }

  #endStep(unit: StepUnit): void {
    if (this.#step !== unit) return;
    this.#step = null;
    this.#unannounced = true;
  }

  #setState(state: RunStateName): void {
    this.#state = state;
    this.#step = null;
    this.#unannounced = true;
    this.#notBefore = 0;
    this.#rate.reset();
  }

  #announce(session: Session): void {
    this.#unannounced = false;
    this.#flushMetrics();
    this.#snapshots.offer(session, 'now');
    this.#post({ type: 'state', runId: this.runId, state: this.#state, iteration: this.#iteration });
  }

  /** Only between meta-iterations: within one, the runs of a comparison are not at the same point. */
  #sendRecovery(session: Session): void {
    if (this.#recoveredIteration === this.#iteration) return;
    this.#recoverySent = this.#options.clock();
    this.#recoveredIteration = this.#iteration;
    this.#flushMetrics();
    const checkpoint = session.checkpoint();
    this.#post({ type: 'checkpoint', runId: this.runId, purpose: 'recovery', checkpoint }, true);
  }

  #flushMetrics(): void {
    if (this.#metrics.isEmpty || this.#dropped) return;
    this.#post({ type: 'metrics', runId: this.runId, batches: this.#metrics.take() }, true);
  }

  #sendHeartbeat(): void {
    const iterationsPerSecond = this.#state === 'running' ? this.#rate.perSecond() : 0;
    this.#post({ type: 'heartbeat', runId: this.runId, iteration: this.#iteration, iterationsPerSecond });
  }

  #applyUpdate(session: Session, experiment: SinusoidExperiment): void {
    this.#update = null;
    const before = session.experiment;
    session.update(experiment);
    if (changesTests(before, experiment)) this.#hasOtherTests = true;
    this.#post({ type: 'updated', runId: this.runId, experiment });
    // More test points may be too many for the engine, or few enough for the one asked for.
    const reason = this.#engine?.unsupported?.(engineLimits(experiment)) ?? null;
    if (reason !== null || this.#fallback !== null) this.#engineWanted = true;
    const hasLaterEnd = experiment.metaIterations > this.#iteration;
    if (this.#state === 'finished' && hasLaterEnd) this.#setState('running');
  }

  async #raceAll(session: Session): Promise<void> {
    this.#raceWanted = false;
    const result = await this.#options.engines.raceAll(session.experiment, () => this.#dropped);
    this.#post({ type: 'race', runId: this.runId, result });
    // Who wants the fastest gets what has just been measured as such.
    if (this.#choice === 'auto' && result.chosen !== this.#engine?.id) this.#engineWanted = true;
  }

  #post(message: FromWorker, transfers = false): void {
    if (this.#dropped) return;
    this.#options.post(message, transfers ? transferList(message) : []);
  }

  /** Says what happened, once, and falls silent. */
  async #fail(error: unknown, known?: 'device-lost'): Promise<void> {
    if (this.#dropped) return;
    const message = error instanceof Error ? error.message : String(error);
    // A lost device makes the call in flight throw first and says so itself only a little later.
    const cause =
      known ?? ((await this.#deviceIsLost()) ? 'device-lost' : this.#engine ? 'engine' : 'internal');
    this.#flushMetrics();
    this.#post({ type: 'failed', runId: this.runId, cause, message });
    this.drop();
  }

  async #deviceIsLost(): Promise<boolean> {
    const lost = this.#engine?.lost;
    if (lost === undefined) return false;
    const soon = new Promise<false>((resolve) => setTimeout(resolve, LOSS_NEWS_MS, false));
    return Promise.race([lost.then(() => true), soon]);
  }
}
