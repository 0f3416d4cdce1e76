import { describe, expect, it } from 'vitest';
import { ridgeLeastSquares } from './ridge-least-squares.ts';

describe('ridgeLeastSquares', () => {
  // y = 2 x − 1 at x = 0 … 3.
  const features = Float64Array.of(0, 1, 1, 1, 2, 1, 3, 1);
  const targets = Float64Array.of(-1, 1, 3, 5);

  it('recovers a line', () => {
    const { coefficients, ridge } = ridgeLeastSquares({ features, targets, columns: 2, ridge: 1e-12 });
    expect(coefficients[0]).toBeCloseTo(2, 10);
    expect(coefficients[1]).toBeCloseTo(-1, 10);
    expect(ridge).toBe(1e-12);
  });

  it('solves (XᵀX + ridge·I) w = Xᵀy', () => {
    // XᵀX = [[14, 6], [6, 4]], Xᵀy = [22, 8]; with ridge 1: [[15, 6], [6, 5]] w = [22, 8].
    const { coefficients } = ridgeLeastSquares({ features, targets, columns: 2, ridge: 1 });
    expect(coefficients[0]).toBeCloseTo((22 * 5 - 6 * 8) / (75 - 36), 12);
    expect(coefficients[1]).toBeCloseTo((15 * 8 - 6 * 22) / (75 - 36), 12);
  });

  it('raises the ridge for collinear columns and says to what', () => {
    const twice = Float64Array.of(1, 1, 2, 2, 3, 3);
    const { coefficients, ridge } = ridgeLeastSquares({
      features: twice,
      targets: Float64Array.of(2, 4, 6),
      columns: 2,
      ridge: 0,
    });
    expect(ridge).toBeGreaterThan(0);
    expect(coefficients[0]! + coefficients[1]!).toBeCloseTo(2, 5);
  });

  it('gives zeros and no ridge for numbers that are not finite', () => {
    const broken = Float64Array.of(-1, Number.NaN, 3, 5);
    const { coefficients, ridge } = ridgeLeastSquares({ features, targets: broken, columns: 2, ridge: 1e-5 });
    expect(ridge).toBeNull();
    expect([...coefficients]).toEqual([0, 0]);
  });

  it('refuses features that do not fit', () => {
    expect(() => ridgeLeastSquares({ features, targets, columns: 3, ridge: 1 })).toThrow(
      /got 8 values, expected 12/,
    );
  });
});
