// The benchmark's clockwork: opens the engines, warms each up on each case, then lets all pairs take turns in rounds,
// so that whatever else the machine does hits all of them. Runs in Node and in a browser's worker alike: what differs
// is the host it is given. Medians and tables are bench-table.ts's business.
import type { CreatedEngine } from '../gradients/create-engine.ts';
import type { EngineId } from '../gradients/meta-gradient.ts';
import { engineLimits } from '../training/engine-limits.ts';
import { type BenchCase, workOf } from './bench-cases.ts';
import { createLanes, type Lane } from './bench-lanes.ts';

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

/** A turn of a pair lasts about this long in every round. */
const TURN_MS = 60;
/** Warming up may take this share of the budget; then all but an engine's first case are left out. */
const WARM_UP_SHARE = 0.6;
/** Scripts and kernels are compiled while the first steps run. */
const WARM_UP_MS = 80;
const WARM_UP_STEPS = 3;
const MOST_PER_BURST = 1024;
/** A step this slow needs no second look: the warm one counts. */
const SLOW_STEP_MS = 1000;
/** Above this many milliseconds per step, what surrounds the engine's call is lost in the noise, and so are bursts. */
const NOTABLE_MS = 20;
/** The share of the budget that is dealt out evenly to the pairs for their turns. */
const TURNS_SHARE = 0.7;
/** Slow engines last, so that a short budget costs the tail of their cases alone. */
const OPENING_ORDER: readonly EngineId[] = [
  'fused-wasm',
  'reference',
  'composed-wasm',
  'fused-webgpu',
  'composed-cpu',
  'composed-webgpu',
];

interface Pair {
  readonly engine: EngineId;
  readonly case: string;
  readonly lanes: readonly Lane[];
  readonly rounds: number;
  /** Of a whole meta-iteration when warm, roughly. */
  readonly stepMs: number;
}

/** Measures every engine of the plan on every case. Never rejects because of one engine. */
export async function measureCases(plan: BenchPlan, host: BenchHost): Promise<BenchMeasurement> {
  const startedAt = host.clock();
  const unavailable: { engine: EngineId; reason: string }[] = [];
  const leftOut: LeftOut[] = [];
  const pairs: Pair[] = [];
  const opened: CreatedEngine[] = [];
  const total = plan.engines.length * plan.cases.length;
  for (const id of OPENING_ORDER.filter((candidate) => plan.engines.includes(candidate))) {
    host.onProgress({ phase: 'warm up', done: pairs.length + leftOut.length, total, note: id });
    try {
      opened.push(await host.openEngine(id));
    } catch (error) {
      unavailable.push({ engine: id, reason: describe(error) });
      continue;
    }
    await warmUpEngine(opened.at(-1)!, { plan, host, startedAt, pairs, leftOut });
  }
  await takeTurns(pairs, plan, host, startedAt);
  for (const { engine } of opened) engine.dispose();
  const adapter = opened.find(({ engine }) => engine.id.endsWith('webgpu'))?.detail ?? null;
  return { samples: pairs.map(toSamples), unavailable, leftOut, adapter };
}

interface WarmUp {
  readonly plan: BenchPlan;
  readonly host: BenchHost;
  readonly startedAt: number;
  readonly pairs: Pair[];
  readonly leftOut: LeftOut[];
}

async function warmUpEngine(created: CreatedEngine, warmUp: WarmUp): Promise<void> {
  const { plan, host, startedAt, pairs, leftOut } = warmUp;
  const { engine } = created;
  /** Milliseconds per unit of work, from the engine's first case: an upper bound for larger ones. */
  let unitMs: number | null = null;
  let broken: string | null = null;
  for (const benchCase of plan.cases) {
    const expected = unitMs === null ? 0 : unitMs * workOf(benchCase).product;
    const reason =
      broken ??
      engine.unsupported?.(engineLimits(benchCase.experiment)) ??
      (unitMs !== null && host.clock() - startedAt > WARM_UP_SHARE * plan.budgetMs
        ? 'the time was up; name the case or give more --seconds'
        : null) ??
      (expected > plan.maxStepMs
        ? `a step is expected to take ${(expected / 1000).toFixed(1)} s; name the case to measure it all the same`
        : null);
    const total = plan.engines.length * plan.cases.length;
    const note = `${engine.id} ${benchCase.name}`;
    host.onProgress({ phase: 'warm up', done: pairs.length + leftOut.length, total, note });
    if (reason !== null) {
      leftOut.push({ engine: engine.id, case: benchCase.name, reason });
      continue;
    }
    try {
      const pair = await warmUpPair(created, benchCase, plan, host);
      pairs.push(pair);
      unitMs ??= pair.stepMs / workOf(benchCase).product;
    } catch (error) {
      // An engine that threw must not be used any more.
      broken = `it failed: ${describe(error)}`;
      leftOut.push({ engine: engine.id, case: benchCase.name, reason: broken });
    }
  }
}

async function warmUpPair(
  { engine }: CreatedEngine,
  benchCase: BenchCase,
  plan: BenchPlan,
  host: BenchHost,
): Promise<Pair> {
  const lanes: Lane[] = [];
  let stepMs = 0;
  let turnMs = 0;
  for (const draft of createLanes(engine, benchCase.experiment)) {
    if (draft.kind !== 'session' && stepMs > NOTABLE_MS && engine.train === undefined) continue;
    const single = await warmUpLane(draft, host);
    const isGrouped = draft.kind === 'burst' && engine.train !== undefined;
    const ms = isGrouped ? await findBurstMs(draft, host, single) : single;
    if (draft.kind === 'session') stepMs = ms;
    const perTurn = Math.max(1, Math.round(TURN_MS / ms));
    lanes.push({ ...draft, perTurn });
    turnMs += perTurn * ms;
    if (ms > SLOW_STEP_MS) draft.samples.push(ms);
  }
  const share = (TURNS_SHARE * plan.budgetMs) / (plan.engines.length * plan.cases.length);
  const isDone = lanes.some(({ samples }) => samples.length > 0);
  const rounds = isDone ? 0 : Math.max(1, Math.min(plan.rounds, Math.floor(share / turnMs)));
  return { engine: engine.id, case: benchCase.name, lanes, rounds, stepMs };
}

/** Runs the lane until its code is compiled; returns milliseconds per iteration at the end. */
async function warmUpLane(lane: Omit<Lane, 'perTurn'>, { clock }: BenchHost): Promise<number> {
  const startedAt = clock();
  let ms = await timed(lane, 1, clock);
  for (let step = 1; step < WARM_UP_STEPS || clock() - startedAt < WARM_UP_MS; step++) {
    const last = await timed(lane, 1, clock);
    if (last > SLOW_STEP_MS) return last;
    ms = Math.min(ms, last);
  }
  const count = Math.max(1, Math.round(TURN_MS / 2 / Math.max(ms, 0.01)));
  return count > 1 ? Math.min(ms, await timed(lane, count, clock)) : ms;
}

/** Where a call costs more than a step, only long bursts tell what one step of them takes. */
async function findBurstMs(
  lane: Omit<Lane, 'perTurn'>,
  { clock }: BenchHost,
  single: number,
): Promise<number> {
  let ms = single;
  for (let count = 4; count <= MOST_PER_BURST; count *= 4) {
    ms = await timed(lane, count, clock);
    if (ms * count > TURN_MS) break;
  }
  return ms;
}

async function takeTurns(
  pairs: readonly Pair[],
  plan: BenchPlan,
  { clock, onProgress }: BenchHost,
  startedAt: number,
): Promise<void> {
  for (let round = 0; round < plan.rounds; round++) {
    if (round > 0 && clock() - startedAt > plan.budgetMs) return;
    for (const pair of pairs) {
      onProgress({ phase: 'measure', done: round, total: plan.rounds, note: `${pair.engine} ${pair.case}` });
      // Slow pairs' few turns are spread over the rounds.
      const every = pair.rounds === 0 ? Number.POSITIVE_INFINITY : Math.ceil(plan.rounds / pair.rounds);
      if (pair.rounds === 0 || round % every !== 0) continue;
      for (const lane of pair.lanes) {
        // Buffers of the last pair's sizes are made anew, untimed.
        if (lane.perTurn > 3) await lane.run(1);
        lane.samples.push(await timed(lane, lane.perTurn, clock));
      }
    }
  }
}

async function timed(lane: Omit<Lane, 'perTurn'>, iterations: number, clock: () => number): Promise<number> {
  const startedAt = clock();
  const done = await lane.run(iterations);
  return (clock() - startedAt) / done;
}

function toSamples({ engine, case: name, lanes }: Pair): BenchSamples {
  return { engine, case: name, lanes: Object.fromEntries(lanes.map(({ kind, samples }) => [kind, samples])) };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
