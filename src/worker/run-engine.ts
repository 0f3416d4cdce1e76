// The engine of one run: which one was asked for, which one computes, and the exchange of one for the other in mid-run,
// which the session does not notice.
import type { EngineId } from '../gradients/meta-gradient.ts';
import type { SessionKinds } from '../training/session-kinds.ts';
import type { DrivenLab, StandIn } from './driven-lab.ts';
import type { EnginePool } from './engine-pool.ts';
import type { EngineChoice, EngineFallback } from './protocol.ts';
import type { RunReport } from './run-report.ts';

export interface RunEngineOptions<K extends SessionKinds> {
  readonly lab: DrivenLab<K>;
  readonly engines: EnginePool<K>;
  readonly report: Pick<RunReport<K>, 'started' | 'raced'>;
  /** Nobody wants the result any more. */
  readonly isCancelled: () => boolean;
  /** Another engine computes from here on. */
  readonly onChange: (engine: K['engine']) => void;
  /** The device of the engine in use is gone. */
  readonly onLost: (reason: string) => void;
}

/** How much later than the failing call a browser may say that the device is lost; half a second was seen. */
const LOSS_NEWS_MS = 1500;

export class RunEngine<K extends SessionKinds> {
  readonly #options: RunEngineOptions<K>;
  readonly #standIn: StandIn<K['engine']>;
  #choice: EngineChoice;
  #isWanted = false;
  #current: { readonly id: EngineId; readonly engine: K['engine'] } | null = null;
  #fallback: EngineFallback | null = null;

  constructor(choice: EngineChoice, options: RunEngineOptions<K>) {
    this.#choice = choice;
    this.#options = options;
    this.#standIn = options.lab.createStandIn();
  }

  /** What the session trains on: stands for whichever engine is in use. */
  get forSession(): K['engine'] {
    return this.#standIn.engine;
  }

  /** null before the first has been acquired. */
  get id(): EngineId | null {
    return this.#current?.id ?? null;
  }

  /** Acquire the engine anew before the next engine call. */
  get isWanted(): boolean {
    return this.#isWanted;
  }

  choose(choice: EngineChoice): void {
    this.#choice = choice;
    this.#isWanted = true;
  }

  /** Takes what was chosen into use. */
  async acquire(experiment: K['experiment']): Promise<void> {
    this.#isWanted = false;
    const { engines, isCancelled, onChange, onLost, report } = this.#options;
    const { id, engine, race, fallback } = await engines.acquire(this.#choice, experiment, isCancelled);
    if (race !== null) report.raced(race);
    this.#fallback = fallback;
    if (engine === this.#current?.engine) return;
    this.#current = { id, engine };
    this.#standIn.use(engine);
    onChange(engine);
    engine.lost?.then((reason) => {
      // One that the run has left may be lost without harm.
      if (engine === this.#current?.engine) onLost(reason);
    });
  }

  /** Tells the page which engine it is. */
  sayStarted(): void {
    if (this.#current !== null) this.#options.report.started(this.#current.id, this.#fallback);
  }

  /** More test points may be too many for the engine, or few enough for the one asked for. */
  follow(experiment: K['experiment']): void {
    if (this.#current === null) return;
    const reason = this.#options.lab.unsupported(this.#current.engine, experiment);
    if (reason !== null || this.#fallback !== null) this.#isWanted = true;
  }

  /** Measures all engines. Who wants the fastest gets what has just been measured as such. */
  async raceAll(experiment: K['experiment']): Promise<void> {
    const { engines, isCancelled, report } = this.#options;
    const result = await engines.raceAll(experiment, isCancelled);
    report.raced(result);
    if (this.#choice === 'auto' && result.chosen !== this.id) this.#isWanted = true;
  }

  destroyDevice(): void {
    this.#current?.engine.destroyDevice?.();
  }

  /** A lost device makes the call in flight throw first and says so itself only a little later. */
  async isLost(): Promise<boolean> {
    const lost = this.#current?.engine.lost;
    if (lost === undefined) return false;
    const soon = new Promise<false>((resolve) => setTimeout(resolve, LOSS_NEWS_MS, false));
    return Promise.race([lost.then(() => true), soon]);
  }
}
