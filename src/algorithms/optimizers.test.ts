import { describe, expect, it } from 'vitest';
import { applyOptimizer, createOptimizer } from './optimizers.ts';

describe('Adam', () => {
  it('moves by the learning rate on its first step, whatever the gradient’s size', () => {
    const start = createOptimizer('adam', 3);
    const { params } = applyOptimizer(start, new Float32Array(3), Float32Array.of(1e-3, -50, 0), 0.01);
    expect(params[0]).toBeCloseTo(-0.01, 6);
    expect(params[1]).toBeCloseTo(0.01, 6);
    expect(params[2]).toBe(0);
  });

  it('follows the textbook’s numbers over three steps', () => {
    // m, v by hand with β1 = 0.9, β2 = 0.999; gradients 1, 2, −1; lr 0.1:
    // m̂ = 1, 2.9/1.9, (0.9·0.29 − 0.1)/0.271; v̂ = 1, 4.999/1.999, (0.999·0.004999 + 0.001)/0.002997001
    let state = createOptimizer('adam', 1);
    let params = new Float32Array(1);
    for (const gradient of [1, 2, -1]) {
      const next = applyOptimizer(state, params, Float32Array.of(gradient), 0.1);
      ({ params, state } = { params: Float32Array.from(next.params), state: next.state });
    }
    const second = 2.9 / 1.9 / Math.sqrt(4.999 / 1.999);
    const third = (0.9 * 0.29 - 0.1) / 0.271 / Math.sqrt((0.999 * 0.004999 + 0.001) / 0.002997001);
    expect(params[0]).toBeCloseTo(-0.1 * (1 + second + third), 5);
  });

  it('never writes to what it was given', () => {
    const start = createOptimizer('adam', 2);
    const params = Float32Array.of(1, 2);
    applyOptimizer(start, params, Float32Array.of(1, 1), 0.1);
    expect(params).toEqual(Float32Array.of(1, 2));
    expect(start).toEqual(createOptimizer('adam', 2));
  });
});

describe('SGD', () => {
  it('descends by learning rate times gradient', () => {
    const { params, state } = applyOptimizer(
      createOptimizer('sgd', 2),
      Float32Array.of(1, 2),
      Float32Array.of(10, -10),
      0.1,
    );
    expect([...params]).toEqual([0, 3]);
    expect(state).toEqual({ kind: 'sgd' });
  });
});
