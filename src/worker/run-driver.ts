// Drives one run: pulls its session event by event, and between two pulls does what the page asked for. Pulling is
// training, so pausing is not pulling; evaluating needs none, so changed test settings and probes show at once. What
// is under way when a pause comes is waited for a little, then held back until training goes on.
import type { SessionEventOf, SessionKinds, SessionOf } from '../training/session-kinds.ts';
import type { DrivenLab } from './driven-lab.ts';
import type { EnginePool } from './engine-pool.ts';
import type { FromWorkerOf, RunStateName, ToWorkerOf } from './protocol.ts';
import { RunEngine } from './run-engine.ts';
import { RunOutbox } from './run-outbox.ts';
import { RunPace } from './run-pace.ts';
import { RunProgress } from './run-progress.ts';
import { type Occasion, SnapshotSender } from './snapshot-sender.ts';
import { Waiting } from './waiting.ts';

export interface RunDriverOptions<K extends SessionKinds> {
  readonly lab: DrivenLab<K>;
  readonly post: (message: FromWorkerOf<K>, transfer: ArrayBuffer[]) => void;
  readonly engines: EnginePool<K>;
  readonly createSession: (
    experiment: K['experiment'],
    engine: K['engine'],
    resume: K['checkpoint'] | null,
    /** SessionOptions.burst. */
    burst: () => number,
  ) => SessionOf<K>;
  /** Milliseconds. */
  readonly clock: () => number;
  /** Resolves in a later macrotask, so that messages get in. */
  readonly yieldMacrotask: () => Promise<void>;
  /** Called when a run is over: ends threads that were started for it. */
  readonly releaseThreads?: () => void;
}

export type StartOf<K extends SessionKinds> = ToWorkerOf<K> & { readonly type: 'start' };
type CommandOf<K extends SessionKinds> = Exclude<ToWorkerOf<K>, { readonly type: 'start' }>;

/** The longest that metrics wait, in ms. */
const METRICS_MS = 100;
const TICKS_PER_HEARTBEAT = 5;
/** Messages wait no longer than this, or one engine call if that is more. */
const LISTEN_MS = 4;

export class RunDriver<K extends SessionKinds> {
  readonly runId: number;
  readonly #start: StartOf<K>;
  readonly #options: RunDriverOptions<K>;
  readonly #outbox: RunOutbox<K>;
  readonly #snapshots: SnapshotSender<K['snapshot']>;
  readonly #pace: RunPace;
  readonly #progress: RunProgress;
  readonly #engine: RunEngine<K>;
  readonly #waiting = new Waiting();
  #iteration: number;
  #update: K['experiment'] | null = null;
  #probe: { readonly request: K['probeRequest'] | null } | null = null;
  #raceWanted = false;
  /** Test settings changed, and not everything has been evaluated with them yet. */
  #hasOtherTests = false;
  /** So many runs have yet to be adapted to what the user chose last. */
  #probesDue = 0;
  /** The session's next event: being computed, or held back since a pause. */
  #pulled: ReturnType<SessionOf<K>['events']['next']> | null = null;
  #listenedAt = Number.NEGATIVE_INFINITY;

  constructor(start: StartOf<K>, options: RunDriverOptions<K>) {
    const { clock, engines, lab, post } = options;
    const { runId } = start;
    this.runId = runId;
    this.#start = start;
    this.#options = options;
    this.#outbox = new RunOutbox({ runId, post, clock, metricColumns: lab.metricColumns });
    this.#pace = new RunPace(clock);
    this.#progress = new RunProgress(start.paused ? 'paused' : 'running', clock);
    this.#iteration = start.resume?.iteration ?? 0;
    this.#snapshots = new SnapshotSender(clock, (snapshot) => {
      this.#outbox.post({ type: 'snapshot', runId, snapshot }, true);
    });
    this.#engine = new RunEngine(start.engine, {
      lab,
      engines,
      isCancelled: () => this.#outbox.isClosed,
      onChange: (engine) => this.#pace.changeEngine(lab.burstMs(engine)),
      onLost: (reason) => void this.#fail(new Error(reason), 'device-lost'),
    });
  }

  /** Everything after this is thrown away; an engine call in flight still ends first. */
  drop(): void {
    this.#outbox.close();
    this.#waiting.close();
  }

  /** One message for this run; takes effect when the engine call in flight is over, a pause perhaps earlier. */
  receive(command: CommandOf<K>): void {
    const isFinished = this.#progress.state === 'finished';
    switch (command.type) {
      case 'play':
        if (!isFinished) this.#change('running');
        break;
      case 'pause':
        if (!isFinished) this.#change('paused');
        break;
      case 'step':
        if (isFinished) break;
        this.#change('paused');
        this.#progress.beginStep(command.unit);
        break;
      case 'speed':
        this.#pace.limit(command.iterationsPerSecond);
        break;
      case 'update':
        this.#update = command.experiment;
        break;
      case 'engine':
        this.#engine.choose(command.engine);
        break;
      case 'credit':
        this.#snapshots.credit();
        break;
      case 'race':
        this.#raceWanted = true;
        break;
      case 'probe':
        this.#probe = { request: command.request };
        break;
      case 'lose-device':
        this.#engine.destroyDevice();
        break;
      default:
        command satisfies never;
    }
    this.#waiting.wake();
  }

  /** Resolves when the run is dropped or has failed, and nothing of it is in flight. Never rejects. */
  async drive(): Promise<void> {
    if (this.#outbox.isClosed) return;
    let ticks = 0;
    const timer = setInterval(() => {
      this.#outbox.flush();
      ticks += 1;
      if (ticks % TICKS_PER_HEARTBEAT === 0) this.#sendHeartbeat();
    }, METRICS_MS);
    try {
      const session = await this.#open();
      while (!this.#outbox.isClosed) await this.#advance(session);
    } catch (error) {
      await this.#fail(error);
    } finally {
      clearInterval(timer);
      this.#options.releaseThreads?.();
    }
  }

  async #open(): Promise<SessionOf<K>> {
    const { experiment, resume } = this.#start;
    await this.#acquire(experiment);
    const burst = () => this.#pace.nextBurst(this.#progress.step !== null);
    const session = this.#options.createSession(experiment, this.#engine.forSession, resume, burst);
    this.#sayStarted();
    this.#snapshots.offer(session, 'now');
    return session;
  }

  async #acquire(experiment: K['experiment']): Promise<void> {
    const result = await this.#engine.acquire(experiment);
    if (result !== null) this.#outbox.post({ type: 'race', runId: this.runId, result });
  }

  #sayStarted(): void {
    const { id: engine, fallback } = this.#engine;
    if (engine === null) return;
    this.#outbox.post({ type: 'started', runId: this.runId, engine, fallback, iteration: this.#iteration });
  }

  /** Whatever comes next: news for the page, a command, waiting, or one event of the session. */
  async #advance(session: SessionOf<K>): Promise<void> {
    await this.#obey(session);
    if (this.#outbox.isClosed) return;
    if (this.#progress.isNews) this.#announce(session);
    if (this.#probesDue > 0 || (this.#hasOtherTests && this.#progress.isResting)) {
      await this.#evaluate(session);
      return;
    }
    const wait = this.#waitingTime();
    if (wait > 0) {
      await this.#waiting.sleep(wait);
      this.#offer(session, 'if-new');
      return;
    }
    const pulled = await this.#pull(session);
    if (this.#outbox.isClosed || pulled === null) return;
    if (pulled.done === true) this.#change('finished');
    else this.#take(pulled.value, session);
    await this.#listen(pulled.value?.kind);
  }

  /** Commands that wait for the end of the engine call in flight. */
  async #obey(session: SessionOf<K>): Promise<void> {
    if (this.#update !== null) this.#applyUpdate(session, this.#update);
    if (this.#probe !== null) this.#applyProbe(session, this.#probe.request);
    if (this.#raceWanted) await this.#during(this.#raceAll(session));
    if (this.#engine.isWanted) await this.#during(this.#switchEngine(session));
  }

  /** The session's next event; null: a pause was answered while it was computed, so it waits until training goes on. */
  async #pull(session: SessionOf<K>): Promise<IteratorResult<SessionEventOf<K>, void> | null> {
    this.#pulled ??= session.events.next();
    const pulled = await this.#during(this.#pulled);
    if (this.#progress.isResting && !this.#progress.isNews) return null;
    this.#pulled = null;
    return pulled;
  }

  /** Waits for the work, and meanwhile says that it rests, or trains again, once the lab's patience is over. */
  #during<T>(work: Promise<T>): Promise<T> {
    const { pauseWaitMs } = this.#options.lab;
    if (!Number.isFinite(pauseWaitMs)) return work;
    const progress = this.#progress;
    return this.#waiting.during(work, {
      left: () => (progress.isNews ? pauseWaitMs - progress.newsAge : Number.POSITIVE_INFINITY),
      onOver: () => this.#announce(null),
    });
  }

  /** Lets messages in, once they have waited long enough: after every event it would cost more than training. */
  async #listen(kind?: SessionEventOf<K>['kind']): Promise<void> {
    const { clock, yieldMacrotask } = this.#options;
    if (this.#progress.state === 'running' && this.#progress.step === null) {
      // What a burst tells belongs together: after a pause in between, the page would know of a part only.
      const isPart = kind === 'metrics' || kind === 'diverged' || kind === 'checkpoint';
      if (isPart || clock() - this.#listenedAt < LISTEN_MS) return;
    }
    await yieldMacrotask();
    this.#listenedAt = clock();
  }

  /** One slice, without training. */
  async #evaluate(session: SessionOf<K>): Promise<void> {
    const event = await this.#during(session.evaluate());
    if (this.#outbox.isClosed) return;
    if (event === null) {
      this.#hasOtherTests = false;
      this.#probesDue = 0;
    } else {
      if (event.kind === 'probe') this.#probesDue = Math.max(0, this.#probesDue - 1);
      this.#take(event, session);
    }
    // θ′ of the parameter space may be new: they travel in snapshots only.
    this.#offer(session, event === null ? 'now' : 'rarely');
    await this.#listen();
  }

  /** Milliseconds until the next pull; ∞: until a message. */
  #waitingTime(): number {
    if (this.#progress.step !== null) return 0;
    return this.#progress.state === 'running' ? this.#pace.waitingTime() : Number.POSITIVE_INFINITY;
  }

  #take(event: SessionEventOf<K>, session: SessionOf<K>): void {
    const { runId } = this;
    switch (event.kind) {
      case 'phase':
        if (this.#progress.step === 'phase') this.#outbox.post({ ...event, type: 'phase', runId });
        this.#progress.tookPhase(event.event.phase);
        this.#offer(session, 'rarely');
        break;
      case 'metrics':
        this.#outbox.addMetrics(event.metrics);
        this.#pace.noteMetrics();
        if (this.#progress.tookMetrics()) this.#offer(session, 'rarely');
        break;
      case 'iteration':
        this.#endIteration(event.iteration, session);
        break;
      case 'slice':
        break;
      case 'held-out':
      case 'adaptation':
      case 'probe':
      case 'checkpoint':
      case 'diverged':
        this.#outbox.forward(event);
        break;
      case 'stalled':
        this.#outbox.forward(event);
        this.#change('paused');
        break;
      case 'finished':
        this.#iteration = event.iteration;
        this.#outbox.postRecovery(session, event.iteration);
        // Before its last iteration a session ends only because every run has diverged: that waits for the user.
        this.#change(event.iteration < session.experiment.metaIterations ? 'paused' : 'finished');
        break;
      default:
        event satisfies never;
    }
  }

  #endIteration(iteration: number, session: SessionOf<K>): void {
    this.#pace.noteIterations(iteration - this.#iteration);
    this.#iteration = iteration;
    this.#progress.tookIteration();
    if (this.#outbox.isRecoveryDue) this.#outbox.postRecovery(session, iteration);
    this.#offer(session, 'when-due');
  }

  #change(state: RunStateName): void {
    this.#progress.change(state);
    this.#pace.restart();
  }

  /** `session`: null while it computes, or is about to be told of what it has computed; its state is shown later. */
  #announce(session: SessionOf<K> | null): void {
    this.#progress.told();
    this.#outbox.flush();
    if (session === null) this.#snapshots.owe();
    else this.#offer(session, 'now');
    const { runId } = this;
    this.#outbox.post({ type: 'state', runId, state: this.#progress.state, iteration: this.#iteration });
  }

  /** A session that has computed more than the page has been told must not be seen yet. */
  #offer(session: SessionOf<K>, occasion: Occasion): void {
    if (this.#pulled === null) this.#snapshots.offer(session, occasion);
    else if (occasion === 'now') this.#snapshots.owe();
  }

  #sendHeartbeat(): void {
    const iterationsPerSecond = this.#progress.state === 'running' ? this.#pace.perSecond() : 0;
    const { runId } = this;
    this.#outbox.post({ type: 'heartbeat', runId, iteration: this.#iteration, iterationsPerSecond });
  }

  #applyUpdate(session: SessionOf<K>, experiment: K['experiment']): void {
    this.#update = null;
    const before = session.experiment;
    session.update(experiment);
    if (this.#options.lab.changesTests(before, experiment)) this.#hasOtherTests = true;
    this.#outbox.post({ type: 'updated', runId: this.runId, experiment });
    this.#engine.follow(experiment);
    const hasLaterEnd = experiment.metaIterations > this.#iteration;
    if (this.#progress.state === 'finished' && hasLaterEnd) this.#change('running');
  }

  #applyProbe(session: SessionOf<K>, request: K['probeRequest'] | null): void {
    this.#probe = null;
    session.probe?.(request);
    this.#probesDue = request === null ? 0 : session.experiment.algorithms.length;
  }

  async #raceAll(session: SessionOf<K>): Promise<void> {
    this.#raceWanted = false;
    const result = await this.#engine.raceAll(session.experiment);
    this.#outbox.post({ type: 'race', runId: this.runId, result });
  }

  /** Between two engine calls: the session does not notice, so nothing is lost and nothing done twice. */
  async #switchEngine(session: SessionOf<K>): Promise<void> {
    const before = this.#engine.id;
    await this.#acquire(session.experiment);
    if (this.#engine.id !== before) this.#pace.restart();
    this.#sayStarted();
  }

  /** Says what happened, once, and falls silent. */
  async #fail(error: unknown, known?: 'device-lost'): Promise<void> {
    if (this.#outbox.isClosed) return;
    const message = error instanceof Error ? error.message : String(error);
    const isLost = known !== undefined || (await this.#engine.isLost());
    const cause = isLost ? 'device-lost' : this.#engine.id === null ? 'internal' : 'engine';
    this.#outbox.postInOrder({ type: 'failed', runId: this.runId, cause, message });
    this.drop();
  }
}
