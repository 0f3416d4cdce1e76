// A policy's shape in the policy kernels' memory: the net record with its layers and levels, room for θ, a direction and
// the sums of derivatives, and the buffers of one chunk of timesteps. One per shape, shared by all its tasks. Nothing is
// computed here.
import { actionSize, type GaussianPolicyShape, policyParameterCount } from '../../models/gaussian-policy.ts';
import { layerRanges, parameterCount } from '../../models/mlp-shape.ts';
import { RELU, SIGMOID, SOFTPLUS, TANH } from './assembly/fields.ts';
import * as F from './assembly/policy-fields.ts';
import type { PolicyMemory } from './policy-memory.ts';

const ACTIVATIONS = { relu: RELU, tanh: TANH, sigmoid: SIGMOID, softplus: SOFTPLUS };

/** Byte addresses, of the fields of assembly/policy-fields.ts. */
export interface PolicyNet {
  readonly shape: GaussianPolicyShape;
  /** The block that holds all of it. */
  readonly record: number;
  /** The net's part of a flat vector [P] on its way in or out, float64. */
  readonly flat: number;
  readonly params: number;
  readonly vector: number;
  readonly sums: number;
  /** float64 [A] each. */
  readonly logStd: number;
  readonly inverseStd: number;
  readonly rLogStd: number;
  readonly logStdSums: number;
  readonly values: number;
  /** P, and where logStd begins. */
  readonly parameterCount: number;
  readonly netParameters: number;
  readonly actions: number;
  /** Bytes that a timestep takes where values, or ∂loss/∂a of hidden levels, are kept. */
  readonly keptValueBytes: number;
  readonly keptGradientBytes: number;
}

/** Bytes of a row of `units` floats, filled up. */
export function policyRowBytes(units: number): number {
  return Math.ceil((4 * units) / F.VECTOR_BYTES) * F.VECTOR_BYTES;
}

interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly stride: number;
  readonly weightsAt: number;
  readonly biasAt: number;
  readonly transposedAt: number;
  readonly transposedStride: number;
}

/** Padded vectors' layout: all weights and biases, then (not in the sums) the transposed weights. */
function layoutLayers(shape: GaussianPolicyShape) {
  let at = 0;
  const plain = layerRanges(shape).map(({ inputSize: inputs, outputSize: outputs }) => {
    const stride = policyRowBytes(outputs);
    const weightsAt = at;
    const biasAt = at + inputs * stride;
    at = biasAt + stride;
    return { inputs, outputs, stride, weightsAt, biasAt };
  });
  const sumBytes = at;
  const layers: Layer[] = plain.map((layer, l) => {
    const transposedStride = policyRowBytes(layer.inputs);
    const transposedAt = l === 0 ? 0 : at;
    if (l > 0) at += layer.outputs * transposedStride;
    return { ...layer, transposedAt, transposedStride };
  });
  return { layers, sumBytes, paramBytes: at };
}

/** Lays a net out, clears it (padding must be 0) and writes its records. */
export function openPolicyNet(memory: PolicyMemory, shape: GaussianPolicyShape): PolicyNet {
  const { layers, sumBytes, paramBytes } = layoutLayers(shape);
  const actions = actionSize(shape);
  // Offsets from the block's first byte first, addresses when its size is known.
  let bytes = 0;
  const take = (size: number) => {
    const at = bytes;
    bytes += Math.ceil(size / 64) * 64;
    return at;
  };
  const offsets = {
    record: take(F.POLICY_LEVEL_0 + shape.sizes.length * F.POLICY_LEVEL_BYTES),
    layers: take(layers.length * F.POLICY_LAYER_BYTES),
    zeros: take(policyRowBytes(Math.max(...shape.sizes))),
    flat: take(8 * parameterCount(shape)),
    params: take(paramBytes),
    vector: take(paramBytes),
    sums: take(sumBytes),
    logStd: take(8 * actions),
    inverseStd: take(8 * actions),
    rLogStd: take(8 * actions),
    logStdSums: take(8 * actions),
    spare: take(8 * actions),
    values: take(16),
  };
  const levels = layoutLevels(shape, take);
  const start = memory.allocate(bytes);
  const addresses = Object.fromEntries(
    Object.entries(offsets).map(([name, at]) => [name, start + at]),
  ) as typeof offsets;
  const { records } = memory.views();
  records.fill(0, start / 4, (start + bytes) / 4);
  writeNet(records, addresses, { shape, sumBytes });
  writeLayers(records, addresses.layers, layers);
  writeLevels(records, start, levels);
  return {
    ...addresses,
    shape,
    parameterCount: policyParameterCount(shape),
    netParameters: parameterCount(shape),
    actions,
    keptValueBytes: levels.at(-1)!.keptAt + levels.at(-1)!.stride,
    keptGradientBytes: levels.at(-1)!.keptAt,
  };
}

/** A level's chunk buffers, as offsets; the observations have none. */
interface Level {
  readonly stride: number;
  readonly keptAt: number;
  readonly buffers: readonly (readonly [field: number, at: number])[];
}

function layoutLevels(shape: GaussianPolicyShape, take: (bytes: number) => number): Level[] {
  let keptAt = 0;
  return shape.sizes.map((units, l) => {
    // Single numbers are read of the observations, whole vectors of the other levels.
    if (l === 0) return { stride: 4 * units, keptAt: 0, buffers: [] };
    const stride = policyRowBytes(units);
    const rows = () => take(F.POLICY_CHUNK * stride);
    const rSums = rows();
    const level = {
      stride,
      keptAt,
      buffers: [
        [F.OWN_VALUES, rows()],
        [F.OWN_VALUE_GRADIENTS, rows()],
        [F.DELTAS, rows()],
        [F.R_SUMS, rSums],
        [F.R_VALUES, l === shape.sizes.length - 1 ? rSums : rows()],
        [F.R_DELTAS, rows()],
      ] as const,
    };
    keptAt += stride;
    return level;
  });
}

function write(
  records: Uint32Array,
  record: number,
  fields: readonly (readonly [at: number, value: number])[],
): void {
  for (const [at, value] of fields) records[(record + at) / 4] = value;
}

type Addresses = Pick<
  PolicyNet,
  'record' | 'params' | 'vector' | 'sums' | 'logStd' | 'inverseStd' | 'rLogStd' | 'logStdSums' | 'values'
> & { readonly layers: number; readonly zeros: number; readonly spare: number };

function writeNet(
  records: Uint32Array,
  net: Addresses,
  { shape, sumBytes }: { readonly shape: GaussianPolicyShape; readonly sumBytes: number },
): void {
  write(records, net.record, [
    [F.POLICY_LAYERS, shape.sizes.length - 1],
    [F.POLICY_ACTIVATION, ACTIVATIONS[shape.activation]],
    [F.POLICY_PARAMS, net.params],
    [F.POLICY_VECTOR, net.vector],
    [F.POLICY_SUMS, net.sums],
    [F.POLICY_SUM_BYTES, sumBytes],
    [F.POLICY_ZEROS, net.zeros],
    [F.POLICY_LOG_STD, net.logStd],
    [F.POLICY_INVERSE_STD, net.inverseStd],
    [F.POLICY_R_LOG_STD, net.rLogStd],
    [F.POLICY_LOG_STD_SUMS, net.logStdSums],
    [F.POLICY_SPARE, net.spare],
    [F.POLICY_VALUES, net.values],
    [F.POLICY_LAYER_RECORDS, net.layers],
  ]);
}

function writeLayers(records: Uint32Array, start: number, layers: readonly Layer[]): void {
  layers.forEach((layer, l) => {
    write(records, start + l * F.POLICY_LAYER_BYTES, [
      [F.WEIGHTS_INPUTS, layer.inputs],
      [F.WEIGHTS_OUTPUTS, layer.outputs],
      [F.WEIGHTS_STRIDE, layer.stride],
      [F.WEIGHTS_AT, layer.weightsAt],
      [F.BIAS_AT, layer.biasAt],
      [F.TRANSPOSED_AT, layer.transposedAt],
      [F.TRANSPOSED_STRIDE, layer.transposedStride],
    ]);
  });
}

function writeLevels(records: Uint32Array, start: number, levels: readonly Level[]): void {
  levels.forEach(({ stride, keptAt, buffers }, l) => {
    const record = start + F.POLICY_LEVEL_0 + l * F.POLICY_LEVEL_BYTES;
    write(records, record, [
      [F.ROW_STRIDE, stride],
      [F.KEPT_AT, keptAt],
    ]);
    for (const [field, at] of buffers) write(records, record, [[field, start + at]]);
  });
}
