// `check CASE.json`: computes a golden case with an engine of this project and prints the result in the shape of the
// case's `expected`; with --compare it judges them. For grading a student's implementation against.
import { readFile } from 'node:fs/promises';
import { parseAdvantagesCase, runAdvantagesCase } from '../algorithms/advantages-case.ts';
import { BackendUnavailableError } from '../gradients/backend-unavailable-error.ts';
import {
  createPolicyEngine,
  POLICY_ENGINE_IDS,
  type PolicyEngineId,
} from '../gradients/create-policy-engine.ts';
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
import { parseRlGoldenCase, runRlGoldenCase } from '../gradients/rl-golden-case.ts';
import { runCheetahCase } from '../tasks/locomotion/cheetah-case.ts';
import { onlyPositional, parseArguments } from './arguments.ts';
import {
  CHEETAH_TOLERANCE,
  cheetahDifferences,
  JUDGED_STATES,
  parseCheetahCase,
  ROLLOUT_TOLERANCE,
} from './check-cheetah.ts';
import { ENGINE_HELP, openEngine, orSibling, parseEngine } from './engines.ts';
import { nodeResources } from './node-backends.ts';
import { UsageError } from './usage-error.ts';

const RL_ENGINES = POLICY_ENGINE_IDS.filter((id) => id !== 'reference').join(', ');

export const CHECK_HELP = `check <case.json> [options]
  <case.json>        a supervised case, rl-maml-*, rl-advantages-* or cheetah-steps
  --engine E         composed (default), ${ENGINE_HELP};
                     for rl-* cases reference (default), ${RL_ENGINES}
  --compare          exit with 1 and name the entry where the engine differs from the case`;

/** 'composed' on the command line. */
const DEFAULT_ENGINE: EngineId = 'composed-wasm';
/** Relative to the largest expected entry: what float32 reaches with a margin, and float64. */
const TOLERANCE = 1e-4;
const REFERENCE_TOLERANCE = 1e-9;

/** rl-maml-* cases: their gradients are good to 4e-8 themselves, the TRPO directions made of them to 2e-7. */
const RL_REFERENCE_TOLERANCE = 1e-6;
/** In float32 curvature products, and steps that are made of many, have more to add up than gradients. */
const CURVATURE_TOLERANCE = 2e-3;
const CURVATURE_ENTRY = /^(klHessianVector|trpoDirection|trpoStep)\b/;

/**
 * Runs the command with the arguments after `check`. Returns the exit code: 0 done; 1 --compare found a
 * difference; 2 bad arguments, or a case that cannot be read or is of a kind not supported.
 */
export async function check(args: string[]): Promise<number> {
  try {
    const options = parseOptions(args);
    const json = await readJson(options.path);
    if (nameOf(json).startsWith('cheetah')) return checkCheetah(json, options);
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

interface Options {
  readonly path: string;
  readonly engine: EngineId | undefined;
  readonly compare: boolean;
}

/** The case's name; empty where it has none. */
function nameOf(json: unknown): string {
  const { name } = objectAt(json, 'the file');
  return typeof name === 'string' ? name : '';
}

function parseOptions(args: string[]): Options {
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
  /** For entries that are products with KL's Hessian or made of them, where it is another. */
  readonly curvatureTolerance?: number;
  readonly quantities: object;
  /** Throws where `expected` cannot be judged against. */
  differences(): GoldenDifference[];
}

/** The physics has one engine, and is judged in absolute numbers. */
function checkCheetah(json: unknown, { engine, compare }: Options): number {
  if (engine !== undefined) {
    throw new GoldenCaseError(`--engine ${engine}: the physics has one engine only. Leave the option out.`);
  }
  const golden = parseCheetahCase(json);
  const computed = runCheetahCase(golden);
  console.log(JSON.stringify(computed));
  if (!compare) return 0;
  const beyond = cheetahDifferences(golden, computed);
  for (const { entry, got, expected, limit } of beyond) {
    console.error(
      `cheetah-steps: ${entry} differs: got ${got}, expected ${expected} (at most ${limit} apart).`,
    );
  }
  if (beyond.length > 0) return 1;
  console.error(
    `cheetah-steps: every entry of single steps within ${CHEETAH_TOLERANCE}, ` +
      `of the first ${JUDGED_STATES} states of the roll-out within ${ROLLOUT_TOLERANCE}.`,
  );
  return 0;
}

/** By the case's name: rl-maml-*, rl-advantages-*, or a supervised case. */
async function compute(json: unknown, engine: EngineId | undefined): Promise<Computed> {
  const kind = nameOf(json);
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
  const id = policyEngineId(engine);
  const golden = parseRlGoldenCase(json);
  const opened = await createPolicyEngine(id, await nodeResources(id));
  const quantities = await runRlGoldenCase(opened, golden);
  opened.dispose();
  const isReference = id === 'reference';
  return {
    name: golden.name,
    engine: opened.id,
    tolerance: isReference ? RL_REFERENCE_TOLERANCE : TOLERANCE,
    ...(!isReference && { curvatureTolerance: CURVATURE_TOLERANCE }),
    quantities,
    differences: () => compareGolden(quantities, golden.expected),
  };
}

/** Advantages are worked out in float64 whichever engine is handed them; any that works with policies may be named. */
function computeAdvantages(json: unknown, engine: EngineId | undefined): Computed {
  policyEngineId(engine);
  const golden = parseAdvantagesCase(json);
  const quantities = runAdvantagesCase(golden);
  return {
    name: golden.name,
    engine: 'float64, the same beside every engine',
    tolerance: REFERENCE_TOLERANCE,
    quantities,
    differences: () => compareGolden(quantities, golden.expected),
  };
}

function policyEngineId(engine: EngineId = 'reference'): PolicyEngineId {
  const id = POLICY_ENGINE_IDS.find((candidate) => candidate === engine);
  if (id !== undefined) return id;
  throw new GoldenCaseError(
    `--engine ${engine}: rl-* cases need an engine that works with policies. Name ${POLICY_ENGINE_IDS.join(', ')}.`,
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
function report({ name, engine, tolerance, curvatureTolerance, differences }: Computed): number {
  const limitOf = (entry: string) =>
    CURVATURE_ENTRY.test(entry) ? (curvatureTolerance ?? tolerance) : tolerance;
  const beyond = differences().filter((difference) => !isWithin(difference, limitOf(difference.entry)));
  for (const { entry, got, expected, relative } of beyond) {
    console.error(
      `${name}: ${entry} differs: got ${got}, expected ${expected} ` +
        `(${relative.toExponential(1)} of the largest entry, at most ${limitOf(entry)}).`,
    );
  }
  if (beyond.length > 0) return 1;
  const curvature = curvatureTolerance === undefined ? '' : `, curvature within ${curvatureTolerance}`;
  console.error(`${name}: every entry within ${tolerance}${curvature} (${engine}).`);
  return 0;
}
