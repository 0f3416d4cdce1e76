// Many meta-iterations without coming back: per iteration the kernels sample, task, update and, for adaptive α, alpha.
// Everything that an iteration needs to be told (keys, step sizes) is uploaded before; the results are read once.
import { foldIn } from '../../math/rng.ts';
import { ADAM } from '../../models/optimizer-state.ts';
import { assertTraining } from '../assert-training.ts';
import type { TrainingRequest, TrainingResult } from '../training-request.ts';
import type { GpuDevice } from './gpu-device.ts';
import { taskKernelName, taskKernelSource } from './task-kernel.ts';
import { planTaskKernel, type TaskPlan, type Tuning } from './task-plan.ts';
import { type TaskRegions, taskRegions, taskUniforms } from './task-run.ts';
import {
  alphaSource,
  ITERATION_WORDS,
  sampleSource,
  TRAINING_WORDS,
  UPDATE_THREADS,
  updateSource,
} from './training-kernels.ts';
import { packTrainingState, type StateRegions, stateRegions, unpackTraining } from './training-state.ts';

/** Offsets of dynamic uniforms must be multiples of this. */
const ITERATION_BYTES = 256;
/** A submission that takes longer may make a browser's GPU watchdog nervous and the page's drawing stutter. */
const SUBMISSION_MS = 80;

/** See MetaGradientEngine.train. */
export async function train(
  gpu: GpuDevice,
  tuning: Tuning,
  request: TrainingRequest,
): Promise<TrainingResult> {
  assertTraining(request);
  const plan = planFor(request, tuning);
  const state = stateRegions(plan.layout, request);
  const { metaBatchSize: taskCount, points } = request.stream;
  const counts = { taskCount, supportSets: points.supportSets, wantAdapted: false };
  const regions: TaskRegions = { ...taskRegions(plan, counts), ...state };
  const buffers = createBuffers(gpu, regions, state);
  const record = await createRecorder(gpu, { plan, regions, state, buffers, request });
  gpu.device.queue.writeBuffer(buffers.state, 0, packTrainingState(plan.layout, state, request.state));
  const pace = `${taskKernelName(plan)} ${request.stream.metaBatchSize} ${plan.layout.size} ${plan.scratchQuads}`;
  let done = 0;
  let encoder = gpu.device.createCommandEncoder();
  for (;;) {
    const expectedMs = gpu.milliseconds.get(pace);
    const fitting = expectedMs === undefined ? 1 : Math.max(1, Math.floor(SUBMISSION_MS / expectedMs));
    const count = Math.min(request.iterations - done, fitting);
    record(encoder, done, count);
    done += count;
    if (done === request.iterations) break;
    const startedAt = performance.now();
    gpu.device.queue.submit([encoder.finish()]);
    await gpu.unlessLost(gpu.device.queue.onSubmittedWorkDone());
    gpu.milliseconds.set(pace, (performance.now() - startedAt) / count);
    encoder = gpu.device.createCommandEncoder();
  }
  const values = await gpu.read(encoder, buffers.state, 4 * state.quads);
  return unpackTraining(plan.layout, state, request, values);
}

function planFor(request: TrainingRequest, tuning: Tuning): TaskPlan {
  const { kind, shape, innerSteps, stream, alphaUpdate, state } = request;
  const { supportSize, querySize } = stream.points;
  return planTaskKernel(
    {
      kind,
      shape,
      innerSteps,
      alphaMode: state.alpha.mode,
      wantAlphaGradient: alphaUpdate !== null,
      supportSize,
      querySize,
    },
    tuning,
  );
}

interface TrainingBuffers {
  readonly state: GPUBuffer;
  readonly data: GPUBuffer;
  readonly work: GPUBuffer;
}

function createBuffers(gpu: GpuDevice, regions: TaskRegions, state: StateRegions): TrainingBuffers {
  const storage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
  return {
    state: gpu.buffer('state', 16 * state.quads, storage),
    data: gpu.buffer('data', 4 * regions.dataFloats, storage),
    work: gpu.buffer('work', 16 * regions.workQuads, storage),
  };
}

interface Prepared {
  readonly plan: TaskPlan;
  readonly regions: TaskRegions;
  readonly state: StateRegions;
  readonly buffers: TrainingBuffers;
  readonly request: TrainingRequest;
}

/** A function that records `count` iterations from the `from`th of the request on. */
async function createRecorder(gpu: GpuDevice, prepared: Prepared) {
  const { plan, regions, buffers, request } = prepared;
  const { device } = gpu;
  const { alphaUpdate } = request;
  const bindings = trainingLayout(gpu);
  const layout = device.createPipelineLayout({ bindGroupLayouts: [bindings] });
  const { threads } = plan.tuning;
  const wantAlpha = alphaUpdate !== null;
  const alphaMode = plan.settings.alphaMode;
  const [task, sample, update, alpha] = await Promise.all([
    gpu.pipeline(taskKernelName(plan), () => taskKernelSource(plan)),
    gpu.pipeline('sample', () => sampleSource(threads), layout),
    gpu.pipeline(`update ${wantAlpha}`, () => updateSource(wantAlpha), layout),
    wantAlpha ? gpu.pipeline(`alpha ${alphaMode}`, () => alphaSource(alphaMode), layout) : null,
  ]);
  const sizes = gpu.uniforms('task-sizes', taskUniforms(plan, regions));
  const iterations = gpu.uniforms('iterations', iterationWords(request));
  const training = gpu.uniforms('training', trainingWords(request, prepared.state));
  const whole = [buffers.state, buffers.data, buffers.work];
  const taskGroup = device.createBindGroup({
    layout: task.getBindGroupLayout(0),
    entries: [sizes, ...whole].map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
  const group = device.createBindGroup({
    layout: bindings,
    entries: [
      { binding: 0, resource: { buffer: sizes } },
      { binding: 1, resource: { buffer: iterations, size: ITERATION_BYTES } },
      { binding: 2, resource: { buffer: training } },
      ...whole.map((buffer, at) => ({ binding: 3 + at, resource: { buffer } })),
    ],
  });
  const { metaBatchSize } = request.stream;
  const updateGroups = Math.ceil(plan.layout.size / UPDATE_THREADS);
  return (encoder: GPUCommandEncoder, from: number, count: number): void => {
    const pass = encoder.beginComputePass();
    for (let i = from; i < from + count; i++) {
      const run = (pipeline: GPUComputePipeline, workgroups: number) => {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, group, [i * ITERATION_BYTES]);
        pass.dispatchWorkgroups(workgroups);
      };
      run(sample, metaBatchSize);
      pass.setPipeline(task);
      pass.setBindGroup(0, taskGroup);
      pass.dispatchWorkgroups(metaBatchSize);
      run(update, updateGroups);
      if (alpha) run(alpha, 1);
    }
    pass.end();
  };
}

function trainingLayout({ device }: GpuDevice): GPUBindGroupLayout {
  const visibility = GPUShaderStage.COMPUTE;
  const storage = [3, 4, 5].map((binding) => ({ binding, visibility, buffer: { type: 'storage' as const } }));
  return device.createBindGroupLayout({
    entries: [
      { binding: 0, visibility, buffer: {} },
      { binding: 1, visibility, buffer: { hasDynamicOffset: true } },
      { binding: 2, visibility, buffer: {} },
      ...storage,
    ],
  });
}

/** The uniforms of all iterations, one every ITERATION_BYTES. */
function iterationWords(request: TrainingRequest): Uint32Array<ArrayBuffer> {
  const { iterations, stream, iteration } = request;
  const words = new Uint32Array((iterations * ITERATION_BYTES) / 4);
  const floats = new Float32Array(words.buffer);
  for (let i = 0; i < iterations; i++) {
    const at = (i * ITERATION_BYTES) / 4;
    const taskKey = foldIn(stream.taskKey, iteration + i);
    const pointsKey = foldIn(stream.pointsKey, iteration + i);
    const { replayed, start, buffered } = replayOf(request, i);
    words.set([...taskKey, ...pointsKey, i, replayed, start, buffered], at);
    floats.set(stepOf(request, i), at + ITERATION_WORDS.u32.length);
  }
  return words;
}

/** Which ranks of the buffer are replayed; see algorithms/task-buffer.ts. */
function replayOf({ replay, stream, state }: TrainingRequest, i: number) {
  const buffered = i === 0 ? state.buffer.length : stream.metaBatchSize;
  const isOff = replay === null || replay.strategy === 'uniform';
  const replayed = isOff ? 0 : Math.min(replay.counts[i]!, buffered);
  const spare = buffered - replayed;
  const start = isOff ? 0 : { easy: 0, medium: Math.floor(spare / 2), hard: spare }[replay.strategy];
  return { replayed, start, buffered };
}

/** What the step is multiplied with, and for Adam 1/(1 − β₂ᵗ). */
function stepOf({ outer, state }: TrainingRequest, i: number): [number, number] {
  if (outer.kind === 'steps') return [outer.stepSizes[i]!, 0];
  const { optimizer } = state;
  if (optimizer.kind === 'sgd') return [outer.learningRate, 0];
  const count = optimizer.count + i + 1;
  return [outer.learningRate / (1 - ADAM.beta1 ** count), 1 / (1 - ADAM.beta2 ** count)];
}

/** The float32 next to −1 towards 0, where math/rng.ts starts its normal numbers. */
const ABOVE_MINUS_ONE = -1 + 2 ** -24;

function trainingWords(request: TrainingRequest, regions: StateRegions): Uint32Array<ArrayBuffer> {
  const { stream, outer, alphaUpdate, state, lossLimit } = request;
  const { points, distribution } = stream;
  const { main, noise } = distribution;
  // As math/rng.ts takes the width of a range: the difference of two float32, rounded.
  const span = (min: number, max: number) => Math.fround(Math.fround(max) - Math.fround(min));
  const whole: Record<(typeof TRAINING_WORDS.u32)[number], number> = {
    zero: 0,
    hasNoise: points.noise > 0 ? 1 : 0,
    isOracle: points.inputs === 'task' ? 1 : 0,
    moments: regions.moments,
    tasks: regions.tasks,
    bufferQuads: regions.bufferQuads,
    metrics: regions.metrics,
    isAdam: outer.kind === 'optimizer' && state.optimizer.kind === 'adam' ? 1 : 0,
  };
  const real: Record<(typeof TRAINING_WORDS.f32)[number], number> = {
    xMin: points.xMin,
    xSpan: span(points.xMin, points.xMax),
    noise: points.noise,
    normalMin: ABOVE_MINUS_ONE,
    normalSpan: span(ABOVE_MINUS_ONE, 1),
    // Draws lie on a grid of 2⁻²³: rounded up to it the bound cuts the same draws, also in float32.
    noiseTaskShare: Math.ceil(distribution.noiseTaskShare * 2 ** 23) / 2 ** 23,
    amplitudeMin: main.amplitudeMin,
    amplitudeSpan: main.amplitudeMax - main.amplitudeMin,
    phaseMin: main.phaseMin,
    phaseSpan: main.phaseMax - main.phaseMin,
    noiseAmplitudeMin: noise.amplitudeMin,
    noiseAmplitudeSpan: noise.amplitudeMax - noise.amplitudeMin,
    noisePhaseMin: noise.phaseMin,
    noisePhaseSpan: noise.phaseMax - noise.phaseMin,
    lossLimit,
    gradientScale: outer.kind === 'optimizer' ? outer.gradientScale : 1,
    alphaRate: alphaUpdate?.learningRate ?? 0,
    alphaMin: alphaUpdate?.min ?? 0,
    alphaMax: alphaUpdate?.max ?? 0,
    unused: 0,
  };
  const words = new Uint32Array(TRAINING_WORDS.u32.length + TRAINING_WORDS.f32.length);
  words.set(TRAINING_WORDS.u32.map((name) => whole[name]));
  const floats = TRAINING_WORDS.f32.map((name) => real[name]);
  new Float32Array(words.buffer).set(floats, TRAINING_WORDS.u32.length);
  return words;
}
