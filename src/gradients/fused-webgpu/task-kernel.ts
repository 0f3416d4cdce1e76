// The kernel that computes a whole task in one workgroup: inner loop, query gradient, and v ← v − ∇²L(θ_j)(α∘v) back
// along the path; or, for `adapt`, the losses along the path. Sizes come from the uniforms of task-run.ts.
import { activationSource } from './activation-source.ts';
import {
  above,
  BARRIER,
  backwardSource,
  below,
  type Direction,
  forwardSource,
  type OuterTerm,
  outerSource,
  type PassContext,
  tangentBackwardSource,
  tangentForwardSource,
} from './pass-source.ts';
import { ARRAY_NAMES, type TaskPlan, type Tuning } from './task-plan.ts';

/** More layers than this do not fit the kernel's table. */
export const MOST_LAYERS = 16;

/**
 * The kernel's uniforms, all u32, in this order, then a table of layers. Offsets into `data` count floats, all others
 * quads.
 */
export const TASK_UNIFORMS = [
  'taskCount',
  'supportSets',
  'supportSize',
  'querySize',
  'inputs',
  'outputs',
  'innerSteps',
  'layerCount',
  'wantAdapted',
  /** Bits of the float 1 / (number of support outputs of a task), then of query outputs. */
  'supportShare',
  'queryShare',
  'paramQuads',
  'scratchQuads',
  'slotQuads',
  'querySlot',
  'strideBelow',
  /** Into `data`. */
  'supportX',
  'supportY',
  'queryX',
  'queryY',
  /** In `state`: θ, α (a quad per quad of θ), and a quad whose x is not 0 once training has stopped. */
  'metaParams',
  'alpha',
  'control',
  /** Per-task slices of `work`: scratch; v or θ − θ_k; −Σ v∘∇L; losses; θ_k. */
  'scratch',
  'gradient',
  'alphaGradient',
  'losses',
  'adapted',
  /** The task's arrays, in workgroup memory or in scratch. */
  ...ARRAY_NAMES,
  'unused0',
  'unused1',
  'unused2',
] as const;

/** Columns of the table of layers. */
export const LAYER_COLUMNS = [
  'inputs',
  'outputs',
  'stride',
  'strideBelow',
  'at',
  'valuesBelow',
  'valuesAbove',
  'deltasBelow',
  'deltasAbove',
  'unused0',
  'unused1',
  'unused2',
] as const;

/** A name for everything that the kernel's source depends on. */
export function taskKernelName({ settings, tuning, arrays, workgroupQuads }: TaskPlan): string {
  const { shape, kind, innerSteps, alphaMode, wantAlphaGradient } = settings;
  const places = ARRAY_NAMES.map((name) => (arrays[name].isInWorkgroup ? 'w' : 's')).join('');
  const rates = alphaMode === 'parameter' ? 'parameter' : 'layer';
  return [
    shape.activation,
    kind,
    innerSteps > 0,
    rates,
    wantAlphaGradient,
    places,
    tuning.rows,
    localQuads(workgroupQuads, tuning),
  ].join(' ');
}

/** Workgroup memory is asked for in steps, so that nets of similar size share a kernel. */
function localQuads(needed: number, { workgroupBytes, threads }: Tuning): number {
  const most = Math.max(0, Math.floor(workgroupBytes / 16) - threads);
  return Math.min(Math.ceil(needed / 256) * 256, most);
}

/** WGSL of the kernel; bindings 0 uniforms, 1 state, 2 data, 3 work. Entry point `main`, one workgroup per task. */
export function taskKernelSource(plan: TaskPlan): string {
  const { settings, tuning, workgroupQuads, arrays } = plan;
  const local = localQuads(workgroupQuads, tuning);
  return `
struct Layer { ${LAYER_COLUMNS.map((name) => `${name} : u32`).join(', ')} }
struct Sizes { ${TASK_UNIFORMS.map((name) => `${name} : u32`).join(', ')}, layers : array<Layer, ${MOST_LAYERS}> }
@group(0) @binding(0) var<uniform> sizes : Sizes;
@group(0) @binding(1) var<storage, read> state : array<vec4f>;
@group(0) @binding(2) var<storage, read> data : array<f32>;
@group(0) @binding(3) var<storage, read_write> work : array<vec4f>;
const THREADS = ${tuning.threads}u;
${local > 0 ? `var<workgroup> local : array<vec4f, ${local}>;` : ''}
var<workgroup> shares : array<vec4f, ${tuning.threads}>;
${activationSource(settings.shape.activation)}
fn pointQuad(at : u32, left : u32) -> vec4f {
  var quad = vec4f(data[at], 0.0, 0.0, 0.0);
  if (left > 1u) { quad.y = data[at + 1u]; }
  if (left > 2u) { quad.z = data[at + 2u]; }
  if (left > 3u) { quad.w = data[at + 3u]; }
  return quad;
}
fn keep(value : vec4f, quad : u32, size : u32) -> vec4f {
  return select(vec4f(), value, vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u) < vec4u(size));
}
fn pick(entry : u32, a : vec4f, b : vec4f, c : vec4f, d : vec4f, e : vec4f) -> vec4f {
  return select(select(select(select(e, d, entry == 3u), c, entry == 2u), b, entry == 1u), a, entry == 0u);
}
${sumSource(tuning.threads)}
@compute @workgroup_size(${tuning.threads})
fn main(@builtin(workgroup_id) group : vec3u, @builtin(local_invocation_index) lane : u32) {
  if (state[sizes.control].x != 0.0) { return; }
  let task = group.x;
  let scratch = sizes.scratch + task * sizes.scratchQuads;
  let slice = task * sizes.paramQuads;
  ${arrayStarts(plan)}
  var loss = 0.0;
  for (var t = lane; t < sizes.paramQuads; t += THREADS) { ${arrays.params.ref('t')} = state[sizes.metaParams + t]; }
  ${settings.kind === 'adapt' ? adaptBody(plan) : metaBody(plan)}
}`.replaceAll('layers[l]', 'sizes.layers[l]');
}

/** `sumOverThreads`: the sum of all threads' shares, by halves. */
function sumSource(threads: number): string {
  const halves: string[] = [];
  for (let half = threads / 2; half >= 1; half /= 2) {
    halves.push(`if (lane < ${half}u) { shares[lane] += shares[lane + ${half}u]; } workgroupBarrier();`);
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

/** Where the task's arrays start: compilers of software adapters do not take such sums out of loops. */
function arrayStarts({ arrays }: TaskPlan): string {
  return ARRAY_NAMES.map((name) => {
    const base = arrays[name].isInWorkgroup ? '' : 'scratch + ';
    return `let ${name}At = ${base}sizes.${name};`;
  }).join(' ');
}

function contextOf({ arrays, tuning, settings }: TaskPlan): PassContext {
  return { arrays, tuning, bends: settings.shape.activation !== 'relu' };
}

/** α of quad `at` in layer `layer`. */
function rateOf({ settings }: TaskPlan): string {
  return settings.alphaMode === 'parameter' ? 'state[sizes.alpha + at]' : 'state[sizes.alpha + layer.at].x';
}

/** Variables of a pass over the query set or support set `set`, and its points into level 0 of its slot. */
function startPass({ arrays }: TaskPlan, set: string): string {
  return `
    let points = select(sizes.supportSize, sizes.querySize, isQuery);
    let share = bitcast<f32>(select(sizes.supportShare, sizes.queryShare, isQuery));
    let scale = 2.0 * share;
    let supportAt = (((${set}) % sizes.supportSets) * sizes.taskCount + task) * sizes.supportSize;
    let firstPoint = select(supportAt, task * sizes.querySize, isQuery);
    let inputsAt = select(sizes.supportX, sizes.queryX, isQuery) + firstPoint * sizes.inputs;
    let targetsAt = select(sizes.supportY, sizes.queryY, isQuery) + firstPoint * sizes.outputs;
    for (var t = lane; t < points * sizes.strideBelow; t += THREADS) {
      let c = t % sizes.strideBelow;
      ${arrays.slots.ref('slot + t')} = pointQuad(inputsAt + (t / sizes.strideBelow) * sizes.inputs + 4u * c, sizes.inputs - 4u * c);
    }
    ${BARRIER}
    loss = 0.0;`;
}

/** Σ over points of a ⊗ δ, the gradient, into `g`. */
function gradientTerm(context: PassContext): OuterTerm {
  return {
    left: below(context, 'values', 'slot'),
    right: above(context, 'deltas', 'slot'),
    into: 'g',
    hasBias: true,
  };
}

function metaBody(plan: TaskPlan): string {
  const { arrays, settings } = plan;
  const { kind, innerSteps, wantAlphaGradient } = settings;
  const context = contextOf(plan);
  const needsCotangent = kind !== 'reptile' || wantAlphaGradient;
  const params = arrays.params.ref('at');
  const save = `if (turn + 1u < sizes.innerSteps) { ${arrays.path.ref('turn * sizes.paramQuads + at')} = next; }`;
  const descend = `
            if (turn == 0u) { squares += dot(g, g); }
            let next = ${params} - ${rateOf(plan)} * g;
            ${params} = next;
            ${kind === 'second' ? save : ''}`;
  const keepQuery = needsCotangent ? `${arrays.cotangent.ref('at')} = g;` : '';
  const update = `if (isQuery) { ${keepQuery} } else { ${innerSteps > 0 ? descend : ''} }`;
  const keepsPasses = plan.querySlot > 0;
  return `
  var supportLoss = 0.0;
  var squares = 0.0;
  let supportTurns = max(1u, sizes.innerSteps);
  for (var turn = 0u; turn <= supportTurns; turn++) {
    let isQuery = turn == supportTurns;
    let slot = ${keepsPasses ? 'select(turn, sizes.querySlot, isQuery) * sizes.slotQuads' : '0u'};
    ${startPass(plan, 'turn')}
    ${forwardSource(context)}
    if (turn == 0u) { supportLoss = loss; }
    if (select(${innerSteps > 0}, ${needsCotangent}, isQuery)) {
      ${backwardSource(context)}
      ${outerSource(['slot'], [gradientTerm(context)], update)}
      ${BARRIER}
    }
  }
  ${writeAdapted(plan)}
  ${kind === 'reptile' ? writeGradient(`state[sizes.metaParams + t] - ${arrays.params.ref('t')}`) : ''}
  ${innerSteps > 0 && (kind === 'second' || wantAlphaGradient) ? wayBack(plan, context) : ''}
  ${innerSteps === 0 && wantAlphaGradient ? 'for (var t = lane; t < sizes.paramQuads; t += THREADS) { work[sizes.alphaGradient + slice + t] = vec4f(); }' : ''}
  ${kind === 'reptile' ? '' : writeGradient(arrays.cotangent.ref('t'))}
  let totals = sumOverThreads(vec4f(supportLoss, loss, squares, 0.0), lane);
  if (lane == 0u) {
    let shares = vec2f(bitcast<f32>(sizes.supportShare), bitcast<f32>(sizes.queryShare));
    work[sizes.losses + task] = vec4f(totals.xy * shares, sqrt(totals.z), 0.0);
  }`;
}

function writeGradient(value: string): string {
  return `for (var t = lane; t < sizes.paramQuads; t += THREADS) { work[sizes.gradient + slice + t] = ${value}; }`;
}

function writeAdapted({ arrays }: TaskPlan): string {
  return `
  if (sizes.wantAdapted != 0u) {
    for (var t = lane; t < sizes.paramQuads; t += THREADS) { work[sizes.adapted + slice + t] = ${arrays.params.ref('t')}; }
  }`;
}

/** From the last step to the first: ∂Q/∂α −= v∘∇L(θ_j); with kind 'second' then v ← v − ∇²L(θ_j)(α∘v). */
function wayBack(plan: TaskPlan, context: PassContext): string {
  const { arrays, settings } = plan;
  const { wantAlphaGradient, alphaMode } = settings;
  const isSecond = settings.kind === 'second';
  const terms: OuterTerm[] = wantAlphaGradient ? [gradientTerm(context)] : [];
  if (isSecond) terms.push(...productTerms(context));
  const direction: Direction =
    alphaMode === 'parameter'
      ? { ref: arrays.scaled.ref, factor: '' }
      : { ref: arrays.cotangent.ref, factor: ' * state[sizes.alpha + layer.at].x' };
  const v = arrays.cotangent.ref('at');
  const own = 'work[sizes.alphaGradient + slice + at]';
  const share = `if (step == sizes.innerSteps) { ${own} = -v * g; } else { ${own} -= v * g; }`;
  const apply = `let v = ${v}; ${wantAlphaGradient ? share : ''} ${isSecond ? `${v} = v - h;` : ''}`;
  return `
  ${isSecond ? `let tangent = sizes.querySlot * sizes.slotQuads; ${BARRIER} ${clearTangentInputs(plan)}` : ''}
  for (var step = sizes.innerSteps; step > 0u; step--) {
    let points = sizes.supportSize;
    let scale = 2.0 * bitcast<f32>(sizes.supportShare);
    let slot = (step - 1u) * sizes.slotQuads;
    ${
      isSecond
        ? `${restoreParams(plan)}
    ${tangentForwardSource(context, direction)}
    ${tangentBackwardSource(context, direction)}`
        : ''
    }
    ${outerSource(isSecond ? ['slot', 'tangent'] : ['slot'], terms, apply)}
    ${BARRIER}
  }`;
}

/** R{x} = 0. */
function clearTangentInputs({ arrays }: TaskPlan): string {
  return `
  for (var t = lane; t < sizes.supportSize * sizes.strideBelow; t += THREADS) { ${arrays.slots.ref('tangent + t')} = vec4f(); }`;
}

/** ∇²L u of the weights: Σ over points of R{a} ⊗ δ + a ⊗ R{δ}, into `h`. */
function productTerms(context: PassContext): OuterTerm[] {
  return [
    {
      left: below(context, 'values', 'tangent'),
      right: above(context, 'deltas', 'slot'),
      into: 'h',
      hasBias: false,
    },
    {
      left: below(context, 'values', 'slot'),
      right: above(context, 'deltas', 'tangent'),
      into: 'h',
      hasBias: true,
    },
  ];
}

/** θ_j back into its place and, for α per parameter, u = α∘v. */
function restoreParams({ arrays, settings }: TaskPlan): string {
  const place = arrays.params.ref('t');
  const scaled = `${arrays.scaled.ref('t')} = state[sizes.alpha + t] * ${arrays.cotangent.ref('t')};`;
  return `
    for (var t = lane; t < sizes.paramQuads; t += THREADS) {
      if (step > 1u) { ${place} = ${arrays.path.ref('(step - 2u) * sizes.paramQuads + t')}; }
      else { ${place} = state[sizes.metaParams + t]; }
      ${settings.alphaMode === 'parameter' ? scaled : ''}
    }
    ${BARRIER}`;
}

/** For every step the query loss, then the support loss, then the step. Losses: [2, k + 1, M] quads, support first. */
function adaptBody(plan: TaskPlan): string {
  const context = contextOf(plan);
  const update = `${plan.arrays.params.ref('at')} -= ${rateOf(plan)} * g;`;
  return `
  let slot = 0u;
  for (var turn = 0u; turn < 2u * sizes.innerSteps + 2u; turn++) {
    let step = turn / 2u;
    let isQuery = (turn & 1u) == 0u;
    ${startPass(plan, 'min(step, max(sizes.innerSteps, 1u) - 1u)')}
    ${forwardSource(context)}
    let total = sumOverThreads(vec4f(loss), lane).x;
    if (lane == 0u) {
      let row = select(step, sizes.innerSteps + 1u + step, isQuery);
      work[sizes.losses + row * sizes.taskCount + task] = vec4f(total * share);
    }
    if (!isQuery && step < sizes.innerSteps) {
      ${backwardSource(context)}
      ${outerSource(['slot'], [gradientTerm(context)], update)}
      ${BARRIER}
    }
  }
  ${writeAdapted(plan)}`;
}
