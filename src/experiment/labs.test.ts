// What must hold in every lab, and between labs. What one lab's own rules and fields mean is tested beside its files.
import { describe, expect, it } from 'vitest';
import { foldIn, key } from '../math/rng.ts';
import { presetNotes } from '../words/preset-notes.ts';
import { decodeLink, decodePlainLink, encodeLink, encodePlainLink, MAX_LINK_LENGTH } from './codec.ts';
import { deflateText } from './deflate.ts';
import { ALGORITHM_IDS, type Experiment, STRATEGIES } from './experiment.ts';
import type { Lab } from './lab.ts';
import { defaultExperiment, findPreset, inLab, LAB_IDS } from './labs.ts';
import { randomExperiment } from './random-experiment.testing.ts';
import { accepts, checkPatchIn, validateExperiment } from './schema.ts';

function testFields<E extends Experiment>(lab: Lab<E>): void {
  it('has a field for every key of an experiment but lab and preset, the seed first, as links have it', () => {
    const keys = Object.keys(lab.presets[0].experiment).filter((name) => name !== 'lab' && name !== 'preset');
    expect([...lab.fieldKeys].sort()).toEqual(keys.sort());
    expect(lab.fieldKeys[0]).toBe('seed');
    expect(lab.isFieldKey('__proto__')).toBe(false);
  });

  it.each(lab.fieldKeys)('%s: is explained and has workable limits', (name) => {
    const field = lab.field(name);
    expect(field.label.length).toBeGreaterThan(0);
    expect(field.help).toMatch(/^[A-Z].{15,}[.]\)?$/su);
    expect(lab.sections.map((section) => section.id)).toContain(field.section);
    if (!('slider' in field)) return;
    const [from, to] = field.slider ?? [field.min, field.max];
    expect(field.step).toBeGreaterThan(0);
    expect(field.min).toBeLessThanOrEqual(from);
    expect(from).toBeLessThan(to);
    expect(to).toBeLessThanOrEqual(field.max);
    if (field.scale === 'log') expect(from).toBeGreaterThan(0);
  });

  const ranges = lab.fieldKeys.filter((name) => 'slider' in lab.field(name));
  it.each(ranges)('%s: a refusal names limits that are accepted', (name) => {
    const field = lab.field(name);
    const { issues } = checkPatchIn(lab, lab.presets[0].experiment, { [name]: Number.NaN });
    const range = /expected (?:a whole number, )?(-?\d+(?:\.\d+)?) to (-?\d+(?:\.\d+)?)/.exec(
      issues[0]?.message ?? '',
    );
    expect(accepts(field, Number(range?.[1]))).toBe(true);
    expect(accepts(field, Number(range?.[2]))).toBe(true);
  });

  it('has something in every section', () => {
    for (const { id } of lab.sections)
      expect(lab.fieldKeys.filter((name) => lab.field(name).section === id).length, id).toBeGreaterThan(0);
  });

  it('offers algorithms and strategies in their canonical order', () => {
    const canonical: Readonly<Record<string, readonly string[]>> = {
      algorithms: ALGORITHM_IDS,
      strategies: STRATEGIES,
      strategy: STRATEGIES,
    };
    for (const name of lab.fieldKeys) {
      const field = lab.field(name);
      const expected = canonical[name];
      if (expected !== undefined && 'choices' in field)
        expect(Object.keys(field.choices)).toEqual([...expected]);
    }
  });
}

function testPresets<E extends Experiment>(lab: Lab<E>): void {
  it.each(lab.presets)('preset $id is valid, light and frozen', ({ id, experiment }) => {
    const notes = new Map<string, readonly string[]>(Object.entries(presetNotes)).get(id) ?? [];
    expect(experiment).toMatchObject({ lab: lab.id, preset: id });
    for (const value of [experiment, ...Object.values(experiment)]) expect(Object.isFrozen(value)).toBe(true);
    for (const name of lab.fieldKeys) expect(accepts(lab.field(name), experiment[name]), name).toBe(true);
    for (const rule of lab.rules) expect(rule.violation(experiment)).toBeNull();
    const read = validateExperiment(JSON.parse(JSON.stringify(experiment)));
    expect(read).toEqual({ experiment, issues: [] });
    expect(lab.isHeavy(experiment)).toBe(false);
    expect(notes.length).toBeGreaterThan(0);
    for (const note of notes) expect(note).toMatch(/^\S.*[.)]$/su);
  });
}

function testLinks(lab: Lab<Experiment>['id']): void {
  const experimentOf = (index: number) => randomExperiment(foldIn(key(11), index), lab);

  it('every valid experiment survives the round trip in both forms, canonically', async () => {
    for (let i = 0; i < 250; i++) {
      const experiment = experimentOf(i);
      expect(experiment.lab).toBe(lab);
      const plain = encodePlainLink(experiment);
      const read = decodePlainLink(plain);
      expect(read).toMatchObject({ experiment, issues: [] });
      expect(encodePlainLink(read!.experiment)).toBe(plain);
      const link = await encodeLink(experiment);
      expect(link.length).toBeLessThanOrEqual(Math.min(plain.length, MAX_LINK_LENGTH));
      expect((await decodeLink(link)).experiment).toEqual(experiment);
    }
  });

  it('every truncation of a link gives a valid experiment', async () => {
    const plain = encodePlainLink(experimentOf(7));
    const packed = `#z=${await deflateText(plain.slice(1))}`;
    for (const link of [plain, packed]) {
      for (let length = 0; length < link.length; length++) {
        const { experiment } = await decodeLink(link.slice(0, length));
        expect(validateExperiment(experiment).issues).toEqual([]);
      }
    }
  });
}

function testLab<E extends Experiment>(lab: Lab<E>): void {
  testFields(lab);
  testPresets(lab);
  testLinks(lab.id);
}

describe.each(LAB_IDS)('the lab %s', (id) => {
  inLab(id, testLab);
});

describe('the labs', () => {
  const labs = LAB_IDS.map((id) =>
    inLab(id, ({ id: name, presets }) => ({ name, presets: presets.map((preset) => preset.id) })),
  );

  it('are known by their own ids', () => {
    expect(labs.map(({ name }) => name)).toEqual(LAB_IDS);
    expect(new Set(LAB_IDS).size).toBe(LAB_IDS.length);
  });

  it('share no preset’s id, so that a preset names its lab', () => {
    const ids = labs.flatMap(({ presets }) => presets);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { name, presets } of labs)
      for (const preset of presets) expect(findPreset(preset)?.experiment.lab).toBe(name);
    expect(findPreset('nothing')).toBeUndefined();
  });

  it('open with an experiment of their own', () => {
    for (const { name, presets } of labs)
      expect(defaultExperiment(name)).toMatchObject({ lab: name, preset: presets[0] });
  });
});
