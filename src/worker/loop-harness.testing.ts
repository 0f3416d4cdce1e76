// For tests: the Sinusoid lab's training loop behind a MessageChannel in Node, on a small network and an engine that can
// be slowed down, made to throw or to lose its device.
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import { presetById } from '../experiment/presets.ts';
import type { EngineId, MetaGradientEngine } from '../gradients/meta-gradient.ts';
import { createReferenceEngine } from '../gradients/reference/reference-engine.ts';
import { createSession } from '../training/session.ts';
import { METRIC_COLUMNS, type SinusoidKinds } from '../training/session-events.ts';
import type { BurstThreads } from './burst-threads.ts';
import { createEnginePool, type EnginePool } from './engine-pool.ts';
import type { RaceEntry } from './engine-race.ts';
import { createMacrotaskYield } from './macrotask.ts';
import { createPortWorker, type PortWorker } from './port-worker.testing.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { SINUSOID_DRIVING, type SinusoidRaceOptions, sinusoidRaceRules } from './sinusoid-driving.ts';

const clock = () => performance.now();

/** A comparison of two runs that takes well under a millisecond per meta-iteration. */
export function smallExperiment(changes: Partial<SinusoidExperiment> = {}): SinusoidExperiment {
  return {
    ...presetById('sinusoid-live')!.experiment,
    algorithms: ['maml', 'rmaml'],
    hiddenWidths: [4],
    metaBatchSize: 4,
    maxReplayedTasks: 1,
    metaIterations: 20,
    ...changes,
  };
}

export interface EngineFaults {
  /** Time that each meta-gradient takes, in ms. */
  readonly slowMs?: number;
  /** Called before the n-th meta-gradient (from 1); what it throws is the engine's failure. */
  readonly beforeCall?: (call: number) => void;
  readonly lost?: Promise<string>;
  readonly destroyDevice?: () => void;
  /** Further engines in the worker, before 'reference', to which the other faults belong. */
  readonly others?: readonly SinusoidEntry[];
  /** Who trains bursts; the loop's own thread unless told. */
  readonly threads?: BurstThreads;
}

type SinusoidEntry = RaceEntry<MetaGradientEngine>;

/** The Sinusoid lab's engines in one worker. */
export function createSinusoidPool(
  entries: readonly SinusoidEntry[],
  create: SinusoidRaceOptions['createSession'] = (experiment, engine, burst) =>
    createSession(experiment, engine, { clock, burst, evaluationTasks: 0 }),
): EnginePool<SinusoidKinds> {
  return createEnginePool<SinusoidKinds>({
    entries,
    rules: sinusoidRaceRules({ createSession: create, clock }),
    clock,
  });
}

/** An entry whose engine computes as the reference does, whatever its name; `open` may reject instead. */
export function fakeEntry(
  id: EngineId,
  { unsupported, open }: Pick<MetaGradientEngine, 'unsupported'> & { open?: SinusoidEntry['open'] } = {},
): SinusoidEntry {
  const engine: MetaGradientEngine = { ...createReferenceEngine(), id, ...(unsupported && { unsupported }) };
  return {
    id,
    beatenBy: [],
    probe: async () => ({ kind: 'available', detail: 'test', isSoftware: false }),
    open: open ?? (async () => engine),
  };
}

export interface FakeWorker extends PortWorker<SinusoidKinds> {
  /** Meta-gradients begun. */
  readonly calls: () => number;
}

/** The Sinusoid lab's loop behind ports. */
export function createFakeWorker(faults: EngineFaults = {}): FakeWorker {
  const engine = createFaultyEngine(faults);
  const { others = [], threads } = faults;
  const open = async () => engine.engine;
  const probe = async () => ({ kind: 'available', detail: 'test', isSoftware: false }) as const;
  const worker = createPortWorker<SinusoidKinds>({
    lab: SINUSOID_DRIVING,
    clock,
    engines: createSinusoidPool([...others, { id: 'reference', beatenBy: [], probe, open }]),
    createSession: (experiment, used, resume, burst) =>
      createSession(experiment, used, {
        clock,
        resume,
        burst,
        evaluationTasks: 4,
        ...(threads && { runBurst: threads.runBurst }),
      }),
    ...(threads && { releaseThreads: threads.release }),
    yieldMacrotask: createMacrotaskYield(),
  });
  return { ...worker, calls: engine.calls };
}

function createFaultyEngine({ slowMs = 0, beforeCall, lost, destroyDevice }: EngineFaults) {
  const reference = createReferenceEngine();
  let calls = 0;
  const engine: MetaGradientEngine = {
    ...reference,
    async metaGradient(request) {
      calls += 1;
      beforeCall?.(calls);
      if (slowMs > 0) await new Promise((resolve) => setTimeout(resolve, slowMs));
      return reference.metaGradient(request);
    },
    ...(lost && { lost }),
    ...(destroyDevice && { destroyDevice }),
  };
  return { engine, calls: () => calls };
}

/** A start message of run 1 that trains on the reference engine. */
export function startMessage(changes: Partial<ToWorker & { type: 'start' }> = {}): ToWorker {
  return {
    type: 'start',
    runId: 1,
    experiment: smallExperiment(),
    engine: 'reference',
    resume: null,
    paused: false,
    ...changes,
  };
}

/** One column of the metrics in these messages, in the order in which they came. */
export function metricColumn(
  messages: readonly FromWorker[],
  algorithm: string,
  name: (typeof METRIC_COLUMNS)[number],
): number[] {
  const width = METRIC_COLUMNS.length;
  return messages
    .flatMap((message) => (message.type === 'metrics' ? message.batches : []))
    .filter((batch) => batch.algorithm === algorithm)
    .flatMap(({ rows }) => [...rows].filter((_, at) => at % width === METRIC_COLUMNS.indexOf(name)));
}
