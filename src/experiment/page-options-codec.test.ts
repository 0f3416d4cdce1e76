import { describe, expect, it } from 'vitest';
import { bits, foldIn, key } from '../math/rng.ts';
import { decodeLink, decodePlainLink, encodeLink, encodePlainLink } from './codec.ts';
import { defaultExperiment, inLab, LAB_IDS } from './labs.ts';
import { NO_OPTIONS, type PageOptions, sameOptions } from './page-options.ts';
import { hideable, lockable, PAGE_KEYS } from './page-options-codec.ts';
import { randomExperiment } from './random-experiment.testing.ts';

const base = '#v=1&lab=sinusoid&preset=sinusoid-live&seed=0';
const read = (rest: string, lab = base) => {
  const result = decodePlainLink(`${lab}&${rest}`);
  if (result === null) throw new Error('not a plain link');
  return result;
};

describe('writing the options of a page', () => {
  it('writes nothing for a plain page, and after the settings what differs from it', () => {
    const experiment = defaultExperiment('sinusoid');
    expect(encodePlainLink(experiment, NO_OPTIONS)).toBe(base);
    const options: PageOptions = {
      ...NO_OPTIONS,
      hide: ['innerSteps', 'presets'],
      lock: ['seed', 'innerLearningRate'],
      predict: true,
      present: true,
      embed: true,
      story: { id: 'what-is-maml', step: 2 },
    };
    expect(encodePlainLink({ ...experiment, seed: 3 }, options)).toBe(
      '#v=1&lab=sinusoid&preset=sinusoid-live&seed=3&hide=presets,innerSteps&lock=seed,innerLearningRate&predict=1&present=1&story=what-is-maml.2',
    );
  });

  it('names recorded runs in their lab alone', () => {
    const options = { ...NO_OPTIONS, runs: ['cheetah-dir-maml', 'cheetah-dir-rmaml'] };
    const link = encodePlainLink(defaultExperiment('cheetah'), options);
    expect(link).toMatch(/&run=cheetah-dir-maml,cheetah-dir-rmaml$/);
    expect(decodePlainLink(link)).toMatchObject({ issues: [], options });
    expect(encodePlainLink(defaultExperiment('sinusoid'), options)).toBe(base);
    expect(sameOptions(options, { ...options, runs: ['cheetah-dir-maml'] })).toBe(false);
  });

  it('leaves out what means nothing in the lab that is shown', () => {
    const options = { ...NO_OPTIONS, hide: ['klTarget', 'settings'], lock: ['klTarget'] };
    expect(encodePlainLink(defaultExperiment('sinusoid'), options)).toBe(`${base}&hide=settings`);
  });

  it('writes the gallery without an experiment', () => {
    const link = encodePlainLink(defaultExperiment('cheetah'), { ...NO_OPTIONS, page: 'gallery' });
    expect(link).toBe('#v=1&page=gallery');
    const result = decodePlainLink(link);
    expect(result?.options.page).toBe('gallery');
    expect(result?.issues).toEqual([]);
  });

  it('uses no name that a lab has for a setting or another part', () => {
    for (const id of LAB_IDS) {
      const keys = inLab<readonly string[]>(id, ({ fieldKeys }) => fieldKeys);
      expect(keys.filter((name) => PAGE_KEYS.some((known) => known === name))).toEqual([]);
      expect(new Set(hideable(id)).size).toBe(hideable(id).length);
    }
  });
});

describe('reading the options of a page', () => {
  it.each([
    '../index',
    'cheetah-dir-maml.json',
    'https://example.org/x',
    'a b',
    'Maml',
    '-maml',
    'a,,b',
    'a,b,c,d,e,f,g,h,i',
    'x'.repeat(65),
  ])('takes no name of a recorded run that could be another file’s: %s', (name) => {
    const { options, issues } = read(`run=${encodeURIComponent(name)}`, '#v=1&lab=cheetah&seed=0');
    expect(options.runs).toEqual([]);
    expect(issues.map(({ field }) => field)).toEqual(['run']);
  });

  it('names recorded runs once each, and in the Cheetah lab alone', () => {
    expect(read('run=a,b,a', '#v=1&lab=cheetah&seed=0')).toMatchObject({
      issues: [],
      options: { runs: ['a', 'b'] },
    });
    expect(read('run=a').options.runs).toEqual([]);
    expect(read('run=a').issues[0]!.message).toContain('in the Cheetah lab');
  });

  it('lists what cannot be used and keeps the rest', () => {
    const { options, issues, opensPaused } = read('hide=settings,klTarget,nothing&lock=transport,seed');
    expect(options.hide).toEqual(['settings']);
    expect(options.lock).toEqual(['seed']);
    expect(issues.map(({ message }) => message)).toEqual([
      '“klTarget” cannot be hidden: it is neither a setting of the Sinusoid lab nor one of settings, instruments, pseudocode, transport, presets. It is ignored.',
      '“nothing” cannot be hidden: it is neither a setting of the Sinusoid lab nor one of settings, instruments, pseudocode, transport, presets. It is ignored.',
      '“transport” cannot be locked: it is neither a setting of the Sinusoid lab nor one of settings, presets. It is ignored.',
    ]);
    expect(opensPaused).toBe(true);
  });

  it('takes the names of the lab that the preset belongs to', () => {
    const { options, issues } = read('lock=klTarget', '#v=1&preset=cheetah-vel-maml-live&seed=0');
    expect(options.lock).toEqual(['klTarget']);
    expect(issues).toEqual([]);
  });

  it('refuses flags, pages and places in stories of another form', () => {
    const { options, issues } = read('predict=yes&present=&page=shop&story=__proto__.1');
    expect(options).toEqual(NO_OPTIONS);
    expect(issues.map(({ field }) => field)).toEqual(['page', 'predict', 'present', 'story']);
    expect(read('predict=0&present=1').options).toEqual({ ...NO_OPTIONS, present: true });
    for (const story of ['a', 'a.', '.1', 'a.1000', 'A.1', 'a.-1', 'a.1.2', '-a.1']) {
      expect(read(`story=${story}`).options.story, story).toBeNull();
    }
  });

  it('reads a story that the link itself holds, and whether the step brings its own experiment', () => {
    expect(read('story=own.1&tale=abc-_9').options.story).toEqual({ id: 'own', step: 1, tale: 'abc-_9' });
    const bare = read('story=what-is-maml.1', '#v=1').options.story;
    expect(bare).toEqual({ id: 'what-is-maml', step: 1, starts: true });
    expect(read('tale=abc', '#v=1').options.story).toEqual({ id: 'own', step: 0, tale: 'abc', starts: true });
    const { options, issues } = read('story=own.1&tale=a%2Fb');
    expect(options.story).toBeNull();
    expect(issues.map(({ field }) => field)).toEqual(['tale']);
    const written = encodePlainLink(defaultExperiment('sinusoid'), {
      ...NO_OPTIONS,
      story: { id: 'own', step: 2, tale: 'abc', starts: true },
    });
    expect(written).toBe(`${base}&story=own.2&tale=abc`);
  });

  it('never takes “embed” from the fragment', () => {
    const { options, issues } = read('embed=1');
    expect(options.embed).toBe(false);
    expect(issues.map(({ field }) => field)).toEqual(['embed']);
  });
});

describe('properties', () => {
  const pick = (names: readonly string[], word: number) =>
    names.filter((_, i) => ((word >>> (i % 29)) & 3) === 0);

  function randomOptions(i: number): [PageOptions, (typeof LAB_IDS)[number]] {
    const [a, b, c] = bits(foldIn(key(11), i), 3);
    const lab = LAB_IDS[i % LAB_IDS.length]!;
    const options: PageOptions = {
      ...NO_OPTIONS,
      hide: pick(hideable(lab), a!),
      lock: pick(lockable(lab), b!),
      predict: (c! & 1) === 1,
      present: (c! & 2) === 2,
      runs: lab === 'cheetah' && (c! & 8) === 8 ? [`run-${c! >>> 16}`, 'cheetah-dir-maml'] : [],
      story: (c! & 4) === 4 ? { id: `story-${c! >>> 20}`, step: (c! >>> 8) % 1000 } : null,
    };
    return [options, lab];
  }

  it('what is written reads back the same, in both forms, and is written the same again', async () => {
    for (let i = 0; i < 300; i++) {
      const [options, lab] = randomOptions(i);
      const experiment = randomExperiment(foldIn(key(12), i), lab);
      for (const link of [encodePlainLink(experiment, options), await encodeLink(experiment, options)]) {
        const result = await decodeLink(link);
        expect(result.issues, link).toEqual([]);
        expect(sameOptions(result.options, options), link).toBe(true);
        expect(result.options).toEqual(options);
        expect(result.experiment).toEqual(experiment);
        expect(await encodeLink(result.experiment, result.options)).toBe(
          await encodeLink(experiment, options),
        );
      }
    }
  });

  it('no mutation throws, and every result can be written', async () => {
    const alphabet = ',.=&%01hidelock_-\u202e😀__proto__ settings';
    for (let i = 0; i < 2000; i++) {
      const [options, lab] = randomOptions(i);
      let link = encodePlainLink(defaultExperiment(lab), options);
      const words = bits(foldIn(key(13), i), 6);
      for (let edit = 0; edit < 3; edit++) {
        const at = words[edit]! % link.length;
        const inserted = alphabet[words[edit + 3]! % alphabet.length] ?? '';
        link = link.slice(0, at) + inserted + link.slice(at + ((words[edit]! >>> 16) % 3));
      }
      const result = await decodeLink(link);
      const known = hideable(result.experiment.lab);
      expect(
        result.options.hide.every((name) => known.includes(name)),
        link,
      ).toBe(true);
      const again = await decodeLink(encodePlainLink(result.experiment, result.options));
      expect(again.issues, link).toEqual([]);
      expect(sameOptions(again.options, result.options), link).toBe(true);
    }
  });
});
