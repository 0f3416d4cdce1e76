// A session must not leak tensors: hundreds of meta-iterations, evaluations and spokes leave as many as before.
// Here and not in training/, because only this folder and gradients/ may know tfjs.
import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import { presetById } from '../experiment/presets.ts';
import { createSession } from '../training/session.ts';
import { openEngine } from './engines.ts';

const tiny: SinusoidExperiment = {
  ...presetById('sinusoid-live')!.experiment,
  algorithms: ['maml', 'fomaml', 'reptile', 'rmaml', 'oracle'],
  hiddenWidths: [4],
  metaBatchSize: 2,
  supportSize: 3,
  querySize: 3,
  reptileInnerSteps: 2,
  alphaMode: 'layer',
  metaIterations: 510,
};

describe('composed-cpu', () => {
  it('holds the same number of tensors after 500 meta-iterations', async () => {
    const engine = await openEngine('composed-cpu');
    const session = createSession(tiny, engine, { clock: () => 0, evaluationTasks: 12 });
    let before: number | null = null;
    for await (const event of session.events) {
      if (event.kind !== 'iteration') continue;
      session.snapshot();
      if (event.iteration === 10) before = memory().numTensors;
    }
    expect(before).not.toBeNull();
    expect(memory().numTensors).toBe(before);
    engine.dispose();
  }, 240_000);
});
