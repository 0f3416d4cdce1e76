// What a link contains, in words; how long links are; and whose papers stand behind a view.
import { describe, expect, it } from 'vitest';
import { encodeLink } from '../experiment/codec.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Field } from '../experiment/field-types.ts';
import { defaultExperiment, findPreset, inLab, LAB_IDS } from '../experiment/labs.ts';
import { NO_OPTIONS } from '../experiment/page-options.ts';
import { validateExperiment } from '../experiment/schema.ts';
import { foldIn, key, uniform } from '../math/rng.ts';
import { linkContents } from './share-contents.ts';
import { bibtexOf, papersBehind } from './share-papers.ts';

function experimentOf(preset: string, patch: Record<string, unknown> = {}): Experiment {
  return validateExperiment({ ...findPreset(preset)!.experiment, ...patch }).experiment;
}

describe('what a link contains', () => {
  it('a preset as it is: preset and seed, no changes', () => {
    const contents = linkContents(defaultExperiment('sinusoid'), NO_OPTIONS);
    expect(contents.preset).toMatch(/^the preset “.+” of the Sinusoid lab$/);
    expect(contents.seed).toContain('seed 0');
    expect(contents.changes).toEqual([]);
    expect(contents.page).toEqual([]);
  });

  it('names every setting that differs, and what the preset has', () => {
    const experiment = experimentOf('sinusoid-live', {
      seed: 42,
      supportSize: 5,
      hiddenWidths: [8, 8],
      algorithms: ['maml', 'rmaml'],
    });
    const { changes, seed } = linkContents(experiment, NO_OPTIONS);
    expect(seed).toContain('seed 42');
    expect(changes).toEqual([
      'algorithms MAML, RMAML (in the preset: MAML, FOMAML, Reptile, RMAML)',
      'K = 5 points (in the preset: 10 points)',
      'hidden layers 8-8 (in the preset: 40-40)',
    ]);
  });

  it('says what the page will look like', () => {
    const options = {
      ...NO_OPTIONS,
      hide: ['settings', 'innerSteps'],
      lock: ['supportSize'],
      predict: true,
      present: true,
      story: { id: 'what-is-maml', step: 2 },
    };
    expect(linkContents(defaultExperiment('sinusoid'), options).page).toEqual([
      'hides the settings and “Inner steps”',
      'locks “Support points”',
      'asks for a guess before it shows the outcome',
      'opens in the projector view',
      'tells the story “what-is-maml” from step 3',
    ]);
  });
});

/** A value that a slider or a choice of this field might be put to. */
function otherValue(field: Field, draw: number): unknown {
  switch (field.kind) {
    case 'number':
    case 'integer':
    case 'optional-number': {
      const [from, to] = field.slider ?? [field.min, field.max];
      const steps = Math.round((to - from) / field.step);
      return Number((from + Math.round(draw * steps) * field.step).toPrecision(6));
    }
    case 'choice':
      return Object.keys(field.choices).at(Math.floor(draw * Object.keys(field.choices).length));
    case 'multi-choice':
      return Object.keys(field.choices).slice(0, 2);
    case 'widths':
      return [64, 64];
    case 'points':
      return [1.25, -3];
    default:
      return field satisfies never;
  }
}

describe('the length of links', () => {
  it.each(LAB_IDS)(
    'every preset of the %s lab with 3 settings changed: at most 300 characters',
    async (id) => {
      const links = inLab(id, ({ presets, fieldKeys, field }) =>
        presets.flatMap((preset, p) =>
          Array.from({ length: 4 }, (_, round) => {
            const draws = uniform(foldIn(foldIn(key(3), p), round), 6);
            const changes = [0, 1, 2].map((i) => {
              const name = fieldKeys[1 + Math.floor(draws[2 * i]! * (fieldKeys.length - 1))]!;
              return [name, otherValue(field(name), draws[2 * i + 1]!)];
            });
            const { experiment } = validateExperiment({
              ...preset.experiment,
              ...Object.fromEntries(changes),
            });
            return encodeLink({ ...experiment, seed: 4_294_967_295 });
          }),
        ),
      );
      const lengths = (await Promise.all(links)).map(
        (link) => `https://metascope.example.org/lab/${link}`.length,
      );
      expect(lengths.length).toBeGreaterThan(3);
      expect(Math.max(...lengths)).toBeLessThanOrEqual(300);
    },
  );
});

describe('the papers behind a view', () => {
  const PROGRAM = { version: '0.1.0', address: 'https://example.org/metascope/' };
  it.each([
    [experimentOf('sinusoid-live', { algorithms: ['maml'], taskBuffer: 'rmaml' }), ['finn2017maml']],
    [
      experimentOf('sinusoid-live', { algorithms: ['maml', 'reptile'] }),
      ['finn2017maml', 'nichol2018firstorder'],
    ],
    [experimentOf('sinusoid-live', { algorithms: ['rmaml'] }), ['finn2017maml', 'nguyen2021rmaml']],
    [defaultExperiment('reaching'), ['nguyen2021rmaml']],
    [experimentOf('navigation-maml-paper', { algorithms: ['maml'] }), ['finn2017maml', 'schulman2015trpo']],
  ])('cites what is shown and no more: %#', (experiment, keys) => {
    expect(papersBehind(experiment)).toEqual(keys);
    const text = bibtexOf(experiment, PROGRAM);
    expect([...text.matchAll(/^@\w+\{(\w+),$/gm)].map(([, found]) => found)).toEqual([...keys, 'metascope']);
  });

  it.each(LAB_IDS)('is BibTeX that ends where it should, with every preset of the %s lab', (id) => {
    for (const { experiment } of inLab<readonly { experiment: Experiment }[]>(id, ({ presets }) => presets)) {
      const text = bibtexOf(experiment, { ...PROGRAM, address: 'https://example.org/a}b{c' });
      for (const entry of text.trimEnd().split('\n\n')) {
        expect(entry).toMatch(/^@(inproceedings|misc|software)\{\w+,\n( {2}\w+ = \{.+\},\n)+\}$/);
        const depth = [...entry].reduce((now, letter) => {
          const next = now + (letter === '{' ? 1 : letter === '}' ? -1 : 0);
          if (next < 0) throw new Error(`A brace too many: ${entry}`);
          return next;
        }, 0);
        expect(depth).toBe(0);
        expect(entry).toMatch(/ {2}year = \{\d{4}\},/);
      }
    }
  });
});
