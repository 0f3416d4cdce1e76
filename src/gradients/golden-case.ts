// Golden cases: one meta-iteration with its settings, θ, tasks and the result of an independent float64 program.
// Here they are read, run on an engine and compared. Reading the file itself is the caller's business.
import { ACTIVATIONS, type Activation, ALPHA_MODES, type AlphaMode } from '../experiment/experiment.ts';
import type { FloatArray } from '../math/arrays.ts';
import { assertRequest } from './assert-request.ts';
import {
  GoldenCaseError,
  type JsonObject,
  numberAt,
  numbersAt,
  objectAt,
  oneOf,
  parseTasks,
} from './golden-json.ts';
import type { MetaGradientEngine, MetaGradientKind, MetaGradientRequest } from './meta-gradient.ts';

const KINDS: Readonly<Record<string, MetaGradientKind>> = {
  maml: 'second',
  rmaml: 'second',
  fomaml: 'first',
  reptile: 'reptile',
};

/** What a case asks for; the names and shapes of a case file's `expected`. */
export interface GoldenQuantities {
  /** Mean query loss at the adapted parameters. */
  metaLoss: number;
  /** [M] */
  queryLosses: number[];
  /** [P] */
  metaGradient: number[];
  /** θ − metaLearningRate · metaGradient [P] */
  thetaNext: number[];
  /** RMAML only, in the layout of α. */
  alphaGradient?: number[];
  /** RMAML only: α − metaLearningRate · alphaGradient, unclamped. */
  alphaNext?: number[];
}

export interface GoldenCase {
  readonly name: string;
  readonly request: MetaGradientRequest;
  readonly metaLearningRate: number;
  /** As the file has it; entries are checked when they are compared. */
  readonly expected: JsonObject;
}

/**
 * A case from the parsed JSON of its file. Throws a GoldenCaseError that names the entry that is missing or wrong,
 * also for kinds of case that are read elsewhere (rl-golden-case.ts; cheetah-* by the command line).
 */
export function parseGoldenCase(json: unknown): GoldenCase {
  const root = objectAt(json, 'the file');
  const name = typeof root.name === 'string' ? root.name : 'unnamed case';
  if (/^(rl-|cheetah)/.test(name)) {
    throw new GoldenCaseError(
      `Case '${name}' is not a supervised one (maml-*, fomaml-*, reptile-*, rmaml-*). This version checks ` +
        'supervised cases, rl-maml-*, rl-advantages-* and cheetah-steps; give the case one of those names.',
    );
  }
  const settings = objectAt(root.settings, 'settings');
  const algorithm = oneOf(settings.algorithm, Object.keys(KINDS), 'settings.algorithm');
  const sizes = numbersAt(settings.sizes, 'settings.sizes');
  const alphaMode: AlphaMode = oneOf(settings.alphaMode, ALPHA_MODES, 'settings.alphaMode');
  const activation: Activation = oneOf(settings.activation, ACTIVATIONS, 'settings.activation');
  const request: MetaGradientRequest = {
    shape: { sizes, activation },
    metaParams: Float64Array.from(numbersAt(root.theta, 'theta')),
    alpha: { mode: alphaMode, values: Float64Array.from(numbersAt(settings.alpha, 'settings.alpha')) },
    innerSteps: numberAt(settings.innerSteps, 'settings.innerSteps'),
    tasks: parseTasks(root.tasks, { inputSize: sizes[0] ?? 0, outputSize: sizes[sizes.length - 1] ?? 0 }),
    kind: KINDS[algorithm]!,
    wantAlphaGradient: algorithm === 'rmaml',
  };
  try {
    assertRequest(request);
  } catch (error) {
    throw new GoldenCaseError(error instanceof Error ? error.message : String(error));
  }
  return {
    name,
    request,
    metaLearningRate: numberAt(settings.metaLearningRate, 'settings.metaLearningRate'),
    expected: root.expected === undefined ? {} : objectAt(root.expected, 'expected'),
  };
}

/** The case's quantities as `engine` computes them. */
export async function runGoldenCase(
  engine: MetaGradientEngine,
  golden: GoldenCase,
): Promise<GoldenQuantities> {
  const { request, metaLearningRate } = golden;
  const result = await engine.metaGradient(request);
  const stepped = (from: FloatArray, gradient: FloatArray) =>
    Array.from(from, (value, at) => value - metaLearningRate * gradient[at]!);
  const queryLosses = Array.from(result.queryLosses);
  return {
    metaLoss: queryLosses.reduce((sum, loss) => sum + loss, 0) / queryLosses.length,
    queryLosses,
    metaGradient: Array.from(result.metaGradient),
    thetaNext: stepped(request.metaParams, result.metaGradient),
    ...(result.alphaGradient && {
      alphaGradient: Array.from(result.alphaGradient),
      alphaNext: stepped(request.alpha.values, result.alphaGradient),
    }),
  };
}

/** A number, a list, or a list of rows of the same length. */
export type Quantity = number | readonly number[] | readonly (readonly number[])[];

/** Where one quantity differs most, relative to the largest entry of the expected one. */
export interface GoldenDifference {
  /** Such as "metaGradient[17]". */
  readonly entry: string;
  readonly got: number;
  readonly expected: number;
  /** |got − expected| ÷ largest |expected| of the quantity; NaN when a number is not finite. */
  readonly relative: number;
}

/**
 * The worst entry of every quantity in `expected`. Throws a GoldenCaseError when `expected` is empty, has a
 * quantity that the case does not define, or one of another length.
 */
export function compareGolden<Quantities extends { [Name in keyof Quantities]: Quantity | undefined }>(
  computed: Quantities,
  expected: JsonObject,
): GoldenDifference[] {
  const names = Object.keys(expected);
  if (names.length === 0) {
    throw new GoldenCaseError('expected: nothing to compare with; the file needs an object of quantities.');
  }
  const known = new Map(Object.entries<Quantity | undefined>(computed));
  return names.map((name) => {
    const got = known.get(name);
    if (got === undefined) {
      throw new GoldenCaseError(
        `expected.${name}: not a quantity of this case, expected one of ${[...known.keys()].join(', ')}.`,
      );
    }
    const wanted = expected[name];
    const where = `expected.${name}`;
    if (typeof got === 'number') return worstEntry(name, [got], [numberAt(wanted, where)]);
    if (got.every((entry) => typeof entry === 'number')) {
      return worstEntry(name, got, numbersAt(wanted, where));
    }
    return worstRowEntry(name, got, wanted);
  });
}

/** worstEntry for a list of rows of the same length. */
function worstRowEntry(
  name: string,
  got: readonly (number | readonly number[])[],
  wanted: unknown,
): GoldenDifference {
  const rows = got.map((row) => (typeof row === 'number' ? [row] : [...row]));
  const width = rows[0]!.length;
  if (!Array.isArray(wanted) || wanted.length !== rows.length) {
    throw new GoldenCaseError(`expected.${name}: not ${rows.length} rows, as these settings give.`);
  }
  const expected = wanted.flatMap((row: unknown, at) => numbersAt(row, `expected.${name}[${at}]`));
  const worst = worstEntry(name, rows.flat(), expected);
  const flat = Number(/\[(\d+)\]$/.exec(worst.entry)?.[1] ?? 0);
  return { ...worst, entry: `${name}[${Math.floor(flat / width)}][${flat % width}]` };
}

function worstEntry(name: string, got: readonly number[], expected: readonly number[]): GoldenDifference {
  if (got.length !== expected.length) {
    throw new GoldenCaseError(
      `expected.${name}: got ${expected.length} values in the file, expected ${got.length} for these settings.`,
    );
  }
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let worst = 0;
  let relative = 0;
  for (let at = 0; at < got.length; at++) {
    const difference = Math.abs(got[at]! - expected[at]!);
    const share = difference === 0 ? 0 : difference / largest;
    // A NaN is worse than any number and must not lose every comparison.
    if (Number.isNaN(share) || share > relative) {
      worst = at;
      relative = share;
      if (Number.isNaN(share)) break;
    }
  }
  const entry = got.length === 1 ? name : `${name}[${worst}]`;
  return { entry, got: got[worst]!, expected: expected[worst]!, relative };
}

/** Whether a difference is small enough; NaN never is. */
export function isWithin(difference: GoldenDifference, tolerance: number): boolean {
  return difference.relative <= tolerance;
}
