// The kernels around the task kernel in a meta-iteration that stays on the GPU: sample (tasks and points), update (means
// over tasks, θ, scores of the buffer), and for adaptive α one more. They compute what tasks/sinusoid.ts and
// algorithms/{optimizers,adaptive-alpha,task-buffer}.ts compute; what an iteration needs beforehand is in training-run.ts.
import { ADAM } from '../../models/optimizer-state.ts';
import { SAMPLING_SOURCE } from './sampling-source.ts';
import { LAYER_COLUMNS, MOST_LAYERS, TASK_UNIFORMS } from './task-kernel.ts';

/** Uniforms of a request; offsets into `state` in quads. */
export const TRAINING_WORDS = {
  u32: [
    'zero',
    'hasNoise',
    'isOracle',
    'moments',
    'tasks',
    'bufferQuads',
    'metrics',
    /** 0 steps (SGD, Reptile), 1 Adam. */
    'isAdam',
  ],
  f32: [
    'xMin',
    'xSpan',
    'noise',
    'normalMin',
    'normalSpan',
    'noiseTaskShare',
    'amplitudeMin',
    'amplitudeSpan',
    'phaseMin',
    'phaseSpan',
    'noiseAmplitudeMin',
    'noiseAmplitudeSpan',
    'noisePhaseMin',
    'noisePhaseSpan',
    'lossLimit',
    'gradientScale',
    'alphaRate',
    'alphaMin',
    'alphaMax',
    'unused',
  ],
} as const;

/** Uniforms of an iteration: whole numbers, then floats. */
export const ITERATION_WORDS = {
  u32: ['taskKey0', 'taskKey1', 'pointsKey0', 'pointsKey1', 'index', 'replayed', 'replayStart', 'buffered'],
  /** stepSize: what m (or g) is multiplied with; secondScale: 1/(1 − β₂ᵗ). */
  f32: ['stepSize', 'secondScale', 'unused0', 'unused1'],
} as const;

function fields(words: { readonly u32: readonly string[]; readonly f32: readonly string[] }): string {
  return [...words.u32.map((name) => `${name} : u32`), ...words.f32.map((name) => `${name} : f32`)].join(
    ', ',
  );
}

const COMMON = `
struct Layer { ${LAYER_COLUMNS.map((name) => `${name} : u32`).join(', ')} }
struct Sizes { ${TASK_UNIFORMS.map((name) => `${name} : u32`).join(', ')}, layers : array<Layer, ${MOST_LAYERS}> }
struct Training { ${fields(TRAINING_WORDS)} }
struct Iteration { ${fields(ITERATION_WORDS)} }
@group(0) @binding(0) var<uniform> sizes : Sizes;
@group(0) @binding(1) var<uniform> iteration : Iteration;
@group(0) @binding(2) var<uniform> training : Training;
@group(0) @binding(3) var<storage, read_write> state : array<vec4f>;
@group(0) @binding(4) var<storage, read_write> data : array<f32>;
@group(0) @binding(5) var<storage, read_write> work : array<vec4f>;
// Whether the iteration before was not applied, and this one is therefore not to run.
fn isStopped() -> bool {
  return iteration.index > 0u && state[training.metrics + 2u * (max(iteration.index, 1u) - 1u)].z == 0.0;
}
// Where the buffer's tasks and, behind them, their scores start; iterations read one half and write the other.
fn bufferBefore() -> u32 { return training.tasks + (iteration.index & 1u) * 2u * training.bufferQuads; }
fn bufferAfter() -> u32 { return training.tasks + ((iteration.index + 1u) & 1u) * 2u * training.bufferQuads; }
`;

/** One workgroup per task: draws or replays it, and draws its points into `data`. */
export function sampleSource(threads: number): string {
  return `${COMMON}
${SAMPLING_SOURCE}
const THREADS = ${threads}u;
const QUERY_STREAM = 0x10000u;
const NOISE_STREAM = 0x20000u;
var<workgroup> stopped : u32;
var<workgroup> source : u32;
// What is not a number counts as hardest.
fn scoreOf(slot : u32) -> f32 {
  let score = state[bufferBefore() + training.bufferQuads + slot].x;
  return select(score, 3.4e38, (bitcast<u32>(score) & 0x7fffffffu) > 0x7f7fffffu);
}
// How many come before it by ascending score, equals in batch order.
fn rankOf(slot : u32) -> u32 {
  let score = scoreOf(slot);
  var rank = 0u;
  for (var other = 0u; other < iteration.buffered; other++) {
    let theirs = scoreOf(other);
    if (theirs < score || (theirs == score && other < slot)) { rank++; }
  }
  return rank;
}
fn freshTask(slot : u32) -> vec4f {
  let key = foldKey(vec2u(iteration.taskKey0, iteration.taskKey1), slot);
  let isNoise = unitUniform(key, 0u) < training.noiseTaskShare;
  let amplitude = unitUniform(key, 1u);
  let phase = unitUniform(key, 2u);
  if (isNoise) {
    return vec4f(training.noiseAmplitudeMin + amplitude * training.noiseAmplitudeSpan,
      training.noisePhaseMin + phase * training.noisePhaseSpan, 1.0, 0.0);
  }
  return vec4f(training.amplitudeMin + amplitude * training.amplitudeSpan,
    training.phaseMin + phase * training.phaseSpan, 0.0, 0.0);
}
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) group : vec3u, @builtin(local_invocation_index) lane : u32) {
  let task = group.x;
  let fresh = sizes.taskCount - iteration.replayed;
  if (lane == 0u) {
    stopped = select(0u, 1u, isStopped());
    if (stopped == 1u && task == 0u) { state[sizes.control] = vec4f(1.0); }
  }
  if (workgroupUniformLoad(&stopped) == 1u) { return; }
  if (task >= fresh) {
    let wanted = iteration.replayStart + task - fresh;
    for (var slot = lane; slot < iteration.buffered; slot += THREADS) {
      if (rankOf(slot) == wanted) { source = slot; }
    }
  }
  let replayedSlot = workgroupUniformLoad(&source);
  var drawn = vec4f();
  if (task < fresh) { drawn = freshTask(task); } else {
    drawn = vec4f(state[bufferBefore() + replayedSlot].xyz, 1.0);
  }
  if (lane == 0u) { state[bufferAfter() + task] = drawn; }
  let slotKey = foldKey(vec2u(iteration.pointsKey0, iteration.pointsKey1), task);
  let supportPoints = sizes.supportSets * sizes.supportSize;
  for (var point = lane; point < supportPoints + sizes.querySize; point += THREADS) {
    let isQuery = point >= supportPoints;
    let minibatch = point / sizes.supportSize;
    let index = select(point % sizes.supportSize, point - supportPoints, isQuery);
    let key = foldKey(slotKey, select(minibatch, QUERY_STREAM, isQuery));
    let at = select((minibatch * sizes.taskCount + task) * sizes.supportSize, task * sizes.querySize, isQuery) + index;
    let x = uniformIn(unitUniform(key, index), training.xMin, training.xSpan);
    var y = drawn.x * sineOfDifference(x, drawn.y);
    if (training.hasNoise != 0u) {
      let unit = unitUniform(foldKey(key, NOISE_STREAM), index);
      y += training.noise * normalOf(uniformIn(unit, training.normalMin, training.normalSpan));
    }
    let inputAt = select(sizes.supportX, sizes.queryX, isQuery) + at * sizes.inputs;
    data[inputAt] = x;
    if (training.isOracle != 0u) { data[inputAt + 1u] = drawn.x; data[inputAt + 2u] = drawn.y; }
    data[select(sizes.supportY, sizes.queryY, isQuery) + at] = y;
  }
}`;
}

/** Threads per workgroup of updateSource; one thread per quad of θ. */
export const UPDATE_THREADS = 64;

/** Means over tasks, the judgement of the mean query loss, θ and the optimiser's moments, and the buffer's scores. */
export function updateSource(wantAlphaGradient: boolean): string {
  const alphaMean = `
  var rates = vec4f();
  for (var task = 0u; task < sizes.taskCount; task++) { rates += work[sizes.alphaGradient + task * sizes.paramQuads + i]; }
  work[sizes.paramQuads + i] = rates * share;`;
  return `${COMMON}
const THREADS = ${UPDATE_THREADS}u;
var<workgroup> shares : array<vec2f, ${UPDATE_THREADS}>;
fn meanLosses(lane : u32) -> vec2f {
  var sum = vec2f();
  for (var task = lane; task < sizes.taskCount; task += THREADS) { sum += work[sizes.losses + task].xy; }
  shares[lane] = sum;
  workgroupBarrier();
  var total = vec2f();
  for (var other = 0u; other < THREADS; other++) { total += shares[other]; }
  return total / f32(sizes.taskCount);
}
@compute @workgroup_size(${UPDATE_THREADS})
fn main(@builtin(global_invocation_id) id : vec3u, @builtin(local_invocation_index) lane : u32) {
  let losses = meanLosses(lane);
  if (isStopped()) { return; }
  // By its bits, since a compiler may take it for granted that no number is infinite.
  let isFinite = (bitcast<u32>(losses.y) & 0x7f800000u) != 0x7f800000u;
  let isUsable = isFinite && losses.y <= training.lossLimit;
  if (id.x == 0u) {
    state[training.metrics + 2u * iteration.index] = vec4f(losses.y, losses.x, select(0.0, 1.0, isUsable), 0.0);
  }
  if (!isUsable) { return; }
  for (var task = id.x; task < sizes.taskCount; task += sizes.paramQuads) {
    state[bufferAfter() + training.bufferQuads + task] = vec4f(work[sizes.losses + task].y);
  }
  let i = id.x;
  if (i >= sizes.paramQuads) { return; }
  let share = 1.0 / f32(sizes.taskCount);
  var sum = vec4f();
  for (var task = 0u; task < sizes.taskCount; task++) { sum += work[sizes.gradient + task * sizes.paramQuads + i]; }
  let g = sum * share * training.gradientScale;
  let place = sizes.metaParams + i;
  if (training.isAdam != 0u) {
    let first = training.moments + i;
    let second = first + sizes.paramQuads;
    let m = ${ADAM.beta1} * state[first] + ${1 - ADAM.beta1} * g;
    let v = ${ADAM.beta2} * state[second] + ${1 - ADAM.beta2} * g * g;
    state[first] = m;
    state[second] = v;
    state[place] -= iteration.stepSize * m / (sqrt(v * iteration.secondScale) + ${ADAM.epsilon});
  } else {
    state[place] -= iteration.stepSize * g;
  }
  ${wantAlphaGradient ? alphaMean : ''}
}`;
}

/** Threads of alphaSource, which runs as one workgroup. */
export const ALPHA_THREADS = 64;

/** α ← clamp(α − α₀ mean ∂Q/∂α), and its mean, least and most. */
export function alphaSource(mode: 'scalar' | 'layer' | 'parameter'): string {
  const moved = 'clamp(ALPHA - training.alphaRate * GRADIENT, LEAST, MOST)'
    .replace('LEAST', mode === 'parameter' ? 'vec4f(training.alphaMin)' : 'training.alphaMin')
    .replace('MOST', mode === 'parameter' ? 'vec4f(training.alphaMax)' : 'training.alphaMax');
  const layerQuads = '(layer.inputs + 1u) * layer.stride';
  const loopLayers = (body: string) => `
  for (var l = 0u; l < sizes.layerCount; l++) {
    let layer = sizes.layers[l];
    ${body}
  }`;
  const sumLayer = `for (var t = lane; t < ${layerQuads}; t += THREADS) { sum += dot(work[sizes.paramQuads + layer.at + t], vec4f(1.0)); }`;
  const fill = `for (var t = lane; t < ${layerQuads}; t += THREADS) { state[sizes.alpha + layer.at + t] = vec4f(next); }`;
  const next = (at: string) =>
    `let before = state[sizes.alpha + ${at}].x; let gradient = total(sum, lane); let next = ${moved.replace('ALPHA', 'before').replace('GRADIENT', 'gradient')};`;
  const note = 'count += 1.0; mean += next; least = min(least, next); most = max(most, next);';
  const bodies = {
    scalar: `
  var sum = 0.0;
  ${loopLayers(sumLayer)}
  ${next('0u')}
  ${loopLayers(fill)}
  ${note}`,
    layer: loopLayers(`
    var sum = 0.0;
    ${sumLayer}
    ${next('layer.at')}
    ${fill}
    ${note}`),
    parameter: `${loopLayers(`
    for (var t = lane; t < ${layerQuads}; t += THREADS) {
      let at = layer.at + t;
      let moved = ${moved.replace('ALPHA', 'state[sizes.alpha + at]').replace('GRADIENT', 'work[sizes.paramQuads + at]')};
      state[sizes.alpha + at] = moved;
      for (var e = 0u; e < 4u; e++) {
        if (4u * (t % layer.stride) + e < layer.outputs) { let next = moved[e]; ${note} }
      }
    }`)}
  mean = total(mean, lane);
  count = total(count, lane);
  extremes[lane] = vec2f(least, most);
  workgroupBarrier();
  for (var other = 0u; other < THREADS; other++) {
    least = min(least, extremes[other].x);
    most = max(most, extremes[other].y);
  }`,
  };
  return `${COMMON}
const THREADS = ${ALPHA_THREADS}u;
var<workgroup> isApplied : u32;
var<workgroup> shares : array<f32, ${ALPHA_THREADS}>;
var<workgroup> extremes : array<vec2f, ${ALPHA_THREADS}>;
fn total(share : f32, lane : u32) -> f32 {
  workgroupBarrier();
  shares[lane] = share;
  workgroupBarrier();
  var sum = 0.0;
  for (var other = 0u; other < THREADS; other++) { sum += shares[other]; }
  return sum;
}
@compute @workgroup_size(${ALPHA_THREADS})
fn main(@builtin(local_invocation_index) lane : u32) {
  let metric = training.metrics + 2u * iteration.index;
  if (lane == 0u) { isApplied = select(1u, 0u, isStopped() || state[metric].z == 0.0); }
  if (workgroupUniformLoad(&isApplied) == 0u) { return; }
  var count = 0.0;
  var mean = 0.0;
  var least = 3.4e38;
  var most = -3.4e38;
  ${bodies[mode]}
  if (lane == 0u) { state[metric + 1u] = vec4f(mean / count, least, most, 0.0); }
}`;
}
