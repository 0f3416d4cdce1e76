// Lighthouse on the built page, served compressed as a static host would, headless, as a desktop and as a phone in its
// terms (a processor four times slower on a slow network): the first page and a lab that trains. Its packages (Apache-2.0, 180 MB installed) are fetched when it is first run, into .cache/, so
// that no clone has to install them. Prints the scores, and what cost points.
//   npm run lighthouse -- [--folder dist] [--form desktop|phone]   the reports are in .cache/lighthouse/
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser } from './find-browser.mjs';
import { createStaticServer, listen } from './serve.mjs';
import { ROOT } from './setup.mjs';

/** The last one that runs on Node 20. */
const VERSION = '12.8.2';
const FOLDER = join(ROOT, '.cache/lighthouse');
const CLI = join(FOLDER, 'node_modules/lighthouse/cli/index.js');

/** Name and fragment of each page; below these scores the script fails. */
const PAGES = { first: '', lab: '#v=1&lab=sinusoid&preset=sinusoid-live&seed=0' };
const LEAST = { performance: 95, accessibility: 100, 'best-practices': 100 };

function installLighthouse() {
  const manifest = join(FOLDER, 'node_modules/lighthouse/package.json');
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === VERSION) return;
  process.stderr.write(`lighthouse: installing lighthouse ${VERSION} into .cache/lighthouse…\n`);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'package.json'), '{ "private": true }\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['install', '--save-exact', '--no-audit', '--no-fund', `lighthouse@${VERSION}`];
  const { status } = spawnSync(npm, args, { cwd: FOLDER, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    process.stderr.write(
      'lighthouse: npm install failed; its message is above. Check the network, then run again.\n',
    );
    process.exit(1);
  }
}

/**
 * @typedef {{ score: number | null, title: string, displayValue?: string }} Audit
 * @typedef {{ categories: Record<string, { score: number, auditRefs: { id: string, weight: number }[] }>, audits: Record<string, Audit> }} Report
 */

/** Lighthouse's own names for them. */
const FORMS = { desktop: ['--preset=desktop'], phone: ['--form-factor=mobile'] };

/**
 * @param {{ name: string, address: string, browser: string, options: readonly string[] }} page
 * @returns {Promise<Report>}
 */
async function audit({ name, address, browser, options }) {
  const file = join(FOLDER, `${name}.json`);

  const child = spawn(
    process.execPath,
    [
      CLI,
      address,
      ...options,
      '--output=json',
      `--output-path=${file}`,
      '--quiet',
      `--only-categories=${Object.keys(LEAST).join(',')}`,
      '--chrome-flags=--headless=new --no-sandbox --disable-quic --no-first-run --disable-background-networking',
    ],
    { stdio: ['ignore', 2, 2], env: { ...process.env, CHROME_PATH: browser } },
  );
  const code = await new Promise((done) => child.on('exit', done));
  if (code !== 0) throw new Error(`lighthouse ended with ${code} on ${address}; its message is above.`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** What cost points in a category, worst first. @param {Report} report @param {string} category */
function losses(report, category) {
  return (report.categories[category]?.auditRefs ?? [])
    .filter(({ id, weight }) => weight > 0 && (report.audits[id]?.score ?? 1) < 1)
    .sort((a, b) => (report.audits[a.id]?.score ?? 0) - (report.audits[b.id]?.score ?? 0))
    .map(({ id }) => `${report.audits[id]?.title} ${report.audits[id]?.displayValue ?? ''}`.trim());
}

const { values } = parseArgs({
  options: { folder: { type: 'string', default: 'dist' }, form: { type: 'string' } },
});
if (values.form !== undefined && !(values.form in FORMS)) {
  throw new Error(`--form: got “${values.form}”, expected ${Object.keys(FORMS).join(' or ')}.`);
}
const found = findBrowser();
if (!found) throw new Error('No Chrome or Chromium found. Run "npm run setup", or set CHROME_PATH to one.');
installLighthouse();
const server = createStaticServer({ folder: values.folder, base: '/' });
const port = await listen(server, 4370, false);
let isEnough = true;
for (const [form, options] of Object.entries(FORMS)) {
  if (values.form !== undefined && values.form !== form) continue;
  for (const [page, fragment] of Object.entries(PAGES)) {
    const name = `${page}-${form}`;
    const address = `http://127.0.0.1:${port}/${fragment}`;
    const report = await audit({ name, address, browser: found.path, options });
    for (const [category, least] of Object.entries(LEAST)) {
      const score = Math.round(100 * (report.categories[category]?.score ?? 0));
      isEnough &&= score >= least;
      process.stdout.write(`${name.padEnd(13)} ${category.padEnd(15)} ${score} (at least ${least})\n`);
      for (const loss of losses(report, category)) process.stdout.write(`                ${loss}\n`);
    }
  }
}
server.closeAllConnections();
server.close();
process.exitCode = isEnough ? 0 : 1;
