import { describe, expect, it } from 'vitest';
import { presetById } from '../experiment/presets.ts';
import { createAlpha, updateAlpha, usesAdaptiveAlpha } from './adaptive-alpha.ts';
import { shapeFor } from './run-shape.ts';

const experiment = {
  ...presetById('sinusoid-live')!.experiment,
  hiddenWidths: [4, 3],
  adaptiveAlpha: 'rmaml' as const,
  innerLearningRate: 0.25,
  alphaLearningRate: 0.5,
  alphaMin: 0.125,
  alphaMax: 1,
};
const shape = shapeFor(experiment, 'rmaml');

describe('createAlpha', () => {
  it('has one entry, one per layer, or one per parameter', () => {
    const lengths = (['scalar', 'layer', 'parameter'] as const).map((alphaMode) => {
      const alpha = createAlpha({ ...experiment, alphaMode }, 'rmaml', shape);
      expect(alpha.values.every((value) => value === 0.25)).toBe(true);
      return alpha.values.length;
    });
    expect(lengths).toEqual([1, 3, 1 * 4 + 4 + 4 * 3 + 3 + 3 + 1]);
  });

  it('is a scalar for runs that do not learn it', () => {
    const perLayer = { ...experiment, alphaMode: 'layer' as const };
    expect(createAlpha(perLayer, 'maml', shape).mode).toBe('scalar');
    expect(usesAdaptiveAlpha({ ...perLayer, adaptiveAlpha: 'all' }, 'maml')).toBe(true);
    expect(usesAdaptiveAlpha({ ...perLayer, adaptiveAlpha: 'all' }, 'random')).toBe(false);
  });
});

describe('updateAlpha', () => {
  it('descends entry by entry and clamps to the range', () => {
    const alpha = { mode: 'layer', values: Float32Array.of(0.25, 0.25, 0.25) } as const;
    const next = updateAlpha(alpha, Float32Array.of(-0.5, 10, -10), experiment);
    expect([...next.values]).toEqual([0.5, 0.125, 1]);
    expect([...alpha.values]).toEqual([0.25, 0.25, 0.25]);
  });

  it('lets NaN through: the session judges it', () => {
    const alpha = { mode: 'scalar', values: Float32Array.of(0.25) } as const;
    expect(updateAlpha(alpha, Float32Array.of(Number.NaN), experiment).values[0]).toBeNaN();
  });
});
