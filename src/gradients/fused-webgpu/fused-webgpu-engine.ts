// The engine 'fused-webgpu': the whole meta-gradient in one submission of hand-written kernels on tfjs's WebGPU device.
// Buffers and pipelines are its own and are kept from call to call; calls take turns on them.
import { mean } from '../../math/statistics.ts';
import { parameterCount } from '../../models/mlp-shape.ts';
import { assertRequest } from '../assert-request.ts';
import type {
  AdaptationRequest,
  AdaptationResult,
  MetaGradientEngine,
  MetaGradientRequest,
  MetaGradientResult,
} from '../meta-gradient.ts';
import type { OpenBackend } from '../open-backend.ts';
import { createGpuDevice, dispatch, type GpuDevice } from './gpu-device.ts';
import { tuningFor, unsupportedBy } from './limits.ts';
import { gatherAlphaGradient, unpackParams } from './quad-layout.ts';
import { REDUCE_SOURCE, REDUCE_THREADS } from './reduce-kernel.ts';
import { taskKernelName, taskKernelSource } from './task-kernel.ts';
import { planTaskKernel, type TaskPlan, type Tuning } from './task-plan.ts';
import { packData, packState, settingsOf, type TaskRegions, taskRegions, taskUniforms } from './task-run.ts';
import { train } from './train.ts';

export interface FusedWebGpuOptions {
  /** Layout of the kernels; measured defaults for the adapter without it. */
  readonly tuning?: Tuning;
}

/** An engine on an opened WebGPU backend. Results are Float32Arrays. Disposing of it keeps the backend. */
export function createFusedWebGpuEngine(
  opened: OpenBackend,
  options: FusedWebGpuOptions = {},
): MetaGradientEngine {
  const { device, lost, destroyDevice, adapter } = opened;
  if (!device || !lost || !destroyDevice) {
    throw new Error(`fused-webgpu: got backend '${opened.name}', expected an opened 'webgpu'.`);
  }
  const tuning = options.tuning ?? tuningFor(device, adapter?.isSoftware ?? false);
  const gpu = createGpuDevice(device, lost);
  const inTurn = createTurns();
  return {
    id: 'fused-webgpu',
    metaGradient: (request) => inTurn(() => metaGradient(gpu, tuning, request)),
    adapt: (request) => inTurn(() => adapt(gpu, tuning, request)),
    train: (request) => inTurn(() => train(gpu, tuning, request)),
    unsupported: (limits) => unsupportedBy(device, tuning, limits),
    dispose: () => gpu.destroy(),
    lost,
    destroyDevice,
  };
}

/** Runs one after the other: the buffers are shared by all calls. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    // The next in line does not care how this turn ended; whoever asked does.
    last = turn.catch(() => undefined);
    return turn;
  };
}

interface PreparedRun {
  readonly plan: TaskPlan;
  readonly regions: TaskRegions;
  readonly encoder: GPUCommandEncoder;
  readonly pass: GPUComputePassEncoder;
  readonly work: GPUBuffer;
}

/** Uploads the request and records the task kernel. */
async function prepare(gpu: GpuDevice, tuning: Tuning, request: AdaptationRequest): Promise<PreparedRun> {
  assertRequest(request);
  const plan = planTaskKernel(settingsOf(request), tuning);
  const { taskCount, supportSets } = request.tasks;
  const wantAdapted = request.wantAdaptedParams === true;
  const regions = taskRegions(plan, { taskCount, supportSets, wantAdapted });
  const pipeline = await gpu.pipeline(taskKernelName(plan), () => taskKernelSource(plan));
  const storage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
  const state = gpu.buffer('state', 16 * regions.stateQuads, storage);
  const data = gpu.buffer('data', 4 * regions.dataFloats, storage);
  const work = gpu.buffer('work', 16 * regions.workQuads, storage);
  gpu.device.queue.writeBuffer(state, 0, packState(plan, regions, request));
  gpu.device.queue.writeBuffer(data, 0, packData(regions, request));
  const uniforms = gpu.uniforms('task-sizes', taskUniforms(plan, regions));
  const encoder = gpu.device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  dispatch(gpu, pass, pipeline, [uniforms, state, data, work], taskCount);
  return { plan, regions, encoder, pass, work };
}

async function metaGradient(
  gpu: GpuDevice,
  tuning: Tuning,
  request: MetaGradientRequest,
): Promise<MetaGradientResult> {
  const reduce = await gpu.pipeline('reduce', () => REDUCE_SOURCE);
  const { plan, regions, encoder, pass, work } = await prepare(gpu, tuning, request);
  const { gradient, alphaGradient } = regions;
  const rates = request.wantAlphaGradient ? plan.layout.size : 0;
  const { taskCount } = request.tasks;
  const words = Uint32Array.of(taskCount, plan.layout.size, rates, gradient, alphaGradient);
  const workgroups = Math.ceil((plan.layout.size + rates) / REDUCE_THREADS);
  dispatch(gpu, pass, reduce, [gpu.uniforms('reduce-sizes', words), work], workgroups);
  pass.end();
  return unpackMetaGradient(request, plan, regions, await gpu.read(encoder, work, 4 * regions.resultQuads));
}

function unpackMetaGradient(
  request: MetaGradientRequest,
  plan: TaskPlan,
  regions: TaskRegions,
  values: Float32Array,
): MetaGradientResult {
  const { taskCount } = request.tasks;
  const metaGradient = new Float32Array(parameterCount(request.shape));
  unpackParams(plan.layout, values, 0, metaGradient);
  const lossesOf = (entry: number) =>
    Float32Array.from({ length: taskCount }, (_, task) => values[4 * (regions.losses + task) + entry]!);
  return {
    metaGradient,
    ...(request.wantAlphaGradient && { alphaGradient: unpackAlphaGradient(request, plan, values) }),
    supportLosses: lossesOf(0),
    queryLosses: lossesOf(1),
    innerGradientNorm: mean(lossesOf(2)),
    ...(request.wantAdaptedParams && {
      adaptedParams: unpackAdapted(request, plan, regions.adapted, values),
    }),
  };
}

function unpackAlphaGradient(
  { alpha }: MetaGradientRequest,
  plan: TaskPlan,
  values: Float32Array,
): Float32Array {
  return gatherAlphaGradient(plan.layout, alpha, values, 4 * plan.layout.size);
}

function unpackAdapted(
  { shape, tasks }: AdaptationRequest,
  plan: TaskPlan,
  at: number,
  values: Float32Array,
): Float32Array {
  const size = parameterCount(shape);
  const adapted = new Float32Array(tasks.taskCount * size);
  for (let task = 0; task < tasks.taskCount; task++) {
    unpackParams(plan.layout, values, 4 * (at + task * plan.layout.size), adapted, task * size);
  }
  return adapted;
}

async function adapt(gpu: GpuDevice, tuning: Tuning, request: AdaptationRequest): Promise<AdaptationResult> {
  const { plan, regions, encoder, pass, work } = await prepare(gpu, tuning, adaptationOnly(request));
  pass.end();
  const values = await gpu.read(encoder, work, 4 * regions.resultQuads);
  const count = (request.innerSteps + 1) * request.tasks.taskCount;
  const losses = (from: number) =>
    Float32Array.from({ length: count }, (_, at) => values[4 * (regions.losses + from + at)]!);
  return {
    supportLosses: losses(0),
    queryLosses: losses(count),
    ...(request.wantAdaptedParams && {
      adaptedParams: unpackAdapted(request, plan, regions.adapted, values),
    }),
  };
}

/** The request without what a MetaGradientRequest passed as an AdaptationRequest would bring along. */
function adaptationOnly(request: AdaptationRequest): AdaptationRequest {
  const { shape, metaParams, alpha, innerSteps, tasks, wantAdaptedParams = false } = request;
  return { shape, metaParams, alpha, innerSteps, tasks, wantAdaptedParams };
}
