// `check CASE.json`: computes a golden case with an engine of this project and prints the result in the shape of the
// case's `expected`; with --compare it judges them. For grading a student's implementation against.
import { readFile } from 'node:fs/promises';
import { parseAdvantagesCase, runAdvantagesCase } from '../algorithms/advantages-case.ts';
import { BackendUnavailableError } from '../gradients/backend-unavailable-error.ts';
import {
  compareGolden,
  type GoldenCase,
  type GoldenDifference,
  isWithin,
  parseGoldenCase,
  runGoldenCase,
} from '../gradients/golden-case.ts';
import { GoldenCaseError, objectAt } from '../gradients/golden-json.ts';
import type { EngineId, EngineLimits } from '../gradients/meta-gradient.ts';
import { createReferencePolicyEngine } from '../gradients/reference-policy/reference-policy-engine.ts';
import { parseRlGoldenCase, runRlGoldenCase } from '../gradients/rl-golden-case.ts';
import { onlyPositional, parseArguments } from './arguments.ts';
import { ENGINE_HELP, openEngine, orSibling, parseEngine } from './engines.ts';
import { UsageError } from './usage-error.ts';

export const CHECK_HELP = `check <case.json> [options]
  --engine E         composed (default), ${ENGINE_HELP};
                     rl-* cases are computed by the reference engine
  --compare          exit with 1 and name the entry where the engine differs from the case`;

/** 'composed' on the command line. */
const DEFAULT_ENGINE: EngineId = 'composed-wasm';
/** Relative to the largest expected entry: what float32 reaches with a margin, and float64. */
const TOLERANCE = 1e-4;
const REFERENCE_TOLERANCE = 1e-9;

/** rl-maml-* cases: their gradients are good to 4e-8 themselves, the TRPO directions made of them to 2e-7. */
const RL_REFERENCE_TOLERANCE = 1e-6;

/**
 * Runs the command with the arguments after `check`. Returns the exit code: 0 done; 1 --compare found a
 * difference; 2 bad arguments, or a case that cannot be read or is of a kind not supported.
 */
export async function check(args: string[]): Promise<number> {
  try {
    const options = parseOptions(args);
    const json = await readJson(options.path);
    const computed = await compute(json, options.engine);
    console.log(JSON.stringify(computed.quantities));
    if (!options.compare) return 0;
    return report(computed);
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`check: ${error.message}\nUsage: ${CHECK_HELP}`);
      return 2;
    }
    if (error instanceof GoldenCaseError || error instanceof BackendUnavailableError) {
      console.error(`check: ${error.message}`);
      return 2;
    }
    throw error;
  }
}

function parseOptions(args: string[]): { path: string; engine: EngineId | undefined; compare: boolean } {
  const { values, positionals } = parseArguments(args, {
    engine: { type: 'string' },
    compare: { type: 'boolean' },
  });
  const path = onlyPositional(positionals, 'the path of one case file');
  // Speed does not matter for one case, so unlike train's 'auto' nothing is timed.
  const engine = values.engine === undefined ? undefined : parseEngine(values.engine);
  if (engine === 'auto') throw new UsageError('--engine: auto is for training; name one engine to check.');
  return { path, engine, compare: values.compare ?? false };
}

/** A case after an engine has computed it. */
interface Computed {
  readonly name: string;
  readonly engine: string;
  readonly tolerance: number;
  readonly quantities: object;
  /** Throws where `expected` cannot be judged against. */
  differences(): GoldenDifference[];
}

/** By the case's name: rl-maml-*, rl-advantages-*, or a supervised case. */
async function compute(json: unknown, engine: EngineId | undefined): Promise<Computed> {
  const { name } = objectAt(json, 'the file');
  const kind = typeof name === 'string' ? name : '';
  if (kind.startsWith('rl-maml')) return computeRl(json, engine);
  if (kind.startsWith('rl-advantages')) return computeAdvantages(json, engine);
  const golden = parseGoldenCase(json);
  const opened = await orSibling(await openEngine(engine ?? DEFAULT_ENGINE), limitsOf(golden));
  const quantities = await runGoldenCase(opened, golden);
  return {
    name: golden.name,
    engine: opened.id,
    tolerance: opened.id === 'reference' ? REFERENCE_TOLERANCE : TOLERANCE,
    quantities,
    differences: () => compareGolden(quantities, golden.expected),
  };
}

async function computeRl(json: unknown, engine: EngineId | undefined): Promise<Computed> {
  assertReference(engine, 'rl-maml-*');
  const golden = parseRlGoldenCase(json);
  const opened = createReferencePolicyEngine();
  const quantities = await runRlGoldenCase(opened, golden);
  return {
    name: golden.name,
    engine: opened.id,
    tolerance: RL_REFERENCE_TOLERANCE,
    quantities,
    differences: () => compareGolden(quantities, golden.expected),
  };
}

function computeAdvantages(json: unknown, engine: EngineId | undefined): Computed {
  assertReference(engine, 'rl-advantages-*');
  const golden = parseAdvantagesCase(json);
  const quantities = runAdvantagesCase(golden);
  return {
    name: golden.name,
    engine: 'reference',
    tolerance: REFERENCE_TOLERANCE,
    quantities,
    differences: () => compareGolden(quantities, golden.expected),
  };
}

function assertReference(engine: EngineId | undefined, kind: string): void {
  if (engine === undefined || engine === 'reference') return;
  throw new GoldenCaseError(
    `--engine ${engine}: ${kind} cases are computed by the reference engine alone. Leave the option out.`,
  );
}

function limitsOf({ request: { shape, innerSteps, tasks } }: GoldenCase): EngineLimits {
  const points = Math.max(tasks.supportSize, tasks.querySize);
  return { shape, innerSteps, taskCount: tasks.taskCount, points };
}

async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new GoldenCaseError(`${path}: cannot be read (${error instanceof Error ? error.message : error}).`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new GoldenCaseError(`${path}: not JSON (${error instanceof Error ? error.message : error}).`);
  }
}

/** One line per quantity that is off, on stderr; the exit code. */
function report({ name, engine, tolerance, differences }: Computed): number {
  const beyond = differences().filter((difference) => !isWithin(difference, tolerance));
  for (const { entry, got, expected, relative } of beyond) {
    console.error(
      `${name}: ${entry} differs: got ${got}, expected ${expected} ` +
        `(${relative.toExponential(1)} of the largest entry, at most ${tolerance}).`,
    );
  }
  if (beyond.length > 0) return 1;
  console.error(`${name}: every entry within ${tolerance} (${engine}).`);
  return 0;
}
