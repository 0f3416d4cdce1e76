// Meta-gradients by the fused kernels of assembly/: puts a request into the kernels' memory, runs it in one call and
// takes the results out. float32, one thread, the same bits wherever WebAssembly runs.
import type { FloatArray } from '../../math/arrays.ts';
import { layerRanges } from '../../models/mlp-shape.ts';
import { assertRequest } from '../assert-request.ts';
import type {
  AdaptationRequest,
  AdaptationResult,
  EngineLimits,
  MetaGradientEngine,
  MetaGradientRequest,
  MetaGradientResult,
} from '../meta-gradient.ts';
import { type Arena, type ArenaSizes, haveSameSizes, inputWidth, layoutArena } from './arena.ts';
import { FIRST, JOB_ALPHA_TOTAL, JOB_KIND, REPTILE, SECOND } from './assembly/fields.ts';
import type { Kernels } from './kernels.ts';
import { writeRecords } from './write-records.ts';

const KINDS = { second: SECOND, first: FIRST, reptile: REPTILE };
const PAGE_BYTES = 65_536;
/** Well below WebAssembly's 4 GiB: a page that asks for more is likely to be killed on phones. */
const MOST_BYTES = 2 ** 30;
/** Arenas kept side by side, for runs in lockstep and evaluations in between; beyond, all give way to the next one. */
const KEPT_ARENAS = 8;
const KEPT_BYTES = 2 ** 26;

/** The engine 'fused-wasm' on instantiated kernels, which it then owns. Results are Float32Arrays. */
export function createFusedWasmEngine(kernels: Kernels): MetaGradientEngine {
  const start = kernels.arenaStart();
  let arenas: Arena[] = [];
  const arenaFor = (sizes: ArenaSizes): Arena => {
    const known = arenas.find((arena) => haveSameSizes(arena.sizes, sizes));
    if (known) return known;
    let arena = layoutArena(sizes, arenas.at(-1)?.end ?? start);
    if (arenas.length === KEPT_ARENAS || arena.end > KEPT_BYTES) {
      arenas = [];
      arena = layoutArena(sizes, start);
    }
    openArena(kernels.memory, arena);
    arenas.push(arena);
    return arena;
  };
  let views = viewMemory(kernels.memory);
  const memoryFor = (sizes: ArenaSizes): Memory => {
    const arena = arenaFor(sizes);
    // Memory that has grown is another buffer.
    if (views.floats.buffer !== kernels.memory.buffer) views = viewMemory(kernels.memory);
    return { arena, ...views };
  };
  return {
    id: 'fused-wasm',
    metaGradient: async (request) => {
      assertRequest(request);
      return metaGradient(kernels, memoryFor(metaGradientSizes(request)), request);
    },
    adapt: async (request) => {
      assertRequest(request);
      return adapt(kernels, memoryFor(adaptationSizes(request)), request);
    },
    unsupported: (limits) => tooBig(limits, start),
    dispose: () => {
      arenas = [];
    },
  };
}

/** An arena whose records are written, and the memory as numbers. */
interface Memory {
  readonly arena: Arena;
  readonly floats: Float32Array;
  readonly records: Uint32Array;
}

function viewMemory({ buffer }: WebAssembly.Memory) {
  return { floats: new Float32Array(buffer), records: new Uint32Array(buffer) };
}

function openArena(memory: WebAssembly.Memory, arena: Arena): void {
  if (arena.end > MOST_BYTES) throw new RangeError(tooBigMessage(arena.end));
  const missing = arena.end - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
  writeRecords(memory, arena);
}

function metaGradientSizes(request: MetaGradientRequest): ArenaSizes {
  return {
    ...requestSizes(request),
    keepsPasses: request.kind === 'second',
    keepsGradients: request.wantAlphaGradient,
    lossRows: 1,
  };
}

function adaptationSizes(request: AdaptationRequest): ArenaSizes {
  return {
    ...requestSizes(request),
    keepsPasses: false,
    keepsGradients: false,
    lossRows: request.innerSteps + 1,
  };
}

function requestSizes({ shape, tasks, innerSteps, wantAdaptedParams }: AdaptationRequest) {
  const { taskCount, supportSets, supportSize, querySize } = tasks;
  const wantsAdapted = wantAdaptedParams === true;
  const sizes = { shape, taskCount, supportSets, supportSize, querySize, innerSteps, wantsAdapted };
  return { ...sizes, sortsPoints: true };
}

/** The costliest request within the limits is laid out, which touches no memory. */
function tooBig(limits: EngineLimits, start: number): string | null {
  const { shape, innerSteps, taskCount, points } = limits;
  const { end } = layoutArena(
    {
      shape,
      taskCount,
      innerSteps,
      supportSets: Math.max(1, innerSteps),
      supportSize: points,
      querySize: points,
      keepsPasses: true,
      keepsGradients: true,
      wantsAdapted: true,
      lossRows: innerSteps + 1,
      sortsPoints: true,
    },
    start,
  );
  return end > MOST_BYTES ? tooBigMessage(end) : null;
}

function tooBigMessage(bytes: number): string {
  return (
    `fused-wasm holds a whole request in ${MOST_BYTES / 2 ** 20} MiB; this one needs ` +
    `${Math.ceil(bytes / 2 ** 20)} MiB. Use fewer tasks, points, units or inner steps.`
  );
}

function metaGradient(kernels: Kernels, memory: Memory, request: MetaGradientRequest): MetaGradientResult {
  const { arena, floats, records } = memory;
  const { taskCount } = request.tasks;
  writeRequest(kernels, memory, request);
  floats.fill(0, arena.total / 4, (arena.total + arena.paramBytes) / 4);
  floats.fill(0, arena.alphaTotal / 4, (arena.alphaTotal + arena.paramBytes) / 4);
  records[(arena.job + JOB_KIND) / 4] = KINDS[request.kind];
  records[(arena.job + JOB_ALPHA_TOTAL) / 4] = request.wantAlphaGradient ? arena.alphaTotal : 0;
  const norms = kernels.metaGradient(arena.net, arena.job, arena.paramCount);
  return {
    metaGradient: readMean(kernels, memory, arena.total),
    supportLosses: read(memory, arena.supportLosses, taskCount),
    queryLosses: read(memory, arena.queryLosses, taskCount),
    innerGradientNorm: norms / taskCount,
    ...(arena.adapted !== 0 && { adaptedParams: read(memory, arena.adapted, taskCount * arena.paramCount) }),
    ...(request.wantAlphaGradient && { alphaGradient: readAlphaGradient(kernels, memory, request) }),
  };
}

function adapt(kernels: Kernels, memory: Memory, request: AdaptationRequest): AdaptationResult {
  const { arena } = memory;
  const losses = (request.innerSteps + 1) * request.tasks.taskCount;
  writeRequest(kernels, memory, request);
  kernels.adapt(arena.net, arena.job, arena.paramCount);
  return {
    supportLosses: read(memory, arena.supportLosses, losses),
    queryLosses: read(memory, arena.queryLosses, losses),
    ...(arena.adapted !== 0 && {
      adaptedParams: read(memory, arena.adapted, request.tasks.taskCount * arena.paramCount),
    }),
  };
}

/** θ, α and the tasks' points. */
function writeRequest(kernels: Kernels, memory: Memory, request: AdaptationRequest): void {
  const { arena, floats } = memory;
  const { shape, tasks, alpha } = request;
  writeParams(kernels, memory, request.metaParams, arena.path);
  if (alpha.mode === 'parameter') {
    writeParams(kernels, memory, alpha.values, arena.alpha);
  } else {
    arena.layers.forEach((layer, l) => {
      const from = (arena.alpha + layer.weightsOffset) / 4;
      const to = l + 1 < arena.layers.length ? arena.layers[l + 1]!.weightsOffset : arena.paramBytes;
      floats.fill(alpha.values[alpha.mode === 'layer' ? l : 0]!, from, (arena.alpha + to) / 4);
    });
  }
  const width = inputWidth(shape);
  writeRows(floats, arena.supportX / 4, tasks.supportX, { from: tasks.inputSize, to: width });
  writeRows(floats, arena.queryX / 4, tasks.queryX, { from: tasks.inputSize, to: width });
  floats.set(tasks.supportY, arena.supportY / 4);
  floats.set(tasks.queryY, arena.queryY / 4);
}

function writeParams(kernels: Kernels, { arena, floats }: Memory, values: FloatArray, to: number): void {
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

function read({ floats }: Memory, at: number, count: number): Float32Array {
  return floats.slice(at / 4, at / 4 + count);
}

/** A sum over tasks, padded, as a mean in the flat layout [P]. */
function readMean(kernels: Kernels, memory: Memory, padded: number): Float32Array {
  const { arena } = memory;
  kernels.scaleBy(padded, 1 / arena.sizes.taskCount, arena.paramBytes);
  kernels.unpackParams(arena.net, padded, arena.flat);
  return read(memory, arena.flat, arena.paramCount);
}

/** ∂ mean Q/∂α in the layout of α: summed over the parameters that share one α. */
function readAlphaGradient(kernels: Kernels, memory: Memory, request: MetaGradientRequest): Float32Array {
  const mean = readMean(kernels, memory, memory.arena.alphaTotal);
  if (request.alpha.mode === 'parameter') return mean;
  const sumOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0);
  if (request.alpha.mode === 'scalar') return Float32Array.of(sumOf(mean));
  return Float32Array.from(layerRanges(request.shape), (range) =>
    sumOf(mean.subarray(range.weightsAt, range.end)),
  );
}
