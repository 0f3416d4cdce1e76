// `bench`: how long one meta-iteration takes on every engine, for every algorithm and along series of sizes. This file
// reads the arguments and prints; cases, clockwork and tables have files of their own, the browser's half too.
import { availableParallelism, cpus } from 'node:os';
import { openEngine } from '../gradients/create-engine.ts';
import { ENGINE_IDS, type EngineId } from '../gradients/meta-gradient.ts';
import { parseArguments, wholeNumber } from './arguments.ts';
import { BENCH_CASES, type BenchCase, findBenchCase } from './bench-cases.ts';
import { type CheetahBenchPlan, formatCheetahBench, measureCheetah, workerCounts } from './bench-cheetah.ts';
import { type BenchMeasurement, type BenchPlan, type BenchProgress, measureCases } from './bench-rounds.ts';
import { fitLinear, formatBench, toRatios, toRows } from './bench-table.ts';
import { nodeResources } from './node-backends.ts';
import { createProgress } from './progress.ts';
import { UsageError } from './usage-error.ts';

export const BENCH_HELP = `bench [options]
  Milliseconds per meta-iteration of each engine × case: turns in interleaved rounds, medians, and ratios of the fused
  engines to the composed ones. About 5 minutes for all; with --case or --engine less.
  --case NAME        only this case; repeat it, or separate names by commas. All at the paper's setting (25 tasks,
                     K = 10, 40-40 ReLU, 1 inner step; RMAML with α per parameter and buffer) but for what is named:
                       maml-paper, maml-5 (inner steps), fomaml, reptile (5 steps), rmaml-parameter;
                       maml-64, maml-5-64, fomaml-64 … and -100: those five with 64-64 and 100-100 units;
                       maml-tanh; maml-tasks-5 … -1000; maml-width-10 … -200; maml-points-5 … -50;
                       maml-steps-1 … -10
  --engine NAME      only this engine; repeat it, or separate names by commas
  --seconds N        about how long to measure, 270 unless told (30 with --case)
  --json             one JSON object last on stdout: rows, ratios, unavailable, leftOut, linearFit, machine, date
  --browser          in an installed Chromium's worker instead of in Node
  --policies         meta-RL instead: a meta-iteration of 2D navigation on each engine with Adam and with TRPO, and the
                     half-cheetah's physics; about a minute
  --cheetah          the half-cheetah instead, with --browser in Chromium: physics alone and against MuJoCo's build,
                     roll-outs in pools of 1, 2, … workers and how they scale, meta-iterations; about 90 seconds
  --threads N        of --cheetah: as many workers at most; as many as there are cores unless told`;

const ROUNDS = 9;
const ROUNDS_OF_FEW_CASES = 15;
const POLICY_SECONDS = 60;
const CHEETAH_SECONDS = 90;

/** Runs the subcommand with the arguments after its name; resolves with the exit code. */
export async function benchCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(argv, {
    case: { type: 'string', multiple: true },
    engine: { type: 'string', multiple: true },
    seconds: { type: 'string' },
    json: { type: 'boolean' },
    browser: { type: 'boolean' },
    policies: { type: 'boolean' },
    cheetah: { type: 'boolean' },
    threads: { type: 'string' },
  });
  if (positionals.length > 0) throw new UsageError(`Unexpected arguments: ${positionals.join(' ')}.`);
  const seconds = wholeNumber('seconds', values.seconds, { min: 1, max: 36_000 });
  if (values.policies === true) {
    if (values.case !== undefined || values.engine !== undefined || values.browser === true) {
      throw new UsageError(
        '--policies: measures all its cases in Node. Leave --case, --engine and --browser out.',
      );
    }
    return policies(seconds ?? POLICY_SECONDS, values.json === true);
  }
  if (values.cheetah === true) {
    if (values.case !== undefined || values.engine !== undefined) {
      throw new UsageError('--cheetah: measures all its cases. Leave --case and --engine out.');
    }
    const most = wholeNumber('threads', values.threads, { min: 1, max: 64 }) ?? availableParallelism();
    const plan = { seconds: seconds ?? CHEETAH_SECONDS, workers: workerCounts(most) };
    return cheetah(plan, { inBrowser: values.browser === true, json: values.json === true });
  }
  if (values.threads !== undefined) {
    throw new UsageError('--threads: goes with --cheetah. Add it, or leave --threads out.');
  }
  const plan = createPlan(values.case, values.engine, seconds);
  const { measurement, browser } = await (values.browser === true ? inChromium(plan) : inNode(plan));
  const rows = toRows(measurement, browser === null ? 'node' : 'chromium');
  const ratios = toRatios(measurement);
  const { unavailable, leftOut } = measurement;
  const machine = describeMachine(measurement, browser);
  if (values.json === true) {
    const linearFit = fitLinear(rows, 'fused-wasm');
    const date = new Date().toISOString();
    const result = { rows, ratios, unavailable, leftOut, linearFit, machine, date };
    process.stdout.write(`${JSON.stringify(result)}\n`);
  } else {
    process.stdout.write(
      `${formatMachine(machine)}\n${formatBench(rows, ratios, { unavailable, leftOut })}\n`,
    );
  }
  return rows.length > 0 ? 0 : 1;
}

async function cheetah(
  plan: CheetahBenchPlan,
  { inBrowser, json }: { readonly inBrowser: boolean; readonly json: boolean },
): Promise<number> {
  const progress = createProgress('bench: half-cheetah', 1);
  const onProgress = (note: string) => progress.update(0, note);
  const { measured, browser } = await (inBrowser
    ? cheetahInChromium(plan, onProgress)
    : cheetahInNode(plan, onProgress));
  progress.end();
  const machine = describeMachine({ adapter: null }, browser);
  const date = new Date().toISOString();
  const text = json ? JSON.stringify({ ...measured, machine, date }) : formatCheetahBench(measured);
  process.stdout.write(json ? `${text}\n` : `${formatMachine(machine)}\n${text}\n`);
  return 0;
}

async function cheetahInNode(plan: CheetahBenchPlan, onProgress: (note: string) => void) {
  const { openPool } = await import('./policy-engines.ts');
  const { racePhysics } = await import('./bench-race.ts');
  const clock = () => performance.now();
  const measured = await measureCheetah(plan, {
    clock,
    openPool: (workers) => openPool('fused-wasm', workers),
    race: racePhysics,
    onProgress,
  });
  return { measured, browser: null };
}

async function cheetahInChromium(plan: CheetahBenchPlan, onProgress: (note: string) => void) {
  const { measureCheetahInChromium } = await import('./bench-browser.ts');
  return measureCheetahInChromium(plan, onProgress);
}

async function policies(seconds: number, json: boolean): Promise<number> {
  const { benchPolicies, formatPolicyBench } = await import('./bench-policy.ts');
  const measured = await benchPolicies(seconds);
  const machine = describeMachine({ adapter: null }, null);
  const date = new Date().toISOString();
  const text = json ? JSON.stringify({ ...measured, machine, date }) : formatPolicyBench(measured);
  process.stdout.write(json ? `${text}\n` : `${formatMachine(machine)}\n${text}\n`);
  return measured.rows.length > 0 ? 0 : 1;
}

function createPlan(
  caseNames: readonly string[] | undefined,
  engineNames: readonly string[] | undefined,
  seconds: number | undefined,
): BenchPlan {
  const cases = selectCases(namesIn(caseNames));
  const engines = selectEngines(namesIn(engineNames));
  const isWhole = caseNames === undefined;
  return {
    cases,
    engines,
    rounds: cases.length > 3 ? ROUNDS : ROUNDS_OF_FEW_CASES,
    budgetMs: 1000 * (seconds ?? (isWhole ? 270 : Math.min(270, 22 + 8 * cases.length))),
    maxStepMs: isWhole ? 2500 : 30_000,
  };
}

function namesIn(values: readonly string[] | undefined): string[] | null {
  if (values === undefined) return null;
  return values.flatMap((value) => value.split(',')).map((name) => name.trim());
}

function selectCases(names: readonly string[] | null): readonly BenchCase[] {
  if (names === null) return BENCH_CASES;
  const chosen = names.map((name) => {
    const found = findBenchCase(name);
    if (found !== undefined) return found;
    const known = BENCH_CASES.map((candidate) => candidate.name).join(', ');
    throw new UsageError(`There is no case “${name}”. Known: ${known}.`);
  });
  return BENCH_CASES.filter((candidate) => chosen.includes(candidate));
}

function selectEngines(names: readonly string[] | null): readonly EngineId[] {
  if (names === null) return ENGINE_IDS;
  const chosen = names.map((name) => {
    const found = ENGINE_IDS.find((id) => id === name);
    if (found !== undefined) return found;
    throw new UsageError(`There is no engine “${name}”. Known: ${ENGINE_IDS.join(', ')}.`);
  });
  return ENGINE_IDS.filter((id) => chosen.includes(id));
}

interface Outcome {
  readonly measurement: BenchMeasurement;
  /** Its name and version; null in Node. */
  readonly browser: string | null;
}

async function inNode(plan: BenchPlan): Promise<Outcome> {
  const progress = createBenchProgress();
  const measurement = await measureCases(plan, {
    openEngine: async (id) => openEngine(id, await nodeResources(id)),
    clock: () => performance.now(),
    onProgress: progress.update,
  });
  progress.end();
  return { measurement, browser: null };
}

async function inChromium(plan: BenchPlan): Promise<Outcome> {
  const { measureInChromium } = await import('./bench-browser.ts');
  const progress = createBenchProgress();
  const outcome = await measureInChromium(plan, progress.update);
  progress.end();
  return outcome;
}

function createBenchProgress() {
  let phase: BenchProgress['phase'] | null = null;
  let line = createProgress('bench', 1);
  return {
    update(progress: BenchProgress): void {
      if (progress.phase !== phase) {
        phase = progress.phase;
        line.end();
        line = createProgress(`bench: ${phase}`, progress.total);
      }
      line.update(progress.done, progress.note);
    },
    end: () => line.end(),
  };
}

function describeMachine({ adapter }: Pick<BenchMeasurement, 'adapter'>, browser: string | null) {
  const cores = cpus();
  const cpu = cores[0]?.model ?? 'unknown processor';
  return { cpu, cores: cores.length, node: process.version, adapter, ...(browser !== null && { browser }) };
}

function formatMachine({ cpu, cores, node, adapter, browser }: ReturnType<typeof describeMachine>): string {
  const gpu = adapter === null ? [] : [`WebGPU on ${adapter}`];
  return [cpu, `${cores} cores`, browser ?? `Node ${node}`, ...gpu].join(', ');
}
