import { describe, expect, it } from 'vitest';
import { conjugateGradient } from './conjugate-gradient.ts';
import { solvePositiveDefinite } from './linear-algebra.ts';
import { key, normal } from './rng.ts';

const SIZE = 8;

/** BᵀB + I, row-major. */
function positiveDefinite(seed: number): Float64Array {
  const b = normal(key(seed), SIZE * SIZE);
  return Float64Array.from({ length: SIZE * SIZE }, (_, at) => {
    const [i, j] = [Math.floor(at / SIZE), at % SIZE];
    let sum = i === j ? 1 : 0;
    for (let k = 0; k < SIZE; k++) sum += b[k * SIZE + i]! * b[k * SIZE + j]!;
    return sum;
  });
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  return vector.map((_, i) => vector.reduce((sum, v, j) => sum + matrix[i * SIZE + j]! * v, 0));
}

describe('conjugateGradient', () => {
  const matrix = positiveDefinite(3);
  const b = Float64Array.from(normal(key(4), SIZE));

  it('solves n equations in about n products', async () => {
    const exact = solvePositiveDefinite(matrix, b);
    const solved = await conjugateGradient((v) => times(matrix, v), b, {
      iterations: 3 * SIZE,
      tolerance: 1e-22,
    });
    expect(solved.stopped).toBe('converged');
    solved.x.forEach((value, at) => {
      expect(value).toBeCloseTo(exact[at]!, 8);
    });
  });

  it('gets nearer with every product, and says how far it is', async () => {
    const few = await conjugateGradient(async (v) => times(matrix, v), b, { iterations: 3 });
    const residual = times(matrix, few.x).map((value, at) => b[at]! - value);
    expect(few).toMatchObject({ iterations: 3, stopped: 'iterations' });
    expect(few.residualNorm).toBeCloseTo(Math.hypot(...residual), 8);
    expect(few.residualNorm).toBeLessThan(Math.hypot(...b));
  });

  it('takes no step along a direction that A does not curve upwards', async () => {
    for (const factor of [-1, 0, Number.NaN]) {
      const solved = await conjugateGradient((v) => v.map((value) => factor * value), b, { iterations: 5 });
      expect(solved).toMatchObject({ stopped: 'curvature', iterations: 1 });
      expect([...solved.x]).toEqual(Array(SIZE).fill(0));
    }
  });

  it('has nothing to do for b = 0', async () => {
    const solved = await conjugateGradient((v) => v, new Float64Array(2), { iterations: 5 });
    expect(solved).toMatchObject({ stopped: 'converged', iterations: 0 });
  });
});
