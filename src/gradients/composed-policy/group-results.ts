// What a group of tasks on the device contributes to the outer objective. v ← v − ∇²L(θ_j)(α∘v) backwards along the
// path is Jᵀv, u ← u − α∘∇²L(θ_j)u forwards is Ju; policy-objective.ts has the same on arrays. All results belong to
// the caller's tidy.
import { add, square, sub, type Tensor, tidy, tile, zerosLike } from '@tensorflow/tfjs-core';
import { descend, type GroupObjective, type InnerPath, innerPassAt, queryPassAt } from './group-objective.ts';
import {
  type InnerPass,
  innerHessianVector,
  innerLoss,
  logStdOf,
  minus,
  minusProduct,
  netOf,
  type PolicyTensors,
  product,
} from './inner-step.ts';
import { backward, forward, type LinearisedPass, linearise, tangentForward } from './mlp-passes.ts';
import {
  fisherTangent,
  logRatios,
  scoreGradient,
  spreadOf,
  standardised,
  surrogateScore,
} from './policy-heads.ts';
import { sumTasks, weightedRows } from './products.ts';

/** Where a gradient is asked for: the path there and the passes along it, worked out when they are needed. */
interface Place {
  readonly path: InnerPath;
  readonly end: PolicyTensors;
  readonly queryPass: () => LinearisedPass;
  readonly innerPass: (step: number) => InnerPass;
}

/** Sums over the group's tasks, [1, rows, columns] each. */
export interface GroupGradient {
  readonly metaGradient: PolicyTensors;
  /** Per parameter; null unless asked for. */
  readonly alphaGradient: PolicyTensors | null;
  /** −surrogate loss − mean advantage: [1, 1, 1]. */
  readonly excess: Tensor;
}

/** The gradient at θ_old, or at `theta` ([1, rows, columns] each) where that is not null. */
export function groupGradient(
  objective: GroupObjective,
  theta: PolicyTensors | null,
  wantAlphaGradient: boolean,
): GroupGradient {
  const { shared } = objective;
  const { kind } = shared.request;
  const place = theta === null ? oldPlace(objective) : placeOf(objective, theta);
  const { excess, gradient } = surrogateAt(objective, place);
  const steps = place.path.gradients.length;
  let cotangent = gradient;
  let alphaGradient = gradient.map((block): Tensor => zerosLike(block));
  for (let step = steps - 1; step >= 0; step--) {
    if (wantAlphaGradient)
      alphaGradient = minusProduct(alphaGradient, cotangent, place.path.gradients[step]!);
    if (kind === 'second') cotangent = pulledBack(objective, place.innerPass(step), cotangent);
  }
  return {
    metaGradient: (kind === 'reptile' ? travelled(objective, place.path) : cotangent).map(sumTasks),
    alphaGradient: wantAlphaGradient ? alphaGradient.map(sumTasks) : null,
    excess: sumTasks(excess),
  };
}

function oldPlace(objective: GroupObjective): Place {
  const { shared, path, query, support } = objective;
  return {
    path,
    end: query.params,
    queryPass: () => queryPassAt(shared, query),
    innerPass: (step) => innerPassAt(shared, support[step]!),
  };
}

function placeOf(objective: GroupObjective, theta: PolicyTensors): Place {
  const { shared, query } = objective;
  const { activation } = shared.request.shape;
  const { path, passes } = descend(shared, batchesOf(objective), { theta });
  const end = path.params[path.params.length - 1]!;
  return {
    path,
    end,
    queryPass: () => linearise(activation, forward(activation, netOf(end), query.batch.inputs)),
    innerPass: (step) => passes[step]!,
  };
}

function batchesOf({ support }: GroupObjective) {
  return support.map(({ batch }) => batch);
}

/** What the surrogate losses are beyond −mean advantage, negated [G, 1, 1], and their gradients at the path's end. */
function surrogateAt(
  { shared, query: { batch }, old }: GroupObjective,
  { end, queryPass }: Place,
): { readonly excess: Tensor; readonly gradient: Tensor[] } {
  const spread = spreadOf(logStdOf(end), shared.request.shape.minLogStd);
  const pass = queryPass();
  const z = standardised(batch, pass.outputs, spread);
  const score = surrogateScore(batch, z, logRatios(old, pass.outputs, spread), shared.request.ratioClip);
  const head = scoreGradient(score, spread);
  const { gradients } = backward(pass, netOf(end), head.means);
  return { excess: score.excess, gradient: [...gradients, head.logStd] };
}

/** Jᵀ of one step: v − ∇²L(α∘v). */
function pulledBack({ shared }: GroupObjective, pass: InnerPass, v: PolicyTensors): Tensor[] {
  return minus(v, innerHessianVector(shared.request.shape, pass, product(shared.rates, v)));
}

/** θ − θ_k of every task, as the sum of its steps: the difference would lose what the steps are smaller than θ. */
function travelled({ shared: { rates, theta } }: GroupObjective, { gradients }: InnerPath): Tensor[] {
  let total = theta.map((block): Tensor => zerosLike(block));
  for (const gradient of gradients) {
    const step = product(rates, gradient);
    total = total.map((block, at): Tensor => add(block, step[at]!));
  }
  return total;
}

/** JᵀFJ v, summed over the group's tasks. `vector`: [1, rows, columns] each. */
export function groupKlHessianVector(objective: GroupObjective, vector: PolicyTensors): Tensor[] {
  const { shared, curvatureSupport } = objective;
  const { shape, kind } = shared.request;
  const places = kind === 'second' ? curvatureSupport : [];
  let u = vector;
  for (const place of places) {
    u = minusProduct(u, shared.rates, innerHessianVector(shape, innerPassAt(shared, place), u));
  }
  let v = fisherVector(objective, u);
  for (const place of [...places].reverse()) v = pulledBack(objective, innerPassAt(shared, place), v);
  return v.map(sumTasks);
}

/** F v of every task, F the Fisher matrix of its old adapted policy. */
function fisherVector({ shared, curvatureQuery, old }: GroupObjective, vector: PolicyTensors): Tensor[] {
  const { batch } = curvatureQuery;
  const params = netOf(curvatureQuery.params);
  const pass = queryPassAt(shared, curvatureQuery);
  return tidy(() => {
    const tangent = tangentForward(pass, params, netOf(vector));
    const head = fisherTangent(batch, old.spread, { means: tangent.outputs, logStd: logStdOf(vector) });
    const { gradients } = backward(pass, params, head.means);
    return [...gradients, head.logStd];
  });
}

/**
 * For the values at `theta`, per task: mean of (ratio − 1) · advantage [G, 1, 1], mean squared distances of the means and
 * the logStds that act, new and old [G, 1, A]. KL is a function of the last three: no row has a spread of its own.
 */
export function groupValues(objective: GroupObjective, theta: PolicyTensors): Tensor[] {
  const { shared, query, old, group } = objective;
  const { shape, ratioClip } = shared.request;
  const { path } = descend(shared, batchesOf(objective), { theta });
  const end = path.params[path.params.length - 1]!;
  const spread = spreadOf(logStdOf(end), shape.minLogStd);
  const { outputs } = forward(shape.activation, netOf(end), query.batch.inputs);
  const z = standardised(query.batch, outputs, spread);
  const { excess } = surrogateScore(query.batch, z, logRatios(old, outputs, spread), ratioClip);
  const distances = weightedRows(query.batch.weights, square(sub(outputs, old.means)));
  return [excess, distances, perTask(spread.logStd, group.count), perTask(old.spread.logStd, group.count)];
}

/** Inner losses [G, 1, 1] before every step, and after the last one on its own batch; none without steps. */
export function groupInnerLosses({ shared, path, support, query }: GroupObjective): Tensor[] {
  const last = support[support.length - 1];
  if (last === undefined) return [];
  return [...path.losses, innerLoss(shared.request.shape, query.params, last.batch)];
}

/** The adapted parameters at θ_old: [G, rows, columns] each. */
export function groupAdaptedParams({ query, group }: GroupObjective): Tensor[] {
  return query.params.map((block) => perTask(block, group.count));
}

function perTask(tensor: Tensor, count: number): Tensor {
  return tensor.shape[0] === count ? tensor : tile(tensor, [count, 1, 1]);
}
