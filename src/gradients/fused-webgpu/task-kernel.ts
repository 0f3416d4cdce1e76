// The kernel that computes a whole task in one workgroup: inner loop, query gradient, and v ← v − ∇²L(θ_j)(α∘v) back
// along the path; or, for `adapt`, the losses along the path. What it reads and where it writes is said by TaskBindings.
import { activationSource } from './activation-source.ts';
import {
  BARRIER,
  backwardSource,
  type Direction,
  deltaRef,
  forwardSource,
  type OuterTerm,
  outerSource,
  type Slots,
  tangentBackwardSource,
  tangentForwardSource,
  valueRef,
} from './pass-source.ts';
import { quads } from './quad-layout.ts';
import type { TaskPlan } from './task-plan.ts';

/**
 * The uniforms of a call, all u32, in this order. Offsets into `data` count floats, those into `work` and `state`
 * quads.
 */
export const TASK_UNIFORMS = [
  'taskCount',
  'supportSets',
  'wantAdapted',
  'supportX',
  'supportY',
  'queryX',
  'queryY',
  /** θ and α in `state`; a control quad whose x is not 0 when training has stopped. */
  'params',
  'alpha',
  'control',
  /** Per-task slices of `work`: scratch; v or θ − θ_k; ∂Q/∂α; losses; θ_k. */
  'scratch',
  'gradient',
  'alphaGradient',
  'losses',
  'adapted',
  'unused',
] as const;
export type TaskUniforms = Readonly<Record<(typeof TASK_UNIFORMS)[number], number>>;

/** WGSL of the kernel; bindings 0 uniforms, 1 state, 2 data, 3 work. Entry point `main`, one workgroup per task. */
export function taskKernelSource(plan: TaskPlan): string {
  const { key, tuning, workgroupQuads } = plan;
  return `
struct Sizes { ${TASK_UNIFORMS.map((name) => `${name} : u32`).join(', ')} }
@group(0) @binding(0) var<uniform> sizes : Sizes;
@group(0) @binding(1) var<storage, read> state : array<vec4f>;
@group(0) @binding(2) var<storage, read> data : array<f32>;
@group(0) @binding(3) var<storage, read_write> work : array<vec4f>;
const THREADS = ${tuning.threads}u;
${workgroupQuads > 0 ? `var<workgroup> local : array<vec4f, ${workgroupQuads}>;` : ''}
var<workgroup> shares : array<vec4f, ${tuning.threads}>;
${activationSource(key.shape.activation)}
fn pointQuad(at : u32, left : u32) -> vec4f {
  var quad = vec4f(data[at], 0.0, 0.0, 0.0);
  if (left > 1u) { quad.y = data[at + 1u]; }
  if (left > 2u) { quad.z = data[at + 2u]; }
  if (left > 3u) { quad.w = data[at + 3u]; }
  return quad;
}
${sumSource(tuning.threads)}
@compute @workgroup_size(${tuning.threads})
fn main(@builtin(workgroup_id) group : vec3u, @builtin(local_invocation_index) lane : u32) {
  if (state[sizes.control].x != 0.0) { return; }
  let task = group.x;
  let scratch = sizes.scratch + task * ${plan.scratchQuads}u;
  var loss = 0.0;
  ${layerRates(plan)}
  for (var t = lane; t < ${plan.layout.size}u; t += THREADS) { ${plan.params.ref('t')} = state[sizes.params + t]; }
  ${key.kind === 'adapt' ? adaptBody(plan) : metaBody(plan)}
}`;
}

/** `sumOverThreads`: every thread's share added up, for thread 0. Few threads: it adds them itself; many: by halves. */
function sumSource(threads: number): string {
  const halves: string[] = [];
  for (let half = threads / 2; half >= 1; half /= 2) {
    halves.push(
      `if (lane < ${half}u) { shares[lane] += shares[lane + ${half}u]; } workgroupBarrier();`,
    );
  }
  return `
fn sumOverThreads(share : vec4f, lane : u32) -> vec4f {
  shares[lane] = share;
  workgroupBarrier();
  ${halves.join('\n  ')}
  let total = shares[0];
  workgroupBarrier();
  return total;
}`;
}

function layerRates({ key, layout }: TaskPlan): string {
  if (key.alphaMode === 'parameter') return '';
  return layout.layers
    .map((_, l) => `let rate${l} = state[sizes.alpha + ${l >> 2}u].${'xyzw'[l & 3]};`)
    .join(' ');
}

/** α of quad `at`, in layer l. */
function rateOf({ key }: TaskPlan, l: number): string {
  return key.alphaMode === 'parameter' ? 'state[sizes.alpha + at]' : `rate${l}`;
}

/** Puts the points of the pass into level 0 of its slot. */
function stageInputs(plan: TaskPlan): string {
  const inputs = plan.key.shape.sizes[0]!;
  const stride = plan.strides[0]!;
  return `
  for (var t = lane; t < points * ${stride}u; t += THREADS) {
    let c = t % ${stride}u;
    ${valueRef(plan, 'slot', 0, 't')} = pointQuad(inputsAt + (t / ${stride}u) * ${inputs}u + 4u * c, ${inputs}u - 4u * c);
  }
  ${BARRIER}`;
}

/** Variables of a pass over the query set or support set `set`. */
function passVariables({ key }: TaskPlan, set: string): string {
  const { supportSize, querySize, shape } = key;
  const inputs = shape.sizes[0]!;
  const outputs = shape.sizes[shape.sizes.length - 1]!;
  const scale = (points: number) => `${2 / (points * outputs)}`;
  return `
    let points = select(${supportSize}u, ${querySize}u, isQuery);
    let scale = f32(select(${scale(supportSize)}, ${scale(querySize)}, isQuery));
    let first = select((((${set}) % sizes.supportSets) * sizes.taskCount + task) * ${supportSize}u, task * ${querySize}u, isQuery);
    let inputsAt = select(sizes.supportX, sizes.queryX, isQuery) + first * ${inputs}u;
    let targetsAt = select(sizes.supportY, sizes.queryY, isQuery) + first * ${outputs}u;`;
}

/** Σ over points of a ⊗ δ, the gradient, into `g`. */
function gradientTerm(plan: TaskPlan, slot: string): OuterTerm {
  return {
    left: (l, quad) => valueRef(plan, slot, l, quad),
    right: (l, quad) => deltaRef(plan, slot, l + 1, quad),
    into: 'g',
    hasBias: true,
  };
}

function metaBody(plan: TaskPlan): string {
  const { key, layout } = plan;
  const { kind, innerSteps, wantAlphaGradient, supportSize, querySize, shape } = key;
  const outputs = shape.sizes[shape.sizes.length - 1]!;
  const passes = Math.max(1, innerSteps);
  const needsCotangent = kind !== 'reptile' || wantAlphaGradient;
  const savesPath = kind === 'second' && innerSteps > 1;
  const save = savesPath
    ? `if (turn + 1u < ${innerSteps}u) { ${plan.path.ref(`turn * ${layout.size}u + at`)} = next; }`
    : '';
  const descend = (l: number) => `
          if (turn == 0u) { squares += dot(g, g); }
          let next = ${plan.params.ref('at')} - ${rateOf(plan, l)} * g;
          ${plan.params.ref('at')} = next; ${save}`;
  const update = (l: number) =>
    `if (isQuery) { ${needsCotangent ? `${plan.cotangent.ref('at')} = g;` : ''} } else { ${innerSteps > 0 ? descend(l) : ''} }`;
  const isDifferentiated = `select(${innerSteps > 0}, ${needsCotangent}, isQuery)`;
  return `
  var supportLoss = 0.0;
  var squares = 0.0;
  for (var turn = 0u; turn <= ${passes}u; turn++) {
    let isQuery = turn == ${passes}u;
    let slot = select(${plan.querySlot === 0 ? '0u' : 'turn'}, ${plan.querySlot}u, isQuery) * ${plan.slotQuads}u;
    ${passVariables(plan, 'turn')}
    ${stageInputs(plan)}
    loss = 0.0;
    ${forwardSource(plan, 'slot')}
    if (turn == 0u) { supportLoss = loss; }
    if (${isDifferentiated}) {
      ${backwardSource(plan, 'slot')}
      ${outerSource(plan, [gradientTerm(plan, 'slot')], update)}
      ${BARRIER}
    }
  }
  if (sizes.wantAdapted != 0u) {
    for (var t = lane; t < ${layout.size}u; t += THREADS) { work[sizes.adapted + task * ${layout.size}u + t] = ${plan.params.ref('t')}; }
  }
  ${kind === 'reptile' ? writeDifference(plan) : ''}
  ${innerSteps > 0 && (kind === 'second' || wantAlphaGradient) ? wayBack(plan) : ''}
  ${kind === 'reptile' ? '' : writeCotangent(plan)}
  let totals = sumOverThreads(vec4f(supportLoss, loss, squares, 0.0), lane);
  if (lane == 0u) {
    work[sizes.losses + task] = vec4f(totals.x * ${1 / (supportSize * outputs)}, totals.y * ${1 / (querySize * outputs)}, sqrt(totals.z), 0.0);
  }`;
}

function writeDifference({ layout, params }: TaskPlan): string {
  return `
  for (var t = lane; t < ${layout.size}u; t += THREADS) {
    work[sizes.gradient + task * ${layout.size}u + t] = state[sizes.params + t] - ${params.ref('t')};
  }`;
}

function writeCotangent({ layout, cotangent }: TaskPlan): string {
  return `
  for (var t = lane; t < ${layout.size}u; t += THREADS) { work[sizes.gradient + task * ${layout.size}u + t] = ${cotangent.ref('t')}; }`;
}

/** From the last step to the first: ∂Q/∂α −= v∘∇L(θ_j); with kind 'second' then v ← v − ∇²L(θ_j)(α∘v). */
function wayBack(plan: TaskPlan): string {
  const { key, layout } = plan;
  const { kind, innerSteps, wantAlphaGradient, alphaMode, supportSize, shape } = key;
  const isSecond = kind === 'second';
  const isPerParameter = alphaMode === 'parameter';
  const v = plan.cotangent.ref('at');
  const slots: Slots = { pass: 'slot', tangent: `${plan.querySlot * plan.slotQuads}u` };
  const own = `work[sizes.alphaGradient + task * ${layout.size}u + at]`;
  const alphaTerm = (l: number) =>
    !wantAlphaGradient
      ? ''
      : isPerParameter
        ? `if (step == ${innerSteps}u) { ${own} = -v * g; } else { ${own} -= v * g; }`
        : `share${l} -= dot(v, g);`;
  const terms: OuterTerm[] = wantAlphaGradient ? [gradientTerm(plan, 'slot')] : [];
  if (isSecond) terms.push(...productTerms(plan, slots));
  const factor = (l: number) => (isPerParameter ? '' : ` * rate${l}`);
  const direction: Direction = isPerParameter
    ? { ref: (at) => plan.scaled.ref(at), factor: () => '' }
    : { ref: (at) => plan.cotangent.ref(at), factor };
  const apply = (l: number) => `let v = ${v}; ${alphaTerm(l)} ${isSecond ? `${v} = v - h;` : ''}`;
  const shares = wantAlphaGradient && !isPerParameter;
  return `
  ${shares ? layout.layers.map((_, l) => `var share${l} = 0.0;`).join(' ') : ''}
  for (var step = ${innerSteps}u; step > 0u; step--) {
    let points = ${supportSize}u;
    let scale = f32(${2 / (supportSize * shape.sizes[shape.sizes.length - 1]!)});
    let slot = (step - 1u) * ${plan.slotQuads}u;
    ${isSecond ? `${restoreParams(plan)} ${tangentForwardSource(plan, slots, direction)} ${tangentBackwardSource(plan, slots, direction)}` : ''}
    ${outerSource(plan, terms, apply)}
    ${BARRIER}
  }
  ${shares ? writeShares(plan) : ''}`;
}

/** ∇²L u of the weights: Σ over points of R{a} ⊗ δ + a ⊗ R{δ}, into `h`. */
function productTerms(plan: TaskPlan, slots: Slots): OuterTerm[] {
  return [
    {
      left: (l, quad) => (l === 0 ? null : valueRef(plan, slots.tangent, l, quad)),
      right: (l, quad) => deltaRef(plan, slots.pass, l + 1, quad),
      into: 'h',
      hasBias: false,
    },
    {
      left: (l, quad) => valueRef(plan, slots.pass, l, quad),
      right: (l, quad) => deltaRef(plan, slots.tangent, l + 1, quad),
      into: 'h',
      hasBias: true,
    },
  ];
}

/** θ_j back into its place and, for α per parameter, u = α∘v. */
function restoreParams(plan: TaskPlan): string {
  const { layout, key } = plan;
  const scaled =
    key.alphaMode === 'parameter'
      ? `${plan.scaled.ref('t')} = state[sizes.alpha + t] * ${plan.cotangent.ref('t')};`
      : '';
  const earlier =
    key.innerSteps > 1
      ? `if (step > 1u) { ${plan.params.ref('t')} = ${plan.path.ref(`(step - 2u) * ${layout.size}u + t`)}; } else`
      : '';
  return `
    for (var t = lane; t < ${layout.size}u; t += THREADS) {
      ${earlier} { ${plan.params.ref('t')} = state[sizes.params + t]; }
      ${scaled}
    }
    ${BARRIER}`;
}

/** ∂Q/∂α of the layers, four to a quad. */
function writeShares({ layout }: TaskPlan): string {
  const count = quads(layout.layers.length);
  return Array.from({ length: count }, (_, quad) => {
    const entries = [0, 1, 2, 3].map((e) =>
      4 * quad + e < layout.layers.length ? `share${4 * quad + e}` : '0.0',
    );
    return `
  let rates${quad} = sumOverThreads(vec4f(${entries.join(', ')}), lane);
  if (lane == 0u) { work[sizes.alphaGradient + task * ${count}u + ${quad}u] = rates${quad}; }`;
  }).join('');
}

/** For every step the query loss, then the support loss, then the step. Losses: [2, k + 1, M] quads, support first. */
function adaptBody(plan: TaskPlan): string {
  const { key, layout } = plan;
  const { innerSteps, supportSize, querySize, shape } = key;
  const outputs = shape.sizes[shape.sizes.length - 1]!;
  const update = (l: number) => `${plan.params.ref('at')} -= ${rateOf(plan, l)} * g;`;
  return `
  let slot = 0u;
  for (var turn = 0u; turn < ${2 * innerSteps + 2}u; turn++) {
    let step = turn / 2u;
    let isQuery = (turn & 1u) == 0u;
    ${passVariables(plan, `min(step, ${Math.max(0, innerSteps - 1)}u)`)}
    ${stageInputs(plan)}
    loss = 0.0;
    ${forwardSource(plan, 'slot')}
    let total = sumOverThreads(vec4f(loss), lane).x;
    if (lane == 0u) {
      let row = select(step, ${innerSteps + 1}u + step, isQuery);
      let share = f32(select(${1 / (supportSize * outputs)}, ${1 / (querySize * outputs)}, isQuery));
      work[sizes.losses + row * sizes.taskCount + task] = vec4f(total * share);
    }
    if (!isQuery && step < ${innerSteps}u) {
      ${backwardSource(plan, 'slot')}
      ${outerSource(plan, [gradientTerm(plan, 'slot')], update)}
      ${BARRIER}
    }
  }
  if (sizes.wantAdapted != 0u) {
    for (var t = lane; t < ${layout.size}u; t += THREADS) { work[sizes.adapted + task * ${layout.size}u + t] = ${plan.params.ref('t')}; }
  }`;
}
