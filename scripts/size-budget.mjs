// Checks the built page against its size budgets: what a visitor downloads, gzip, in kB of 1,000 bytes.
// The page: the scripts that index.html starts and all that they import at once; a visitor waits for these. Each lab:
// what is fetched in addition when it is first shown (code that two labs share counts for both). Each worker, of
// assets/worker: what it fetches at once, and with all that it may fetch later, such as tfjs.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from './setup.mjs';

const PAGE_KILOBYTES = 130;
/** By the lab. */
const LAB_KILOBYTES = new Map([
  ['sinusoid', 41],
  ['reaching', 40],
  ['navigation', 45],
  ['cheetah', 45],
]);
/** By the name of the worker's file: at once, and in all. */
const WORKER_KILOBYTES = new Map([
  ['training', [30, 260]],
  ['navigation', [40, 260]],
  ['reaching', [12, 12]],
]);
const ASSETS = join(ROOT, 'dist/assets');
/** Texts of tfjs-core that survive minification; the worker must have them, which proves that the search finds. */
const TFJS_MARKS = ['moveData', 'numTensors'];
/** `from"./x.js"` and `import"./x.js"`; import("./x.js") is fetched later. */
const STATIC_IMPORT = /(?:\bfrom|\bimport)\s*["']\.\/([\w.-]+\.js)["']/g;
/** The same, and import("./x.js"), whatever its quotes. */
const ANY_IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*["'`]\.\/([\w.-]+\.js)["'`]/g;
/** A worker's entry is named after its file. */
const WORKER_CHUNK = /^(\w+)\.worker-[\w-]+\.js$/;
/** A lab's chunk is named after its component. */
const LAB_CHUNK = /^(\w+)Lab-[\w-]+\.js$/;

/** @type {string[]} */
const problems = [];
const scripts = readScripts(ASSETS);
const page = reachable([...readEntries()]);
const labs = [...scripts.keys()].flatMap((name) => {
  const lab = LAB_CHUNK.exec(name)?.[1]?.toLowerCase();
  return lab && !page.has(name) ? [{ lab, files: reachable([name], page) }] : [];
});
if (labs.length === 0) problems.push('labs: no chunk named …Lab; are labs still loaded lazily?');

check('page', [...page].map(readScript), { kilobytes: PAGE_KILOBYTES, tfjs: false });
for (const { lab, files } of labs) {
  const kilobytes = LAB_KILOBYTES.get(lab) ?? 0;
  check(lab, [...files].map(readScript), { kilobytes, tfjs: false });
}
for (const [name, [atOnce = 0, inAll = 0]] of WORKER_KILOBYTES) {
  const of = `${name} worker`;
  check(of, readWorker(name, STATIC_IMPORT), { kilobytes: atOnce, tfjs: false });
  if (inAll > atOnce) check(`${of}, all`, readWorker(name, ANY_IMPORT), { kilobytes: inAll, tfjs: true });
}
for (const problem of problems) process.stderr.write(`size budget: ${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;

/**
 * @param {string} folder
 * @returns {Map<string, Buffer>} by file name
 */
function readScripts(folder) {
  return new Map(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
      .map((entry) => [entry.name, readFileSync(join(folder, entry.name))]),
  );
}

/** @param {string} name */
function readScript(name) {
  return scripts.get(name) ?? Buffer.alloc(0);
}

/**
 * A worker's entry and all that it reaches by such imports.
 * @param {string} name
 * @param {RegExp} imports
 */
function readWorker(name, imports) {
  const sources = readScripts(join(ASSETS, 'worker'));
  const entries = [...sources.keys()].filter((file) => WORKER_CHUNK.exec(file)?.[1] === name);
  return [...reachable(entries, new Set(), { sources, imports })].map(
    (file) => sources.get(file) ?? Buffer.alloc(0),
  );
}

/** Names of the module scripts that index.html starts. */
function readEntries() {
  const html = readFileSync(join(ROOT, 'dist/index.html'), 'utf8');
  const entries = [...html.matchAll(/(?:src|href)="\.\/assets\/([\w.-]+\.js)"/g)].map(
    ([, name = '']) => name,
  );
  if (entries.length === 0) problems.push('page: index.html starts no script of dist/assets');
  return entries;
}

/**
 * The scripts and all that they import at once (or by other `imports`), without those of `known`.
 * @param {string[]} names
 * @param {ReadonlySet<string>} [known]
 * @param {{ sources: ReadonlyMap<string, Buffer>, imports: RegExp }} [where]
 */
function reachable(
  names,
  known = new Set(),
  { sources, imports } = { sources: scripts, imports: STATIC_IMPORT },
) {
  const found = new Set();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name) || known.has(name)) continue;
    found.add(name);
    const text = sources.get(name)?.toString('utf8') ?? '';
    open.push(...[...text.matchAll(imports)].map(([, imported = '']) => imported));
  }
  return found;
}

/**
 * @param {string} graph
 * @param {Buffer[]} sources
 * @param {{ kilobytes: number, tfjs: boolean }} limits tfjs: whether it holds tfjs, which workers alone may, and later
 */
function check(graph, sources, { kilobytes, tfjs }) {
  if (sources.length === 0) problems.push(`${graph}: no scripts`);
  const size = sources.reduce((sum, source) => sum + gzipSync(source, { level: 9 }).length, 0) / 1000;
  process.stdout.write(
    `${graph.padEnd(22)} ${size.toFixed(1)} kB gzip of ${kilobytes} kB, ${sources.length} files\n`,
  );
  if (size > kilobytes) problems.push(`${graph}: ${size.toFixed(1)} kB gzip; at most ${kilobytes} kB`);
  const text = sources.map((source) => source.toString('utf8')).join('\n');
  const marked = TFJS_MARKS.every((mark) => text.includes(mark));
  if (marked && !tfjs)
    problems.push(`${graph}: contains tfjs, which workers alone may fetch, and only later`);
  if (!marked && tfjs) {
    problems.push(`${graph}: no trace of tfjs found; the marks searched for are out of date`);
  }
}
