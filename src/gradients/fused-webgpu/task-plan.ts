// The sizes of one run of the task kernel: which arrays a task needs, how big they are, and which of them go to the
// workgroup's own memory (as long as there is room) rather than to a slice of a storage buffer. No WGSL of passes here.
import type { InnerLearningRate } from '../../models/inner-learning-rate.ts';
import type { MlpShape } from '../../models/mlp-shape.ts';
import type { MetaGradientKind } from '../meta-gradient.ts';
import { type QuadLayout, quadLayout, quads } from './quad-layout.ts';

/** What a batch of tasks asks of the kernel; number of tasks and of support sets do not matter here. */
export interface TaskSettings {
  readonly shape: MlpShape;
  /** adapt: losses along the path, no gradient of the query loss. */
  readonly kind: MetaGradientKind | 'adapt';
  readonly innerSteps: number;
  readonly alphaMode: InnerLearningRate['mode'];
  readonly wantAlphaGradient: boolean;
  readonly supportSize: number;
  readonly querySize: number;
}

/** How kernels are laid out for an adapter. */
export interface Tuning {
  /** Threads per workgroup, a power of two; one workgroup computes one task. */
  readonly threads: number;
  /** Bytes of workgroup memory to use at most. */
  readonly workgroupBytes: number;
  /** Points that a thread takes at once. */
  readonly rows: number;
  /** Whether fewer are taken where `rows` would leave threads without work. Each number is a kernel of its own. */
  readonly fitsRows?: boolean;
}

/** An array of a task: `ref(index)` is the WGSL of its quad `index`. */
export interface TaskArray {
  readonly isInWorkgroup: boolean;
  readonly ref: (index: string) => string;
}

export interface TaskArrays {
  /** θ_j, where the inner loop is. */
  readonly params: TaskArray;
  /** v */
  readonly cotangent: TaskArray;
  /** Values and deltas of all passes: one slot per pass. */
  readonly slots: TaskArray;
  /** α∘v, for α per parameter only. */
  readonly scaled: TaskArray;
  /** θ_1 … θ_{k−1} */
  readonly path: TaskArray;
}

export interface TaskPlan {
  readonly settings: TaskSettings;
  readonly tuning: Tuning;
  readonly layout: QuadLayout;
  readonly arrays: TaskArrays;
  /** First quad of each array, in workgroup memory or in the task's slice of the storage buffer. */
  readonly arraysAt: Readonly<Record<keyof TaskArrays, number>>;
  /** Quads per point of each level of units, inputs first. */
  readonly strides: readonly number[];
  /** Where level l's quads start in a slot: values (of levels 0 … L−1) and deltas (1 … L). */
  readonly valuesAt: readonly number[];
  readonly deltasAt: readonly number[];
  /** Quads of one slot. */
  readonly slotQuads: number;
  /** Slot in which the query pass computes, and after it the R-pass. */
  readonly querySlot: number;
  /** Quads in the storage buffer per task. */
  readonly scratchQuads: number;
  /** Quads in workgroup memory. */
  readonly workgroupQuads: number;
}

/** Names of the arrays in the order in which they get workgroup memory. */
export const ARRAY_NAMES = ['params', 'cotangent', 'slots', 'scaled', 'path'] as const;

export function planTaskKernel(settings: TaskSettings, tuning: Tuning): TaskPlan {
  const { kind, innerSteps, wantAlphaGradient, alphaMode } = settings;
  const layout = quadLayout(settings.shape);
  const slot = layOutSlot(settings);
  const isSecond = kind === 'second' && innerSteps > 0;
  // The support passes are only looked at again on the way back.
  const keepsPasses = innerSteps > 0 && (isSecond || wantAlphaGradient);
  const querySlot = keepsPasses ? innerSteps : 0;
  const sizes = {
    params: layout.size,
    cotangent: kind === 'adapt' ? 0 : layout.size,
    slots: slot.slotQuads * (querySlot + 1),
    scaled: isSecond && alphaMode === 'parameter' ? layout.size : 0,
    path: isSecond ? layout.size * (innerSteps - 1) : 0,
  };
  const fitted = { ...tuning, rows: fitRows(settings, tuning) };
  return { settings, tuning: fitted, layout, querySlot, ...slot, ...placeArrays(sizes, tuning) };
}

/** The points per thread with which the widest level's tiles take the least time, were products all that counts. */
function fitRows(
  { shape, supportSize, querySize }: TaskSettings,
  { rows, threads, fitsRows }: Tuning,
): number {
  if (fitsRows !== true) return rows;
  const points = Math.max(supportSize, querySize);
  const columns = quads(Math.max(...shape.sizes));
  let best = 1;
  let least = Number.POSITIVE_INFINITY;
  for (let candidate = 1; candidate <= rows; candidate++) {
    const rounds = Math.ceil((Math.ceil(points / candidate) * columns) / threads);
    // Per quad of inputs: four loads of weights, and per point one load and sixteen products, four to a load's time.
    const time = rounds * (4 + candidate * (1 + 4));
    if (time < least) [best, least] = [candidate, time];
  }
  return best;
}

function layOutSlot({ shape, supportSize, querySize }: TaskSettings) {
  const strides = shape.sizes.map(quads);
  const points = Math.max(supportSize, querySize);
  const last = strides.length - 1;
  let slotQuads = 0;
  const valuesAt = strides.map((stride, level) => {
    const at = slotQuads;
    if (level < last) slotQuads += stride * points;
    return at;
  });
  const deltasAt = strides.map((stride, level) => {
    const at = slotQuads;
    if (level > 0) slotQuads += stride * points;
    return at;
  });
  return { strides, valuesAt, deltasAt, slotQuads };
}

function placeArrays(sizes: Readonly<Record<keyof TaskArrays, number>>, tuning: Tuning) {
  // One quad per thread is kept for sums over threads.
  const room = Math.floor(tuning.workgroupBytes / 16) - tuning.threads;
  let workgroupQuads = 0;
  let scratchQuads = 0;
  const place = (name: keyof TaskArrays): [TaskArray, number] => {
    const size = sizes[name];
    if (workgroupQuads + size <= room) {
      const at = workgroupQuads;
      workgroupQuads += size;
      return [{ isInWorkgroup: true, ref: (index) => `local[${name}At + ${index}]` }, at];
    }
    const at = scratchQuads;
    scratchQuads += size;
    return [{ isInWorkgroup: false, ref: (index) => `work[${name}At + ${index}]` }, at];
  };
  const [params, paramsAt] = place('params');
  const [cotangent, cotangentAt] = place('cotangent');
  const [slots, slotsAt] = place('slots');
  const [scaled, scaledAt] = place('scaled');
  const [path, pathAt] = place('path');
  return {
    arrays: { params, cotangent, slots, scaled, path },
    arraysAt: {
      params: paramsAt,
      cotangent: cotangentAt,
      slots: slotsAt,
      scaled: scaledAt,
      path: pathAt,
    },
    scratchQuads,
    workgroupQuads,
  };
}
