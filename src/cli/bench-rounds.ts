// The benchmark's clockwork: opens the engines, warms each up on each case, then lets all pairs take turns in rounds,
// so that whatever else the machine does hits all of them. Runs in Node and in a browser's worker alike: what differs
// is the host it is given. Medians and tables are bench-table.ts's business.
import type { CreatedEngine } from '../gradients/create-engine.ts';
import type { EngineId } from '../gradients/meta-gradient.ts';
import { engineLimits } from '../training/engine-limits.ts';
import { type BenchCase, workOf } from './bench-cases.ts';
import type { Lane } from './bench-lanes.ts';
import { type Pair, timeLane, warmUpPair } from './bench-warm-up.ts';

export interface BenchPlan {
  readonly cases: readonly BenchCase[];
  readonly engines: readonly EngineId[];
  /** Turns of each pair, at most; slow pairs take fewer. */
  readonly rounds: number;
  /** About how long all of it may take, milliseconds. */
  readonly budgetMs: number;
  /** A pair whose meta-iteration is expected to take longer is left out, milliseconds. */
  readonly maxStepMs: number;
}

/** Where the benchmark runs. */
export interface BenchHost {
  /** Rejects with the reason when the engine cannot be had here. */
  readonly openEngine: (id: EngineId) => Promise<CreatedEngine>;
  /** Milliseconds. */
  readonly clock: () => number;
  readonly onProgress: (progress: BenchProgress) => void;
}

export interface BenchProgress {
  readonly phase: 'warm up' | 'measure';
  readonly done: number;
  readonly total: number;
  readonly note: string;
}

/** The turns of one engine on one case: milliseconds per meta-iteration in each round that it took part in. */
export interface BenchSamples {
  readonly engine: EngineId;
  readonly case: string;
  /** By what was timed; see LaneKind. 'session' is always there. */
  readonly lanes: Readonly<Partial<Record<Lane['kind'], readonly number[]>>>;
}

export interface BenchMeasurement {
  readonly samples: readonly BenchSamples[];
  readonly unavailable: readonly { readonly engine: EngineId; readonly reason: string }[];
  readonly leftOut: readonly LeftOut[];
  /** The WebGPU adapter in words, where one was opened. */
  readonly adapter: string | null;
}

export interface LeftOut {
  readonly engine: EngineId;
  readonly case: string;
  readonly reason: string;
}

/** Warming up may take this share of the budget; then all but an engine's first case are left out. */
const WARM_UP_SHARE = 0.6;
/** Slow engines last, so that a short budget costs the tail of their cases alone. */
const OPENING_ORDER: readonly EngineId[] = [
  'fused-wasm',
  'reference',
  'composed-wasm',
  'fused-webgpu',
  'composed-cpu',
  'composed-webgpu',
];

/** Measures every engine of the plan on every case. Never rejects because of one engine. */
export async function measureCases(plan: BenchPlan, host: BenchHost): Promise<BenchMeasurement> {
  const bench: Bench = { plan, host, startedAt: host.clock(), pairs: [], leftOut: [] };
  const { engines, unavailable } = await openEngines(bench);
  // Every engine's algorithms before any engine's series: if time gets short, the series suffer.
  const isSeries = ({ group }: BenchCase) => group !== 'algorithms';
  for (const cases of [plan.cases.filter((one) => !isSeries(one)), plan.cases.filter(isSeries)]) {
    for (const engine of engines) await warmUpEngine(engine, cases, bench);
  }
  await takeTurns(bench);
  for (const { created } of engines) created.engine.dispose();
  const adapter = engines.find(({ created }) => created.engine.id.endsWith('webgpu'))?.created.detail;
  const { pairs, leftOut } = bench;
  return { samples: pairs.map(toSamples), unavailable, leftOut, adapter: adapter ?? null };
}

interface Bench {
  readonly plan: BenchPlan;
  readonly host: BenchHost;
  readonly startedAt: number;
  readonly pairs: Pair[];
  readonly leftOut: LeftOut[];
}

interface OpenedEngine {
  readonly created: CreatedEngine;
  /** Milliseconds per unit of work, from the engine's first case: an upper bound for larger ones. */
  unitMs: number | null;
  /** Why it must not be used any more. */
  broken: string | null;
}

async function openEngines({ plan, host }: Bench) {
  const engines: OpenedEngine[] = [];
  const unavailable: { engine: EngineId; reason: string }[] = [];
  for (const id of OPENING_ORDER.filter((candidate) => plan.engines.includes(candidate))) {
    try {
      engines.push({ created: await host.openEngine(id), unitMs: null, broken: null });
    } catch (error) {
      unavailable.push({ engine: id, reason: describe(error) });
    }
  }
  return { engines, unavailable };
}

async function warmUpEngine(opened: OpenedEngine, cases: readonly BenchCase[], bench: Bench): Promise<void> {
  const { plan, host, pairs, leftOut } = bench;
  const { engine } = opened.created;
  const total = plan.engines.length * plan.cases.length;
  for (const benchCase of cases) {
    const note = `${engine.id} ${benchCase.name}`;
    host.onProgress({ phase: 'warm up', done: pairs.length + leftOut.length, total, note });
    const reason = reasonToLeaveOut(opened, benchCase, bench);
    if (reason !== null) {
      leftOut.push({ engine: engine.id, case: benchCase.name, reason });
      continue;
    }
    try {
      const pair = await warmUpPair(engine, benchCase, plan, host);
      pairs.push(pair);
      opened.unitMs ??= pair.stepMs / workOf(benchCase).product;
    } catch (error) {
      opened.broken = `it failed: ${describe(error)}`;
      leftOut.push({ engine: engine.id, case: benchCase.name, reason: opened.broken });
    }
  }
}

function reasonToLeaveOut(opened: OpenedEngine, benchCase: BenchCase, bench: Bench): string | null {
  const { plan, host, startedAt } = bench;
  const { created, unitMs, broken } = opened;
  if (broken !== null) return broken;
  const unsupported = created.engine.unsupported?.(engineLimits(benchCase.experiment)) ?? null;
  if (unsupported !== null || unitMs === null) return unsupported;
  if (host.clock() - startedAt > WARM_UP_SHARE * plan.budgetMs) {
    return 'the time was up; name the case or give more --seconds';
  }
  const seconds = (unitMs * workOf(benchCase).product) / 1000;
  if (1000 * seconds <= plan.maxStepMs) return null;
  return `a step is expected to take ${seconds.toFixed(1)} s; name the case to measure it all the same`;
}

async function takeTurns({ pairs, plan, host, startedAt }: Bench): Promise<void> {
  for (let round = 0; round < plan.rounds; round++) {
    for (const pair of pairs) {
      if (host.clock() - startedAt > plan.budgetMs) return;
      const note = `${pair.engine} ${pair.case}`;
      host.onProgress({ phase: 'measure', done: round, total: plan.rounds, note });
      // Slow pairs' few turns are spread over the rounds.
      if (pair.rounds === 0 || round % Math.ceil(plan.rounds / pair.rounds) !== 0) continue;
      for (const lane of pair.lanes) {
        // Buffers of the last pair's sizes are made anew, untimed.
        if (lane.perTurn > 3) await lane.run(1);
        lane.samples.push(await timeLane(lane, lane.perTurn, host));
      }
    }
  }
}

/** A pair that got no turn is judged by how its warming up ended. */
function toSamples({ engine, case: name, lanes }: Pair): BenchSamples {
  const timesOf = ({ samples, warmMs }: Pair['lanes'][number]) => (samples.length > 0 ? samples : [warmMs]);
  return { engine, case: name, lanes: Object.fromEntries(lanes.map((lane) => [lane.kind, timesOf(lane)])) };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
