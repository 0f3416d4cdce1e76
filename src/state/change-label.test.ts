import { describe, expect, it } from 'vitest';
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import { FIELD_KEYS, fieldOf } from '../experiment/fields.ts';
import { SINUSOID_LAB } from '../experiment/labs.ts';
import { presetById } from '../experiment/presets.ts';
import { labelOldRun, labelSetting } from './change-label.ts';

const live = presetById('sinusoid-live')!.experiment;
const label = (old: Partial<SinusoidExperiment>, now: Partial<SinusoidExperiment>) =>
  labelOldRun(SINUSOID_LAB, { ...live, ...old }, { ...live, ...now });

describe('labelOldRun', () => {
  it('names algorithms and choices as the controls do', () => {
    expect(label({ algorithms: ['maml', 'fomaml'] }, { algorithms: ['maml'] })).toBe(
      'algorithms MAML, FOMAML',
    );
    expect(label({ metaOptimizer: 'sgd' }, { metaOptimizer: 'adam' })).toBe('meta-optimiser SGD');
    expect(label({ hiddenWidths: [40, 40] }, { hiddenWidths: [4] })).toBe('hidden layers 40-40');
  });

  it('uses symbols where they are clear, and units', () => {
    expect(label({ innerLearningRate: 0.01 }, { innerLearningRate: 0.1 })).toBe('α = 0.01');
    expect(label({ supportSize: 5, seed: 3 }, { supportSize: 6, seed: 4 })).toBe('seed 3 and K = 5 points');
    expect(label({ phaseMax: Math.PI }, { phaseMax: 1 })).toBe('phase to 3.142 rad');
    expect(labelSetting(SINUSOID_LAB, 'testSupportSize', 10)).toBe('support points at test 10 points');
    expect(labelSetting(SINUSOID_LAB, 'testInnerLearningRate', null)).toBe('α at test as in training');
    expect(labelSetting(SINUSOID_LAB, 'reptileStepSize', 0.1)).toBe('ε = 0.1');
    expect(labelSetting(SINUSOID_LAB, 'reptileSchedule', 'linear')).toBe('Reptile’s schedule Linear to 0');
  });

  it('names the preset when much changed', () => {
    const now = { seed: 9, innerSteps: 2, supportSize: 6 };
    expect(label({ seed: 1, innerSteps: 1, supportSize: 5 }, now)).toBe('sinusoid-live, before 3 changes');
  });

  it.each(FIELD_KEYS)('%s: has words, not ids', (key) => {
    const field = fieldOf(key);
    const text = labelSetting(SINUSOID_LAB, key, live[key]);
    const expected = field.kind === 'choice' ? field.choices[String(live[key])]! : /[^ ]+ (= )?[^ ]+/;
    expect(text).toMatch(expected);
    // What was one word of code, as metaIterations.
    if (/[A-Z]/.test(key)) expect(text).not.toContain(key);
  });
});
