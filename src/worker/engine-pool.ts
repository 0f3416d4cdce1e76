// The engines of one worker: opened once, raced when asked, reused by the runs that follow. The race is repeated
// only when an experiment differs in what an engine's time depends on.
import type { Experiment } from '../experiment/experiment.ts';
import type { EngineId, MetaGradientEngine } from '../gradients/meta-gradient.ts';
import type { Session } from '../training/session-events.ts';
import { timingExperiment } from '../training/timing.ts';
import { type RaceEntry, raceEngines } from './engine-race.ts';
import type { EngineChoice, RaceResult } from './protocol.ts';

export interface EnginePool {
  /** The engine to train on; `race` when one was run for it. Rejects when it cannot be opened. */
  acquire(
    choice: EngineChoice,
    experiment: Experiment,
    isCancelled: () => boolean,
  ): Promise<{ readonly engine: MetaGradientEngine; readonly race: RaceResult | null }>;
  /** Measures every engine that can be opened; quick to end, with no useful result, once `isCancelled` says so. */
  raceAll(experiment: Experiment, isCancelled: () => boolean): Promise<RaceResult>;
  dispose(): void;
}

export interface EnginePoolOptions {
  /** In the order in which they race: quick to open first. `open` is called once per engine. */
  readonly entries: readonly RaceEntry[];
  /** A session that only trains; used to time meta-iterations. */
  readonly createSession: (experiment: Experiment, engine: MetaGradientEngine) => Session;
  readonly clock: () => number;
}

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
    experiment: Experiment,
    extent: 'start' | 'full',
    isCancelled: () => boolean,
  ): Promise<RaceResult> => {
    const entries = options.entries.map((entry) => ({ ...entry, open: () => open(entry.id) }));
    const raced = timingExperiment(raceExperiment(experiment));
    const steppers = new Map<MetaGradientEngine, () => Promise<void>>();
    const step = async (engine: MetaGradientEngine): Promise<void> => {
      const stepper =
        steppers.get(engine) ?? createStepper(options.createSession(raced, engine), isCancelled);
      steppers.set(engine, stepper);
      await stepper();
    };
    const result = await raceEngines(entries, { step, clock: options.clock, extent });
    if (!isCancelled()) lastRace = { key: costKey(experiment), result };
    return result;
  };

  return {
    async acquire(choice, experiment, isCancelled) {
      if (choice !== 'auto') return { engine: await open(choice), race: null };
      const known = lastRace?.key === costKey(experiment) ? lastRace.result : null;
      const result = known ?? (await race(experiment, 'start', isCancelled));
      return { engine: await open(result.chosen), race: result };
    },
    raceAll: (experiment, isCancelled) => race(experiment, 'full', isCancelled),
    dispose() {
      for (const engine of engines.splice(0)) engine.dispose();
      opened.clear();
    },
  };
}

/** One run instead of the whole comparison: the race is over sooner, and its steps are alike. */
function raceExperiment(experiment: Experiment): Experiment {
  const { algorithms } = experiment;
  const raced = algorithms.find((id) => id === 'maml') ?? algorithms.find((id) => id !== 'random') ?? 'maml';
  return { ...experiment, algorithms: [raced] };
}

/** Each call runs the session to the end of one meta-iteration. */
function createStepper(session: Session, isCancelled: () => boolean): () => Promise<void> {
  return async () => {
    for (;;) {
      if (isCancelled()) throw new Error('the race was broken off');
      const { done, value } = await session.events.next();
      if (done === true || value.kind === 'iteration' || value.kind === 'finished') return;
    }
  };
}

/** The settings on which the time of a meta-iteration depends. */
function costKey(experiment: Experiment): string {
  const { algorithms, hiddenWidths, activation, supportSize, querySize } = experiment;
  const { innerSteps, reptileInnerSteps, metaBatchSize, adaptiveAlpha } = experiment;
  return JSON.stringify([
    [algorithms, hiddenWidths, activation, supportSize, querySize],
    [innerSteps, reptileInnerSteps, metaBatchSize, adaptiveAlpha],
  ]);
}
