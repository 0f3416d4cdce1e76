// Checks the built page against its size budget: what a visitor downloads, gzip, in kB of 1,000 bytes.
// Two graphs: all scripts of the page (assets/*.js) and all of its worker (assets/worker/*.js), lazy ones included.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from './setup.mjs';

const BUDGETS = [
  { graph: 'page', folder: 'dist/assets', kilobytes: 130, tfjs: false },
  { graph: 'worker', folder: 'dist/assets/worker', kilobytes: 260, tfjs: true },
];
/** Texts of tfjs-core that survive minification; the worker must have them, which proves that the search finds. */
const TFJS_MARKS = ['moveData', 'numTensors'];

/** @param {string} folder below the root */
function readScripts(folder) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => ({ name: entry.name, source: readFileSync(join(ROOT, folder, entry.name)) }));
}

/** @type {string[]} */
const problems = [];
for (const { graph, folder, kilobytes, tfjs } of BUDGETS) {
  const scripts = readScripts(folder);
  if (scripts.length === 0) problems.push(`${graph}: no script in ${folder}`);
  const size = scripts.reduce((sum, { source }) => sum + gzipSync(source, { level: 9 }).length, 0) / 1000;
  process.stdout.write(
    `${graph.padEnd(6)} ${size.toFixed(1)} kB gzip of ${kilobytes} kB, ${scripts.length} files\n`,
  );
  if (size > kilobytes) problems.push(`${graph}: ${size.toFixed(1)} kB gzip; at most ${kilobytes} kB`);
  const text = scripts.map(({ source }) => source.toString('utf8')).join('\n');
  const marked = TFJS_MARKS.every((mark) => text.includes(mark));
  if (marked && !tfjs) problems.push(`${graph}: contains tfjs; it belongs to the worker alone`);
  if (!marked && tfjs)
    problems.push(`${graph}: no trace of tfjs found; the marks searched for are out of date`);
}
for (const problem of problems) process.stderr.write(`size budget: ${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
