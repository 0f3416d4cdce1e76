// `bench`: meta-iterations per second of every engine and algorithm at the paper's setting. All pairs take turns in
// rounds, so that whatever else the machine does hits all of them; medians over rounds.
import type { AlgorithmId } from '../experiment/experiment.ts';
import { presetById } from '../experiment/presets.ts';
import { ENGINE_IDS, type EngineId, type MetaGradientEngine } from '../gradients/meta-gradient.ts';
import { createStepper } from '../training/timing.ts';
import { parseArguments } from './arguments.ts';
import { openEngine } from './engines.ts';
import { createProgress } from './progress.ts';
import { UsageError } from './usage-error.ts';

export const BENCH_HELP = `bench [--json]
  Meta-iterations per second of each engine × algorithm at the paper's setting (25 tasks, K = 10, 40-40 units,
  1 inner step; Reptile 5), interleaved, medians over rounds.`;

const CASES: readonly AlgorithmId[] = ['maml', 'fomaml', 'reptile', 'rmaml'];
const ROUNDS = 9;
/** Slow pairs take part in fewer rounds, so that a software GPU does not take minutes. */
const FEWER_ROUNDS: readonly { readonly aboveMs: number; readonly rounds: number }[] = [
  { aboveMs: 1000, rounds: 1 },
  { aboveMs: 150, rounds: 3 },
];
const WARM_UP_STEPS = 2;
/** Each pair's turn in a round lasts about this long. */
const TURN_MS = 60;

export interface BenchRow {
  readonly engine: EngineId;
  readonly case: AlgorithmId;
  readonly msPerStep: number;
  readonly stepsPerSecond: number;
}

interface Pair {
  readonly engine: EngineId;
  readonly case: AlgorithmId;
  readonly step: () => Promise<void>;
  readonly stepsPerTurn: number;
  readonly rounds: number;
  readonly times: number[];
}

/** Runs the subcommand with the arguments after its name; resolves with the exit code. */
export async function benchCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(argv, { json: { type: 'boolean' } });
  if (positionals.length > 0) throw new UsageError(`Unexpected arguments: ${positionals.join(' ')}.`);
  const { engines, unavailable } = await openAll();
  const pairs: Pair[] = [];
  for (const engine of engines) {
    for (const algorithm of CASES) pairs.push(await preparePair(engine, algorithm));
  }
  await runRounds(pairs);
  for (const engine of engines) engine.dispose();
  const rows = pairs.map(toRow);
  const result = { rows, ratios: ratiosOf(rows), unavailable };
  process.stdout.write(`${values.json === true ? JSON.stringify(result) : formatBench(rows, unavailable)}\n`);
  return 0;
}

async function openAll() {
  const engines: MetaGradientEngine[] = [];
  const unavailable: { engine: EngineId; reason: string }[] = [];
  for (const id of ENGINE_IDS) {
    try {
      engines.push(await openEngine(id));
    } catch (error) {
      unavailable.push({ engine: id, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { engines, unavailable };
}

async function preparePair(engine: MetaGradientEngine, algorithm: AlgorithmId): Promise<Pair> {
  const paper = presetById('sinusoid-paper')!.experiment;
  const live = presetById('sinusoid-live')!.experiment;
  // RMAML as the live preset has it (adaptive α and buffer); the paper's preset compares other algorithms.
  const { adaptiveAlpha, alphaMode, taskBuffer, strategy } = live;
  const settings = { ...paper, adaptiveAlpha, alphaMode, taskBuffer, strategy };
  const step = createStepper({ ...settings, algorithms: [algorithm] }, engine);
  let ms = await timed(step);
  for (let i = 1; i < WARM_UP_STEPS && ms < FEWER_ROUNDS[0]!.aboveMs; i++) ms = await timed(step);
  return {
    engine: engine.id,
    case: algorithm,
    step,
    stepsPerTurn: Math.max(1, Math.round(TURN_MS / ms)),
    rounds: FEWER_ROUNDS.find(({ aboveMs }) => ms > aboveMs)?.rounds ?? ROUNDS,
    times: [],
  };
}

async function runRounds(pairs: readonly Pair[]): Promise<void> {
  const progress = createProgress('bench', ROUNDS);
  for (let round = 0; round < ROUNDS; round++) {
    for (const pair of pairs) {
      if (round >= pair.rounds) continue;
      const turn = await timed(async () => {
        for (let i = 0; i < pair.stepsPerTurn; i++) await pair.step();
      });
      pair.times.push(turn / pair.stepsPerTurn);
    }
    progress.update(round + 1, '');
  }
  progress.end();
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function toRow({ engine, case: algorithm, times }: Pair): BenchRow {
  const msPerStep = times.toSorted((a, b) => a - b)[times.length >> 1]!;
  return { engine, case: algorithm, msPerStep, stepsPerSecond: 1000 / msPerStep };
}

/** byEngine: time of each case relative to that engine's MAML. byCase: time relative to the fastest engine. */
function ratiosOf(rows: readonly BenchRow[]) {
  const byEngine: Partial<Record<EngineId, Partial<Record<AlgorithmId, number>>>> = {};
  const byCase: Partial<Record<AlgorithmId, Partial<Record<EngineId, number>>>> = {};
  for (const row of rows) {
    const maml = rows.find((other) => other.engine === row.engine && other.case === 'maml')!;
    const sameCase = rows.filter((other) => other.case === row.case);
    const fastest = Math.min(...sameCase.map((other) => other.msPerStep));
    byEngine[row.engine] = { ...byEngine[row.engine], [row.case]: row.msPerStep / maml.msPerStep };
    byCase[row.case] = { ...byCase[row.case], [row.engine]: row.msPerStep / fastest };
  }
  return { byEngine, byCase };
}

function formatBench(
  rows: readonly BenchRow[],
  unavailable: readonly { engine: EngineId; reason: string }[],
): string {
  const { byEngine } = ratiosOf(rows);
  const lines = [
    `${'engine'.padEnd(18)}${'algorithm'.padEnd(12)}${'ms/step'.padStart(10)}${'steps/s'.padStart(10)}  × MAML`,
  ];
  for (const row of rows) {
    const ratio = byEngine[row.engine]?.[row.case]?.toFixed(2) ?? '';
    const figures = row.msPerStep.toFixed(2).padStart(10) + row.stepsPerSecond.toFixed(1).padStart(10);
    lines.push(`${row.engine.padEnd(18)}${row.case.padEnd(12)}${figures}  ${ratio}`);
  }
  for (const { engine, reason } of unavailable) lines.push(`${engine.padEnd(18)}not measured: ${reason}`);
  return lines.join('\n');
}
