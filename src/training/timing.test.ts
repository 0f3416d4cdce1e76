import { describe, expect, it } from 'vitest';
import { createQuadraticEngine } from '../algorithms/quadratic-engine.testing.ts';
import { presetById } from '../experiment/presets.ts';
import { createStepper } from './timing.ts';

describe('createStepper', () => {
  it('runs every algorithm once per call, and goes on where the experiment itself would diverge or end', async () => {
    const live = presetById('sinusoid-live')!.experiment;
    const engine = createQuadraticEngine();
    const wild = { ...live, hiddenWidths: [2], innerLearningRate: 100, metaIterations: 1 };
    const step = createStepper(wild, engine);
    for (let i = 0; i < 12; i++) await step();
    expect(engine.requests).toHaveLength(12 * live.algorithms.length);
  });
});
