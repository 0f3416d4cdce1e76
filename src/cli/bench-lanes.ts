// The ways in which the benchmark times one engine on one experiment: whole meta-iterations through the session, the
// engine's call alone, and bursts of meta-iterations for engines that have them.
import type { Experiment } from '../experiment/experiment.ts';
import type { MetaGradientEngine, MetaGradientRequest } from '../gradients/meta-gradient.ts';
import { createStepper } from '../training/timing.ts';

/**
 * session: a whole meta-iteration, one at a time: drawing tasks and points, the engine's call, Adam, α, buffer and
 * metrics. engine: the engine's call alone, on one fixed request. burst: meta-iterations as the app runs them on
 * engines with `train`, many in one call.
 */
export type LaneKind = 'session' | 'engine' | 'burst';

export interface Lane {
  readonly kind: LaneKind;
  /** Runs that many meta-iterations; resolves when their numbers are there. */
  readonly run: (iterations: number) => Promise<void>;
  /** Iterations in one turn. */
  readonly perTurn: number;
  /** Milliseconds per meta-iteration, one entry per turn. */
  readonly samples: number[];
}

/** The lanes that this engine has; perTurn is for the caller to find. Run 'session' once before 'engine'. */
export function createLanes(engine: MetaGradientEngine, experiment: Experiment): Omit<Lane, 'perTurn'>[] {
  let request: MetaGradientRequest | null = null;
  const step = createStepper(
    experiment,
    oneAtATime(engine, (seen) => {
      request ??= seen;
    }),
  );
  const session = async (iterations: number) => {
    for (let i = 0; i < iterations; i++) await step();
  };
  const call = async (iterations: number) => {
    if (request === null) throw new Error('The session has asked for no meta-gradient yet.');
    for (let i = 0; i < iterations; i++) await engine.metaGradient(request);
  };
  return [
    { kind: 'session', run: session, samples: [] },
    { kind: 'engine', run: call, samples: [] },
  ];
}

/** The engine without bursts; tells each request. */
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
