// A long run of four algorithms in lockstep in a real Chromium, watched from outside: does memory stay flat, does every
// metric arrive once and in order, does the paced clock keep time? Needs a built page; prints a table for docs/.
//   npm run soak -- [--minutes 120] [--samples 12] [--speed 30] [--folder dist]
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { findBrowser } from './find-browser.mjs';
import { createStaticServer, listen } from './serve.mjs';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '120' },
    samples: { type: 'string', default: '12' },
    speed: { type: 'string', default: '30' },
    folder: { type: 'string', default: 'dist' },
  },
});
const minutes = Number(values.minutes);
const samples = Number(values.samples);
/** Meta-iterations a second, as the transport's speed has them. */
const speed = Number(values.speed);

const ALGORITHMS = /** @type {const} */ (['maml', 'fomaml', 'reptile', 'rmaml']);
const LINK = `#v=1&lab=sinusoid&preset=sinusoid-live&seed=1&algorithms=${ALGORITHMS.join(',')}&metaIterations=1000000`;
/** Bytes of one metric: four runs, nine columns of doubles, in arrays that double. */
const HISTORY_BYTES = 4 * 9 * 8;
/** What may come on top of the kept metrics in the second half, which the first half has warmed up. */
const ALLOWED_GROWTH = 1.15;
/** The clock may be this far off, in seconds of the run. */
const ALLOWED_SECONDS = 2;

/**
 * @typedef {{ minute: number, iterations: number, spread: number, gaps: number, late: number, heap: number, resident: number, status: string }} Sample
 */

/** Resident memory of the page's process in MB, NaN where the system does not tell. @param {import('@playwright/test').CDPSession} browser */
async function residentMegabytes(browser) {
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => {
      try {
        return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]) / 1024;
      } catch {
        return Number.NaN;
      }
    });
  return Math.max(...sizes);
}

/** What the page has: the least and most iterations over the runs, and rows that are missing or repeated. */
function readMetrics(/** @type {readonly ('maml' | 'fomaml' | 'reptile' | 'rmaml')[]} */ ids) {
  const { metascope } = window;
  if (!metascope) throw new Error('The page has no window.metascope; is it the built lab?');
  const { data } = metascope.stores;
  const histories = ids.map((id) => data.metrics(id));
  const lengths = histories.map((history) => history?.length ?? 0);
  const gaps = histories.map((history) => {
    const column = history?.column('iteration') ?? [];
    let wrong = 0;
    for (let i = 0; i < (history?.length ?? 0); i++) if (column[i] !== i + 1) wrong += 1;
    return wrong;
  });
  return {
    least: Math.min(...lengths),
    most: Math.max(...lengths),
    gaps: gaps.reduce((sum, each) => sum + each, 0),
    status: metascope.status(),
  };
}

const found = findBrowser();
if (!found) throw new Error('No Chrome or Chromium found. Run "npm run setup", or set CHROME_PATH to one.');
const server = createStaticServer({ folder: values.folder, base: '/' });
const port = await listen(server, 4390, false);
const browser = await chromium.launch({
  executablePath: found.path,
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
/** @type {string[]} */
const problems = [];
try {
  const page = await browser.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`thrown: ${error.message}`));
  await page.goto(`http://127.0.0.1:${port}/${LINK}`);
  await page.waitForFunction(() => window.metascope !== undefined);
  // Long runs are heavy: the page waits for the user.
  await page.evaluate(async (each) => {
    const { run } = window.metascope?.stores ?? {};
    await window.metascope?.idle();
    run?.getState().setSpeed(each);
    run?.getState().play();
    await window.metascope?.reached(10);
  }, speed);

  const cdp = await page.context().newCDPSession(page);
  const whole = await browser.newBrowserCDPSession();
  await cdp.send('Performance.enable');
  const startedAt = performance.now();
  const first = (await page.evaluate(readMetrics, ALGORITHMS)).least;

  /** @returns {Promise<Sample>} */
  const sample = async () => {
    await cdp.send('HeapProfiler.collectGarbage');
    const seconds = (performance.now() - startedAt) / 1000;
    const { least, most, gaps, status } = await page.evaluate(readMetrics, ALGORITHMS);
    const { metrics } = await cdp.send('Performance.getMetrics');
    const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN;
    return {
      minute: seconds / 60,
      iterations: least,
      spread: most - least,
      gaps,
      late: seconds - (least - first) / speed,
      heap: heap / 1e6,
      resident: await residentMegabytes(whole),
      status,
    };
  };

  const columns = [
    'minute',
    'iterations',
    'spread',
    'wrong rows',
    'seconds late',
    'heap MB',
    'process MB',
    'status',
  ];
  process.stdout.write(`| ${columns.join(' | ')} |\n|${' ---: |'.repeat(columns.length)}\n`);
  /** @type {Sample[]} */
  const taken = [];
  for (let i = 0; i <= samples; i++) {
    const dueIn = (i * minutes * 60_000) / samples - (performance.now() - startedAt);
    if (dueIn > 0) await new Promise((done) => setTimeout(done, dueIn));
    const now = await sample();
    taken.push(now);
    const cells = [
      now.minute.toFixed(1),
      now.iterations,
      now.spread,
      now.gaps,
      now.late.toFixed(2),
      now.heap.toFixed(1),
      now.resident.toFixed(0),
      now.status,
    ];
    process.stdout.write(`| ${cells.join(' | ')} |\n`);
  }

  const middle = taken[Math.floor(taken.length / 2)];
  const last = taken.at(-1);
  if (middle && last) {
    const history = ((last.iterations - middle.iterations) * HISTORY_BYTES) / 1e6;
    if (last.heap > middle.heap * ALLOWED_GROWTH + 2)
      problems.push(`heap: ${middle.heap.toFixed(1)} MB at half time, ${last.heap.toFixed(1)} MB at the end`);
    // The arrays that hold metrics double: at the worst they have just done so.
    if (last.resident > middle.resident * ALLOWED_GROWTH + 2 * history)
      problems.push(
        `process: ${middle.resident.toFixed(0)} MB at half time, ${last.resident.toFixed(0)} MB at the end`,
      );
    if (taken.some(({ gaps }) => gaps > 0)) problems.push('metrics: rows are missing or repeated');
    if (Math.abs(last.late - middle.late) > ALLOWED_SECONDS)
      problems.push(`clock: ${(last.late - middle.late).toFixed(2)} s off in the second half`);
    if (last.status !== 'running') problems.push(`status: ${last.status}; expected running`);
  }
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
}
for (const problem of problems) process.stderr.write(`soak: ${problem}\n`);
process.stdout.write(
  problems.length > 0
    ? '\nNot flat, complete and exact.\n'
    : '\nMemory flat, no metric dropped, the clock exact.\n',
);
process.exitCode = problems.length > 0 ? 1 : 0;
