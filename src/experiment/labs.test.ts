// All labs together: what holds between them. What holds within one is tested beside its own files.
import { describe, expect, it } from 'vitest';
import { defaultExperiment, findPreset, inLab, LAB_IDS } from './labs.ts';

const labs = LAB_IDS.map((id) =>
  inLab(id, ({ id: name, presets, sections }) => ({
    name,
    presets: presets.map((preset) => preset.id),
    sections,
  })),
);

describe('the labs', () => {
  it('are known by their own ids', () => {
    expect(labs.map(({ name }) => name)).toEqual(LAB_IDS);
    expect(new Set(LAB_IDS).size).toBe(LAB_IDS.length);
  });

  it('share no preset’s id, so that a preset names its lab', () => {
    const ids = labs.flatMap(({ presets }) => presets);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { name, presets } of labs)
      for (const preset of presets) expect(findPreset(preset)?.experiment.lab).toBe(name);
  });

  it('open with an experiment of their own', () => {
    for (const { name, presets } of labs)
      expect(defaultExperiment(name)).toMatchObject({ lab: name, preset: presets[0] });
  });
});
