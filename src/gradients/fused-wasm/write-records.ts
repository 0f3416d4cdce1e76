// Fills a laid-out arena with what the kernels read beside the request's numbers: the records of fields.ts, constants
// and the lists of units that are always active.
import type { Arena, ArenaLevel, ArenaPass } from './arena.ts';
import * as F from './assembly/fields.ts';

const ACTIVATIONS = { relu: F.RELU, tanh: F.TANH, sigmoid: F.SIGMOID, softplus: F.SOFTPLUS };

/** Clears the arena (padding must be 0) and writes every record but the job's kind and α total. */
export function writeRecords(memory: WebAssembly.Memory, arena: Arena): void {
  new Uint8Array(memory.buffer).fill(0, arena.net, arena.end);
  const view = new DataView(memory.buffer);
  writeNet(view, arena);
  for (const pass of [arena.queryPass, ...arena.passes]) writePass(view, pass);
  writeJob(view, arena);
}

/** Writes 32-bit fields of one record. */
function write(
  view: DataView,
  record: number,
  fields: readonly (readonly [at: number, value: number])[],
): void {
  for (const [at, value] of fields) view.setUint32(record + at, value, true);
}

function writeNet(view: DataView, arena: Arena): void {
  const { layers, sizes } = arena;
  write(view, arena.net, [
    [F.NET_LAYERS, layers.length],
    [F.NET_ACTIVATION, ACTIVATIONS[sizes.shape.activation]],
    [F.NET_PARAM_BYTES, arena.paramBytes],
    [F.NET_ZEROS, arena.zeros],
  ]);
  view.setFloat32(arena.net + F.NET_ONE, 1, true);
  layers.forEach((layer, l) => {
    write(view, arena.net + F.NET_LAYER_0 + l * F.LAYER_BYTES, [
      [F.LAYER_INPUTS, layer.inputSize],
      [F.LAYER_OUTPUTS, layer.outputSize],
      [F.LAYER_ROW_STRIDE, layer.rowStride],
      [F.LAYER_WEIGHTS_AT, layer.weightsOffset],
      [F.LAYER_BIAS_AT, layer.biasOffset],
    ]);
  });
}

function writePass(view: DataView, pass: ArenaPass): void {
  write(view, pass.record, [
    [F.PASS_POINTS, pass.points],
    [F.PASS_POINT_LIST, pass.pointList],
    [F.PASS_SLOTS, pass.slots],
    [F.PASS_SUMS, pass.sums],
  ]);
  writeFullList(view, pass.pointList, pass.points);
  pass.levels.forEach((level, l) => {
    write(view, pass.record + F.PASS_LEVEL_0 + l * F.LEVEL_BYTES, [
      [F.LEVEL_UNITS, level.units],
      [F.LEVEL_STRIDE, level.stride],
      [F.LEVEL_VALUES, level.values],
      [F.LEVEL_SLOPES, level.slopes],
      [F.LEVEL_VALUE_GRADIENTS, level.valueGradients],
      [F.LEVEL_DELTAS, level.deltas],
      [F.LEVEL_LISTS, level.lists],
      [F.LEVEL_LIST_STRIDE, level.listStride],
      [F.LEVEL_MASKS, level.masks],
      [F.LEVEL_R_SUMS, level.rSums],
      [F.LEVEL_R_VALUES, level.rValues],
      [F.LEVEL_R_DELTAS, level.rDeltas],
    ]);
    if (level.isSparse) return;
    writeFullList(view, level.lists, level.units);
    if (level.masks !== 0) writeFullMasks(view, level, pass.points);
  });
}

/** [count, 0, 1, …, count − 1] */
function writeFullList(view: DataView, at: number, count: number): void {
  view.setUint32(at, count, true);
  for (let i = 0; i < count; i++) view.setUint32(at + 4 * (i + 1), i, true);
}

/** Every unit active at every point. */
function writeFullMasks(view: DataView, level: ArenaLevel, points: number): void {
  for (let first = 0, row = level.masks; first < points; first += F.CHUNK, row += level.stride) {
    const count = Math.min(F.CHUNK, points - first);
    for (let i = 0; i < level.units; i++) view.setUint32(row + 4 * i, 2 ** count - 1, true);
  }
}

function writeJob(view: DataView, arena: Arena): void {
  const { sizes, passes, queryPass } = arena;
  const support = passes[0]!;
  const out = support.levels[support.levels.length - 1]!.stride;
  const width = support.levels[0]!.stride;
  write(view, arena.job, [
    [F.JOB_STEPS, sizes.innerSteps],
    [F.JOB_TASKS, sizes.taskCount],
    [F.JOB_SETS, sizes.supportSets],
    [F.JOB_SUPPORT_X, arena.supportX],
    [F.JOB_SUPPORT_Y, arena.supportY],
    [F.JOB_QUERY_X, arena.queryX],
    [F.JOB_QUERY_Y, arena.queryY],
    [F.JOB_SUPPORT_X_STRIDE, sizes.supportSize * width],
    [F.JOB_SUPPORT_Y_STRIDE, sizes.supportSize * out],
    [F.JOB_QUERY_X_STRIDE, sizes.querySize * width],
    [F.JOB_QUERY_Y_STRIDE, sizes.querySize * out],
    [F.JOB_PATH, arena.path],
    [F.JOB_ALPHA, arena.alpha],
    [F.JOB_GRADIENTS, arena.gradients],
    [F.JOB_GRADIENT_STRIDE, arena.gradientStride],
    [F.JOB_PASSES, support.record],
    [F.JOB_PASS_STRIDE, arena.passStride],
    [F.JOB_QUERY_PASS, queryPass.record],
    [F.JOB_COTANGENT, arena.cotangent],
    [F.JOB_SCALED, arena.scaled],
    [F.JOB_TOTAL, arena.total],
    [F.JOB_SUPPORT_LOSSES, arena.supportLosses],
    [F.JOB_QUERY_LOSSES, arena.queryLosses],
    [F.JOB_ADAPTED, arena.adapted],
  ]);
}
