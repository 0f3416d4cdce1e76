// Holds the page to its tables of words: no component has texts of its own, and a second language cannot leave any out.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'vite';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { preferredLanguage } from './words/language.ts';

const COMPONENTS = join(dirname(fileURLToPath(import.meta.url)), 'components');

/** Texts that are the same in every language, or that nobody sees. */
const ALLOWED: readonly RegExp[] = [
  /^metascope$/, // the name
  /^(y = A sin\(x − φ\)|A|φ|α|θ|k|K|v|x|y|L)$/, // symbols
  /^K =$/,
  /^\(F\)$/, // a key
  /^answer$/, // a form field's name, which only the browser reads
];

/** Attributes and properties of components whose value people see or hear. */
const SEEN =
  /^(aria-label|aria-valuetext|aria-description|aria-roledescription|alt|placeholder|title|label|name|heading|qualifier|hint|legend)$/;

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** The texts that an expression can have as its value: its literals, and the fixed parts of its templates. */
function literals(node: unknown): readonly string[] {
  if (!isNode(node)) return [];
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [node.value] : [];
    case 'TemplateLiteral':
      return (node.quasis as readonly { readonly value: { readonly cooked: string } }[]).map(
        ({ value }) => value.cooked,
      );
    case 'ConditionalExpression':
      return [...literals(node.consequent), ...literals(node.alternate)];
    case 'BinaryExpression':
      return node.operator === '+' ? [...literals(node.left), ...literals(node.right)] : [];
    case 'LogicalExpression':
      return [...literals(node.left), ...literals(node.right)];
    case 'JSXExpressionContainer':
      return literals(node.expression);
    default:
      return [];
  }
}

const nameOf = (key: unknown): string => (isNode(key) && typeof key.name === 'string' ? key.name : '');

/** What a node shows by itself: JSX text, a seen attribute, an expression among JSX children, a seen property. */
function shownBy(node: Node, parent: Node | null): readonly string[] {
  switch (node.type) {
    case 'JSXText':
      return [String(node.value).replace(/&\w+;/g, ' ')];
    case 'JSXAttribute':
      return SEEN.test(nameOf(node.name)) ? literals(node.value) : [];
    case 'JSXExpressionContainer':
      return parent?.type === 'JSXAttribute' ? [] : literals(node);
    case 'Property':
      return /^(title|label|heading|qualifier|hint)$/.test(nameOf(node.key)) ? literals(node.value) : [];
    default:
      return [];
  }
}

/** Texts with letters in them that a component's source shows without a table. */
function findTexts(source: string): readonly string[] {
  const found: string[] = [];
  const visit = (value: unknown, parent: Node | null): void => {
    if (Array.isArray(value)) for (const each of value) visit(each, parent);
    if (!isNode(value)) return;
    const line = source.slice(0, value.start).split('\n').length;
    for (const text of shownBy(value, parent)) {
      const words = text.trim();
      if (!/\p{L}/u.test(words) || ALLOWED.some((allowed) => allowed.test(words))) continue;
      found.push(`${line}: ${words}`);
    }
    for (const child of Object.values(value)) visit(child, value);
  };
  visit(parseAst(source, { lang: 'tsx' }), null);
  return found;
}

const files = readdirSync(COMPONENTS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.tsx'))
  .map((file) => relative(COMPONENTS, join(COMPONENTS, file)).replaceAll('\\', '/'));

describe('texts of components', () => {
  it('are found wherever they are seen or heard', () => {
    const source = `const a = <p title="one" aria-label={b ? 'two' : \`three \${c}\`} className="x">four {d ?? 'five'}&nbsp;</p>;
      const o = { label: 'six', kind: 'seven' };`;
    expect(findTexts(source)).toEqual(['1: one', '1: two', '1: three', '1: four', '1: five', '2: six']);
  });
  it('stand in src/words, so that they can be translated', () => {
    expect(files.length).toBeGreaterThan(100);
    const found = files.flatMap((file) =>
      findTexts(readFileSync(join(COMPONENTS, file), 'utf8')).map((text) => `${file}:${text}`),
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
