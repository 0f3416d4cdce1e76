// What goes into the kernels' memory and comes out of it, between the flat layouts of requests and the arena's own.
import type { AlphaMode } from '../../experiment/experiment.ts';
import type { FloatArray } from '../../math/arrays.ts';
import type { InnerLearningRate } from '../../models/inner-learning-rate.ts';
import { layerRanges } from '../../models/mlp-shape.ts';
import type { TaskBatch } from '../../tasks/task-batch.ts';
import type { MetaGradientKind } from '../meta-gradient.ts';
import { type Arena, inputWidth } from './arena.ts';
import { FIRST, JOB_ALPHA_TOTAL, JOB_KIND, REPTILE, SECOND } from './assembly/fields.ts';
import type { Kernels } from './kernels.ts';

const KINDS = { second: SECOND, first: FIRST, reptile: REPTILE };

/** An arena whose records are written, and the memory as numbers. */
export interface RequestMemory {
  readonly arena: Arena;
  readonly floats: Float32Array;
  readonly records: Uint32Array;
}

/** The memory as it is now: once grown it is another buffer. */
export function viewMemory({ buffer }: WebAssembly.Memory) {
  return { floats: new Float32Array(buffer), records: new Uint32Array(buffer) };
}

/** α, spread over the parameters. */
export function writeAlpha(kernels: Kernels, memory: RequestMemory, alpha: InnerLearningRate): void {
  const { arena, floats } = memory;
  if (alpha.mode === 'parameter') {
    writeParams(kernels, memory, alpha.values, arena.alpha);
    return;
  }
  arena.layers.forEach((layer, l) => {
    const from = (arena.alpha + layer.weightsOffset) / 4;
    const to = l + 1 < arena.layers.length ? arena.layers[l + 1]!.weightsOffset : arena.paramBytes;
    floats.fill(alpha.values[alpha.mode === 'layer' ? l : 0]!, from, (arena.alpha + to) / 4);
  });
}

/** The tasks' points. */
export function writeTasks({ arena, floats }: RequestMemory, tasks: TaskBatch): void {
  const width = inputWidth(arena.sizes.shape);
  writeRows(floats, arena.supportX / 4, tasks.supportX, { from: tasks.inputSize, to: width });
  writeRows(floats, arena.queryX / 4, tasks.queryX, { from: tasks.inputSize, to: width });
  floats.set(tasks.supportY, arena.supportY / 4);
  floats.set(tasks.queryY, arena.queryY / 4);
}

/** A flat parameter vector [P] to the padded one at `to`, whose padding must be 0 already. */
export function writeParams(
  kernels: Kernels,
  { arena, floats }: RequestMemory,
  values: FloatArray,
  to: number,
): void {
  floats.set(values, arena.flat / 4);
  kernels.packParams(arena.net, arena.flat, to);
}

/** Rows of `width.from` numbers into rows of `width.to`. */
function writeRows(
  floats: Float32Array,
  at: number,
  values: FloatArray,
  width: { readonly from: number; readonly to: number },
): void {
  if (width.from === width.to) {
    floats.set(values, at);
    return;
  }
  for (let row = 0; row * width.from < values.length; row++) {
    floats.set(values.subarray(row * width.from, (row + 1) * width.from), at + row * width.to);
  }
}

/** A copy of `count` floats from address `at` on. */
export function read({ floats }: RequestMemory, at: number, count: number): Float32Array {
  return floats.slice(at / 4, at / 4 + count);
}

/** From a sum over tasks, padded, to the mean, in place. */
export function takeMean(kernels: Kernels, { arena }: RequestMemory, padded: number): void {
  kernels.scaleBy(padded, 1 / arena.sizes.taskCount, arena.paramBytes);
}

/** A padded parameter vector in the flat layout [P]. */
export function readParams(kernels: Kernels, memory: RequestMemory, padded: number): Float32Array {
  const { arena } = memory;
  kernels.unpackParams(arena.net, padded, arena.flat);
  return read(memory, arena.flat, arena.paramCount);
}

/** ∂ mean Q/∂α in the layout of α: summed over the parameters that share one α. */
export function readAlphaGradient(kernels: Kernels, memory: RequestMemory, mode: AlphaMode): Float32Array {
  const { alphaTotal, sizes } = memory.arena;
  takeMean(kernels, memory, alphaTotal);
  const mean = readParams(kernels, memory, alphaTotal);
  if (mode === 'parameter') return mean;
  const sumOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0);
  if (mode === 'scalar') return Float32Array.of(sumOf(mean));
  return Float32Array.from(layerRanges(sizes.shape), (range) =>
    sumOf(mean.subarray(range.weightsAt, range.end)),
  );
}

/** Sums meta-gradients and, if wanted, ∂Q/∂α over tasks into the arena's totals; returns the sum of ‖∇L(θ)‖. */
export function sumOverTasks(
  kernels: Kernels,
  { arena, floats, records }: RequestMemory,
  { kind, wantAlphaGradient }: { readonly kind: MetaGradientKind; readonly wantAlphaGradient: boolean },
): number {
  floats.fill(0, arena.total / 4, (arena.total + arena.paramBytes) / 4);
  floats.fill(0, arena.alphaTotal / 4, (arena.alphaTotal + arena.paramBytes) / 4);
  records[(arena.job + JOB_KIND) / 4] = KINDS[kind];
  records[(arena.job + JOB_ALPHA_TOTAL) / 4] = wantAlphaGradient ? arena.alphaTotal : 0;
  return kernels.metaGradient(arena.net, arena.job, arena.paramCount);
}
