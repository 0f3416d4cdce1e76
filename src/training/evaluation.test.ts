import { describe, expect, it } from 'vitest';
import { createQuadraticEngine } from '../algorithms/quadratic-engine.testing.ts';
import { presetById } from '../experiment/presets.ts';
import {
  CURVE_STEPS,
  createTestSet,
  curveSupportSizes,
  evaluateAdaptation,
  evaluateHeldOut,
  finishEvaluation,
  SLICE_TASKS,
  type Subject,
  testAlpha,
} from './evaluation.ts';

const experiment = { ...presetById('sinusoid-live')!.experiment, hiddenWidths: [2], testInnerSteps: 3 };
const subject: Subject = {
  algorithm: 'maml',
  metaParams: Float32Array.of(1, -1, 0.5, 0, 0, 0, 2),
  alpha: { mode: 'scalar', values: Float32Array.of(0.5) },
};

describe('the test set', () => {
  it('is fixed by the seed; more tasks extend fewer, slice by slice', () => {
    const small = createTestSet(experiment, 30);
    const large = createTestSet(experiment, 600);
    expect(large.tasks.slice(0, 30)).toEqual(small.tasks);
    expect(large.batch('maml', 10, 0)).toEqual(small.batch('maml', 10, 0));
    expect(small.batch('maml', 10, Math.floor(30 / SLICE_TASKS)).taskCount).toBe(30 % SLICE_TASKS);
    expect(createTestSet({ ...experiment, seed: 1 }, 30).tasks).not.toEqual(small.tasks);
  });

  it('asks the same query points for every K and every algorithm', () => {
    const set = createTestSet(experiment, 10);
    expect(set.batch('maml', 5, 0).queryX).toEqual(set.batch('reptile', 20, 0).queryX);
    expect(set.batch('oracle', 5, 0).queryY).toEqual(set.batch('maml', 5, 0).queryY);
    expect(set.batch('oracle', 5, 0).inputSize).toBe(3);
  });

  it('comes from the test ranges', () => {
    const far = { ...experiment, testAmplitudeMin: 6, testAmplitudeMax: 7, noiseTaskShare: 0.5 };
    const { tasks } = createTestSet(far, 100);
    expect(tasks.every((task) => task.amplitude >= 6 && task.amplitude <= 7 && !task.isNoise)).toBe(true);
  });
});

describe('evaluation', () => {
  it('pauses after every slice and agrees with the adaptation curve', async () => {
    const engine = createQuadraticEngine();
    const set = createTestSet(experiment, 60);
    const heldOut = evaluateHeldOut(engine, set, subject);
    let slices = 0;
    let step = await heldOut.next();
    for (; step.done !== true; step = await heldOut.next()) slices++;
    expect(slices).toBe(Math.ceil(60 / SLICE_TASKS));
    const curves = await finishEvaluation(evaluateAdaptation(engine, set, subject));
    const curve = curves.find(({ supportSize }) => supportSize === experiment.testSupportSize)!;
    expect(curve.steps).toHaveLength(CURVE_STEPS + 1);
    expect(curve.mean[3]).toBe(step.value.mean);
    expect(curve.q75[3]).toBe(step.value.q75);
    // With these quadratics and α = 0.5 each step halves the distance to the support's centre.
    expect(curve.mean[0]).not.toBe(curve.mean[3]);
  });

  it('has curves for K = 5, 10, 20 and the experiment’s own K', () => {
    expect(curveSupportSizes(experiment)).toEqual([5, 10, 20]);
    expect(curveSupportSizes({ ...experiment, testSupportSize: 7 })).toEqual([5, 7, 10, 20]);
  });

  it('adapts with the experiment’s test α where it has one, else with the run’s', () => {
    expect(testAlpha(experiment, subject.alpha)).toBe(subject.alpha);
    const own = testAlpha({ ...experiment, testInnerLearningRate: 0.25 }, subject.alpha);
    expect(own).toEqual({ mode: 'scalar', values: Float32Array.of(0.25) });
  });
});
