// `bench --cheetah`: the half-cheetah's figures: physics alone and against MuJoCo's build, roll-outs (policy, physics,
// bookkeeping) in pools of 1, 2, … workers, and meta-iterations of the live presets. In Node and in a browser's worker:
// clock, pools and the race come from outside. Pools take turns, so that whatever else the machine does hits all.
import type { CrewRequest, PolicyCrew } from '../algorithms/meta-rl/crew.ts';
import { CHEETAH_PRESETS } from '../experiment/cheetah-presets.ts';
import { key } from '../math/rng.ts';
import { median } from '../math/statistics.ts';
import { measurePhysics } from '../tasks/locomotion/measure-physics.ts';
import {
  advantageSettings,
  drawPolicyTestTasks,
  environmentFor,
  initialPolicyState,
  policyShapeFor,
} from '../training/policy-domain.ts';
import { type SessionSample, type SessionTimes, startTimedSession, typicalTimes } from './bench-session.ts';

export interface CheetahBenchPlan {
  /** About how long to measure in all. */
  readonly seconds: number;
  /** How many workers the pools have, ascending from 1. */
  readonly workers: readonly number[];
}

export interface CheetahBenchTools {
  /** Milliseconds. */
  readonly clock: () => number;
  /** A pool of as many threads, also of one; disposed of here. */
  openPool(workers: number): Promise<PolicyCrew>;
  /** Our physics against MuJoCo's build in that many rounds (compare-physics.testing.ts); rejects where it is not there. */
  race(rounds: number): Promise<{ readonly ours: number; readonly mujoco: number }>;
  readonly onProgress: (note: string) => void;
}

/** Environment steps (convention gym: 5 physics steps each) per second. */
export interface RollOutRow {
  readonly workers: number;
  /** Median over rounds, and the best round. */
  readonly stepsPerSecond: number;
  readonly bestStepsPerSecond: number;
  /** Times as many as one worker's: median over rounds of the ratio within a round. */
  readonly ratio: number;
  readonly rounds: number;
}

export interface CheetahSessionRow extends SessionTimes {
  readonly case: string;
  readonly workers: number;
}

export interface CheetahBench {
  /** One thread, each piece of the work at its best. */
  readonly physics: { readonly stepsPerSecond: number };
  /** The same beside MuJoCo's WebAssembly build, taking turns; or why not. */
  readonly race: { readonly ours: number; readonly mujoco: number } | { readonly unavailable: string };
  readonly rollOuts: readonly RollOutRow[];
  readonly sessions: readonly CheetahSessionRow[];
}

const DIR = CHEETAH_PRESETS[0].experiment;
const SESSIONS = CHEETAH_PRESETS.filter(({ id }) => /^cheetah-(dir|vel)-maml-live$/.test(id));

/** 40 tasks × 20 trajectories × 100 steps of the live policy (64-64 tanh) as it begins. */
const TASKS = 40;
const ROLL_OUT: CrewRequest = {
  environment: environmentFor(DIR, 'maml'),
  tasks: drawPolicyTestTasks(DIR, TASKS),
  shape: policyShapeFor(DIR, 'maml'),
  metaParams: initialPolicyState(DIR, 'maml').metaParams,
  alphas: [],
  episodes: 20,
  horizon: 100,
  key: key(0),
  advantages: advantageSettings(DIR),
  objective: null,
  keep: [],
};

const RACE_ROUNDS = 30;
const LEAST_ROUNDS = 3;
/** Of the time there is, what roll-outs may take; the rest goes to meta-iterations. */
const ROLL_OUT_SHARE = 0.6;

/** 1, 2, 3, … up to `most`; beyond 4 in steps that double. */
export function workerCounts(most: number): number[] {
  const counts = [1, 2, 3, 4].filter((count) => count <= most);
  for (let count = 8; count < most; count *= 2) counts.push(count);
  return most > 4 ? [...counts, most] : counts;
}

/** Measures everything; `seconds` is kept to but for what is least: three rounds of each. */
export async function measureCheetah(
  { seconds, workers }: CheetahBenchPlan,
  tools: CheetahBenchTools,
): Promise<CheetahBench> {
  const { clock, onProgress } = tools;
  const startedAt = clock();
  const until = (share: number) => startedAt + 1000 * seconds * share;
  onProgress('physics alone');
  const physics = { stepsPerSecond: measurePhysics(clock, 60).environmentStepsPerSecond };
  onProgress('physics against MuJoCo');
  const race = await tools.race(RACE_ROUNDS).catch((error: unknown) => ({
    unavailable: error instanceof Error ? error.message : String(error),
  }));
  const pools: { readonly workers: number; readonly crew: PolicyCrew }[] = [];
  try {
    for (const count of workers) pools.push({ workers: count, crew: await tools.openPool(count) });
    const rollOuts = await measureRollOuts(pools, tools, until(ROLL_OUT_SHARE));
    const ends = pools.length > 1 ? [pools[0]!, pools.at(-1)!] : pools;
    const sessions = await measureSessions(ends, tools, until(1));
    return { physics, race, rollOuts, sessions };
  } finally {
    for (const { crew } of pools) crew.dispose();
  }
}

type Pools = readonly { readonly workers: number; readonly crew: PolicyCrew }[];

async function measureRollOuts(
  pools: Pools,
  { clock, onProgress }: CheetahBenchTools,
  until: number,
): Promise<RollOutRow[]> {
  const collect = async (crew: PolicyCrew): Promise<number> => {
    const startedAt = clock();
    const { environmentSteps } = await crew.adapt(ROLL_OUT);
    return (1000 * environmentSteps) / (clock() - startedAt);
  };
  // Compilers and pools settle.
  for (const { crew } of pools) await collect(crew);
  const rates = pools.map((): number[] => []);
  for (let round = 0; round < LEAST_ROUNDS || clock() < until; round++) {
    for (const [at, { crew, workers }] of pools.entries()) {
      onProgress(`roll-outs, workers: ${workers}, round ${round + 1}`);
      rates[at]!.push(await collect(crew));
    }
  }
  return pools.map(({ workers }, at) => ({
    workers,
    stepsPerSecond: median(rates[at]!),
    bestStepsPerSecond: Math.max(...rates[at]!),
    ratio: median(rates[at]!.map((rate, round) => rate / rates[0]![round]!)),
    rounds: rates[at]!.length,
  }));
}

async function measureSessions(
  pools: Pools,
  { clock, onProgress }: CheetahBenchTools,
  until: number,
): Promise<CheetahSessionRow[]> {
  const lanes = SESSIONS.flatMap(({ id, experiment }) =>
    pools.map(({ workers, crew }) => ({
      name: id,
      workers,
      run: startTimedSession(crew, experiment, clock),
      samples: [] as SessionSample[],
    })),
  );
  for (const { run } of lanes) await run();
  for (let round = 0; round < LEAST_ROUNDS || clock() < until; round++) {
    for (const { name, workers, run, samples } of lanes) {
      onProgress(`${name}, workers: ${workers}, round ${round + 1}`);
      samples.push(await run());
    }
  }
  return lanes.map(({ name, workers, samples }) => ({ case: name, workers, ...typicalTimes(samples) }));
}

/** "412,000" */
const thousands = (value: number) => `${Math.round(value / 1000).toLocaleString('en')},000`;

/** The result in words and tables. */
export function formatCheetahBench({ physics, race, rollOuts, sessions }: CheetahBench): string {
  const versus =
    'unavailable' in race
      ? `against MuJoCo's WebAssembly build: not measured. ${race.unavailable}`
      : `against MuJoCo's WebAssembly build, taking turns: ${thousands(race.ours)} to ${thousands(race.mujoco)}, ${(race.ours / race.mujoco).toFixed(1)} times`;
  const row = (cells: readonly (string | number)[]) =>
    cells.map((cell, at) => String(cell).padStart(at === 0 ? 8 : 14)).join('');
  return [
    'half-cheetah, environment steps (5 physics steps each) per second',
    '',
    `physics alone, one thread, actions in ±0.3: ${thousands(physics.stepsPerSecond)}`,
    versus,
    '',
    `roll-outs: policy 64-64, physics and bookkeeping; ${TASKS} tasks × 20 × 100 steps`,
    row(['workers', 'steps/s', 'best', '× 1 worker', 'per worker', 'rounds']),
    ...rollOuts.map(({ workers, stepsPerSecond, bestStepsPerSecond, ratio, rounds }) =>
      row([
        workers,
        thousands(stepsPerSecond),
        thousands(bestStepsPerSecond),
        ratio.toFixed(2),
        thousands(stepsPerSecond / workers),
        rounds,
      ]),
    ),
    '',
    'ms per meta-iteration (medians)',
    `${'case'.padEnd(24)}${row(['workers', 'total', 'roll-outs', 'inner', 'outer', 'rounds'])}`,
    ...sessions.map(
      ({ case: name, workers, msPerStep, rollOutMs, innerMs, outerMs, rounds }) =>
        name.padEnd(24) +
        row([workers, ...[msPerStep, rollOutMs, innerMs, outerMs].map((ms) => ms.toFixed(0)), rounds]),
    ),
  ].join('\n');
}
