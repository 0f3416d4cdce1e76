import { describe, expect, it } from 'vitest';
import type { SinusoidExperiment } from './experiment.ts';
import { changesPast, changesTests, isVisible } from './fields.ts';
import { DEFAULT_PRESET_ID, presetById } from './presets.ts';

function live(): SinusoidExperiment {
  const preset = presetById(DEFAULT_PRESET_ID);
  if (preset === undefined) throw new Error('no default preset');
  return preset.experiment;
}

describe('the field table', () => {
  it('hides what the chosen algorithms do not use', () => {
    const reptileOnly: SinusoidExperiment = { ...live(), algorithms: ['reptile'] };
    expect(isVisible('reptileStepSize', reptileOnly)).toBe(true);
    expect(isVisible('metaLearningRate', reptileOnly)).toBe(false);
    expect(isVisible('innerSteps', reptileOnly)).toBe(false);
    expect(isVisible('alphaMode', reptileOnly)).toBe(false);
    expect(isVisible('alphaMode', { ...reptileOnly, adaptiveAlpha: 'all' })).toBe(true);
    expect(isVisible('strategy', { ...reptileOnly, taskBuffer: 'all' })).toBe(true);
    expect(isVisible('noiseAmplitudeMin', reptileOnly)).toBe(false);
    expect(isVisible('noiseAmplitudeMin', { ...reptileOnly, noiseTaskShare: 0.2 })).toBe(true);
  });
});

describe('changesTests', () => {
  const before = live();
  it('is true for what held-out losses depend on at test time only', () => {
    for (const patch of [
      { testSupportSize: 3 },
      { testInnerSteps: 5 },
      { testInnerLearningRate: 0.1 },
      { testAmplitudeMax: 9 },
      { testPhaseMin: 1 },
    ]) {
      expect(changesTests(before, { ...before, ...patch })).toBe(true);
    }
    expect(changesTests(before, { ...before, metaIterations: 7, reptileStepSize: 0.2 })).toBe(false);
  });
});

describe('changesPast', () => {
  const before = live();
  const change = (patch: Partial<SinusoidExperiment>) => changesPast(before, { ...before, ...patch });

  it('is false for equal experiments, even with copied lists', () => {
    expect(change({ hiddenWidths: [...before.hiddenWidths] })).toBe(false);
  });

  it('is false for test-time settings', () => {
    expect(
      change({ testInnerSteps: 5, testInnerLearningRate: 0.1, testPhaseMax: 6, testSupportSize: 3 }),
    ).toBe(false);
  });

  it('is true for settings that training used', () => {
    expect(change({ innerLearningRate: 0.02 })).toBe(true);
    expect(change({ hiddenWidths: [40, 41] })).toBe(true);
    expect(change({ seed: 1 })).toBe(true);
    expect(change({ algorithms: ['maml'] })).toBe(true);
  });

  it('is false for settings that no chosen algorithm uses', () => {
    const maml: SinusoidExperiment = { ...before, algorithms: ['maml'] };
    expect(changesPast(maml, { ...maml, reptileStepSize: 0.9, alphaMin: 0.001 })).toBe(false);
    expect(change({ noiseAmplitudeMax: 9 })).toBe(false);
    expect(change({ noiseAmplitudeMax: 9, noiseTaskShare: 0.1 })).toBe(true);
  });

  it('depends on Reptile’s schedule for the number of meta-iterations', () => {
    expect(change({ metaIterations: 20_000 })).toBe(false);
    const linear: SinusoidExperiment = { ...before, reptileSchedule: 'linear' };
    expect(changesPast(linear, { ...linear, metaIterations: 20_000 })).toBe(true);
    const withoutReptile: SinusoidExperiment = { ...linear, algorithms: ['maml'] };
    expect(changesPast(withoutReptile, { ...withoutReptile, metaIterations: 20_000 })).toBe(false);
  });
});
