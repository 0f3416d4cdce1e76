// `check CASE.json`: computes a golden case with an engine of this project and prints the result in the shape of the
// case's `expected`; with --compare it judges them. For grading a student's implementation against.
import { readFile } from 'node:fs/promises';
import { BackendUnavailableError } from '../gradients/backend-unavailable-error.ts';
import {
  compareGolden,
  type GoldenCase,
  type GoldenDifference,
  isWithin,
  parseGoldenCase,
  runGoldenCase,
} from '../gradients/golden-case.ts';
import { GoldenCaseError } from '../gradients/golden-json.ts';
import type { EngineId, EngineLimits } from '../gradients/meta-gradient.ts';
import { onlyPositional, parseArguments } from './arguments.ts';
import { ENGINE_HELP, openEngine, orSibling, parseEngine } from './engines.ts';
import { UsageError } from './usage-error.ts';

export const CHECK_HELP = `check <case.json> [options]
  --engine E         composed (default), ${ENGINE_HELP}
  --compare          exit with 1 and name the entry where the engine differs from the case`;

/** Relative to the largest expected entry: what float32 reaches with a margin, and float64. */
const TOLERANCE = 1e-4;
const REFERENCE_TOLERANCE = 1e-9;

/**
 * Runs the command with the arguments after `check`. Returns the exit code: 0 done; 1 --compare found a
 * difference; 2 bad arguments, or a case that cannot be read or is of a kind not supported.
 */
export async function check(args: string[]): Promise<number> {
  try {
    const options = parseOptions(args);
    const golden = await readCase(options.path);
    const engine = await orSibling(await openEngine(options.engine), limitsOf(golden));
    const computed = await runGoldenCase(engine, golden);
    console.log(JSON.stringify(computed));
    if (!options.compare) return 0;
    return report(golden, engine.id, compareGolden(computed, golden.expected));
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

function parseOptions(args: string[]): { path: string; engine: EngineId; compare: boolean } {
  const { values, positionals } = parseArguments(args, {
    engine: { type: 'string' },
    compare: { type: 'boolean' },
  });
  const path = onlyPositional(positionals, 'the path of one case file');
  // Speed does not matter for one case, so unlike train's 'auto' nothing is timed.
  const engine = parseEngine(values.engine ?? 'composed');
  if (engine === 'auto') throw new UsageError('--engine: auto is for training; name one engine to check.');
  return { path, engine, compare: values.compare ?? false };
}

function limitsOf({ request: { shape, innerSteps, tasks } }: GoldenCase): EngineLimits {
  const points = Math.max(tasks.supportSize, tasks.querySize);
  return { shape, innerSteps, taskCount: tasks.taskCount, points };
}

async function readCase(path: string): Promise<GoldenCase> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new GoldenCaseError(`${path}: cannot be read (${error instanceof Error ? error.message : error}).`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new GoldenCaseError(`${path}: not JSON (${error instanceof Error ? error.message : error}).`);
  }
  return parseGoldenCase(json);
}

/** One line per quantity that is off, on stderr; the exit code. */
function report(golden: GoldenCase, engine: EngineId, differences: readonly GoldenDifference[]): number {
  const tolerance = engine === 'reference' ? REFERENCE_TOLERANCE : TOLERANCE;
  const beyond = differences.filter((difference) => !isWithin(difference, tolerance));
  for (const { entry, got, expected, relative } of beyond) {
    console.error(
      `${golden.name}: ${entry} differs: got ${got}, expected ${expected} ` +
        `(${relative.toExponential(1)} of the largest entry, at most ${tolerance}).`,
    );
  }
  if (beyond.length > 0) return 1;
  console.error(`${golden.name}: every entry within ${tolerance} (${engine}).`);
  return 0;
}
