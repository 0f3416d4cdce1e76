// The gradients of every tfjs op that the composed engines use, written so that the gradient of the gradient is
// right, and so on at any order. tfjs's own set is neither small nor right: its gradients of Tanh, Sigmoid, Exp,
// Elu and others save the op's *output*, which makes second derivatives silently wrong (tensorflow/tfjs#3252).
// Here they recompute from the saved *input*. Registering only these also halves the worker's gradients.
import {
  add,
  cast,
  customGrad,
  elu,
  exp,
  type GradConfig,
  getGradient,
  matMul,
  mul,
  neg,
  ones,
  pad,
  registerGradient,
  reshape,
  sigmoid,
  slice,
  step,
  sub,
  sum,
  type Tensor,
  tanh,
  unregisterGradient,
} from '@tensorflow/tfjs-core';

type Shape = readonly number[];

const GRADIENTS: readonly GradConfig[] = [
  {
    kernelName: 'Add',
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, saved) => {
      const [a, b] = two(saved);
      return { a: () => sumTo(single(dy), a.shape), b: () => sumTo(single(dy), b.shape) };
    },
  },
  {
    kernelName: 'Sub',
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, saved) => {
      const [a, b] = two(saved);
      return { a: () => sumTo(single(dy), a.shape), b: () => neg(sumTo(single(dy), b.shape)) };
    },
  },
  {
    kernelName: 'Multiply',
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, saved) => {
      const [a, b] = two(saved);
      return { a: () => sumTo(mul(single(dy), b), a.shape), b: () => sumTo(mul(single(dy), a), b.shape) };
    },
  },
  { kernelName: 'Neg', gradFunc: (dy) => ({ x: () => neg(single(dy)) }) },
  {
    kernelName: 'Square',
    inputsToSave: ['x'],
    // x + x rather than 2 · x: no scalar to upload.
    gradFunc: (dy, saved) => ({ x: () => mul(single(dy), add(one(saved), one(saved))) }),
  },
  {
    kernelName: 'Sum',
    inputsToSave: ['x'],
    gradFunc: (dy, saved, attrs) => {
      const { shape } = one(saved);
      const axes = axesOf(attrs.axis, shape.length);
      const kept = shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
      return { x: () => mul(reshape(single(dy), kept), ones([...shape])) };
    },
  },
  {
    kernelName: 'BatchMatMul',
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, saved, attrs) => {
      const [a, b] = two(saved);
      return matMulGradients(single(dy), a, b, {
        transposeA: attrs.transposeA === true,
        transposeB: attrs.transposeB === true,
      });
    },
  },
  {
    kernelName: 'Reshape',
    inputsToSave: ['x'],
    gradFunc: (dy, saved) => ({ x: () => reshape(single(dy), one(saved).shape) }),
  },
  { kernelName: 'Cast', gradFunc: (dy) => ({ x: () => cast(single(dy), 'float32') }) },
  {
    kernelName: 'Concat',
    saveAllInputs: true,
    gradFunc: (dy, saved, attrs) => {
      const axis = axesOf(attrs.axis, saved[0]!.shape.length)[0]!;
      let at = 0;
      const parts = saved.map(({ shape }) => {
        const begin = shape.map(() => 0);
        begin[axis] = at;
        at += shape[axis]!;
        return () => slice(single(dy), begin, [...shape]);
      });
      return Object.fromEntries(parts.entries());
    },
  },
  {
    kernelName: 'Slice',
    inputsToSave: ['x'],
    gradFunc: (dy, saved, attrs) => {
      const { shape } = one(saved);
      const size = single(dy).shape;
      const begin = numbers(attrs.begin);
      const paddings = shape.map((length, axis): [number, number] => {
        const before = begin[axis] ?? 0;
        return [before, length - before - size[axis]!];
      });
      return { x: () => pad(single(dy), paddings) };
    },
  },
  {
    kernelName: 'PadV2',
    inputsToSave: ['x'],
    gradFunc: (dy, saved, attrs) => {
      const paddings = Array.isArray(attrs.paddings) ? attrs.paddings : [];
      const begin = paddings.map((pair) => numbers(pair)[0]!);
      return { x: () => slice(single(dy), begin, one(saved).shape) };
    },
  },
  {
    kernelName: 'Relu',
    inputsToSave: ['x'],
    gradFunc: (dy, saved) => ({ x: () => maskWhereActive(single(dy), one(saved)) }),
  },
  {
    kernelName: 'Tanh',
    inputsToSave: ['x'],
    gradFunc: (dy, saved) => ({
      x: () => {
        const y = tanh(one(saved));
        return mul(single(dy), sub(1, mul(y, y)));
      },
    }),
  },
  {
    kernelName: 'Sigmoid',
    inputsToSave: ['x'],
    gradFunc: (dy, saved) => ({
      x: () => {
        const y = sigmoid(one(saved));
        return mul(single(dy), mul(y, sub(1, y)));
      },
    }),
  },
  {
    kernelName: 'Softplus',
    inputsToSave: ['x'],
    gradFunc: (dy, saved) => ({ x: () => mul(single(dy), sigmoid(one(saved))) }),
  },
  {
    kernelName: 'Exp',
    inputsToSave: ['x'],
    gradFunc: (dy, saved) => ({ x: () => mul(single(dy), exp(one(saved))) }),
  },
  {
    kernelName: 'Elu',
    inputsToSave: ['x'],
    // elu′ = 1 for x > 0, else e^x = elu + 1: min(elu, 0) + 1 = elu − relu + 1, and relu = x · step.
    gradFunc: (dy, saved) => ({
      x: () => {
        const x = one(saved);
        return mul(single(dy), add(1, sub(elu(x), maskWhereActive(x, x))));
      },
    }),
  },
];

/** The kernels that the composed engines may run while a gradient is taped, each tested to second order. */
export const DIFFERENTIABLE_KERNELS: readonly string[] = GRADIENTS.map(({ kernelName }) => kernelName);

let registered = false;

/** Registers the gradients, in place of tfjs's own where those are loaded. Idempotent. */
export function registerOpGradients(): void {
  if (registered) return;
  registered = true;
  for (const config of GRADIENTS) {
    if (getGradient(config.kernelName)) unregisterGradient(config.kernelName);
    registerGradient(config);
  }
}

/**
 * dy where x > 0, else 0. The mask is made inside the custom op, off the tape, because it is constant almost
 * everywhere in x: second derivatives then spend nothing on it.
 */
function maskWhereActive(dy: Tensor, x: Tensor): Tensor {
  return customGrad((...args) => {
    const [value, save] = args;
    if (typeof save !== 'function' || !isTensor(value))
      throw new TypeError('customGrad: unexpected arguments.');
    const mask = step(x);
    save([mask]);
    return { value: mul(value, mask), gradFunc: (ddy, saved) => mul(ddy, one(saved)) };
  })(dy);
}

function matMulGradients(
  dy: Tensor,
  a: Tensor,
  b: Tensor,
  { transposeA, transposeB }: { transposeA: boolean; transposeB: boolean },
) {
  const gradientOfA = () => {
    if (!transposeA) return matMul(dy, b, false, !transposeB);
    return matMul(b, dy, transposeB, true);
  };
  const gradientOfB = () => {
    if (!transposeB) return matMul(a, dy, !transposeA, false);
    return matMul(dy, a, true, transposeA);
  };
  return { a: () => sumTo(gradientOfA(), a.shape), b: () => sumTo(gradientOfB(), b.shape) };
}

/** Undoes broadcasting: sums `tensor` over the axes in which `shape` is 1 or missing. */
function sumTo(tensor: Tensor, shape: Shape): Tensor {
  const missing = tensor.shape.length - shape.length;
  const axes = tensor.shape.flatMap((size, axis) =>
    axis < missing || (shape[axis - missing] === 1 && size !== 1) ? [axis] : [],
  );
  return axes.length === 0 ? tensor : reshape(sum(tensor, axes), [...shape]);
}

function axesOf(axis: unknown, rank: number): number[] {
  const axes =
    axis === undefined || axis === null ? Array.from({ length: rank }, (_, at) => at) : numbers(axis);
  return axes.map((at) => (at < 0 ? at + rank : at));
}

function numbers(value: unknown): number[] {
  return Array.isArray(value) ? value.map(Number) : [Number(value)];
}

function isTensor(value: unknown): value is Tensor {
  return typeof value === 'object' && value !== null && 'dataId' in value;
}

function single(dy: Tensor | Tensor[]): Tensor {
  return Array.isArray(dy) ? dy[0]! : dy;
}

function one(saved: readonly Tensor[]): Tensor {
  return saved[0]!;
}

function two(saved: readonly Tensor[]): [Tensor, Tensor] {
  return [saved[0]!, saved[1]!];
}
