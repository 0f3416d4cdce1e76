// Drives one run: pulls its session event by event, and between two pulls does what the page asked for. Pulling is
// training, so pausing is not pulling; evaluating needs none, so changed test settings and probes show at once. What
// is under way when a pause comes is waited for a little, then held back until training goes on.
import type { SessionEventOf, SessionKinds, SessionOf } from '../training/session-kinds.ts';
import type { DrivenLab } from './driven-lab.ts';
import type { EnginePool } from './engine-pool.ts';
import type { FromWorkerOf, ToWorkerOf } from './protocol.ts';
import { RunEngine } from './run-engine.ts';
import { RunOutbox } from './run-outbox.ts';
import { RunPace } from './run-pace.ts';
import { RunProgress } from './run-progress.ts';
import { RunReport } from './run-report.ts';
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
type CommandOf<K extends SessionKinds> = Exclude<ToWorkerOf<K>, { readonly type: 'start' | 'warm' }>;

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
  readonly #report: RunReport<K>;
  readonly #pace: RunPace;
  readonly #progress: RunProgress;
  readonly #engine: RunEngine<K>;
  readonly #waiting = new Waiting();
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
    this.#report = new RunReport({
      runId,
      clock,
      iteration: start.resume?.iteration ?? 0,
      outbox: this.#outbox,
      pace: this.#pace,
      progress: this.#progress,
    });
    this.#engine = new RunEngine(start.engine, {
      lab,
      engines,
      report: this.#report,
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
        if (!isFinished) this.#report.change('running');
        break;
      case 'pause':
        if (!isFinished) this.#report.change('paused');
        break;
      case 'step':
        if (isFinished) break;
        this.#report.change('paused');
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
        this.#report.credit();
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
      if (ticks % TICKS_PER_HEARTBEAT === 0) this.#report.beat();
    }, METRICS_MS);
    let session: SessionOf<K> | null = null;
    try {
      session = await this.#open();
      while (!this.#outbox.isClosed) await this.#advance(session);
    } catch (error) {
      await this.#fail(error);
    } finally {
      clearInterval(timer);
      // In the middle of a meta-iteration it may hold what only its end would free. Nobody hears how that goes.
      await session?.events.return().catch(() => {});
      this.#options.releaseThreads?.();
    }
  }

  async #open(): Promise<SessionOf<K>> {
    const { experiment, resume } = this.#start;
    await this.#engine.acquire(experiment);
    const burst = () => this.#pace.nextBurst(this.#progress.step !== null);
    const session = this.#options.createSession(experiment, this.#engine.forSession, resume, burst);
    this.#engine.sayStarted();
    this.#report.offer(session, 'now');
    return session;
  }

  /** Whatever comes next: news for the page, a command, waiting, or one event of the session. */
  async #advance(session: SessionOf<K>): Promise<void> {
    await this.#obey(session);
    if (this.#outbox.isClosed) return;
    if (this.#progress.isNews) this.#report.announce(this.#isAhead ? null : session);
    if (this.#probesDue > 0 || (this.#hasOtherTests && this.#progress.isResting)) {
      await this.#evaluate(session);
      return;
    }
    const wait = this.#waitingTime();
    if (wait > 0) {
      await this.#waiting.sleep(wait);
      if (!this.#isAhead) this.#report.offer(session, 'if-new');
      return;
    }
    const pulled = await this.#pull(session);
    if (this.#outbox.isClosed || pulled === null) return;
    if (pulled.done === true) this.#report.change('finished');
    else this.#report.take(pulled.value, session);
    await this.#listen(pulled.value?.kind);
  }

  /** Commands that wait for the end of the engine call in flight. */
  async #obey(session: SessionOf<K>): Promise<void> {
    if (this.#update !== null) this.#applyUpdate(session, this.#update);
    if (this.#probe !== null) this.#applyProbe(session, this.#probe.request);
    if (this.#raceWanted) {
      this.#raceWanted = false;
      await this.#during(this.#engine.raceAll(session.experiment));
    }
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
      onOver: () => this.#report.announce(null),
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
      this.#report.take(event, session);
    }
    // θ′ of the parameter space may be new: they travel in snapshots only.
    if (!this.#isAhead) this.#report.offer(session, event === null ? 'now' : 'rarely');
    await this.#listen();
  }

  /** Milliseconds until the next pull; ∞: until a message. */
  #waitingTime(): number {
    if (this.#progress.step !== null) return 0;
    return this.#progress.state === 'running' ? this.#pace.waitingTime() : Number.POSITIVE_INFINITY;
  }

  /** A session that has computed more than the page has been told must not be seen yet. */
  get #isAhead(): boolean {
    return this.#pulled !== null;
  }

  #applyUpdate(session: SessionOf<K>, experiment: K['experiment']): void {
    this.#update = null;
    const before = session.experiment;
    session.update(experiment);
    if (this.#options.lab.changesTests(before, experiment)) this.#hasOtherTests = true;
    this.#outbox.post({ type: 'updated', runId: this.runId, experiment });
    this.#engine.follow(experiment);
    const hasLaterEnd = experiment.metaIterations > this.#report.iteration;
    if (this.#progress.state === 'finished' && hasLaterEnd) this.#report.change('running');
  }

  #applyProbe(session: SessionOf<K>, request: K['probeRequest'] | null): void {
    this.#probe = null;
    session.probe?.(request);
    this.#probesDue = request === null ? 0 : session.experiment.algorithms.length;
  }

  /** Between two engine calls: the session does not notice, so nothing is lost and nothing done twice. */
  async #switchEngine(session: SessionOf<K>): Promise<void> {
    const before = this.#engine.id;
    await this.#engine.acquire(session.experiment);
    if (this.#engine.id !== before) this.#pace.restart();
    this.#engine.sayStarted();
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
