// For tests of the driving machinery: a session of no lab, like one of meta-RL in that a single event may take long, and
// that the user may choose what it adapts to. The test decides when each event has been computed.
import type { PhaseEvent } from '../algorithms/algorithm.ts';
import type { AlgorithmId } from '../experiment/experiment.ts';
import type { SessionEventOf, SessionOf } from '../training/session-kinds.ts';
import type { DrivenLab } from './driven-lab.ts';
import type { EnginePool } from './engine-pool.ts';
import { createMacrotaskYield } from './macrotask.ts';
import type { FromWorkerOf, ToWorkerOf } from './protocol.ts';
import { createTrainingLoop } from './training-loop.ts';

interface SlowExperiment {
  readonly algorithms: readonly AlgorithmId[];
  readonly metaIterations: number;
}

export interface SlowKinds {
  readonly experiment: SlowExperiment;
  readonly metrics: { readonly algorithm: AlgorithmId; readonly iteration: number; readonly score: number };
  readonly heldOut: never;
  readonly adaptation: { readonly algorithm: AlgorithmId; readonly iteration: number };
  readonly probe: { readonly algorithm: AlgorithmId; readonly iteration: number; readonly goal: string };
  readonly probeRequest: string;
  readonly checkpoint: { readonly iteration: number };
  readonly snapshot: { readonly iteration: number };
  readonly phase: PhaseEvent<string>;
  readonly engine: { readonly name: string; dispose(): void };
}

export type SlowMessage = FromWorkerOf<SlowKinds>;

export interface SlowRun {
  readonly received: SlowMessage[];
  post(message: Exclude<ToWorkerOf<SlowKinds>, { readonly type: 'start' }>): void;
  /** Lets the event under way, or the next one, be computed. */
  release(): void;
  /** Makes it fail instead. */
  fail(cause: Error): void;
  /** Pulls begun. */
  readonly pulls: () => number;
  until(test: (message: SlowMessage) => boolean): Promise<SlowMessage>;
  stop(): Promise<void>;
}

const ALGORITHMS: readonly AlgorithmId[] = ['maml', 'rmaml'];

const LAB: DrivenLab<SlowKinds> = {
  metricColumns: ['iteration', 'score'],
  createStandIn: () => {
    const engine = { name: 'stand-in', dispose() {} };
    return {
      engine,
      use: ({ name }) => {
        engine.name = name;
      },
    };
  },
  changesTests: () => false,
  unsupported: () => null,
  burstMs: () => 24,
  pauseWaitMs: 30,
};

/** A run of one session, started at once; `stallAt`: the iteration after which MAML no longer moves. */
export function startSlowRun({ paused = false, stallAt = Number.POSITIVE_INFINITY } = {}): SlowRun {
  const received: SlowMessage[] = [];
  const listeners = new Set<() => void>();
  const gate = createGate();
  const engine = { name: 'real', dispose() {} };
  const engines: EnginePool<SlowKinds> = {
    acquire: async () => ({ id: 'reference', engine, race: null, fallback: null }),
    warm() {},
    raceAll: async () => ({ timings: [], chosen: 'reference', reason: 'the only one' }),
    dispose() {},
  };
  const loop = createTrainingLoop<SlowKinds>({
    lab: LAB,
    engines,
    clock: () => performance.now(),
    yieldMacrotask: createMacrotaskYield(),
    createSession: (experiment) => createSlowSession(experiment, gate, stallAt),
    post(message) {
      received.push(message);
      for (const check of [...listeners]) check();
    },
  });
  loop.receive({
    type: 'start',
    runId: 1,
    experiment: { algorithms: ALGORITHMS, metaIterations: 1000 },
    engine: 'auto',
    resume: null,
    paused,
  });
  return {
    received,
    post: (message) => loop.receive(message),
    release: gate.release,
    fail: gate.fail,
    pulls: gate.entered,
    until: (test) =>
      new Promise((resolve) => {
        const check = (): void => {
          const found = received.find(test);
          if (found === undefined) return;
          listeners.delete(check);
          resolve(found);
        };
        listeners.add(check);
        check();
      }),
    stop: () => {
      gate.open();
      return loop.stop();
    },
  };
}

/** Lets one through per release. */
function createGate() {
  let entered = 0;
  let tickets = 0;
  let isOpen = false;
  let broken: Error | null = null;
  let pass: () => void = () => {};
  return {
    entered: () => entered,
    async enter(): Promise<void> {
      entered += 1;
      while (tickets === 0 && !isOpen && broken === null) {
        await new Promise<void>((resolve) => {
          pass = resolve;
        });
      }
      if (broken !== null) throw broken;
      tickets = Math.max(0, tickets - 1);
    },
    release(): void {
      tickets += 1;
      pass();
    },
    fail(cause: Error): void {
      broken = cause;
      pass();
    },
    open(): void {
      isOpen = true;
      pass();
    },
  };
}

/** Each run's meta-iteration is one phase, which takes until the gate opens, and its metrics. */
function createSlowSession(
  experiment: SlowExperiment,
  gate: ReturnType<typeof createGate>,
  stallAt: number,
): SessionOf<SlowKinds> {
  let iteration = 0;
  let goal: string | null = null;
  let due: AlgorithmId[] = [];
  async function* train(): AsyncGenerator<SessionEventOf<SlowKinds>, void, void> {
    while (iteration < experiment.metaIterations) {
      for (const algorithm of experiment.algorithms) {
        await gate.enter();
        yield {
          kind: 'phase',
          algorithm,
          iteration: iteration + 1,
          event: { phase: 'meta-update', values: {} },
        };
        yield { kind: 'metrics', metrics: { algorithm, iteration: iteration + 1, score: iteration - 10 } };
      }
      iteration += 1;
      yield { kind: 'iteration', iteration };
      if (iteration === stallAt) {
        yield { kind: 'stalled', algorithm: 'maml', iteration, cause: 'every step was refused' };
      }
    }
    yield { kind: 'finished', iteration };
  }
  return {
    experiment,
    events: train(),
    snapshot: () => ({ iteration }),
    checkpoint: () => ({ iteration }),
    update() {},
    probe(request) {
      goal = request;
      due = request === null ? [] : [...experiment.algorithms];
    },
    async evaluate() {
      const [algorithm, ...rest] = due;
      if (algorithm === undefined || goal === null) return null;
      due = rest;
      return { kind: 'probe', point: { algorithm, iteration, goal } };
    },
  };
}
