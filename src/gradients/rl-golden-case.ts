// Golden cases of meta-RL's gradients (rl-maml-*): read, and run on an engine. Comparing is golden-case.ts's, the
// advantages' cases (rl-advantages-*) are algorithms/advantages-case.ts's.
import { ACTIVATIONS } from '../experiment/experiment.ts';
import type { FloatArray } from '../math/arrays.ts';
import { dot, solvePositiveDefinite } from '../math/linear-algebra.ts';
import { policyParameterCount } from '../models/gaussian-policy.ts';
import type { PolicyBatch } from '../tasks/policy-batch.ts';
import {
  GoldenCaseError,
  type JsonObject,
  numberAt,
  numbersAt,
  objectAt,
  oneOf,
  rowsAt,
} from './golden-json.ts';
import type { PolicyGradientEngine, PolicyObjective, PolicyObjectiveRequest } from './policy-gradient.ts';

export interface RlGoldenCase {
  readonly name: string;
  readonly request: PolicyObjectiveRequest;
  readonly damping: number;
  readonly maxKl: number;
  /** Of the KL Hessian product: [P]. */
  readonly vector: Float64Array;
  /** Another θ, at which surrogate and KL are asked for: [P]. */
  readonly otherTheta: Float64Array;
  readonly expected: JsonObject;
}

/** The names and shapes of a case file's `expected`. */
export interface RlGoldenQuantities {
  /** θ_k per task: [M, P], as lists. */
  adapted: number[][];
  /** [M], at θ. */
  innerLosses: number[];
  surrogateLossAtOther: number;
  klAtOther: number;
  metaGradient: number[];
  klHessianVector: number[];
  /** −(H + damping·I)⁻¹ g, solved exactly. */
  trpoDirection: number[];
  /** direction · √(2·maxKl / direction·H·direction) */
  trpoStep: number[];
}

/** A case from the parsed JSON of its file. Throws a GoldenCaseError that names the entry that is missing or wrong. */
export function parseRlGoldenCase(json: unknown): RlGoldenCase {
  const root = objectAt(json, 'the file');
  const settings = objectAt(root.settings, 'settings');
  const sizes = numbersAt(settings.sizes, 'settings.sizes');
  const activation = oneOf(settings.activation, ACTIVATIONS, 'settings.activation');
  const innerSteps = numberAt(settings.innerSteps, 'settings.innerSteps');
  const shape = { sizes, activation };
  const vectorAt = (name: 'theta' | 'vector' | 'otherTheta') => {
    const values = numbersAt(root[name], name);
    const expected = policyParameterCount(shape);
    if (values.length === expected) return Float64Array.from(values);
    throw new GoldenCaseError(
      `${name}: got ${values.length} values, expected ${expected} for widths ${sizes.join('-')} and logStd.`,
    );
  };
  const support = parseTimesteps(root.tasks, 'support', sizes);
  const request: PolicyObjectiveRequest = {
    shape,
    metaParams: vectorAt('theta'),
    alpha: { mode: 'scalar', values: Float64Array.from(numbersAt(settings.alpha, 'settings.alpha')) },
    kind: 'second',
    support: Array.from({ length: innerSteps }, () => support),
    query: parseTimesteps(root.tasks, 'query', sizes),
  };
  return {
    name: typeof root.name === 'string' ? root.name : 'unnamed case',
    request,
    damping: numberAt(settings.damping, 'settings.damping'),
    maxKl: numberAt(settings.maxKl, 'settings.maxKl'),
    vector: vectorAt('vector'),
    otherTheta: vectorAt('otherTheta'),
    expected: root.expected === undefined ? {} : objectAt(root.expected, 'expected'),
  };
}

function parseTimesteps(value: unknown, part: 'support' | 'query', sizes: readonly number[]): PolicyBatch {
  if (!Array.isArray(value) || value.length === 0) {
    throw new GoldenCaseError(`tasks: got ${JSON.stringify(value)}, expected a list of at least one task.`);
  }
  const observationSize = sizes[0] ?? 0;
  const actionSize = sizes[sizes.length - 1] ?? 0;
  const tasks = value.map((entry, at) => {
    const where = `tasks[${at}].${part}`;
    const set = objectAt(objectAt(entry, `tasks[${at}]`)[part], where);
    const advantages = numbersAt(set.adv, `${where}.adv`);
    const observations = rowsAt(set.s, observationSize, `${where}.s`);
    const actions = rowsAt(set.a, actionSize, `${where}.a`);
    for (const [name, rows] of [['s', observations] as const, ['a', actions] as const]) {
      if (rows.length === advantages.length) continue;
      throw new GoldenCaseError(
        `${where}.${name}: got ${rows.length} rows, expected ${advantages.length} as in adv.`,
      );
    }
    return { advantages, observations, actions };
  });
  const offsets = new Int32Array(tasks.length + 1);
  tasks.forEach((task, at) => {
    offsets[at + 1] = offsets[at]! + task.advantages.length;
  });
  return {
    taskCount: tasks.length,
    observationSize,
    actionSize,
    offsets,
    observations: Float64Array.from(tasks.flatMap((task) => task.observations.flat())),
    actions: Float64Array.from(tasks.flatMap((task) => task.actions.flat())),
    advantages: Float64Array.from(tasks.flatMap((task) => task.advantages)),
  };
}

/** The case's quantities as `engine` computes them. */
export async function runRlGoldenCase(
  engine: PolicyGradientEngine,
  golden: RlGoldenCase,
): Promise<RlGoldenQuantities> {
  const objective = await engine.open(golden.request);
  const size = objective.parameterCount;
  const adapted = await objective.adaptedParams();
  const innerLosses = await objective.innerLosses();
  const { metaGradient } = await objective.gradient();
  const other = await objective.evaluate(golden.otherTheta);
  const direction = await exactDirection(objective, metaGradient, golden.damping);
  const curvature = dot(direction, await objective.klHessianVector(direction));
  const klHessianVector = await objective.klHessianVector(golden.vector);
  objective.release();
  const taskCount = adapted.length / size;
  return {
    adapted: Array.from({ length: taskCount }, (_, task) =>
      Array.from(adapted.subarray(task * size, (task + 1) * size)),
    ),
    innerLosses: Array.from(innerLosses.subarray(0, taskCount)),
    surrogateLossAtOther: other.surrogateLoss,
    klAtOther: other.kl,
    metaGradient: Array.from(metaGradient),
    klHessianVector: Array.from(klHessianVector),
    trpoDirection: Array.from(direction),
    trpoStep: Array.from(direction, (value) => value * Math.sqrt((2 * golden.maxKl) / curvature)),
  };
}

/** −(H + damping·I)⁻¹ g by P products and Cholesky: cases are small, and conjugate gradients would stop early. */
async function exactDirection(
  objective: PolicyObjective,
  gradient: FloatArray,
  damping: number,
): Promise<Float64Array> {
  const size = gradient.length;
  const matrix = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    const unit = new Float64Array(size);
    unit[column] = 1;
    const image = await objective.klHessianVector(unit);
    for (let row = 0; row < size; row++) matrix[row * size + column] = image[row]!;
    matrix[column * size + column]! += damping;
  }
  return solvePositiveDefinite(
    matrix,
    Float64Array.from(gradient, (value) => -value),
  );
}
