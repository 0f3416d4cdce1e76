// Runs the benchmark's page in an installed Chromium: builds it into a temporary folder, serves that on this machine,
// reads a DriverPlan from stdin and writes FromDriver messages to stdout, one line of JSON each. `npm run bench --
// --browser` starts it; on its own because the lab's code may import neither vite nor playwright.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from '@playwright/test';
import { build } from 'vite';
import { findBrowser } from '../../scripts/find-browser.mjs';
import { createStaticServer, listen } from '../../scripts/serve.mjs';
import type { DriverPlan, FromDriver } from '../../src/cli/bench-browser.ts';
import type { FromBenchWorker } from './messages.ts';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
];

function say(message: FromDriver): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

async function buildPage(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    base: './',
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 5000 },
    worker: { format: 'es' },
  });
}

async function openBrowser(): Promise<Browser> {
  const found = findBrowser();
  if (found === null) {
    throw new Error('No Chrome or Chromium found. Run "npm run setup", or set CHROME_PATH to one.');
  }
  return chromium.launch({ executablePath: found.path, args: ARGUMENTS });
}

/** The worker's last message. */
async function measure(browser: Browser, address: string, plan: DriverPlan): Promise<FromBenchWorker> {
  const page = await browser.newPage();
  const end = new Promise<FromBenchWorker>((resolve) => {
    page.on('pageerror', (error) => resolve({ kind: 'failed', reason: error.message }));
    page.on('crash', () => resolve({ kind: 'failed', reason: 'the page crashed' }));
    void page.exposeFunction('report', (json: string) => {
      const message: FromBenchWorker = JSON.parse(json);
      if (message.kind === 'progress' || message.kind === 'note') say(message);
      else resolve(message);
    });
  });
  await page.goto(address);
  await page.evaluate((given) => window.startBench(given), plan);
  return end;
}

const plan: DriverPlan = JSON.parse(await text(process.stdin));
const folder = mkdtempSync(join(tmpdir(), 'metascope-bench-'));
// The lab's policy of security asks for more care than a benchmark takes, and forbids what MuJoCo evaluates.
const server = createStaticServer({ folder, base: '/', isBare: true });
let browser: Browser | null = null;
try {
  await buildPage(folder);
  browser = await openBrowser();
  const port = await listen(server, 4190, false);
  const message = await measure(browser, `http://127.0.0.1:${port}/`, plan);
  const isResult = message.kind === 'done' || message.kind === 'cheetah';
  say(isResult ? { ...message, browser: `Chromium ${browser.version()}` } : message);
} catch (error) {
  say({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
} finally {
  await browser?.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
