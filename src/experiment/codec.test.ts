import { describe, expect, it } from 'vitest';
import { bits, foldIn, key } from '../math/rng.ts';
import { decodeLink, decodePlainLink, encodeLink, encodePlainLink } from './codec.ts';
import { deflateText } from './deflate.ts';
import type { Experiment, SinusoidExperiment } from './experiment.ts';
import { sameValue } from './field-changes.ts';
import frozenLinks from './fixtures/links.json' with { type: 'json' };
import { defaultExperiment, findPreset, LAB_IDS } from './labs.ts';
import { formatNumber } from './link-values.ts';
import { NO_OPTIONS, type PageOptions } from './page-options.ts';
import { presetById } from './presets.ts';
import { randomExperiment } from './random-experiment.testing.ts';
import { validateExperiment } from './schema.ts';

interface LinkCase {
  readonly about: string;
  readonly link: string;
  readonly preset: string;
  /** Settings that differ from that preset; the seed always. */
  readonly differs: Readonly<Record<string, unknown>>;
  /** The field of each issue, in order. */
  readonly issues: readonly string[];
  readonly heavy: boolean;
  /** What the link says about the page; left out: nothing. */
  readonly options?: Partial<PageOptions>;
}

/** Any lab's, by id. */
function presetOf(id: string): Record<string, unknown> {
  const preset = findPreset(id);
  if (preset === undefined) throw new Error(`no preset ${id}`);
  return { ...preset.experiment };
}
function named(id: string): SinusoidExperiment {
  const preset = presetById(id);
  if (preset === undefined) throw new Error(`no preset ${id}`);
  return preset.experiment;
}
const live = named('sinusoid-live');

/** What differs from the experiment's preset, so that presets may be tuned without touching the corpus. */
function differences(experiment: Experiment) {
  const base = presetOf(experiment.preset);
  const changed = Object.entries(experiment).filter(
    ([field, value]) => field === 'seed' || !sameValue(value, base[field]),
  );
  return Object.fromEntries(changed);
}

describe('namesSeed', () => {
  it('is so for every link written here, of either form', async () => {
    for (const lab of LAB_IDS) {
      const experiment = defaultExperiment(lab);
      expect(decodePlainLink(encodePlainLink(experiment))?.namesSeed, lab).toBe(true);
    }
    const deflated = await deflateText(encodePlainLink(live).slice(1));
    expect((await decodeLink(`#z=${deflated}`)).namesSeed).toBe(true);
  });

  it.each(['', '#v=1&lab=cheetah', '#v=1&page=gallery', '#v=1&lab=cheetah&preset=cheetah-dir-maml-live'])(
    'is not so for “%s”',
    (link) => {
      expect(decodePlainLink(link)?.namesSeed).toBe(false);
    },
  );
});

describe('the frozen corpus of links', () => {
  const corpus = frozenLinks as readonly LinkCase[];

  it.each(corpus.map((entry) => [entry.about, entry] as const))('%s', async (_, entry) => {
    const result = await decodeLink(entry.link);
    expect(result.experiment.preset).toBe(entry.preset);
    expect(differences(result.experiment)).toEqual(entry.differs);
    expect(result.issues.map((issue) => issue.field)).toEqual(entry.issues);
    expect(result.heavy).toBe(entry.heavy);
    expect(result.options).toEqual({ ...NO_OPTIONS, ...entry.options });
    expect(result.opensPaused).toBe(entry.heavy || entry.issues.length > 0);
    expect(validateExperiment(result.experiment).issues).toEqual([]);
  });

  it('says in plain words what was wrong', async () => {
    const messages = async (link: string) => (await decodeLink(link)).issues.map((issue) => issue.message);
    expect(await messages('#v=9&preset=sinusoid-live&seed=1')).toEqual([
      'This link comes from a newer version (9; this one reads up to 1). Reload the page, or open the lab with its preset.',
    ]);
    expect(await messages('#v=1&seed=1e999')).toEqual([
      '“Seed” was not applied. Got “1e999”; expected a whole number, 0 to 4294967295. The preset’s value is used.',
    ]);
    expect(await messages('#v=1&innerLearn')).toEqual([
      '“innerLearn” is not of the form “setting=value”; it is ignored. Was the link cut off?',
    ]);
    expect(await messages('#v=1&seed=1&seed=2')).toEqual([
      '“seed” is given more than once; the first is used.',
    ]);
    expect(await messages(`#z=${'A'.repeat(9000)}`)).toEqual([
      'The link is 9002 characters long; at most 8000 are read. The default preset is used.',
    ]);
    expect(await messages('#v=1&%E2%80%AEx=1')).toEqual(['There is no setting “�x”; it is ignored.']);
  });
});

describe('writing', () => {
  it('lists only what differs from the preset, and the seed always, in a fixed order', () => {
    expect(encodePlainLink(live)).toBe('#v=1&lab=sinusoid&preset=sinusoid-live&seed=0');
    const changed: SinusoidExperiment = {
      ...live,
      testInnerLearningRate: 0.05,
      hiddenWidths: [64, 64],
      seed: 42,
      innerLearningRate: 0.02,
      algorithms: ['maml', 'rmaml'],
    };
    expect(encodePlainLink(changed)).toBe(
      '#v=1&lab=sinusoid&preset=sinusoid-live&seed=42&algorithms=maml,rmaml&innerLearningRate=0.02&hiddenWidths=64,64&testInnerLearningRate=0.05',
    );
  });

  it('writes numbers in their shortest exact form', () => {
    const samples = [0, 0.1, 0.01, 0.001, 1e-6, 10_000, 70_000, 12_345, Math.PI, 4_294_967_295, -5];
    expect(samples.map(formatNumber)).toEqual([
      '0',
      '0.1',
      '0.01',
      '1e-3',
      '1e-6',
      '1e4',
      '7e4',
      '12345',
      '3.141592653589793',
      '4294967295',
      '-5',
    ]);
    expect(samples.map((value) => Number(formatNumber(value)))).toEqual(samples);
  });

  it('compresses exactly when that is shorter', async () => {
    expect(await encodeLink(live)).toBe(encodePlainLink(live));
    const many: SinusoidExperiment = {
      ...live,
      ...{ amplitudeMin: 1.25, amplitudeMax: 7.5, noiseAmplitudeMin: 1.25, noiseAmplitudeMax: 7.5 },
      ...{ testAmplitudeMin: 1.25, testAmplitudeMax: 7.5, phaseMin: 0.5, phaseMax: 2.5 },
      ...{ noisePhaseMin: 0.5, noisePhaseMax: 2.5, testPhaseMin: 0.5, testPhaseMax: 2.5 },
    };
    const link = await encodeLink(many);
    expect(link.startsWith('#z=')).toBe(true);
    expect(link.length).toBeLessThan(encodePlainLink(many).length);
    expect((await decodeLink(link)).experiment).toEqual(many);
  });
});

describe('reading', () => {
  it('takes the plain form at once and leaves the compressed one to decodeLink', async () => {
    expect(decodePlainLink('#v=1&preset=sinusoid-paper&seed=3')?.experiment).toEqual({
      ...named('sinusoid-paper'),
      seed: 3,
    });
    expect(decodePlainLink('#z=abc')).toBeNull();
    expect(decodePlainLink('')?.issues).toEqual([]);
    expect(decodePlainLink('#')?.experiment).toEqual(live);
  });

  it('gives up on a link that unfolds to more than 64 kB, and reads one that does not', async () => {
    const pad = (length: number) => deflateText(`v=1&seed=5&${'&'.repeat(length)}`);
    const within = await decodeLink(`#z=${await pad(60_000)}`);
    expect([within.experiment.seed, within.issues]).toEqual([5, []]);
    const bomb = await decodeLink(`#z=${await pad(5_000_000)}`);
    expect(bomb.experiment).toEqual(live);
    expect(bomb.issues[0]?.message).toMatch(/unfolds to more than 64 kB/);
  });

  it('lists at most twenty issues and counts the rest', async () => {
    const many = Array.from({ length: 500 }, (_, i) => `k${i}=1`).join('&');
    const { issues } = await decodeLink(`#v=1&${many}`);
    expect(issues).toHaveLength(21);
    expect(issues.at(-1)?.message).toBe('And 480 more things were wrong.');
  });
});

describe('properties', () => {
  it('a truncated compressed link is reported', async () => {
    const packed = `#z=${await deflateText(encodePlainLink(randomExperiment(key(3))).slice(1))}`;
    for (let cut = 1; cut < packed.length - 3; cut++) {
      const result = await decodeLink(packed.slice(0, packed.length - cut));
      expect(result.opensPaused, `cut by ${cut}`).toBe(true);
    }
  });

  it('no mutation of a link throws, and every result is a valid experiment', async () => {
    const alphabet = 'v=1&#%zseed,.-+eE_09AZ__proto__\u0000\u202e😀 "<>{}';
    for (let i = 0; i < 1500; i++) {
      const words = bits(foldIn(key(2), i), 10);
      const experiment = randomExperiment(foldIn(key(1), words[0]! % 50), LAB_IDS[i % LAB_IDS.length]);
      let link = words[1]! % 2 === 0 ? encodePlainLink(experiment) : await encodeLink(experiment);
      for (let edit = 0; edit < 1 + (words[2]! % 4); edit++) {
        const at = words[3 + edit]! % link.length;
        const kept = (words[3 + edit]! >>> 16) % 3;
        const inserted = alphabet[(words[7]! >>> edit) % alphabet.length] ?? '';
        link = link.slice(0, at) + inserted + link.slice(at + kept);
      }
      const result = await decodeLink(link);
      expect(validateExperiment(result.experiment).issues, link).toEqual([]);
      expect(Object.isFrozen(result.experiment)).toBe(true);
    }
  });
});
