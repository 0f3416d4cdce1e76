// The product of small matrices on WebGPU against plain loops: odd and even sizes, transposed factors, one matrix for
// a whole batch, and what is left to tfjs's program. In cli/ for Dawn's sake.
import { matMul, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openBackend } from '../gradients/open-backend.ts';
import { relativeError } from '../gradients/random-request.testing.ts';
import { key, uniform } from '../math/rng.ts';
import { gpuInNode, nodeResources } from './node-backends.ts';

const gpu = await gpuInNode();

interface Sizes {
  readonly batchA: number;
  readonly batchB: number;
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

const CASES: readonly Sizes[] = [
  { batchA: 3, batchB: 3, rows: 5, inner: 7, columns: 3 },
  { batchA: 2, batchB: 2, rows: 4, inner: 6, columns: 8 },
  { batchA: 4, batchB: 1, rows: 3, inner: 2, columns: 41 },
  { batchA: 1, batchB: 3, rows: 1, inner: 25, columns: 1 },
];

function factor(seed: number, shape: readonly [number, number, number], isTransposed: boolean) {
  const [batch, rows, columns] = shape;
  const values = uniform(key(seed), batch * rows * columns, -1, 1);
  const stored: [number, number, number] = isTransposed ? [batch, columns, rows] : [batch, rows, columns];
  const at = (b: number, row: number, column: number) => {
    const matrixAt = (b % batch) * rows * columns;
    return values[matrixAt + (isTransposed ? column * rows + row : row * columns + column)]!;
  };
  return { tensor: tensor(Float32Array.from(values), stored), at };
}

async function difference(sizes: Sizes, transposeA: boolean, transposeB: boolean): Promise<number> {
  const { batchA, batchB, rows, inner, columns } = sizes;
  const a = factor(1, [batchA, rows, inner], transposeA);
  const b = factor(2, [batchB, inner, columns], transposeB);
  const product: Tensor = matMul(a.tensor, b.tensor, transposeA, transposeB);
  const batch = Math.max(batchA, batchB);
  expect(product.shape).toEqual([batch, rows, columns]);
  const expected = Array.from({ length: batch * rows * columns }, (_, at) => {
    const column = at % columns;
    const row = Math.floor(at / columns) % rows;
    const matrix = Math.floor(at / (rows * columns));
    let sum = 0;
    for (let k = 0; k < inner; k++) sum += a.at(matrix, row, k) * b.at(matrix, k, column);
    return sum;
  });
  return relativeError(await product.data<'float32'>(), expected);
}

describe.skipIf(!gpu)('products on webgpu', () => {
  beforeAll(async () => {
    await openBackend('webgpu', await nodeResources('composed-webgpu'));
  });

  for (const sizes of CASES) {
    it(`are right for ${Object.values(sizes).join(', ')}`, async () => {
      for (const transposeA of [false, true]) {
        for (const transposeB of [false, true]) {
          expect(await difference(sizes, transposeA, transposeB)).toBeLessThan(1e-6);
        }
      }
    });
  }

  it('are left to tfjs when they are no batches', async () => {
    const product = matMul(tensor([1, 2, 3, 4], [2, 2]), tensor([5, 6], [2, 1]));
    expect(Array.from(await product.data())).toEqual([17, 39]);
  });

  it('that do not fit are refused as tfjs does', () => {
    const left = tensor([1, 2, 3, 4], [1, 2, 2]);
    expect(() => matMul(left, tensor([1, 2, 3], [1, 3, 1]))).toThrow(/inner shapes/);
  });
});
