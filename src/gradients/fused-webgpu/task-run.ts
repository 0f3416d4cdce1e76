// One call of the task kernel: where everything lies in the buffers, and the upload of a request into them.
import { type AdaptationRequest, type MetaGradientRequest } from '../meta-gradient.ts';
import { alphaQuads, packAlpha, packParams } from './quad-layout.ts';
import { TASK_UNIFORMS, type TaskUniforms } from './task-kernel.ts';
import type { TaskKernelKey, TaskPlan } from './task-plan.ts';

/** The kernel's key for a request. */
export function kernelKeyOf(request: AdaptationRequest | MetaGradientRequest): TaskKernelKey {
  const { shape, innerSteps, alpha, tasks } = request;
  const { supportSize, querySize } = tasks;
  const common = { shape, innerSteps, alphaMode: alpha.mode, supportSize, querySize };
  if (!('kind' in request)) return { ...common, kind: 'adapt', wantAlphaGradient: false };
  return { ...common, kind: request.kind, wantAlphaGradient: request.wantAlphaGradient };
}

/** A name for everything that the kernel's source depends on. */
export function kernelName(key: TaskKernelKey): string {
  const { shape, kind, innerSteps, alphaMode, wantAlphaGradient, supportSize, querySize } = key;
  const sizes = `${shape.sizes.join('-')} ${shape.activation} ${supportSize}+${querySize}`;
  return `task ${sizes} ${kind} ${innerSteps} ${alphaMode} ${wantAlphaGradient}`;
}

/** Regions of the buffers, in quads (data: in floats). */
export interface TaskRegions {
  readonly uniforms: TaskUniforms;
  /** Quads of `work` to read back: mean gradient, mean ∂/∂α, losses, adapted parameters. */
  readonly resultQuads: number;
  readonly workQuads: number;
  readonly stateQuads: number;
  readonly dataFloats: number;
}

export interface TaskCounts {
  readonly taskCount: number;
  readonly supportSets: number;
  readonly wantAdapted: boolean;
}

/** α quads of `plan`. */
export function planAlphaQuads(plan: TaskPlan): number {
  return alphaQuads(plan.layout, plan.key.alphaMode);
}

/** Lays out the buffers; the results come first in `work`, so that one copy reads them. */
export function taskRegions(plan: TaskPlan, counts: TaskCounts): TaskRegions {
  const { taskCount, supportSets, wantAdapted } = counts;
  const { kind, innerSteps, shape, supportSize, querySize } = plan.key;
  const params = plan.layout.size;
  const rates = planAlphaQuads(plan);
  const outputs = shape.sizes[shape.sizes.length - 1]!;
  const isAdapt = kind === 'adapt';
  const losses = isAdapt ? 0 : params + rates;
  const adapted = losses + taskCount * (isAdapt ? 2 * (innerSteps + 1) : 1);
  const resultQuads = adapted + (wantAdapted ? taskCount * params : 0);
  const gradient = resultQuads;
  const alphaGradient = gradient + (isAdapt ? 0 : taskCount * params);
  const scratch = alphaGradient + (plan.key.wantAlphaGradient ? taskCount * rates : 0);
  const supportPoints = supportSets * taskCount * supportSize;
  const supportY = supportPoints * shape.sizes[0]!;
  const queryX = supportY + supportPoints * outputs;
  const queryY = queryX + taskCount * querySize * shape.sizes[0]!;
  return {
    uniforms: {
      taskCount,
      supportSets,
      wantAdapted: wantAdapted ? 1 : 0,
      supportX: 0,
      supportY,
      queryX,
      queryY,
      params: 0,
      alpha: params,
      control: params + rates,
      scratch,
      gradient,
      alphaGradient,
      losses,
      adapted,
      unused: 0,
    },
    resultQuads,
    workQuads: scratch + taskCount * plan.scratchQuads,
    stateQuads: params + rates + 1,
    dataFloats: queryY + taskCount * querySize * outputs,
  };
}

/** The uniforms as words. */
export function uniformWords(uniforms: TaskUniforms): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(TASK_UNIFORMS, (name) => uniforms[name]);
}

/** θ, α and a control quad of zeros. */
export function packState(plan: TaskPlan, regions: TaskRegions, request: AdaptationRequest) {
  const state = new Float32Array(4 * regions.stateQuads);
  packParams(plan.layout, request.metaParams, state, 4 * regions.uniforms.params);
  packAlpha(plan.layout, request.alpha, state, 4 * regions.uniforms.alpha);
  return state;
}

/** The points of a request, as the kernel reads them. */
export function packData({ uniforms, dataFloats }: TaskRegions, { tasks }: AdaptationRequest) {
  const data = new Float32Array(dataFloats);
  data.set(tasks.supportX, uniforms.supportX);
  data.set(tasks.supportY, uniforms.supportY);
  data.set(tasks.queryX, uniforms.queryX);
  data.set(tasks.queryY, uniforms.queryY);
  return data;
}
