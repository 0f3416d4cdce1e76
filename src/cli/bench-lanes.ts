// The ways in which the benchmark times one engine on one experiment: meta-iterations as the app trains, one at a time
// as when stepping through them, and the engine's call alone.
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import type { MetaGradientEngine, MetaGradientRequest } from '../gradients/meta-gradient.ts';
import { createSession } from '../training/session.ts';
import { createStepper, timingExperiment } from '../training/timing.ts';

/**
 * burst: whole meta-iterations (drawing tasks and points, the engine's call, Adam, α, buffer, metrics), several in one
 * go, as the app trains. session: the same one at a time, with the phases that stepping shows. engine: the engine's
 * call alone, on one fixed request.
 */
export type LaneKind = 'burst' | 'session' | 'engine';

export interface Lane {
  readonly kind: LaneKind;
  /** Runs that many meta-iterations or a few more; resolves with how many, when their numbers are there. */
  readonly run: (iterations: number) => Promise<number>;
  /** Iterations in one turn. */
  readonly perTurn: number;
  /** Milliseconds per meta-iteration, one entry per turn. */
  readonly samples: number[];
}

/** The lanes of this engine, in the order in which to run them first; perTurn is for the caller to find. */
export function createLanes(
  engine: MetaGradientEngine,
  experiment: SinusoidExperiment,
): Omit<Lane, 'perTurn'>[] {
  let request: MetaGradientRequest | null = null;
  const step = createStepper(
    experiment,
    oneAtATime(engine, (seen) => {
      request ??= seen;
    }),
  );
  const session = async (iterations: number) => {
    for (let i = 0; i < iterations; i++) await step();
    return iterations;
  };
  const call = async (iterations: number) => {
    if (request === null) throw new Error('The session has asked for no meta-gradient yet.');
    for (let i = 0; i < iterations; i++) await engine.metaGradient(request);
    return iterations;
  };
  return [
    { kind: 'session', run: session, samples: [] },
    { kind: 'burst', run: createBurst(engine, experiment), samples: [] },
    { kind: 'engine', run: call, samples: [] },
  ];
}

/** Runs meta-iterations in bursts; a burst may end early, where the session keeps a checkpoint. */
function createBurst(engine: MetaGradientEngine, experiment: SinusoidExperiment): Lane['run'] {
  let allowed = 1;
  const { events } = createSession(timingExperiment(experiment), engine, {
    clock: () => 0,
    evaluationTasks: 0,
    burst: () => allowed,
  });
  let done = 0;
  return async (iterations) => {
    const start = done;
    while (done < start + iterations) {
      allowed = start + iterations - done;
      const next = await events.next();
      if (next.done === true) throw new Error('The session ended while it was timed.');
      if (next.value.kind === 'iteration') done = next.value.iteration;
    }
    return done - start;
  };
}

/** The engine without bursts of its own; tells each request. */
function oneAtATime(
  engine: MetaGradientEngine,
  onRequest: (request: MetaGradientRequest) => void,
): MetaGradientEngine {
  return {
    id: engine.id,
    metaGradient(request) {
      onRequest(request);
      return engine.metaGradient(request);
    },
    adapt: (request) => engine.adapt(request),
    dispose: () => engine.dispose(),
  };
}
