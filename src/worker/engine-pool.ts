// The engines of one worker: opened once, raced when asked, reused by the runs that follow. The race is repeated
// only when an experiment differs in what an engine's time depends on.
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import type { EngineId, EngineLimits, MetaGradientEngine } from '../gradients/meta-gradient.ts';
import { COMPOSED_SIBLINGS, engineLimits } from '../training/engine-limits.ts';
import type { Session } from '../training/session-events.ts';
import { timingExperiment } from '../training/timing.ts';
import { type BurstPace, createBurstPace } from './burst-pace.ts';
import { type RaceEntry, raceEngines } from './engine-race.ts';
import type { EngineChoice, EngineFallback, RaceResult } from './protocol.ts';

/** The engine to train on; `race` when one was run for it, `fallback` when it is not the one asked for. */
export interface AcquiredEngine {
  readonly engine: MetaGradientEngine;
  readonly race: RaceResult | null;
  readonly fallback: EngineFallback | null;
}

export interface EnginePool {
  /**
   * The engine asked for; where it cannot be opened or cannot run the experiment, its composed sibling or the
   * fastest other one. Rejects only when no engine can be had.
   */
  acquire(
    choice: EngineChoice,
    experiment: SinusoidExperiment,
    isCancelled: () => boolean,
  ): Promise<AcquiredEngine>;
  /** Measures every engine that can be opened; quick to end, with no useful result, once `isCancelled` says so. */
  raceAll(experiment: SinusoidExperiment, isCancelled: () => boolean): Promise<RaceResult>;
  dispose(): void;
}

export interface EnginePoolOptions {
  /** In the order in which they race: quick to open first. `open` is called once per engine. */
  readonly entries: readonly RaceEntry[];
  /** A session that only trains, in bursts as a run does; used to time meta-iterations. */
  readonly createSession: (
    experiment: SinusoidExperiment,
    engine: MetaGradientEngine,
    burst: () => number,
  ) => Session;
  readonly clock: () => number;
}

/** As long as a burst of a run: engines that answer many meta-iterations at once are timed by what a run gets. */
const BURST_MS = 24;

export function createEnginePool(options: EnginePoolOptions): EnginePool {
  const opened = new Map<EngineId, Promise<MetaGradientEngine>>();
  const engines: MetaGradientEngine[] = [];
  let lastRace: { readonly key: string; readonly result: RaceResult } | null = null;

  const open = (id: EngineId): Promise<MetaGradientEngine> => {
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
    experiment: SinusoidExperiment,
    extent: 'start' | 'full',
    isCancelled: () => boolean,
  ): Promise<RaceResult> => {
    const entries = options.entries.map((entry) => ({ ...entry, open: () => open(entry.id) }));
    const raced = timingExperiment(raceExperiment(experiment));
    const steppers = new Map<MetaGradientEngine, () => Promise<number>>();
    const createStepper = (engine: MetaGradientEngine): (() => Promise<number>) => {
      const pace = createBurstPace(BURST_MS);
      const session = options.createSession(raced, engine, () => pace.next());
      return timeBursts(session, pace, options.clock, isCancelled);
    };
    const step = (engine: MetaGradientEngine): Promise<number> => {
      const stepper = steppers.get(engine) ?? createStepper(engine);
      steppers.set(engine, stepper);
      return stepper();
    };
    const limits = engineLimits(experiment);
    const result = await raceEngines(entries, { step, limits, clock: options.clock, extent });
    if (!isCancelled()) lastRace = { key: costKey(experiment), result };
    return result;
  };

  /** The race's winner; raced again only when what decides is not known. */
  const takeFastest = async (
    experiment: SinusoidExperiment,
    isCancelled: () => boolean,
  ): Promise<Omit<AcquiredEngine, 'fallback'> & { race: RaceResult }> => {
    if (lastRace !== null && lastRace.key === costKey(experiment)) {
      return { engine: await open(lastRace.result.chosen), race: lastRace.result };
    }
    const result = await race(experiment, 'start', isCancelled);
    return { engine: await open(result.chosen), race: result };
  };

  return {
    async acquire(choice, experiment, isCancelled) {
      if (choice === 'auto') {
        const fastest = await takeFastest(experiment, isCancelled);
        return { ...fastest, fallback: fallbackOf(fastest.race) };
      }
      const limits = engineLimits(experiment);
      const asked = await tryOpen(open(choice), limits);
      if (asked.engine !== null) return { engine: asked.engine, race: null, fallback: null };
      const fallback: EngineFallback = { asked: choice, reason: asked.reason };
      // What cannot be opened has no sibling that can: they need the same of the browser.
      const sibling = asked.isOpen ? COMPOSED_SIBLINGS[choice] : undefined;
      const other = sibling === undefined ? null : await tryOpen(open(sibling), limits);
      if (other !== null && other.engine !== null) return { engine: other.engine, race: null, fallback };
      return { ...(await takeFastest(experiment, isCancelled)), fallback };
    },
    raceAll: (experiment, isCancelled) => race(experiment, 'full', isCancelled),
    dispose() {
      for (const engine of engines.splice(0)) engine.dispose();
      opened.clear();
    },
  };
}

type Tried =
  | { readonly engine: MetaGradientEngine }
  | { readonly engine: null; readonly isOpen: boolean; readonly reason: string };

/** The engine if it can be had and runs such requests, else why not. */
async function tryOpen(opening: Promise<MetaGradientEngine>, limits: EngineLimits): Promise<Tried> {
  try {
    const engine = await opening;
    const reason = reasonAgainst(engine, limits);
    return reason === null ? { engine } : { engine: null, isOpen: true, reason };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { engine: null, isOpen: false, reason };
  }
}

function reasonAgainst(engine: MetaGradientEngine, limits: EngineLimits): string | null {
  return engine.unsupported?.(limits) ?? null;
}

/** The fused CPU engine is what should run everywhere: where it cannot and no other fused one wins, why. */
function fallbackOf({ chosen, timings }: RaceResult): EngineFallback | null {
  const asked = 'fused-wasm';
  const timing = timings.find(({ engine }) => engine === asked);
  if (chosen === 'fused-webgpu' || timing?.status !== 'unavailable' || timing.cause === 'left-out')
    return null;
  return { asked, reason: timing.reason };
}

/** One run instead of the whole comparison: the race is over sooner, and its steps are alike. */
function raceExperiment(experiment: SinusoidExperiment): SinusoidExperiment {
  const { algorithms } = experiment;
  const raced = algorithms.find((id) => id === 'maml') ?? algorithms.find((id) => id !== 'random') ?? 'maml';
  return { ...experiment, algorithms: [raced] };
}

/** Each call runs one burst of the session; resolves with how many meta-iterations that was. */
function timeBursts(
  { events }: Session,
  pace: BurstPace,
  clock: () => number,
  isCancelled: () => boolean,
): () => Promise<number> {
  let done = 0;
  return async () => {
    const began = clock();
    for (;;) {
      if (isCancelled()) throw new Error('the race was broken off');
      const next = await events.next();
      if (next.done === true) throw new Error('it trained to the end while it was timed');
      if (next.value.kind !== 'iteration') continue;
      const count = next.value.iteration - done;
      done = next.value.iteration;
      pace.record(count, clock() - began);
      return count;
    }
  };
}

/** What decides a race: the settings on which the time of a meta-iteration depends, and what engines must hold. */
function costKey(experiment: SinusoidExperiment): string {
  const { algorithms, supportSize, querySize, innerSteps, reptileInnerSteps } = experiment;
  const { metaBatchSize, adaptiveAlpha } = experiment;
  return JSON.stringify([
    [algorithms, supportSize, querySize, innerSteps, reptileInnerSteps],
    [metaBatchSize, adaptiveAlpha, engineLimits(experiment)],
  ]);
}
