// One run of the task kernel: where everything lies in the buffers, the kernel's uniforms, and the upload of a request.
import type { AdaptationRequest, MetaGradientRequest } from '../meta-gradient.ts';
import { packAlpha, packParams } from './quad-layout.ts';
import { LAYER_COLUMNS, MOST_LAYERS, TASK_UNIFORMS } from './task-kernel.ts';
import type { TaskPlan, TaskSettings } from './task-plan.ts';

/** What a request asks of the kernel. */
export function settingsOf(request: AdaptationRequest | MetaGradientRequest): TaskSettings {
  const { shape, innerSteps, alpha, tasks } = request;
  const { supportSize, querySize } = tasks;
  const common = { shape, innerSteps, alphaMode: alpha.mode, supportSize, querySize };
  if (!('kind' in request)) return { ...common, kind: 'adapt', wantAlphaGradient: false };
  return { ...common, kind: request.kind, wantAlphaGradient: request.wantAlphaGradient };
}

export interface TaskCounts {
  readonly taskCount: number;
  readonly supportSets: number;
  readonly wantAdapted: boolean;
}

/** Regions of the buffers, in quads (those of `data` in floats), by the names of the kernel's uniforms. */
export interface TaskRegions extends TaskCounts {
  readonly supportX: number;
  readonly supportY: number;
  readonly queryX: number;
  readonly queryY: number;
  readonly metaParams: number;
  readonly alpha: number;
  readonly control: number;
  readonly losses: number;
  readonly adapted: number;
  readonly gradient: number;
  readonly alphaGradient: number;
  readonly scratch: number;
  /** Quads at the start of `work` to read back: mean gradient, mean ∂/∂α, losses, adapted parameters. */
  readonly resultQuads: number;
  readonly workQuads: number;
  readonly stateQuads: number;
  readonly dataFloats: number;
}

/** Lays out the buffers; the results come first in `work`, so that one copy reads them. */
export function taskRegions(plan: TaskPlan, counts: TaskCounts): TaskRegions {
  const { taskCount, supportSets, wantAdapted } = counts;
  const { kind, innerSteps, shape, supportSize, querySize, wantAlphaGradient } = plan.settings;
  const params = plan.layout.size;
  const inputs = shape.sizes[0]!;
  const outputs = shape.sizes[shape.sizes.length - 1]!;
  const isAdapt = kind === 'adapt';
  const losses = isAdapt ? 0 : params * (wantAlphaGradient ? 2 : 1);
  const adapted = losses + taskCount * (isAdapt ? 2 * (innerSteps + 1) : 1);
  const resultQuads = adapted + (wantAdapted ? taskCount * params : 0);
  const alphaGradient = resultQuads + (isAdapt ? 0 : taskCount * params);
  const scratch = alphaGradient + (wantAlphaGradient ? taskCount * params : 0);
  const supportPoints = supportSets * taskCount * supportSize;
  const supportY = supportPoints * inputs;
  const queryX = supportY + supportPoints * outputs;
  const queryY = queryX + taskCount * querySize * inputs;
  return {
    ...counts,
    supportX: 0,
    supportY,
    queryX,
    queryY,
    metaParams: 0,
    alpha: params,
    control: 2 * params,
    losses,
    adapted,
    gradient: resultQuads,
    alphaGradient,
    scratch,
    resultQuads,
    workQuads: scratch + taskCount * plan.scratchQuads,
    stateQuads: 2 * params + 1,
    dataFloats: queryY + taskCount * querySize * outputs,
  };
}

/** The kernel's uniforms as words. */
export function taskUniforms(plan: TaskPlan, regions: TaskRegions): Uint32Array<ArrayBuffer> {
  const { settings, layout, arraysAt, slotQuads, querySlot, scratchQuads } = plan;
  const { shape, supportSize, querySize, innerSteps } = settings;
  const inputs = shape.sizes[0]!;
  const outputs = shape.sizes[shape.sizes.length - 1]!;
  const shares = new Uint32Array(
    Float32Array.of(1 / (supportSize * outputs), 1 / (querySize * outputs)).buffer,
  );
  const named: Readonly<Record<(typeof TASK_UNIFORMS)[number], number>> = {
    ...regions,
    wantAdapted: regions.wantAdapted ? 1 : 0,
    supportSize,
    querySize,
    inputs,
    outputs,
    innerSteps,
    layerCount: layout.layers.length,
    supportShare: shares[0]!,
    queryShare: shares[1]!,
    paramQuads: layout.size,
    scratchQuads,
    slotQuads,
    querySlot,
    strideBelow: plan.strides[0]!,
    ...arraysAt,
    unused0: 0,
    unused1: 0,
    unused2: 0,
  };
  const words = new Uint32Array(TASK_UNIFORMS.length + MOST_LAYERS * LAYER_COLUMNS.length);
  words.set(TASK_UNIFORMS.map((name) => named[name]));
  words.set(layerTable(plan), TASK_UNIFORMS.length);
  return words;
}

function layerTable({ layout, strides, valuesAt, deltasAt }: TaskPlan): number[] {
  return layout.layers.flatMap(({ inputs, outputs, stride, at }, l) => [
    inputs,
    outputs,
    stride,
    strides[l]!,
    at,
    valuesAt[l]!,
    valuesAt[l + 1]!,
    deltasAt[l]!,
    deltasAt[l + 1]!,
    0,
    0,
    0,
  ]);
}

/** θ, α and a control quad of zeros. */
export function packState(
  plan: TaskPlan,
  regions: TaskRegions,
  request: AdaptationRequest,
): Float32Array<ArrayBuffer> {
  const state = new Float32Array(4 * regions.stateQuads);
  packParams(plan.layout, request.metaParams, state, 4 * regions.metaParams);
  packAlpha(plan.layout, request.alpha, state, 4 * regions.alpha);
  return state;
}

/** The points of a request, as the kernel reads them. */
export function packData(regions: TaskRegions, { tasks }: AdaptationRequest): Float32Array<ArrayBuffer> {
  const data = new Float32Array(regions.dataFloats);
  data.set(tasks.supportX, regions.supportX);
  data.set(tasks.supportY, regions.supportY);
  data.set(tasks.queryX, regions.queryX);
  data.set(tasks.queryY, regions.queryY);
  return data;
}
