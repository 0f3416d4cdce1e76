// Checks the built page against its size budgets: what a visitor downloads, gzip, in kB of 1,000 bytes.
// The page: the scripts that index.html starts and all that they import at once; a visitor waits for these. Each lab:
// what is fetched in addition when it is first shown (code that two labs share counts for both). Everything else that
// comes only when it is asked for (dialogs, panels): what it adds to what is there when it is asked for.
// Each worker, of assets/worker: what it fetches at once, and with all that it may fetch later, such as tfjs. Styles. The
// copy for use without a network. Nothing is left out: what has no budget is a failure.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from './setup.mjs';

const PAGE_KILOBYTES = 128;
/** By the lab. Which modules share a file: vite.config.ts. */
const LAB_KILOBYTES = new Map([
  ['sinusoid', 55],
  ['reaching', 50],
  ['navigation', 58],
  ['cheetah', 58],
]);
/** By the chunk, which is named after the file that is imported: what is fetched only when it is asked for. */
const LAZY_KILOBYTES = new Map([
  // The settings with the presets' notes: beside every lab, but not in the gallery. Stories show settings too.
  ['ControlsPanel', 11],
  ['PointTable', 3],
  // Pinned runs, with what reads and writes them; the panel that compares them.
  ['pinned-runs', 39],
  ['ComparePanel', 45],
  // The share dialog with what writes links with θ and run files; what opens such links, and dropped runs and stories.
  ['ShareDialog', 33],
  ['share-open', 25],
  ['share-dropped', 25],
  ['DropOverlay', 3],
  // Presenting: guesses before outcomes, the dialog of exercises.
  ['PredictMode', 14],
  ['ExerciseDialog', 4],
  ['KeysDialog', 4],
  // What keys do.
  ['page-actions', 3],
  // Stories, and where they are written.
  ['StoryPanel', 22],
  ['StoryEditor', 11],
  // The gallery, and the thumbnails of its cards, each with the data of its run. What charts are made of comes with the first
  // that is drawn and counts for each.
  ['GalleryPage', 21],
  ['fits', 10],
  ['reaching', 18],
  ['published-tables', 7],
  ['adaptation', 9],
  ['navigation', 16],
  ['first-order', 11],
  ['cheetah', 18],
  ['velocity', 9],
  // Recorded runs: the list of them, and reading one; the line search's domain; a look at the physics' speed.
  ['recordings-fetch', 19],
  ['policy-domain', 7],
  ['measure-physics', 11],
  // What a symbol means, when it is pointed at; a line with mathematics.
  ['SymbolHelp', 8],
  ['MathsLine', 4],
  // The Cheetah lab's charts by goal, and the Reaching lab's choices of its third chart.
  ['GoalGainsPanel', 4],
  ['ReturnByGoalPanel', 4],
  ['MismatchPanel', 4],
  ['StepSizePanel', 3],
]);
/** Chunks up to this size need no budget of their own. */
const SMALL_KILOBYTES = 2;
/** The page's own, and all others together. */
const STYLE_KILOBYTES = { page: 7, later: 12 };
/** All that is kept for use without a network; tfjs, twice, is most of it. */
const OFFLINE_KILOBYTES = 1700;
/** By the name of the worker's file: at once, and in all. */
const WORKER_KILOBYTES = new Map([
  ['training', [30, 260]],
  ['navigation', [40, 260]],
  ['reaching', [12, 12]],
]);
const DIST = resolve(ROOT, process.argv[2] ?? 'dist');
const ASSETS = join(DIST, 'assets');
/** Texts of tfjs-core that survive minification; the worker must have them, which proves that the search finds. */
const TFJS_MARKS = ['moveData', 'numTensors'];
/** `from"./x.js"` and `import"./x.js"`; import("./x.js") is fetched later. */
const STATIC_IMPORT = /(?:\bfrom|\bimport)\s*["']\.\/([^"'/]+\.js)["']/g;
/** The same, and import("./x.js"), whatever its quotes. */
const ANY_IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*["'`]\.\/([^"'`/]+\.js)["'`]/g;
/** import("./x.js") alone. */
const LAZY_IMPORT = /\bimport\s*\(\s*["'`]\.\/([^"'`/]+\.js)["'`]/g;
/** A chunk's name and its hash. */
const CHUNK = /^(.+)-[\w-]{8}\.js$/;
/** A worker's entry is named after its file. */
const WORKER_CHUNK = /^(\w+)\.worker-[\w-]+\.js$/;
/** A lab's chunk is named after its component. */
const LAB_CHUNK = /^(\w+)Lab-[\w-]+\.js$/;
const GALLERY = 'GalleryPage';

/** @type {string[]} */
const problems = [];
const scripts = readScripts(ASSETS);
const page = reachable([...readEntries()]);
const lazy = lazyChunks();
if (![...lazy.keys()].some((name) => LAB_CHUNK.test(name)))
  problems.push('labs: no chunk named …Lab; are labs still loaded lazily?');

check('page', [...page].map(readScript), { kilobytes: PAGE_KILOBYTES, tfjs: false });
for (const [name, known] of lazy) checkLazy(name, [...reachable([name], known)].map(readScript));
for (const name of LAZY_KILOBYTES.keys()) {
  if (![...lazy.keys()].some((chunk) => CHUNK.exec(chunk)?.[1] === name))
    problems.push(
      `${name}: a budget without a chunk. Take it out of LAZY_KILOBYTES in scripts/size-budget.mjs.`,
    );
}
for (const [name, [atOnce = 0, inAll = 0]] of WORKER_KILOBYTES) {
  const of = `${name} worker`;
  check(of, readWorker(name, STATIC_IMPORT), { kilobytes: atOnce, tfjs: false });
  if (inAll > atOnce) check(`${of}, all`, readWorker(name, ANY_IMPORT), { kilobytes: inAll, tfjs: true });
}
for (const file of readdirSync(join(ASSETS, 'worker'))) {
  const name = WORKER_CHUNK.exec(file)?.[1];
  if (name !== undefined && !WORKER_KILOBYTES.has(name))
    problems.push(`${name} worker: no budget. Add one to WORKER_KILOBYTES in scripts/size-budget.mjs.`);
}
checkStyles();
checkOfflineCopy();
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

/**
 * What the page's scripts import lazily, wherever they do: by file, with what is certain to be there by then. That is the
 * page, what the importing script came with, and what was certain to be there when that was fetched.
 * @returns {Map<string, ReadonlySet<string>>}
 */
function lazyChunks() {
  /** Who imports it lazily. @type {Map<string, string[]>} */
  const importers = new Map();
  for (const [importer, source] of scripts) {
    for (const [, name = ''] of source.toString('utf8').matchAll(LAZY_IMPORT)) {
      if (!page.has(name)) importers.set(name, [...(importers.get(name) ?? []), importer]);
    }
  }
  const closures = new Map([...importers.keys()].map((name) => [name, reachable([name])]));
  // A lab or the gallery is on the screen, whatever else is asked for.
  const views = [...closures].filter(([name]) => isView(name)).map(([, closure]) => closure);
  const everywhere = new Set([...page, ...common(views)]);
  /** @type {Map<string, ReadonlySet<string>>} */
  const known = new Map([...importers.keys()].map((name) => [name, page]));
  /** @param {string} script */
  const thereWith = (script) => {
    if (page.has(script)) return everywhere;
    const ways = [...closures].filter(([, closure]) => closure.has(script));
    return common(ways.map(([name, closure]) => new Set([...(known.get(name) ?? page), ...closure])));
  };
  // Each round is true by itself, and says more than the last until nothing is added.
  for (let before = -1, sum = 0; sum !== before; ) {
    before = sum;
    for (const [name, by] of importers) if (!isView(name)) known.set(name, common(by.map(thereWith)));
    sum = [...known.values()].reduce((total, { size }) => total + size, 0);
  }
  return known;
}

/** @param {string} file */
function isView(file) {
  return LAB_CHUNK.test(file) || CHUNK.exec(file)?.[1] === GALLERY;
}

/**
 * What is in all of them.
 * @param {readonly ReadonlySet<string>[]} sets
 * @returns {ReadonlySet<string>}
 */
function common([first = page, ...others]) {
  return new Set([...first].filter((file) => others.every((set) => set.has(file))));
}

/**
 * A lab, or something smaller that is asked for.
 * @param {string} file
 * @param {Buffer[]} sources
 */
function checkLazy(file, sources) {
  const name = CHUNK.exec(file)?.[1] ?? file;
  const lab = LAB_CHUNK.exec(file)?.[1]?.toLowerCase();
  const budget = lab === undefined ? LAZY_KILOBYTES.get(name) : LAB_KILOBYTES.get(lab);
  const size = kilobytesOf(sources);
  if (budget !== undefined) check(lab ?? name, sources, { kilobytes: budget, tfjs: false });
  else if (size > SMALL_KILOBYTES) {
    problems.push(
      `${name}: fetched lazily, ${size.toFixed(1)} kB gzip, and without a budget. Add ['${name}', ${Math.ceil(size)}] to LAZY_KILOBYTES in scripts/size-budget.mjs, or import it with what it belongs to.`,
    );
  }
}

function checkStyles() {
  const html = readFileSync(join(DIST, 'index.html'), 'utf8');
  const styles = readdirSync(ASSETS).filter((name) => name.endsWith('.css'));
  const isPage = (/** @type {string} */ name) => html.includes(`./assets/${name}`);
  const read = (/** @type {string} */ name) => readFileSync(join(ASSETS, name));
  const ofPage = styles.filter(isPage).map(read);
  const later = styles.filter((name) => !isPage(name)).map(read);
  check('page styles', ofPage, { kilobytes: STYLE_KILOBYTES.page, tfjs: false });
  check('later styles', later, { kilobytes: STYLE_KILOBYTES.later, tfjs: false });
}

/** What sw.js keeps, as the hosts send it. */
function checkOfflineCopy() {
  const list = /"files": (\[[^\]]*\])/.exec(readFileSync(join(DIST, 'sw.js'), 'utf8'))?.[1] ?? '[]';
  /** @type {string[]} */
  const files = JSON.parse(list);
  const sources = files.map((file) =>
    readFileSync(join(DIST, file === '' || file.endsWith('/') ? `${file}index.html` : file)),
  );
  check('offline copy', sources, { kilobytes: OFFLINE_KILOBYTES, tfjs: true });
}

/** @param {Buffer[]} sources */
function kilobytesOf(sources) {
  return sources.reduce((sum, source) => sum + gzipSync(source, { level: 9 }).length, 0) / 1000;
}

/** Names of the module scripts that index.html starts. */
function readEntries() {
  const html = readFileSync(join(DIST, 'index.html'), 'utf8');
  const entries = [...html.matchAll(/(?:src|href)="\.\/assets\/([^"'`/]+\.js)"/g)].map(
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
  const size = kilobytesOf(sources);
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
