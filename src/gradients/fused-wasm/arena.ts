// Where everything lies in the kernels' memory: one arena per kind of request, laid out once and reused as long as the
// sizes stay the same, so that a request allocates nothing but its results. Only addresses here, no arithmetic on data.
import { type LayerRange, layerRanges, type MlpShape, parameterCount } from '../../models/mlp-shape.ts';
import {
  CHUNK,
  LAYER_BYTES,
  LEVEL_BYTES,
  NET_LAYER_0,
  PASS_LEVEL_0,
  RANGE_BYTES,
  ROW_BYTES,
  TASK_BYTES,
} from './assembly/fields.ts';

/** What an arena's layout depends on. */
export interface ArenaSizes {
  readonly shape: MlpShape;
  readonly taskCount: number;
  readonly supportSets: number;
  readonly supportSize: number;
  readonly querySize: number;
  /** k */
  readonly innerSteps: number;
  /** Whether the way back needs every step's pass (MAML). */
  readonly keepsPasses: boolean;
  /** Whether ∂Q/∂α needs every step's gradient. */
  readonly keepsGradients: boolean;
  readonly wantsAdapted: boolean;
  /** Losses per task: 1, or k + 1 for adapt. */
  readonly lossRows: number;
  /** Whether the points of a set may be put in order, which passes with one input make use of (assembly/hinges.ts). */
  readonly sortsPoints?: boolean;
}

/** Byte addresses; see fields.ts for the records. */
export interface Arena {
  readonly sizes: ArenaSizes;
  readonly layers: readonly ArenaLayer[];
  readonly net: number;
  readonly zeros: number;
  readonly job: number;
  /** Bytes of a padded parameter vector. */
  readonly paramBytes: number;
  /** P */
  readonly paramCount: number;
  /** A flat parameter vector [P] on its way in or out. */
  readonly flat: number;
  /** θ_0 … θ_k, padded. */
  readonly path: number;
  readonly alpha: number;
  readonly gradients: number;
  readonly gradientStride: number;
  readonly cotangent: number;
  readonly scaled: number;
  readonly total: number;
  readonly alphaTotal: number;
  readonly supportX: number;
  readonly supportY: number;
  readonly queryX: number;
  readonly queryY: number;
  readonly supportLosses: number;
  readonly queryLosses: number;
  /** [M, P], 0 when not wanted. */
  readonly adapted: number;
  /** For whole meta-iterations: Adam's moments, padded, task records [M], and the records of their two ranges. */
  readonly firstMoment: number;
  readonly secondMoment: number;
  readonly tasks: number;
  readonly ranges: number;
  readonly passes: readonly ArenaPass[];
  readonly passStride: number;
  readonly queryPass: ArenaPass;
  /** One past the last byte. */
  readonly end: number;
}

export interface ArenaLayer extends LayerRange {
  readonly isLast: boolean;
  /** Bytes from row to row. */
  readonly rowStride: number;
  /** Bytes from the start of a padded vector. */
  readonly weightsOffset: number;
  readonly biasOffset: number;
}

export interface ArenaPass {
  readonly record: number;
  readonly points: number;
  readonly pointList: number;
  /** 0 without hinges. */
  readonly slots: number;
  readonly sums: number;
  readonly levels: readonly ArenaLevel[];
}

export interface ArenaLevel {
  readonly units: number;
  readonly stride: number;
  /** Whether a ReLU decides which units are active. */
  readonly isSparse: boolean;
  /** 0 at the input, whose values are the task's points. */
  readonly values: number;
  readonly slopes: number;
  readonly valueGradients: number;
  readonly deltas: number;
  readonly lists: number;
  readonly listStride: number;
  readonly masks: number;
  readonly rSums: number;
  readonly rValues: number;
  readonly rDeltas: number;
}

/** Gives out addresses one after the other. */
interface Allocator {
  next: number;
}

/** Where each cache line starts; a multiple of a vector's 16 bytes. */
const ALIGNMENT = 64;

function allocate(allocator: Allocator, bytes: number): number {
  const at = Math.ceil(allocator.next / ALIGNMENT) * ALIGNMENT;
  allocator.next = at + bytes;
  return at;
}

/** Bytes of a row of `units` floats, filled up. */
export function rowBytes(units: number): number {
  return Math.ceil((4 * units) / ROW_BYTES) * ROW_BYTES;
}

/** Whether one arena serves both. Written out: it is asked for every request, which may take no longer than 0.3 ms. */
export function haveSameSizes(a: ArenaSizes, b: ArenaSizes): boolean {
  return (
    a.taskCount === b.taskCount &&
    a.supportSets === b.supportSets &&
    a.supportSize === b.supportSize &&
    a.querySize === b.querySize &&
    a.innerSteps === b.innerSteps &&
    a.keepsPasses === b.keepsPasses &&
    a.keepsGradients === b.keepsGradients &&
    a.wantsAdapted === b.wantsAdapted &&
    a.lossRows === b.lossRows &&
    a.shape.activation === b.shape.activation &&
    a.shape.sizes.length === b.shape.sizes.length &&
    a.shape.sizes.every((size, l) => size === b.shape.sizes[l])
  );
}

/** Lays out an arena from byte `start` on. */
export function layoutArena(sizes: ArenaSizes, start: number): Arena {
  const { shape, taskCount, innerSteps } = sizes;
  const layers = layoutLayers(shape);
  const allocator = { next: start };
  const take = (bytes: number) => allocate(allocator, bytes);
  const lastLayer = layers[layers.length - 1]!;
  const paramBytes = lastLayer.biasOffset + rowBytes(lastLayer.outputSize);
  const paramCount = parameterCount(shape);
  const widest = Math.max(...shape.sizes);
  const support = sizes.supportSets * taskCount * sizes.supportSize;
  const query = taskCount * sizes.querySize;
  const passCount = sizes.keepsPasses ? Math.max(1, innerSteps) : 1;
  const gradientCount = sizes.keepsGradients ? Math.max(1, innerSteps) : 1;
  const net = take(NET_LAYER_0 + layers.length * LAYER_BYTES);
  const common = {
    net,
    zeros: take(rowBytes(widest)),
    job: take(128),
    flat: take(4 * paramCount),
    alpha: take(paramBytes),
    path: take((innerSteps + 1) * paramBytes),
    gradients: take(gradientCount * paramBytes),
    cotangent: take(paramBytes),
    scaled: take(paramBytes),
    total: take(paramBytes),
    alphaTotal: take(paramBytes),
    supportX: take(4 * support * inputWidth(shape)),
    supportY: take(4 * support * lastLayer.outputSize),
    queryX: take(4 * query * inputWidth(shape)),
    queryY: take(4 * query * lastLayer.outputSize),
    supportLosses: take(4 * taskCount * sizes.lossRows),
    queryLosses: take(4 * taskCount * sizes.lossRows),
    adapted: sizes.wantsAdapted ? take(4 * taskCount * paramCount) : 0,
    firstMoment: take(paramBytes),
    secondMoment: take(paramBytes),
    tasks: take(TASK_BYTES * taskCount),
    ranges: take(2 * RANGE_BYTES),
  };
  const queryPass = layoutPass(sizes, sizes.querySize, allocator);
  // Equal and equally aligned, so they lie at equal distances and the kernels find the next one.
  const passes = Array.from({ length: passCount }, () => layoutPass(sizes, sizes.supportSize, allocator));
  return {
    ...common,
    sizes,
    layers,
    paramBytes,
    paramCount,
    gradientStride: gradientCount > 1 ? paramBytes : 0,
    passes,
    passStride: passes.length > 1 ? passes[1]!.record - passes[0]!.record : 0,
    queryPass,
    end: allocator.next,
  };
}

/** Floats of one point: filled up only where the input feeds the last layer directly, which reads whole vectors. */
export function inputWidth(shape: MlpShape): number {
  return shape.sizes.length === 2 ? rowBytes(shape.sizes[0]!) / 4 : shape.sizes[0]!;
}

function layoutLayers(shape: MlpShape): ArenaLayer[] {
  let at = 0;
  const ranges = layerRanges(shape);
  return ranges.map((range, l) => {
    const isLast = l === ranges.length - 1;
    const rowStride = rowBytes(isLast ? range.inputSize : range.outputSize);
    const weightsOffset = at;
    const biasOffset = at + rowStride * (isLast ? range.outputSize : range.inputSize);
    at = biasOffset + rowBytes(range.outputSize);
    return { ...range, isLast, rowStride, weightsOffset, biasOffset };
  });
}

function layoutPass({ shape, sortsPoints }: ArenaSizes, points: number, allocator: Allocator): ArenaPass {
  const record = allocate(allocator, PASS_LEVEL_0 + shape.sizes.length * LEVEL_BYTES);
  const pointList = allocate(allocator, 4 * (points + 1));
  const levels = shape.sizes.map((_, l) => layoutLevel(shape, points, l, allocator));
  const isHinged = sortsPoints === true && points >= LEAST_HINGED && canHinge(shape);
  const slots = isHinged ? allocate(allocator, rowBytes(shape.sizes[1]!)) : 0;
  const sums = isHinged ? allocate(allocator, 2 * (points + 1) * 4 * rowBytes(shape.sizes[2]!)) : 0;
  return { record, points, pointList, slots, sums, levels };
}

/** Fewer points take less time one by one. */
const LEAST_HINGED = 4;

/** One input, ReLU, and two hidden layers at least. */
function canHinge({ sizes, activation }: MlpShape): boolean {
  return sizes[0] === 1 && activation === 'relu' && sizes.length > 3;
}

function layoutLevel(shape: MlpShape, points: number, l: number, allocator: Allocator): ArenaLevel {
  const units = shape.sizes[l]!;
  const isInput = l === 0;
  const isOutput = l === shape.sizes.length - 1;
  const isHidden = !isInput && !isOutput;
  const stride = isInput ? 4 * inputWidth(shape) : isOutput ? 4 * units : rowBytes(units);
  const isSparse = isHidden && shape.activation === 'relu';
  const rows = () => allocate(allocator, points * stride);
  // Lists are written four entries at a time.
  const listStride = isSparse ? 4 * (units + 4 + 1) : 0;
  const deltas = isInput ? 0 : rows();
  const rValues = isInput ? 0 : rows();
  const isCurved = isHidden && !isSparse;
  const chunks = Math.ceil(points / CHUNK);
  return {
    units,
    stride,
    isSparse,
    values: isInput ? 0 : rows(),
    slopes: isCurved ? rows() : 0,
    valueGradients: isCurved ? rows() : deltas,
    deltas,
    lists: allocate(allocator, isSparse ? points * listStride : 4 * (units + 1)),
    listStride,
    masks: isHidden ? allocate(allocator, chunks * stride) : 0,
    rSums: isCurved ? rows() : rValues,
    rValues,
    rDeltas: isInput ? 0 : rows(),
  };
}
