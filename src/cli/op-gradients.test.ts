// Every op that the composed engines use has a right gradient and a right gradient of its gradient, on every backend,
// against float64 central differences; and the engines use no other op. In cli/ for Dawn's sake.
import {
  add,
  cast,
  concat,
  elu,
  exp,
  grads,
  matMul,
  mul,
  neg,
  pad,
  profile,
  relu,
  reshape,
  setBackend,
  sigmoid,
  slice,
  softplus,
  square,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ACTIVATIONS } from '../experiment/experiment.ts';
import { createEngine } from '../gradients/create-engine.ts';
import type { EngineId } from '../gradients/meta-gradient.ts';
import { DIFFERENTIABLE_KERNELS, registerOpGradients } from '../gradients/op-gradients.ts';
import { openBackend } from '../gradients/open-backend.ts';
import { randomRequest, relativeError } from '../gradients/random-request.testing.ts';
import { key, uniform } from '../math/rng.ts';
import { gpuInNode, nodeResources } from './node-backends.ts';

interface Op {
  readonly kernel: string;
  /** Shapes of the inputs, which are cut from one flat vector. */
  readonly shapes: readonly number[][];
  readonly onTensors: (...inputs: Tensor[]) => Tensor;
  /** The same on the flat vector, in float64, giving the flat output. */
  readonly onNumbers: (flat: readonly number[]) => number[];
}

/** [2, 2, 3] · [2, 3, 2] with either factor stored transposed. */
function batchedProduct(transposeA: boolean, transposeB: boolean): Op {
  const shapeA = transposeA ? [2, 3, 2] : [2, 2, 3];
  const shapeB = transposeB ? [2, 2, 3] : [2, 3, 2];
  return {
    kernel: 'BatchMatMul',
    shapes: [shapeA, shapeB],
    onTensors: (a, b) => matMul(a!, b!, transposeA, transposeB),
    onNumbers: (flat) =>
      Array.from({ length: 8 }, (_, at) => {
        const [batch, row, column] = [at >> 2, (at >> 1) & 1, at & 1];
        return [0, 1, 2].reduce((total, k) => {
          const a = flat[6 * batch + (transposeA ? 2 * k + row : 3 * row + k)]!;
          const b = flat[12 + 6 * batch + (transposeB ? 3 * column + k : 2 * k + column)]!;
          return total + a * b;
        }, 0);
      }),
  };
}

function unary(kernel: string, onTensors: (x: Tensor) => Tensor, f: (x: number) => number): Op {
  return { kernel, shapes: [[6]], onTensors: (x) => onTensors(x!), onNumbers: (flat) => flat.map(f) };
}

function broadcast(
  kernel: string,
  onTensors: (a: Tensor, b: Tensor) => Tensor,
  f: (a: number, b: number) => number,
): Op {
  return {
    kernel,
    shapes: [[2, 3], [3]],
    onTensors: (a, b) => onTensors(a!, b!),
    onNumbers: (flat) => Array.from({ length: 6 }, (_, at) => f(flat[at]!, flat[6 + (at % 3)]!)),
  };
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

const OPS: readonly Op[] = [
  broadcast('Add', add, (a, b) => a + b),
  broadcast('Sub', sub, (a, b) => a - b),
  broadcast('Multiply', mul, (a, b) => a * b),
  unary('Neg', neg, (x) => -x),
  unary('Square', square, (x) => x * x),
  unary(
    'Cast',
    (x) => cast(x, 'float32'),
    (x) => x,
  ),
  unary('Relu', relu, (x) => Math.max(x, 0)),
  unary('Tanh', tanh, Math.tanh),
  unary('Sigmoid', sigmoid, logistic),
  unary('Softplus', softplus, (x) => Math.log1p(Math.exp(x))),
  unary('Exp', exp, Math.exp),
  unary('Elu', elu, (x) => (x > 0 ? x : Math.expm1(x))),
  batchedProduct(false, false),
  batchedProduct(false, true),
  batchedProduct(true, false),
  batchedProduct(true, true),
  {
    kernel: 'Sum',
    shapes: [[2, 2, 2]],
    onTensors: (x) => sum(x!, [1, 2]),
    onNumbers: (x) => [x[0]! + x[1]! + x[2]! + x[3]!, x[4]! + x[5]! + x[6]! + x[7]!],
  },
  { kernel: 'Reshape', shapes: [[2, 3]], onTensors: (x) => reshape(x!, [3, 2]), onNumbers: (x) => [...x] },
  {
    kernel: 'Concat',
    shapes: [
      [2, 2],
      [2, 1],
    ],
    onTensors: (a, b) => concat([a!, b!], 1),
    onNumbers: (x) => [0, 1, 4, 2, 3, 5].map((at) => x[at]!),
  },
  {
    kernel: 'Slice',
    shapes: [[2, 3]],
    onTensors: (x) => slice(x!, [0, 1], [2, 2]),
    onNumbers: (x) => [1, 2, 4, 5].map((at) => x[at]!),
  },
  {
    kernel: 'PadV2',
    shapes: [[2, 2]],
    onTensors: (x) =>
      pad(x!, [
        [0, 1],
        [1, 0],
      ]),
    onNumbers: (x) => [0, x[0]!, x[1]!, 0, x[2]!, x[3]!, 0, 0, 0],
  },
];

/**
 * Kernels that only ever make constants, run off the tape, or copy; nothing differentiates through them. tfjs lists
 * a customGrad, of which there is one (ReLU's mask, tested above), as 'unnamed scope'.
 */
const UNDIFFERENTIATED = ['Fill', 'Identity', 'Step', 'Tile', 'unnamed scope'];

const sizeOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);
const weight = (at: number) => 1 + 0.5 * Math.cos(3 * at);

/**
 * Σ w · (op(x + x²/4) + op(…)²/2): nonlinear before and after the op, because tfjs's faulty gradients go wrong
 * silently only inside a larger graph.
 */
function probeOnNumbers(op: Op, x: readonly number[]): number {
  const output = op.onNumbers(x.map((value) => value + (value * value) / 4));
  return output.reduce((total, value, at) => total + weight(at) * (value + (value * value) / 2), 0);
}

function probeOnTensors(op: Op, inputs: readonly Tensor[]): Tensor {
  const output = op.onTensors(...inputs.map((x) => add(x, mul(square(x), 0.25))));
  const weights = tensor(
    Float32Array.from({ length: output.size }, (_, at) => weight(at)),
    output.shape,
  );
  return sum(mul(weights, add(output, mul(square(output), 0.5))));
}

/** Points at least 0.1 from 0, where ReLU and ELU bend. */
const pointsOf = (count: number) =>
  Array.from(uniform(key(count), count, -1, 1), (value) => value + 0.1 * Math.sign(value));

/** Gradient, and Hessian times (1, −1/2, 1/3, …), in float64. */
function expectedOf(op: Op, x: readonly number[]): { gradient: number[]; product: number[] } {
  const h = 1e-4;
  const shifted = (changes: readonly [number, number][]) => {
    const moved = [...x];
    for (const [at, by] of changes) moved[at]! += by;
    return probeOnNumbers(op, moved);
  };
  const gradient = x.map((_, at) => (shifted([[at, h]]) - shifted([[at, -h]])) / (2 * h));
  const product = x.map((_, i) =>
    x.reduce((total, _value, j) => {
      const mixed =
        shifted([
          [i, h],
          [j, h],
        ]) -
        shifted([
          [i, h],
          [j, -h],
        ]) -
        shifted([
          [i, -h],
          [j, h],
        ]) +
        shifted([
          [i, -h],
          [j, -h],
        ]);
      return total + (directionAt(j) * mixed) / (4 * h * h);
    }, 0),
  );
  return { gradient, product };
}

const directionAt = (at: number) => (at % 2 === 0 ? 1 : -1) / (at + 1);

/** The same on the current backend: [gradient, Hessian product], flat. */
function computedOf(op: Op, x: readonly number[]): Tensor {
  return tidy(() => {
    let at = 0;
    const inputs: Tensor[] = [];
    const directions: Tensor[] = [];
    for (const shape of op.shapes) {
      const indices = Array.from({ length: sizeOf(shape) }, (_, offset) => at + offset);
      inputs.push(
        tensor(
          indices.map((index) => x[index]!),
          shape,
        ),
      );
      directions.push(tensor(indices.map(directionAt), shape));
      at += sizeOf(shape);
    }
    const gradientOf = grads((...args: Tensor[]) => probeOnTensors(op, args));
    const alongDirection = (...args: Tensor[]) =>
      gradientOf(args)
        .map((gradient, index) => sum(mul(gradient, directions[index]!)))
        .reduce((total, part) => add(total, part));
    const flat = (tensors: readonly Tensor[]) => tensors.map((part) => reshape(part, [part.size]));
    return concat([...flat(gradientOf(inputs)), ...flat(grads(alongDirection)(inputs))]);
  });
}

const gpu = await gpuInNode();
if (!gpu)
  console.warn('Op gradients on webgpu are not tested: Dawn finds no WebGPU adapter on this machine.');

describe.each(['cpu', 'wasm', 'webgpu'] as const)('on %s', (backend) => {
  const test = it.skipIf(backend === 'webgpu' && !gpu);
  beforeAll(async () => {
    if (backend === 'webgpu' && !gpu) return;
    registerOpGradients();
    await openBackend(backend, await nodeResources('composed-webgpu'));
    await setBackend(backend);
  });

  test.each(OPS.map((op, at) => [`${op.kernel} (${at})`, op] as const))(
    '%s is right at first and second order',
    async (_, op) => {
      const x = pointsOf(op.shapes.reduce((total, shape) => total + sizeOf(shape), 0));
      const computed = computedOf(op, x);
      const values = await computed.data();
      computed.dispose();
      const { gradient, product } = expectedOf(op, x);
      expect(relativeError(values.slice(0, x.length), gradient)).toBeLessThan(1e-5);
      expect(relativeError(values.slice(x.length), product)).toBeLessThan(1e-5);
    },
    120_000,
  );
});

describe('the table of ops', () => {
  it('tests every op that has a gradient here', () => {
    const tested = new Set(OPS.map(({ kernel }) => kernel));
    expect([...tested].sort()).toEqual([...DIFFERENTIABLE_KERNELS].sort());
  });

  it('knows every kernel that the engines run', async () => {
    const id: EngineId = 'composed-cpu';
    const engine = await createEngine(id, await nodeResources(id));
    const used = new Set<string>();
    for (const activation of ACTIVATIONS) {
      for (const kind of ['second', 'first', 'reptile'] as const) {
        const request = randomRequest({ activation, kind, alphaMode: 'parameter' });
        await setBackend('cpu');
        const info = await profile(async () => {
          await engine.metaGradient(request);
          await engine.adapt(request);
          return tensor([0]);
        });
        for (const name of info.kernelNames) used.add(name);
      }
    }
    expect(used.size).toBeGreaterThan(10);
    expect(
      [...used].filter((name) => ![...DIFFERENTIABLE_KERNELS, ...UNDIFFERENTIATED].includes(name)),
    ).toEqual([]);
  });
});
