// `bench --policies`: how long a meta-iteration of meta-RL takes on each engine, with Adam and with TRPO outside, and how
// fast the half-cheetah's physics runs. Engines take turns in rounds, so that whatever else the machine does hits all.

import { NAVIGATION_LAB } from '../experiment/labs.ts';
import type { NavigationExperiment } from '../experiment/navigation-experiment.ts';
import type { PolicyEngineId } from '../gradients/create-policy-engine.ts';
import { measurePhysics } from '../tasks/locomotion/measure-physics.ts';
import { type SessionSample, type SessionTimes, startTimedSession, typicalTimes } from './bench-session.ts';
import { openCrew } from './policy-engines.ts';
import { createProgress } from './progress.ts';

/** The live preset: 20 tasks × 20 trajectories × 100 steps before and after adaptation, a 64-64 tanh net. */
const LIVE = NAVIGATION_LAB.presets[0].experiment;

const CASES: readonly { readonly name: string; readonly experiment: NavigationExperiment }[] = [
  { name: 'navigation-adam', experiment: { ...LIVE, outerOptimizer: 'adam', outerSteps: 1 } },
  { name: 'navigation-trpo', experiment: { ...LIVE, outerOptimizer: 'trpo', curvatureRows: 200 } },
];

const LANES: readonly { readonly engine: PolicyEngineId; readonly threads: number }[] = [
  { engine: 'fused-wasm', threads: 1 },
  { engine: 'fused-wasm', threads: 2 },
  { engine: 'composed-wasm', threads: 1 },
  { engine: 'reference', threads: 1 },
];

/** Medians over rounds. */
export interface PolicyBenchRow extends SessionTimes {
  readonly engine: PolicyEngineId;
  readonly threads: number;
  readonly case: string;
  readonly stepsPerSecond: number;
}

export interface PolicyBench {
  readonly rows: readonly PolicyBenchRow[];
  readonly unavailable: readonly { readonly engine: PolicyEngineId; readonly reason: string }[];
  readonly physics: { readonly environmentStepsPerSecond: number };
}

interface Lane {
  readonly engine: PolicyEngineId;
  readonly threads: number;
  readonly case: string;
  /** One meta-iteration. */
  readonly run: () => Promise<SessionSample>;
  readonly dispose: () => void;
  readonly samples: SessionSample[];
}

const ROUNDS = 9;
const SLOW_MS = 4000;

/** Measures for about `seconds`; each lane is warmed up once, and has a turn besides unless it is slow. */
export async function benchPolicies(seconds: number): Promise<PolicyBench> {
  const until = performance.now() + 1000 * seconds;
  const lanes: Lane[] = [];
  const unavailable: { engine: PolicyEngineId; reason: string }[] = [];
  const progress = createProgress('bench: policies', ROUNDS);
  for (const { engine, threads } of LANES) {
    for (const one of CASES) {
      try {
        lanes.push(await openLane(engine, threads, one));
      } catch (error) {
        unavailable.push({ engine, reason: error instanceof Error ? error.message : String(error) });
        break;
      }
    }
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const lane of lanes) {
      const last = lane.samples.at(-1)?.ms ?? 0;
      if (lane.samples.length > 0 && performance.now() + last > until) continue;
      progress.update(round, `${lane.engine} ${lane.case}`);
      lane.samples.push(await lane.run());
    }
  }
  progress.end();
  for (const lane of lanes) lane.dispose();
  const { environmentStepsPerSecond } = measurePhysics(() => performance.now(), 30);
  return { rows: lanes.map(toRow), unavailable, physics: { environmentStepsPerSecond } };
}

async function openLane(
  engine: PolicyEngineId,
  threads: number,
  { name, experiment }: (typeof CASES)[number],
): Promise<Lane> {
  const crew = await openCrew(engine, threads);
  const run = startTimedSession(crew, experiment, () => performance.now());
  const first = await run();
  // Where a meta-iteration takes that long, compiling took no share of it worth a second one.
  const samples = first.ms > SLOW_MS ? [first] : [];
  return { engine, threads, case: name, run, dispose: () => crew.dispose(), samples };
}

function toRow({ engine, threads, case: name, samples }: Lane): PolicyBenchRow {
  const times = typicalTimes(samples);
  return { engine, threads, case: name, ...times, stepsPerSecond: 1000 / times.msPerStep };
}

/** The rows as a table in words, fastest first within a case. */
export function formatPolicyBench({ rows, unavailable, physics }: PolicyBench): string {
  const lines = CASES.flatMap(({ name }) => {
    const own = rows.filter((row) => row.case === name).sort((a, b) => a.msPerStep - b.msPerStep);
    const best = own[0]?.msPerStep ?? 1;
    return [
      '',
      `${name}: ms per meta-iteration (20 × 20 × 100 timesteps before and after adaptation)`,
      `${'engine'.padEnd(26)}${'total'.padStart(8)}${'× best'.padStart(8)}${'roll-outs'.padStart(11)}${'inner'.padStart(8)}${'outer'.padStart(8)}${'rounds'.padStart(8)}`,
      ...own.map((row) => {
        const engine = `${row.engine}, ${row.threads} thread${row.threads === 1 ? '' : 's'}`;
        const cells = [row.rollOutMs, row.innerMs, row.outerMs].map((ms) => ms.toFixed(0));
        return (
          engine.padEnd(26) +
          row.msPerStep.toFixed(0).padStart(8) +
          (row.msPerStep / best).toFixed(1).padStart(8) +
          `${cells[0]!.padStart(11)}${cells[1]!.padStart(8)}${cells[2]!.padStart(8)}${String(row.rounds).padStart(8)}`
        );
      }),
    ];
  });
  const speed = Math.round(physics.environmentStepsPerSecond / 1000);
  return [
    ...lines,
    '',
    `half-cheetah physics: ${speed},000 environment steps (5 physics steps each) per second, one thread`,
    ...unavailable.map(({ engine, reason }) => `${engine}: unavailable. ${reason}`),
  ].join('\n');
}
