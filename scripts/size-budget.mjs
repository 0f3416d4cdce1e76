// Checks the built page against its size budgets: what a visitor downloads, gzip, in kB of 1,000 bytes.
// The page: the scripts that index.html starts and all that they import at once; a visitor waits for these. Each lab:
// what is fetched in addition when it is first shown (code that two labs share counts for both). The workers:
// all of assets/worker, lazy parts included.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from './setup.mjs';

const PAGE_KILOBYTES = 130;
const LAB_KILOBYTES = 40;
const WORKER_KILOBYTES = 260;
const ASSETS = join(ROOT, 'dist/assets');
/** Texts of tfjs-core that survive minification; the worker must have them, which proves that the search finds. */
const TFJS_MARKS = ['moveData', 'numTensors'];
/** `from"./x.js"` and `import"./x.js"`; import("./x.js") is fetched later. */
const STATIC_IMPORT = /(?:\bfrom|\bimport)\s*["']\.\/([\w.-]+\.js)["']/g;
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

check('page', [...page].map(readScript), PAGE_KILOBYTES, false);
for (const { lab, files } of labs) check(lab, [...files].map(readScript), LAB_KILOBYTES, false);
const worker = readScripts(join(ASSETS, 'worker'));
check('worker', [...worker.values()], WORKER_KILOBYTES, true);
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
 * The scripts and all that they import at once, without those of `known`.
 * @param {string[]} names
 * @param {ReadonlySet<string>} [known]
 */
function reachable(names, known = new Set()) {
  const found = new Set();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name) || known.has(name)) continue;
    found.add(name);
    const text = readScript(name).toString('utf8');
    open.push(...[...text.matchAll(STATIC_IMPORT)].map(([, imported = '']) => imported));
  }
  return found;
}

/**
 * @param {string} graph
 * @param {Buffer[]} sources
 * @param {number} kilobytes
 * @param {boolean} tfjs whether it holds tfjs, which belongs to the worker alone
 */
function check(graph, sources, kilobytes, tfjs) {
  if (sources.length === 0) problems.push(`${graph}: no scripts`);
  const size = sources.reduce((sum, source) => sum + gzipSync(source, { level: 9 }).length, 0) / 1000;
  process.stdout.write(
    `${graph.padEnd(9)} ${size.toFixed(1)} kB gzip of ${kilobytes} kB, ${sources.length} files\n`,
  );
  if (size > kilobytes) problems.push(`${graph}: ${size.toFixed(1)} kB gzip; at most ${kilobytes} kB`);
  const text = sources.map((source) => source.toString('utf8')).join('\n');
  const marked = TFJS_MARKS.every((mark) => text.includes(mark));
  if (marked && !tfjs) problems.push(`${graph}: contains tfjs; it belongs to the worker alone`);
  if (!marked && tfjs) {
    problems.push(`${graph}: no trace of tfjs found; the marks searched for are out of date`);
  }
}
