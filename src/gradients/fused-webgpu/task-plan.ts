// The sizes of one task kernel: which arrays a task needs, how big they are, and which of them go to the workgroup's
// own memory (as long as there is room) rather than to a slice of the storage buffer. No WGSL is written here.
import type { InnerLearningRate } from '../../models/inner-learning-rate.ts';
import type { MlpShape } from '../../models/mlp-shape.ts';
import type { MetaGradientKind } from '../meta-gradient.ts';
import { type QuadLayout, quadLayout, quads } from './quad-layout.ts';

/** What a kernel is generated for; number of tasks and of support sets are given per call. */
export interface TaskKernelKey {
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
  /** Threads per workgroup; one workgroup computes one task. */
  readonly threads: number;
  /** Bytes of workgroup memory to use at most. */
  readonly workgroupBytes: number;
  /** Points that a thread takes at once, at most. */
  readonly rows: number;
}

/** An array of a task: `ref(index)` is the WGSL of its quad `index`. */
export interface TaskArray {
  ref(index: string): string;
}

export interface TaskPlan {
  readonly key: TaskKernelKey;
  readonly layout: QuadLayout;
  readonly tuning: Tuning;
  /** Quads per point of each level of units, inputs first. */
  readonly strides: readonly number[];
  /** Where level l's quads start in a slot of values (levels 0 … L−1) and of deltas (1 … L). */
  readonly valuesAt: readonly number[];
  readonly deltasAt: readonly number[];
  /** Quads of one slot: values and deltas of one pass. */
  readonly slotQuads: number;
  /** Slot in which the query pass computes, and after it the R-pass. */
  readonly querySlot: number;
  /** θ_j, where the inner loop is. */
  readonly params: TaskArray;
  /** v */
  readonly cotangent: TaskArray;
  /** α∘v, for α per parameter only. */
  readonly scaled: TaskArray;
  /** Values and deltas of all passes. */
  readonly slots: TaskArray;
  /** θ_1 … θ_{k−1} */
  readonly path: TaskArray;
  /** Quads in the storage buffer per task. */
  readonly scratchQuads: number;
  /** Quads in workgroup memory. */
  readonly workgroupQuads: number;
}

export function planTaskKernel(key: TaskKernelKey, tuning: Tuning): TaskPlan {
  const { shape, kind, innerSteps, supportSize, querySize } = key;
  const layout = quadLayout(shape);
  const strides = shape.sizes.map(quads);
  const points = Math.max(supportSize, querySize);
  const valuesAt: number[] = [];
  const deltasAt: number[] = [];
  let slotQuads = 0;
  strides.forEach((stride, level) => {
    valuesAt[level] = slotQuads;
    if (level < strides.length - 1) slotQuads += stride * points;
  });
  strides.forEach((stride, level) => {
    deltasAt[level] = slotQuads;
    if (level > 0) slotQuads += stride * points;
  });
  const isSecond = kind === 'second';
  // The support passes are only looked at again on the way back.
  const keepsPasses = innerSteps > 0 && (isSecond || key.wantAlphaGradient);
  const querySlot = keepsPasses ? innerSteps : 0;
  const place = createPlacement(tuning);
  const params = place(layout.size);
  const cotangent = place(kind === 'adapt' ? 0 : layout.size);
  const slots = place(slotQuads * (querySlot + 1));
  const scaled = place(isSecond && innerSteps > 0 && key.alphaMode === 'parameter' ? layout.size : 0);
  const path = place.inStorage(isSecond ? layout.size * Math.max(0, innerSteps - 1) : 0);
  return {
    key,
    layout,
    tuning,
    strides,
    valuesAt,
    deltasAt,
    slotQuads,
    querySlot,
    params,
    cotangent,
    scaled,
    slots,
    path,
    scratchQuads: place.storageQuads(),
    workgroupQuads: place.workgroupQuads(),
  };
}

function createPlacement({ workgroupBytes, threads }: Tuning) {
  // One quad per thread is kept for sums over threads.
  const room = Math.floor(workgroupBytes / 16) - threads;
  let inWorkgroup = 0;
  let stored = 0;
  const inStorage = (size: number): TaskArray => {
    const at = stored;
    stored += size;
    return { ref: (index) => `work[scratch + ${at}u + ${index}]` };
  };
  const place = (size: number): TaskArray => {
    if (inWorkgroup + size > room) return inStorage(size);
    const at = inWorkgroup;
    inWorkgroup += size;
    return { ref: (index) => `local[${at}u + ${index}]` };
  };
  return Object.assign(place, {
    inStorage,
    storageQuads: () => stored,
    workgroupQuads: () => inWorkgroup,
  });
}
