// Batched products of small matrices on WebGPU. tfjs's own programs work on tiles of up to 32 × 32 shared by a
// workgroup: for nets as small as ours most of a tile lies outside the matrix, and on software GPUs, where the
// barriers between a workgroup's threads are costly, they take more than 95 % of a meta-step. Here one thread
// computes 2 × 2 entries and waits for nobody. Not for big matrices: those still go to tfjs's program.

import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import {
  getKernel,
  type KernelFunc,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core';

const KERNEL = 'BatchMatMul';
const BACKEND = 'webgpu';
/** From about here on, reading every factor once per tile rather than once per entry pays for the barriers. */
const MOST_PRODUCTS = 1 << 24;
const THREADS = 64;

/** Puts the small product in the place of tfjs's for `backend`, which must be the class of the opened one. */
export function registerSmallMatMul(Backend: typeof WebGPUBackend): void {
  const own = getKernel(KERNEL, BACKEND);
  if (!own) throw new Error(`Kernel ${KERNEL} of ${BACKEND} is missing. Load tfjs's backend first.`);
  const kernelFunc: KernelFunc = (params) => {
    const { inputs, backend, attrs } = params;
    const { a, b } = inputs;
    if (!(backend instanceof Backend) || !a || !b) return own.kernelFunc(params);
    const product = layout(a, b, attrs?.transposeA === true, attrs?.transposeB === true);
    if (!product) return own.kernelFunc(params);
    return backend.runWebGPUProgram(createProgram(product), [a, b], 'float32', [
      { type: 'int32', data: [product.inner] },
    ]);
  };
  unregisterKernel(KERNEL, BACKEND);
  registerKernel({ ...own, kernelFunc });
}

interface Product {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  /** Number of terms in every entry. */
  readonly inner: number;
  /** [batch, rows, columns] */
  readonly outputShape: [number, number, number];
}

/** The sizes of a · b, or undefined when tfjs's program should compute it. */
function layout(a: TensorInfo, b: TensorInfo, transposeA: boolean, transposeB: boolean): Product | undefined {
  if (a.shape.length !== 3 || b.shape.length !== 3 || a.dtype !== 'float32' || b.dtype !== 'float32') {
    return undefined;
  }
  const [batchA, rows, inner] = ordered(a, transposeA);
  const [batchB, innerB, columns] = ordered(b, transposeB);
  const batch = Math.max(batchA, batchB);
  const broadcasts = (size: number) => size === batch || size === 1;
  // What does not fit together is left to tfjs, which says what is wrong.
  if (inner !== innerB || !broadcasts(batchA) || !broadcasts(batchB)) return undefined;
  if (batch * rows * inner * columns > MOST_PRODUCTS) return undefined;
  return { transposeA, transposeB, inner, outputShape: [batch, rows, columns] };
}

function ordered({ shape }: TensorInfo, transposed: boolean): [number, number, number] {
  const [batch = 0, first = 0, second = 0] = shape;
  return transposed ? [batch, second, first] : [batch, first, second];
}

function createProgram({ transposeA, transposeB, outputShape }: Product): WebGPUProgram {
  const [batch, rows, columns] = outputShape;
  const blocks = batch * Math.ceil(rows / 2) * Math.ceil(columns / 2);
  return {
    variableNames: ['A', 'B'],
    outputShape: [...outputShape],
    uniforms: 'inner : i32,',
    dispatchLayout: { x: [0, 1, 2] },
    dispatch: [Math.ceil(blocks / THREADS), 1, 1],
    workgroupSize: [THREADS, 1, 1],
    shaderKey: `smallMatMul_${transposeA}_${transposeB}`,
    getUserCode: () => programSource(transposeA, transposeB),
  };
}

/**
 * Of an odd number of rows or columns the last is its own neighbour: its thread computes and writes it twice. The
 * strides of tfjs's uniforms: x from matrix to matrix, y from row to row.
 */
function programSource(transposeA: boolean, transposeB: boolean): string {
  const strideOf = (name: string, isRow: boolean) => (isRow ? `uniforms.${name}ShapeStrides.y` : '1');
  return `
    fn main(index : i32) {
      let shape = uniforms.outShape;
      let rowPairs = (shape.y + 1) / 2;
      let columnPairs = (shape.z + 1) / 2;
      let batch = index / (rowPairs * columnPairs);
      if (batch >= shape.x) { return; }
      let row = 2 * ((index / columnPairs) % rowPairs);
      let column = 2 * (index % columnPairs);
      let nextRow = min(row + 1, shape.y - 1);
      let nextColumn = min(column + 1, shape.z - 1);
      let matrixA = (batch % uniforms.aShape.x) * uniforms.aShapeStrides.x;
      let matrixB = (batch % uniforms.bShape.x) * uniforms.bShapeStrides.x;
      let rowA = matrixA + row * ${strideOf('a', !transposeA)};
      let nextRowA = matrixA + nextRow * ${strideOf('a', !transposeA)};
      let columnB = matrixB + column * ${strideOf('b', transposeB)};
      let nextColumnB = matrixB + nextColumn * ${strideOf('b', transposeB)};
      var total = vec4<f32>(0.0);
      for (var k = 0; k < uniforms.inner; k++) {
        let termA = k * ${strideOf('a', transposeA)};
        let termB = k * ${strideOf('b', !transposeB)};
        let a = vec2<f32>(A[rowA + termA], A[nextRowA + termA]);
        let b = vec2<f32>(B[columnB + termB], B[nextColumnB + termB]);
        total += a.xxyy * b.xyxy;
      }
      let rowAt = (batch * shape.y + row) * shape.z;
      let nextRowAt = (batch * shape.y + nextRow) * shape.z;
      setOutputAtIndex(rowAt + column, total.x);
      setOutputAtIndex(rowAt + nextColumn, total.y);
      setOutputAtIndex(nextRowAt + column, total.z);
      setOutputAtIndex(nextRowAt + nextColumn, total.w);
    }
  `;
}
