import { describe, expect, it } from 'vitest';
import { ALGORITHM_IDS, type SinusoidExperiment } from './experiment.ts';
import { changesPast, changesTests, FIELD_KEYS, fieldOf, isVisible, SECTIONS } from './fields.ts';
import { DEFAULT_PRESET_ID, PRESETS, presetById } from './presets.ts';
import { accepts } from './schema.ts';

function live(): SinusoidExperiment {
  const preset = presetById(DEFAULT_PRESET_ID);
  if (preset === undefined) throw new Error('no default preset');
  return preset.experiment;
}

describe('the field table', () => {
  it('has an entry for every key of an experiment but lab and preset', () => {
    const keys = Object.keys(live()).filter((key) => key !== 'lab' && key !== 'preset');
    expect([...FIELD_KEYS].sort()).toEqual(keys.sort());
  });

  it('begins with the seed, which links always write', () => {
    expect(FIELD_KEYS[0]).toBe('seed');
  });

  it.each(FIELD_KEYS)('%s: is explained and has workable limits', (key) => {
    const field = fieldOf(key);
    expect(field.label.length).toBeGreaterThan(0);
    expect(field.help).toMatch(/^[A-Z].{15,}[.]$|^[A-Z].{15,}\.\)$/su);
    expect(SECTIONS.map((section) => section.id)).toContain(field.section);
    if ('slider' in field) {
      expect(field.step).toBeGreaterThan(0);
      const [from, to] = field.slider ?? [field.min, field.max];
      expect(field.min).toBeLessThanOrEqual(from);
      expect(from).toBeLessThan(to);
      expect(to).toBeLessThanOrEqual(field.max);
      if (field.scale === 'log') expect(from).toBeGreaterThan(0);
    }
  });

  it('offers the algorithms in their canonical order', () => {
    const field = fieldOf('algorithms');
    expect(field.kind === 'multi-choice' && Object.keys(field.choices)).toEqual([...ALGORITHM_IDS]);
  });

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

describe('presets', () => {
  it.each(PRESETS.map((preset) => [preset.id, preset] as const))('%s is valid and frozen', (id, preset) => {
    expect(preset.experiment.preset).toBe(id);
    expect(Object.isFrozen(preset.experiment)).toBe(true);
    expect(Object.isFrozen(preset.experiment.algorithms)).toBe(true);
    for (const key of FIELD_KEYS) {
      expect(accepts(fieldOf(key), preset.experiment[key]), key).toBe(true);
    }
    expect(preset.notes.length).toBeGreaterThan(0);
  });

  it('have distinct names, the default first', () => {
    const ids = PRESETS.map((preset) => preset.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids[0]).toBe(DEFAULT_PRESET_ID);
    expect(presetById('nothing')).toBeUndefined();
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
