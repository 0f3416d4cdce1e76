import { describe, expect, it } from 'vitest';
import { axpy, dot, norm, solvePositiveDefinite } from './linear-algebra.ts';
import { key, normal } from './rng.ts';

describe('vectors', () => {
  it('dot, norm and axpy', () => {
    const x = Float64Array.of(3, 4);
    const y = Float64Array.of(1, -1);
    expect(dot(x, y)).toBe(-1);
    expect(norm(x)).toBe(5);
    axpy(2, x, y);
    expect([...y]).toEqual([7, 7]);
    expect([...x]).toEqual([3, 4]);
    expect(() => dot(x, Float64Array.of(1))).toThrow(/same length; got 2 and 1/);
  });
});

describe('solvePositiveDefinite', () => {
  it('solves a system by hand', () => {
    const a = Float64Array.of(4, 2, 2, 5);
    expect([...solvePositiveDefinite(a, Float64Array.of(10, 13))]).toEqual([1.5, 2]);
  });

  it('has a small residual on a random Gram matrix with a ridge', () => {
    const n = 12;
    const rows = normal(key(1), n * n);
    const a = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        for (let k = 0; k < n; k++) a[i * n + j]! += rows[k * n + i]! * rows[k * n + j]!;
      }
      a[i * n + i]! += 0.1;
    }
    const b = Float64Array.from(normal(key(2), n));
    const x = solvePositiveDefinite(a, b);
    for (let i = 0; i < n; i++) {
      expect(dot(a.subarray(i * n, (i + 1) * n), x)).toBeCloseTo(b[i]!, 10);
    }
  });

  it('refuses matrices that are not positive definite, and wrong sizes', () => {
    expect(() => solvePositiveDefinite(Float64Array.of(1, 2, 2, 1), Float64Array.of(1, 1))).toThrow(
      /not positive definite: pivot 1 is -3/,
    );
    expect(() => solvePositiveDefinite(Float64Array.of(1), Float64Array.of(1, 1))).toThrow(/4 entries/);
  });
});
