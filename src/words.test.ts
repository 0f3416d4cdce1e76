// Holds the page to its tables of words: nothing that the screen shows has texts of its own, and a second language cannot
// leave any out.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { findTexts, type TextRules } from './find-texts.testing.ts';
import { preferredLanguage } from './words/language.ts';

const SRC = dirname(fileURLToPath(import.meta.url));

/** Attributes and properties whose value people see or hear. */
const SEEN =
  /^(aria-label|aria-valuetext|aria-description|aria-roledescription|alt|placeholder|title|label|name|heading|qualifier|hint|legend)$/;
/** Of objects: a name may be an id, a legend a picture. */
const SEEN_PROPERTIES = /^(title|label|heading|qualifier|hint)$/;

/** The same in every language. */
const NAMES: readonly RegExp[] = [
  /^metascope( ·)?$/,
  /^(◆ )?(MAML\+?|FOMAML|Reptile|RMAML|UNIFORM|EASY|MEDIUM|HARD|VEL|DIR)$/,
  /^[\w.-]*(?:maml|rmaml)-table-[\w-]*$/, // rows of the results
];

/** JSX and seen properties of components; their other literals are class names, media queries and keys. */
const COMPONENTS: TextRules = {
  seen: SEEN,
  literals: 'none',
  allowed: [
    ...NAMES,
    /^sin\($/,
    /^answer$/, // a form field's name, which only the browser reads
  ],
};

/** Components' modules without JSX. */
const READERS: TextRules = {
  seen: SEEN_PROPERTIES,
  literals: 'sentences',
  allowed: [
    ...NAMES,
    /^\([\w-]+: [\w-]+\)( and \([\w-]+: [\w-]+\))?$/, // media queries
    /^#stage > |\[aria-label="$|^dialog\[open\]|^button, a, /, // selectors
    /^(Page [↑↓]|(Ctrl )?(Shift )?([A-Z]|← → ↑ ↓)|.* found no (scheduler|reel|context|lab|stores)\. .*)$/, // keys; errors of the program
    /^(fullscreen; clipboard-write|border: 0|<iframe)$/, // HTML that is copied
    /^(learning|adaptation|returns|return adaptation)$/, // names of layers
  ],
};

/** What is drawn. Roles of marks, shapes and the like are words too: only what is listed here may be. */
const CHARTS: TextRules = {
  seen: /^(text|label|title|unit|caption|words|from|to|message|note)$/,
  literals: 'words',
  shows: /^(textMark|textWidth|textBox|emptyMessage|named)$/,
  allowed: [...NAMES, /^(#[0-9A-F]{6}|Canvas|CanvasText|GrayText|Highlight)$/],
  ids: /^(circle|cross|square|diamond|triangle|nabla|log|linear|light|dark|forced|round|butt|middle|canvas|above|below|left|right|all|main|yes|no|path|adapted|before|after|replayed|fresh|lit|unlit|high|low|roll-outs|inner|outer|none|speed error|velocity towards the goal|noiseDistance|maxReplayedTasks|replayRampIterations|metaBatchSize|stepSize|innerLearningRate|mainSpread|iterations|maml|fomaml|reptile|rmaml|[\w-]+:([\w-]+:?)?)$/,
};
/** Files whose literals are another language: SVG, fonts and the widths of letters. */
const NOT_WORDS: readonly string[] = ['charts/scene-svg.ts', 'charts/text.ts'];

/** Everything else that speaks to people: any literal of several words. */
const SENTENCES: TextRules = { seen: SEEN_PROPERTIES, literals: 'sentences', allowed: NAMES };

interface Place {
  readonly folder: string;
  readonly ending: '.ts' | '.tsx';
  readonly rules: TextRules;
  /** Of files that are left out, why. */
  readonly except?: readonly string[];
}

const PLACES: readonly Place[] = [
  { folder: 'components', ending: '.tsx', rules: COMPONENTS },
  {
    folder: 'components',
    ending: '.ts',
    rules: READERS,
    except: [
      'components/gallery/results.ts', // errors of the program about its own data
      'components/gallery/gallery-entries.ts',
    ],
  },
  { folder: 'charts', ending: '.ts', rules: CHARTS, except: NOT_WORDS },
  { folder: 'experiment', ending: '.ts', rules: SENTENCES },
  { folder: 'training', ending: '.ts', rules: SENTENCES },
  {
    folder: 'worker',
    ending: '.ts',
    rules: SENTENCES,
    except: [
      'worker/policy-thread.ts', // a thread that dies is replaced; what killed it is for the console
    ],
  },
  {
    folder: 'algorithms',
    ending: '.ts',
    rules: SENTENCES,
    except: [
      'algorithms/advantages-case.ts', // a test's data, read by the command line
    ],
  },
  {
    folder: 'state',
    ending: '.ts',
    rules: SENTENCES,
    except: [
      'state/share-papers.ts', // BibTeX
      'state/pins-file.ts', // what a schema says to nobody
      'state/seeds-summary.ts', // names of measures
    ],
  },
];

function sourcesIn({ folder, ending, except = [] }: Place): readonly string[] {
  return readdirSync(join(SRC, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith(ending) && !/\.(test|testing|bench|d)\.ts$|\/fixtures\//.test(file))
    .filter((file) => !except.includes(file));
}

describe('texts', () => {
  it('are found wherever components show them', () => {
    const source = `const a = <p title="one" aria-label={b ? 'two' : \`three \${c}\`} className="x">four {d ?? 'five'}&nbsp;</p>;
      const o = { label: 'six', kind: 'seven' };`;
    expect(findTexts(source, 'tsx', COMPONENTS)).toEqual([
      '1: one',
      '1: two',
      '1: three',
      '1: four',
      '1: five',
      '2: six',
    ]);
  });
  it('are found wherever charts paint them, and roles, shapes and symbols are not taken for them', () => {
    const source = `textMark('before', { role: 'before', x: 1 });
      const mark = { text: \`\${n} tasks\`, unit: 'iterations', shape: 'circle', role: \`bar:\${id}\` };
      const said = rows.length === 0 ? 'Nothing yet' : say(\`\${name}: at \${x}\`);
      named('goal', at); textMark('θ', at); textMark(\`α = \${a}\`, at); const is = kind === 'group'; const error = new Error('No such mark.');`;
    expect(findTexts(source, 'ts', CHARTS)).toEqual([
      '1: before',
      '2: tasks',
      '2: iterations',
      '3: Nothing yet',
      '3: : at',
      '4: goal',
    ]);
  });
  it('are found in rules, pseudocode and notices by their several words', () => {
    const source = `const text = \`\${count} tasks do not fit.\`; const id = 'metaBatchSize'; const title = { title: 'Sinusoid' };
      const line = 'θ ← Adam(θ, β, meanᵢ g)'; const other = 'for M tasks:'; throw new TypeError('got no number');`;
    expect(findTexts(source, 'ts', SENTENCES)).toEqual([
      '1: tasks do not fit.',
      '1: Sinusoid',
      '2: for M tasks:',
    ]);
  });
  it.each(PLACES)('of $folder ($ending) stand in src/words, so that they can be translated', (place) => {
    const files = sourcesIn(place);
    expect(files.length).toBeGreaterThan(20);
    const lang = place.ending === '.tsx' ? 'tsx' : 'ts';
    const found = files.flatMap((file) =>
      findTexts(readFileSync(join(SRC, file), 'utf8'), lang, place.rules).map((text) => `${file}:${text}`),
    );
    expect(found, 'put each text into src/words/<area>.ts, see docs/languages.md').toEqual([]);
  });
});

describe('languages', () => {
  it('are chosen by the first wish that there is, else English', () => {
    expect(preferredLanguage(['xx', 'en-GB'])).toBe('en');
    expect(preferredLanguage([])).toBe('en');
  });
  it('must be complete: the types refuse a table in which one lacks a text, or has another kind of it', () => {
    // What inLanguages is once there are two languages; `eo` stands for the second.
    type InTwo = <T>(texts: Readonly<Record<'en' | 'eo', T>>) => T;
    const inTwo: InTwo = (texts) => texts.eo;
    const words = inTwo({
      en: { run: 'Run', left: (time: string) => `${time} left` },
      eo: { run: '[Ruñ]', left: (time: string) => `[${time} ļeft]` },
    });
    expect(words.left('0:13')).toBe('[0:13 ļeft]');
    expectTypeOf(words.left).toEqualTypeOf<(time: string) => string>();
    interface Words {
      readonly run: string;
      left(time: string): string;
    }
    type Tables = Readonly<Record<'en' | 'eo', Words>>;
    expectTypeOf<{ en: Words; eo: Words }>().toExtend<Tables>();
    expectTypeOf<{ en: Words }>().not.toExtend<Tables>();
    expectTypeOf<{ en: Words; eo: { run: string } }>().not.toExtend<Tables>();
    expectTypeOf<{ en: Words; eo: { run: string; left: string } }>().not.toExtend<Tables>();
  });
});
