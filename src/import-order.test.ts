// Enforces the table of src/README.md: who may import whom and which npm packages. The rule is read from the table
// itself, so that picture and rule cannot drift apart. No exceptions list. Type-only imports count too.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = dirname(fileURLToPath(import.meta.url));

interface Rule {
  readonly folder: string;
  /** Package names; a trailing * matches any ending. */
  readonly packages: readonly string[];
}

interface Source {
  /** Below src/, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** What the words of the table's last column stand for. */
const PACKAGES_BY_WORD: Record<string, readonly string[]> = {
  '–': [],
  valibot: ['valibot'],
  'tfjs-core': ['@tensorflow/tfjs-core'],
  'tfjs-core and backends': ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-*'],
  'tfjs backends': ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-*'],
  webgpu: ['webgpu'],
  zustand: ['zustand'],
  idb: ['idb'],
  react: ['react', 'react-dom'],
};

/** Folders whose every value follows from the experiment, and so from its seed. */
const DETERMINISTIC = ['math', 'experiment', 'tasks', 'models', 'gradients', 'algorithms', 'training'];

function readRules(markdown: string): Rule[] {
  return [...markdown.matchAll(/^\| `(\w+)\/` \|.*\| ([^|]+) \|$/gm)].map(([, folder = '', words = '']) => ({
    folder,
    packages: words
      .split(',')
      .map((word) => word.trim().replace(/ \(.*\)$/, ''))
      .flatMap((word) => {
        const packages = PACKAGES_BY_WORD[word];
        if (!packages)
          throw new Error(`src/README.md: unknown package word "${word}" in the row of ${folder}/`);
        return packages;
      }),
  }));
}

/** Every module named in import, export … from, import(), new URL(…, import.meta.url) and import types. */
function findImports(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const patterns = [
    /^\s*(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"\s]+)['"]/gm,
    /^\s*import\s*['"]([^'"\s]+)['"]/gm,
    /\bimport\s*\(\s*['"]([^'"\s]+)['"]/g,
    /\bnew URL\(\s*['"]([^'"\s]+)['"]\s*,\s*import\.meta\.url/g,
  ];
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map(([, name = '']) => name));
}

/** Tests and what only tests may import: x.test.ts, x.bench.ts, x.testing.ts, fixtures/. */
function isTest(path: string): boolean {
  return /\.(test|bench|testing)\.tsx?$|(^|\/)fixtures\//.test(path);
}

function packageAllowed(name: string, rule: Rule, source: Source): boolean {
  const parts = name.split('/');
  const packageName = name.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
  // Node's own modules, the test runner and the tests' physics oracle are for code that never reaches the page.
  if (name.startsWith('node:')) return rule.folder === 'cli' || isTest(source.path);
  if (packageName === 'vitest' || packageName === '@mujoco/mujoco') return isTest(source.path);
  return rule.packages.some((allowed) =>
    allowed.endsWith('*') ? packageName.startsWith(allowed.slice(0, -1)) : packageName === allowed,
  );
}

/** What a source does against the table; empty when nothing. */
function findForbiddenImports(source: Source, rules: readonly Rule[]): string[] {
  const folder = source.path.split('/')[0] ?? '';
  const order = rules.findIndex((rule) => rule.folder === folder);
  const rule = rules[order];
  if (!rule) return [`${source.path}: src/${folder}/ has no row in src/README.md`];
  return findImports(source.text).flatMap((name) => {
    const where = `${source.path} imports ${name}`;
    if (!name.startsWith('.')) return packageAllowed(name, rule, source) ? [] : [`${where}: not in its row`];
    const imported = posix.normalize(posix.join(posix.dirname(source.path), name));
    if (isTest(imported) && !isTest(source.path)) return [`${where}: only tests may`];
    const target = imported.split('/')[0] ?? '';
    if (target === '..') return isTest(source.path) ? [] : [`${where}: outside src/`];
    const at = rules.findIndex((other) => other.folder === target);
    if (at < 0) return [`${where}: ${target} has no row in src/README.md`];
    return at <= order ? [] : [`${where}: ${target}/ stands below ${folder}/ in the table`];
  });
}

/** Text without comments and string contents, so that words about a construct are not taken for it. */
function stripWords(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:])\/\/.*$/gm, '$1')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''");
}

/** Constructs that hide mistakes from the checker or break determinism. */
function findForbiddenConstructs(source: Source): string[] {
  const code = stripWords(source.text);
  const rules: [RegExp, string][] = [
    [/:\s*any\b|<any\b|\bas any\b|\bany\[\]/, 'any'],
    [/\bas unknown as\b/, 'as unknown as'],
    [/\bdataSync\(/, 'dataSync (blocks, and is zeros on a lost device): await data() instead'],
  ];
  if (/@ts-(ignore|expect-error|nocheck)/.test(source.text)) rules.push([/^/, '@ts-ignore or a like of it']);
  if (DETERMINISTIC.includes(source.path.split('/')[0] ?? '')) {
    rules.push([/\bMath\.random\b/, 'Math.random: draw from a key of math/rng.ts']);
    rules.push([/\bnew Date\b|\bDate\.\w|\bDate\(/, 'Date: the same experiment must give the same run']);
  }
  return rules.flatMap(([pattern, what]) => (pattern.test(code) ? [`${source.path}: ${what}`] : []));
}

function readSources(): Source[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path) && path.includes('/'))
    .map((path) => ({ path, text: readFileSync(join(SRC, path), 'utf8') }));
}

const rules = readRules(readFileSync(join(SRC, 'README.md'), 'utf8'));

describe('the house', () => {
  const sources = readSources();

  it('has a row in src/README.md for every folder, and a folder for every row', () => {
    const folders = readdirSync(SRC, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map((entry) => entry.name).sort()).toEqual(rules.map((rule) => rule.folder).sort());
  });

  it('imports only upwards in the table, and only the packages of the row', () => {
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.flatMap((source) => findForbiddenImports(source, rules))).toEqual([]);
  });

  it('silences no type check, blocks on no read-back and draws no unseeded number', () => {
    expect(sources.flatMap(findForbiddenConstructs)).toEqual([]);
  });

  it('has a composition root of at most 40 lines', () => {
    expect(readFileSync(join(SRC, 'main.tsx'), 'utf8').split('\n').length).toBeLessThanOrEqual(41);
  });
});

describe('the check itself, on made-up sources', () => {
  const importing = (path: string, text: string) => findForbiddenImports({ path, text }, rules);

  it('reads the table', () => {
    expect(rules[0]).toEqual({ folder: 'math', packages: [] });
    expect(rules.find((rule) => rule.folder === 'components')?.packages).toContain('react-dom');
  });

  it.each([
    ['math/a.ts', "import { f } from '../tasks/b.ts';"],
    ['math/a.ts', "import type { T } from '../experiment/b.ts';"],
    ['tasks/a.ts', "export { f } from '../training/b.ts';"],
    ['tasks/a.ts', "const f = await import('../worker/b.ts');"],
    ['training/a.ts', "let x: import('../state/b.ts').T;"],
    ['training/a.ts', "new Worker(new URL('../worker/a.worker.ts', import.meta.url));"],
    ['math/a.ts', "import * as tf from '@tensorflow/tfjs-core';"],
    ['models/a.ts', "import '@tensorflow/tfjs-backend-cpu';"],
    ['charts/a.ts', "import { useState } from 'react';"],
    ['state/a.ts', "import { readFileSync } from 'node:fs';"],
    ['math/a.ts', "import { it } from 'vitest';"],
    ['tasks/a.ts', "import loadMujoco from '@mujoco/mujoco';"],
    ['math/a.ts', "import x from '../../vite.config.ts';"],
    ['math/a.ts', "import { f } from './b.testing.ts';"],
    ['math/a.ts', "import { f } from './fixtures/b.ts';"],
    ['nowhere/a.ts', ''],
    ['math/a.ts', "import {\n  f,\n  g,\n} from '../nowhere/b.ts';"],
  ])('%s may not: %s', (path, text) => {
    expect(importing(path, text)).toHaveLength(1);
  });

  it.each([
    ['tasks/a.ts', "import { f } from '../math/b.ts';\nimport { g } from './c.ts';"],
    ['gradients/fused/a.ts', "import '@tensorflow/tfjs-backend-wasm';\nimport { g } from '../../math/c.ts';"],
    ['components/shell/A.tsx', "import { createRoot } from 'react-dom/client';"],
    ['state/a.ts', "import { createStore } from 'zustand/vanilla';"],
    ['math/a.test.ts', "import { it } from 'vitest';\nimport { readFileSync } from 'node:fs';"],
    ['math/fixtures/a.ts', "import { readFileSync } from 'node:fs';"],
    ['math/a.test.ts', "import { f } from './b.testing.ts';"],
    ['math/a.ts', "// import { f } from '../state/b.ts';"],
    ['math/a.ts', "const help = 'Drawn from ';\nconst unit = 'rad from';"],
  ])('%s may: %s', (path, text) => {
    expect(importing(path, text)).toEqual([]);
  });

  it.each([
    ['state/a.ts', 'const x: any = 1;'],
    ['state/a.ts', 'const x = y as any;'],
    ['state/a.ts', 'const x = new Map<any, string>();'],
    ['state/a.ts', 'const x = y as unknown as Z;'],
    ['state/a.ts', 'const x = t.dataSync();'],
    ['state/a.ts', '// @ts-ignore\nconst x = 1;'],
    ['math/a.ts', 'const x = Math.random();'],
    ['training/a.ts', 'const t = Date.now();'],
    ['tasks/a.ts', 'const t = new Date();'],
  ])('%s is refused: %s', (path, text) => {
    expect(findForbiddenConstructs({ path, text })).toHaveLength(1);
  });

  it.each([
    ['state/a.ts', 'const t = Date.now();'],
    ['math/a.ts', "// never Math.random\nconst s = 'as any';"],
    ['math/a.ts', '/** not for any purpose: any key */\nconst company: string = s;'],
  ])('%s is fine: %s', (path, text) => {
    expect(findForbiddenConstructs({ path, text })).toEqual([]);
  });
});
