// The Sinusoid lab as the generic driving machinery needs it: how its runs are driven, and how its engines race.
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import { changesTests } from '../experiment/fields.ts';
import type { MetaGradientEngine } from '../gradients/meta-gradient.ts';
import { COMPOSED_SIBLINGS, engineLimits } from '../training/engine-limits.ts';
import { METRIC_COLUMNS, type Session, type SinusoidKinds } from '../training/session-events.ts';
import { timingExperiment } from '../training/timing.ts';
import { type BurstPace, createBurstPace } from './burst-pace.ts';
import type { DrivenLab } from './driven-lab.ts';
import type { RaceRules } from './engine-pool.ts';
import { SwitchableEngine } from './switchable-engine.ts';

/** A burst takes a frame or two, and a pause waits for at most one. Engines are timed by what a run gets. */
const BURST_MS = 24;
/** For engines on a device: each call costs, and a tick of the interface is enough. */
const DEVICE_BURST_MS = 100;

export const SINUSOID_DRIVING: DrivenLab<SinusoidKinds> = {
  metricColumns: METRIC_COLUMNS,
  createStandIn: () => new SwitchableEngine(),
  changesTests,
  unsupported,
  burstMs: (engine) => (engine.lost === undefined ? BURST_MS : DEVICE_BURST_MS),
  pauseWaitMs: Number.POSITIVE_INFINITY,
};

export interface SinusoidRaceOptions {
  /** A session that only trains, in bursts as a run does. */
  readonly createSession: (
    experiment: SinusoidExperiment,
    engine: MetaGradientEngine,
    burst: () => number,
  ) => Session;
  readonly clock: () => number;
}

export function sinusoidRaceRules({ createSession, clock }: SinusoidRaceOptions): RaceRules<SinusoidKinds> {
  return {
    unsupported,
    costKey,
    siblings: COMPOSED_SIBLINGS,
    createStepper(experiment, engine, isCancelled) {
      const pace = createBurstPace(BURST_MS);
      const raced = timingExperiment(oneRunOf(experiment));
      const session = createSession(raced, engine, () => pace.next());
      return timeBursts(session, pace, clock, isCancelled);
    },
  };
}

function unsupported(engine: MetaGradientEngine, experiment: SinusoidExperiment): string | null {
  return engine.unsupported?.(engineLimits(experiment)) ?? null;
}

/** One run instead of the whole comparison: the race is over sooner, and its steps are alike. */
function oneRunOf(experiment: SinusoidExperiment): SinusoidExperiment {
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

/** The settings on which the time of a meta-iteration depends, and what engines must hold. */
function costKey(experiment: SinusoidExperiment): string {
  const { algorithms, supportSize, querySize, innerSteps, reptileInnerSteps } = experiment;
  const { metaBatchSize, adaptiveAlpha } = experiment;
  return JSON.stringify([
    [algorithms, supportSize, querySize, innerSteps, reptileInnerSteps],
    [metaBatchSize, adaptiveAlpha, engineLimits(experiment)],
  ]);
}
