import { describe, expect, it } from 'vitest';
import {
  compareGolden,
  type GoldenQuantities,
  isWithin,
  parseGoldenCase,
  runGoldenCase,
} from './golden-case.ts';
import { GoldenCaseError } from './golden-json.ts';
import { createReferenceEngine } from './reference/reference-engine.ts';

const computed: GoldenQuantities = {
  metaLoss: 1,
  queryLosses: [1, 1],
  metaGradient: [0.5, -4, 2],
  thetaNext: [0, 0, 0],
};

describe('compareGolden', () => {
  it('measures against the largest expected entry and names the worst', () => {
    const [difference] = compareGolden(computed, { metaGradient: [0.5, -4, 2.004] });
    expect(difference).toMatchObject({ entry: 'metaGradient[2]', got: 2, expected: 2.004 });
    expect(difference!.relative).toBeCloseTo(0.001, 12);
    expect(isWithin(difference!, 1e-4)).toBe(false);
    expect(isWithin(difference!, 2e-3)).toBe(true);
  });

  it('never accepts NaN', () => {
    const broken = { ...computed, metaGradient: [0.5, Number.NaN, 2] };
    const [difference] = compareGolden(broken, { metaGradient: [0.5, -4, 2] });
    expect(difference!.entry).toBe('metaGradient[1]');
    expect(isWithin(difference!, Number.POSITIVE_INFINITY)).toBe(false);
  });

  it('accepts zeros where zeros are expected, and nothing else there', () => {
    expect(isWithin(compareGolden(computed, { thetaNext: [0, 0, 0] })[0]!, 0)).toBe(true);
    expect(isWithin(compareGolden(computed, { metaGradient: [0, 0, 0] })[0]!, 1e6)).toBe(false);
  });

  it.each([
    [{}, /nothing to compare/],
    [{ metaGradient: [1, 2] }, /expected\.metaGradient: got 2 values in the file, expected 3/],
    [{ alphaGradient: [1] }, /expected\.alphaGradient: not a quantity of this case/],
    [{ metaLoss: 'low' }, /expected\.metaLoss: got "low", expected a finite number/],
  ])('refuses to judge against %j', (expected, message) => {
    expect(() => compareGolden(computed, expected)).toThrow(GoldenCaseError);
    expect(() => compareGolden(computed, expected)).toThrow(message);
  });
});

describe('runGoldenCase', () => {
  it('steps θ and α by the learning rate, α only for RMAML', async () => {
    const json = {
      settings: {
        algorithm: 'rmaml',
        sizes: [1, 1],
        activation: 'relu',
        innerSteps: 1,
        alphaMode: 'scalar',
        alpha: [0.1],
        metaLearningRate: 0.5,
      },
      theta: [0, 1],
      tasks: [{ xs: [[0]], ys: [[0]], xq: [[0]], yq: [[0]] }],
    };
    // b′ = 1 − 0.1·2 = 0.8; Q = 0.64; ∂Q/∂b = 1.6·0.8; ∂Q/∂α = 1.6·(−2).
    const rmaml = await runGoldenCase(createReferenceEngine(), parseGoldenCase(json));
    expect(rmaml.metaLoss).toBeCloseTo(0.64, 14);
    expect(rmaml.thetaNext[1]).toBeCloseTo(1 - 0.5 * 1.28, 14);
    expect(rmaml.alphaNext![0]).toBeCloseTo(0.1 + 0.5 * 3.2, 14);
    const maml = parseGoldenCase({ ...json, settings: { ...json.settings, algorithm: 'maml' } });
    expect(await runGoldenCase(createReferenceEngine(), maml)).not.toHaveProperty('alphaNext');
  });
});
