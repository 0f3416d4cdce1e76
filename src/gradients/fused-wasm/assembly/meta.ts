// Whole requests: the inner loop of every task, the query gradient and the way back along the path
// v ← v − ∇²L(θ_j)(α∘v) (MAML), or its first-order and Reptile shortcuts. Sums over tasks, in task order.
import {
  JOB_ADAPTED,
  JOB_ALPHA,
  JOB_ALPHA_TOTAL,
  JOB_COTANGENT,
  JOB_GRADIENT_STRIDE,
  JOB_GRADIENTS,
  JOB_KIND,
  JOB_PASS_STRIDE,
  JOB_PASSES,
  JOB_PATH,
  JOB_QUERY_LOSSES,
  JOB_QUERY_PASS,
  JOB_QUERY_X,
  JOB_QUERY_X_STRIDE,
  JOB_QUERY_Y,
  JOB_QUERY_Y_STRIDE,
  JOB_SCALED,
  JOB_SETS,
  JOB_STEPS,
  JOB_SUPPORT_LOSSES,
  JOB_SUPPORT_X,
  JOB_SUPPORT_X_STRIDE,
  JOB_SUPPORT_Y,
  JOB_SUPPORT_Y_STRIDE,
  JOB_TASKS,
  JOB_TOTAL,
  LEVEL_STRIDE,
  LEVEL_VALUES,
  NET_LAYERS,
  NET_PARAM_BYTES,
  PASS_POINTS,
  REPTILE,
  SECOND,
} from './fields';
import { squaredError, squaredErrorGradient, squaredErrorTangent } from './head';
import { hasHinges } from './hinges';
import { backward, forward } from './pass';
import { field, levelOf } from './records';
import { sortPoints } from './sort-points';
import { tangentBackward, tangentForward } from './tangent';
import {
  addProduct,
  addTo,
  descend,
  scaleNegative,
  squaredNorm,
  subtractProduct,
  unpackParams,
} from './vectors';

/**
 * The sums over tasks of the meta-gradient and, when asked for, of ∂Q/∂α per parameter go to the job's totals, which
 * must be 0; losses per task to theirs. Returns the sum of ‖∇L(θ)‖. θ is expected at the start of the path.
 */
export function metaGradient(net: usize, job: usize, paramCount: usize): f64 {
  const tasks = field(job, JOB_TASKS);
  const steps = field(job, JOB_STEPS);
  const bytes = field(net, NET_PARAM_BYTES);
  const kind = field(job, JOB_KIND);
  const adapted = field(job, JOB_ADAPTED);
  const end = field(job, JOB_PATH) + steps * bytes;
  let norms: f64 = 0;
  sortJob(net, job);
  for (let task: usize = 0; task < tasks; task++) {
    const at = task << 2;
    if (steps === 0) store<f32>(field(job, JOB_SUPPORT_LOSSES) + at, supportLoss(net, job, task, 0));
    for (let step: usize = 0; step < steps; step++) {
      const loss = innerStep(net, job, task, step);
      if (kind === REPTILE) addReptileStep(net, job, step);
      if (step > 0) continue;
      store<f32>(field(job, JOB_SUPPORT_LOSSES) + at, loss);
      norms += Math.sqrt(<f64>squaredNorm(field(job, JOB_GRADIENTS), bytes));
    }
    if (adapted !== 0) unpackParams(net, end, adapted + ((task * paramCount) << 2));
    store<f32>(field(job, JOB_QUERY_LOSSES) + at, queryGradient(net, job, task, end));
    addTask(net, job);
  }
  return norms;
}

/** [k + 1, M] support and query losses along the path, as gradients/meta-gradient.ts defines them for adapt. */
export function adapt(net: usize, job: usize, paramCount: usize): void {
  const tasks = field(job, JOB_TASKS);
  const steps = field(job, JOB_STEPS);
  const bytes = field(net, NET_PARAM_BYTES);
  const adapted = field(job, JOB_ADAPTED);
  const path = field(job, JOB_PATH);
  sortJob(net, job);
  for (let task: usize = 0; task < tasks; task++) {
    for (let step: usize = 0; step <= steps; step++) {
      const at = (step * tasks + task) << 2;
      const loss = step < steps ? innerStep(net, job, task, step) : supportLoss(net, job, task, steps);
      store<f32>(field(job, JOB_SUPPORT_LOSSES) + at, loss);
      store<f32>(field(job, JOB_QUERY_LOSSES) + at, queryLoss(net, job, task, path + step * bytes));
    }
    if (adapted !== 0) unpackParams(net, path + steps * bytes, adapted + ((task * paramCount) << 2));
  }
}

/** Puts the points of all sets in order where the passes want them so. */
function sortJob(net: usize, job: usize): void {
  const tasks = field(job, JOB_TASKS);
  const x = field(job, JOB_SUPPORT_X);
  const y = field(job, JOB_SUPPORT_Y);
  sortSets(net, field(job, JOB_PASSES), field(job, JOB_SETS) * tasks, x, y);
  sortSets(net, field(job, JOB_QUERY_PASS), tasks, field(job, JOB_QUERY_X), field(job, JOB_QUERY_Y));
}

function sortSets(net: usize, pass: usize, sets: usize, x: usize, y: usize): void {
  if (!hasHinges(pass)) return;
  const points = field(pass, PASS_POINTS);
  const outBytes = field(outputOf(net, pass), LEVEL_STRIDE);
  for (let set: usize = 0; set < sets; set++) {
    sortPoints(x, y, points, outBytes);
    x += points << 2;
    y += points * outBytes;
  }
}

function outputOf(net: usize, pass: usize): usize {
  return levelOf(pass, field(net, NET_LAYERS));
}

/** Which of the S × M support sets inner step `step` of a task sees. */
function supportSet(job: usize, task: usize, step: usize): usize {
  return (step % field(job, JOB_SETS)) * field(job, JOB_TASKS) + task;
}

/** θ_{step+1} = θ_step − α∘∇L(θ_step); returns L(θ_step). */
function innerStep(net: usize, job: usize, task: usize, step: usize): f32 {
  const bytes = field(net, NET_PARAM_BYTES);
  const pass = field(job, JOB_PASSES) + step * field(job, JOB_PASS_STRIDE);
  const params = field(job, JOB_PATH) + step * bytes;
  const gradient = field(job, JOB_GRADIENTS) + step * field(job, JOB_GRADIENT_STRIDE);
  const loss = lossGradient(
    net,
    pass,
    params,
    supportX(job, task, step),
    supportY(job, task, step),
    gradient,
  );
  descend(params, field(job, JOB_ALPHA), gradient, params + bytes, bytes);
  return loss;
}

function supportX(job: usize, task: usize, step: usize): usize {
  return field(job, JOB_SUPPORT_X) + supportSet(job, task, step) * field(job, JOB_SUPPORT_X_STRIDE);
}

function supportY(job: usize, task: usize, step: usize): usize {
  return field(job, JOB_SUPPORT_Y) + supportSet(job, task, step) * field(job, JOB_SUPPORT_Y_STRIDE);
}

/** The loss at points x [N, in], y [N, out] and its gradient, N being the pass's. */
export function lossGradient(
  net: usize,
  pass: usize,
  params: usize,
  x: usize,
  y: usize,
  gradient: usize,
): f32 {
  store<u32>(levelOf(pass, 0), <u32>x, LEVEL_VALUES);
  forward(net, pass, params);
  const loss = squaredErrorGradient(pass, outputOf(net, pass), y);
  backward(net, pass, params, gradient);
  return loss;
}

/** The loss alone. */
export function lossOnly(net: usize, pass: usize, params: usize, x: usize, y: usize): f32 {
  store<u32>(levelOf(pass, 0), <u32>x, LEVEL_VALUES);
  forward(net, pass, params);
  return squaredError(pass, outputOf(net, pass), y);
}

/** Adds ∇²L(θ) v to `product`, at the points and parameters of the pass's last lossGradient. */
export function addHessianVectorProduct(
  net: usize,
  pass: usize,
  params: usize,
  v: usize,
  product: usize,
): void {
  tangentForward(net, pass, params, v);
  squaredErrorTangent(pass, outputOf(net, pass));
  tangentBackward(net, pass, params, v, product);
}

/** The support loss at θ_steps, on the set of the last inner step. */
function supportLoss(net: usize, job: usize, task: usize, steps: usize): f32 {
  const step: usize = steps === 0 ? 0 : steps - 1;
  const pass = field(job, JOB_PASSES) + step * field(job, JOB_PASS_STRIDE);
  const params = field(job, JOB_PATH) + steps * field(net, NET_PARAM_BYTES);
  return lossOnly(net, pass, params, supportX(job, task, step), supportY(job, task, step));
}

function queryLoss(net: usize, job: usize, task: usize, params: usize): f32 {
  const x = field(job, JOB_QUERY_X) + task * field(job, JOB_QUERY_X_STRIDE);
  const y = field(job, JOB_QUERY_Y) + task * field(job, JOB_QUERY_Y_STRIDE);
  return lossOnly(net, field(job, JOB_QUERY_PASS), params, x, y);
}

/** v = ∇Q(θ_k); returns Q(θ_k). Reptile without ∂/∂α needs the loss only. */
function queryGradient(net: usize, job: usize, task: usize, params: usize): f32 {
  if (field(job, JOB_KIND) === REPTILE && field(job, JOB_ALPHA_TOTAL) === 0)
    return queryLoss(net, job, task, params);
  const x = field(job, JOB_QUERY_X) + task * field(job, JOB_QUERY_X_STRIDE);
  const y = field(job, JOB_QUERY_Y) + task * field(job, JOB_QUERY_Y_STRIDE);
  return lossGradient(net, field(job, JOB_QUERY_PASS), params, x, y, field(job, JOB_COTANGENT));
}

/** θ − θ_k as the sum of the steps α∘∇L(θ_j): the difference of two near vectors would lose digits. */
function addReptileStep(net: usize, job: usize, step: usize): void {
  const gradient = field(job, JOB_GRADIENTS) + step * field(job, JOB_GRADIENT_STRIDE);
  addProduct(field(job, JOB_TOTAL), field(job, JOB_ALPHA), gradient, field(net, NET_PARAM_BYTES));
}

/** Adds one task's share to the totals; Reptile's is there already. */
function addTask(net: usize, job: usize): void {
  const kind = field(job, JOB_KIND);
  const bytes = field(net, NET_PARAM_BYTES);
  const steps = field(job, JOB_STEPS);
  const v = field(job, JOB_COTANGENT);
  const alphaTotal = field(job, JOB_ALPHA_TOTAL);
  for (let step = steps; step > 0; step--) {
    const gradient = field(job, JOB_GRADIENTS) + (step - 1) * field(job, JOB_GRADIENT_STRIDE);
    if (alphaTotal !== 0) subtractProduct(alphaTotal, v, gradient, bytes);
    if (kind === SECOND) stepBack(net, job, step - 1);
  }
  if (kind !== REPTILE) addTo(field(job, JOB_TOTAL), v, bytes);
}

/** v ← v − ∇²L(θ_step)(α∘v), the transpose of the step's Jacobian. */
function stepBack(net: usize, job: usize, step: usize): void {
  const bytes = field(net, NET_PARAM_BYTES);
  const v = field(job, JOB_COTANGENT);
  const scaled = field(job, JOB_SCALED);
  const pass = field(job, JOB_PASSES) + step * field(job, JOB_PASS_STRIDE);
  scaleNegative(field(job, JOB_ALPHA), v, scaled, bytes);
  addHessianVectorProduct(net, pass, field(job, JOB_PATH) + step * bytes, scaled, v);
}
