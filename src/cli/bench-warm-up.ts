// How the benchmark makes an engine ready for a case: until its code is compiled, and until it is known how many
// meta-iterations fill a turn. Taking turns is bench-rounds.ts's business.
import type { EngineId, MetaGradientEngine } from '../gradients/meta-gradient.ts';
import type { BenchCase } from './bench-cases.ts';
import { createLanes, type Lane } from './bench-lanes.ts';
import type { BenchHost, BenchPlan } from './bench-rounds.ts';

/** One engine on one case, ready to take turns. */
export interface Pair {
  readonly engine: EngineId;
  readonly case: string;
  readonly lanes: readonly (Lane & {
    /** Milliseconds per iteration at the end of warming up. */ readonly warmMs: number;
  })[];
  /** Turns to take; 0 where warming up was slow enough to count. */
  readonly rounds: number;
  /** Of a whole meta-iteration when warm, roughly. */
  readonly stepMs: number;
}

/** A turn of a lane lasts about this long. */
const TURN_MS = 40;
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

/** Warms up every lane of the engine on the case. Rejects when the engine throws. */
export async function warmUpPair(
  engine: MetaGradientEngine,
  benchCase: BenchCase,
  plan: BenchPlan,
  host: BenchHost,
): Promise<Pair> {
  const lanes: Pair['lanes'][number][] = [];
  let stepMs = 0;
  let turnMs = 0;
  for (const draft of createLanes(engine, benchCase.experiment)) {
    if (draft.kind !== 'session' && stepMs > NOTABLE_MS && engine.train === undefined) continue;
    const single = await warmUpLane(draft, host);
    const isGrouped = draft.kind === 'burst' && engine.train !== undefined;
    const warmMs = isGrouped ? await findBurstMs(draft, host, single) : single;
    if (draft.kind === 'session') stepMs = warmMs;
    const perTurn = Math.max(1, Math.round(TURN_MS / warmMs));
    lanes.push({ ...draft, perTurn, warmMs });
    turnMs += perTurn * warmMs;
  }
  const share = (TURNS_SHARE * plan.budgetMs) / (plan.engines.length * plan.cases.length);
  const isSlow = lanes.every(({ warmMs }) => warmMs > SLOW_STEP_MS);
  const rounds = isSlow ? 0 : Math.max(1, Math.min(plan.rounds, Math.floor(share / turnMs)));
  return { engine: engine.id, case: benchCase.name, lanes, rounds, stepMs };
}

/** Runs the lane until its code is compiled; returns milliseconds per iteration at the end. */
async function warmUpLane(lane: Omit<Lane, 'perTurn'>, host: BenchHost): Promise<number> {
  const { clock } = host;
  const startedAt = clock();
  let ms = await timeLane(lane, 1, host);
  for (let step = 1; step < WARM_UP_STEPS || clock() - startedAt < WARM_UP_MS; step++) {
    const last = await timeLane(lane, 1, host);
    if (last > SLOW_STEP_MS) return last;
    ms = Math.min(ms, last);
  }
  const count = Math.max(1, Math.round(TURN_MS / 2 / Math.max(ms, 0.01)));
  return count > 1 ? Math.min(ms, await timeLane(lane, count, host)) : ms;
}

/** Where a call costs more than a step, only long bursts tell what one step of them takes. */
async function findBurstMs(lane: Omit<Lane, 'perTurn'>, host: BenchHost, single: number): Promise<number> {
  let ms = single;
  for (let count = 4; count <= MOST_PER_BURST; count *= 4) {
    ms = await timeLane(lane, count, host);
    if (ms * count > TURN_MS) break;
  }
  return ms;
}

/** Milliseconds per meta-iteration of a run of `iterations`. */
export async function timeLane(
  lane: Omit<Lane, 'perTurn'>,
  iterations: number,
  { clock }: Pick<BenchHost, 'clock'>,
): Promise<number> {
  const startedAt = clock();
  const done = await lane.run(iterations);
  return (clock() - startedAt) / done;
}
