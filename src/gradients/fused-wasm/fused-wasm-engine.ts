// Meta-gradients by the fused kernels of assembly/: puts a request into the kernels' memory, runs it in one call and
// takes the results out. float32, one thread, the same bits wherever WebAssembly runs.
import { assertRequest } from '../assert-request.ts';
import type {
  AdaptationRequest,
  AdaptationResult,
  EngineLimits,
  MetaGradientEngine,
  MetaGradientRequest,
  MetaGradientResult,
} from '../meta-gradient.ts';
import type { TrainingRequest } from '../training-request.ts';
import { type Arena, type ArenaSizes, haveSameSizes, layoutArena } from './arena.ts';
import type { Kernels } from './kernels.ts';
import {
  type RequestMemory,
  read,
  readAlphaGradient,
  readParams,
  sumOverTasks,
  takeMean,
  viewMemory,
  writeAlpha,
  writeParams,
  writeTasks,
} from './request-memory.ts';
import { train } from './train.ts';
import { writeRecords } from './write-records.ts';

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
  const memoryFor = (sizes: ArenaSizes): RequestMemory => {
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
    train: async (request) => train(kernels, memoryFor(trainingSizes(request)), request),
    unsupported: (limits) => tooBig(limits, start),
    dispose: () => {
      arenas = [];
    },
  };
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

/** The same arena as that of one such meta-iteration. */
function trainingSizes(request: TrainingRequest): ArenaSizes {
  const { shape, innerSteps, kind, alphaUpdate, stream } = request;
  const { supportSets, supportSize, querySize } = stream.points;
  return {
    shape,
    taskCount: stream.metaBatchSize,
    supportSets,
    supportSize,
    querySize,
    innerSteps,
    wantsAdapted: false,
    sortsPoints: true,
    keepsPasses: kind === 'second',
    keepsGradients: alphaUpdate !== null,
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

function metaGradient(
  kernels: Kernels,
  memory: RequestMemory,
  request: MetaGradientRequest,
): MetaGradientResult {
  const { arena } = memory;
  const { taskCount } = request.tasks;
  writeRequest(kernels, memory, request);
  const norms = sumOverTasks(kernels, memory, request);
  takeMean(kernels, memory, arena.total);
  return {
    metaGradient: readParams(kernels, memory, arena.total),
    supportLosses: read(memory, arena.supportLosses, taskCount),
    queryLosses: read(memory, arena.queryLosses, taskCount),
    innerGradientNorm: norms / taskCount,
    ...(arena.adapted !== 0 && { adaptedParams: read(memory, arena.adapted, taskCount * arena.paramCount) }),
    ...(request.wantAlphaGradient && {
      alphaGradient: readAlphaGradient(kernels, memory, request.alpha.mode),
    }),
  };
}

function adapt(kernels: Kernels, memory: RequestMemory, request: AdaptationRequest): AdaptationResult {
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
function writeRequest(kernels: Kernels, memory: RequestMemory, request: AdaptationRequest): void {
  writeParams(kernels, memory, request.metaParams, memory.arena.path);
  writeAlpha(kernels, memory, request.alpha);
  writeTasks(memory, request.tasks);
}
