// The engines of one worker: opened once, raced when asked, reused by the runs that follow. The race is repeated
// only when an experiment differs in what an engine's time depends on.
import type { EngineId } from '../gradients/meta-gradient.ts';
import type { SessionKinds } from '../training/session-kinds.ts';
import { type RaceEntry, raceEngines } from './engine-race.ts';
import type { EngineChoice, EngineFallback, RaceResult } from './protocol.ts';

/** The engine to train on; `race` when one was run for it, `fallback` when it is not the one asked for. */
export interface AcquiredEngine<E> {
  readonly id: EngineId;
  readonly engine: E;
  readonly race: RaceResult | null;
  readonly fallback: EngineFallback | null;
}

export interface EnginePool<K extends SessionKinds> {
  /**
   * The engine asked for; where it cannot be opened or cannot run the experiment, its sibling or the fastest other
   * one. Rejects only when no engine can be had.
   */
  acquire(
    choice: EngineChoice,
    experiment: K['experiment'],
    isCancelled: () => boolean,
  ): Promise<AcquiredEngine<K['engine']>>;
  /** Opens an engine ahead of its use. Never throws: where it cannot be opened, whoever acquires it hears why. */
  warm(id: EngineId): void;
  /** Measures every engine that can be opened; quick to end, with no useful result, once `isCancelled` says so. */
  raceAll(experiment: K['experiment'], isCancelled: () => boolean): Promise<RaceResult>;
  dispose(): void;
}

/** What makes a lab's race. */
export interface RaceRules<K extends SessionKinds> {
  /** DrivenLab.unsupported. */
  unsupported(engine: K['engine'], experiment: K['experiment']): string | null;
  /** What decides a race: experiments of equal keys take equally long and ask the same of engines. */
  costKey(experiment: K['experiment']): string;
  /**
   * A function that runs one or several meta-iterations like the experiment's and resolves with how many. May throw,
   * and should soon, once `isCancelled` says so.
   */
  createStepper(
    experiment: K['experiment'],
    engine: K['engine'],
    isCancelled: () => boolean,
  ): () => Promise<number>;
  /** Who takes over what an engine cannot run, before any race. */
  readonly siblings: Partial<Readonly<Record<EngineId, EngineId>>>;
  /** RaceOptions.minSteps. */
  readonly minSteps?: number;
}

export interface EnginePoolOptions<K extends SessionKinds> {
  /** In the order in which they race: quick to open first. `open` is called once per engine. */
  readonly entries: readonly RaceEntry<K['engine']>[];
  readonly rules: RaceRules<K>;
  readonly clock: () => number;
}

export function createEnginePool<K extends SessionKinds>(options: EnginePoolOptions<K>): EnginePool<K> {
  type E = K['engine'];
  const { rules, clock } = options;
  const opened = new Map<EngineId, Promise<E>>();
  const engines: E[] = [];
  let lastRace: { readonly key: string; readonly result: RaceResult } | null = null;

  const open = (id: EngineId): Promise<E> => {
    const known = opened.get(id);
    if (known !== undefined) return known;
    const entry = options.entries.find((candidate) => candidate.id === id);
    const engine = entry?.open() ?? Promise.reject(new Error(`There is no engine ${id} in this worker.`));
    opened.set(id, engine);
    engine.then(
      (ready) => engines.push(ready),
      () => opened.delete(id),
    );
    return engine;
  };

  const race = async (
    experiment: K['experiment'],
    extent: 'start' | 'full',
    isCancelled: () => boolean,
  ): Promise<RaceResult> => {
    const entries = options.entries.map((entry) => ({ ...entry, open: () => open(entry.id) }));
    const steppers = new Map<E, () => Promise<number>>();
    const step = (engine: E): Promise<number> => {
      const stepper = steppers.get(engine) ?? rules.createStepper(experiment, engine, isCancelled);
      steppers.set(engine, stepper);
      return stepper();
    };
    const unsupported = (engine: E) => rules.unsupported(engine, experiment);
    const { minSteps } = rules;
    const result = await raceEngines<E>(entries, {
      step,
      unsupported,
      clock,
      extent,
      ...(minSteps !== undefined && { minSteps }),
    });
    if (!isCancelled()) lastRace = { key: rules.costKey(experiment), result };
    return result;
  };

  /** The race's winner; raced again only when what decides is not known. */
  const takeFastest = async (experiment: K['experiment'], isCancelled: () => boolean) => {
    const isKnown = lastRace !== null && lastRace.key === rules.costKey(experiment);
    const result = isKnown ? lastRace!.result : await race(experiment, 'start', isCancelled);
    return { id: result.chosen, engine: await open(result.chosen), race: result };
  };

  return {
    async acquire(choice, experiment, isCancelled) {
      if (choice === 'auto') {
        const fastest = await takeFastest(experiment, isCancelled);
        return { ...fastest, fallback: fallbackOf(fastest.race) };
      }
      const reasonAgainst = (engine: E) => rules.unsupported(engine, experiment);
      const asked = await tryOpen(open(choice), reasonAgainst);
      if (asked.isFit) return { id: choice, engine: asked.engine, race: null, fallback: null };
      const fallback: EngineFallback = { asked: choice, reason: asked.reason };
      // What cannot be opened has no sibling that can: they need the same of the browser.
      const sibling = asked.isOpen ? rules.siblings[choice] : undefined;
      if (sibling !== undefined) {
        const other = await tryOpen(open(sibling), reasonAgainst);
        if (other.isFit) return { id: sibling, engine: other.engine, race: null, fallback };
      }
      return { ...(await takeFastest(experiment, isCancelled)), fallback };
    },
    warm(id) {
      void open(id);
    },
    raceAll: (experiment, isCancelled) => race(experiment, 'full', isCancelled),
    dispose() {
      for (const engine of engines.splice(0)) engine.dispose();
      opened.clear();
    },
  };
}

type Tried<E> =
  | { readonly isFit: true; readonly engine: E }
  | { readonly isFit: false; readonly isOpen: boolean; readonly reason: string };

/** The engine if it can be had and runs the experiment, else why not. */
async function tryOpen<E>(
  opening: Promise<E>,
  reasonAgainst: (engine: E) => string | null,
): Promise<Tried<E>> {
  try {
    const engine = await opening;
    const reason = reasonAgainst(engine);
    return reason === null ? { isFit: true, engine } : { isFit: false, isOpen: true, reason };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { isFit: false, isOpen: false, reason };
  }
}

/** The fused CPU engine is what should run everywhere: where it cannot and no other fused one wins, why. */
function fallbackOf({ chosen, timings }: RaceResult): EngineFallback | null {
  const asked = 'fused-wasm';
  const timing = timings.find(({ engine }) => engine === asked);
  if (chosen === 'fused-webgpu' || timing?.status !== 'unavailable' || timing.cause === 'left-out')
    return null;
  return { asked, reason: timing.reason };
}
