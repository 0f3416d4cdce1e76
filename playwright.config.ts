// End-to-end tests: the built page, served as a static host would, in a real Chromium with software WebGPU.
// One worker: several specs measure time, and training uses a core of its own.
import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/find-browser.mjs';

const browser = findBrowser();
if (!browser) throw new Error('No Chrome or Chromium found. Run "npm run setup", or set CHROME_PATH to one.');

const port = Number(process.env.METASCOPE_E2E_PORT ?? 4183);
const subPathPort = port + 1;

/** Where the same page is served below a path, as on a course's web site. */
export const SUB_PATH_URL = `http://127.0.0.1:${subPathPort}/courses/meta-learning/`;

export default defineConfig({
  testDir: 'e2e/specs',
  outputDir: 'test-results',
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 1280, height: 720 },
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: browser.path,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // WebGPU on SwiftShader: correct, slow, and the same on every machine.
        '--enable-unsafe-webgpu',
      ],
    },
  },
  webServer: [
    { command: `node scripts/serve.mjs --port ${port}`, port, reuseExistingServer: false },
    {
      command: `node scripts/serve.mjs --port ${subPathPort} --base /courses/meta-learning/`,
      port: subPathPort,
      reuseExistingServer: false,
    },
  ],
});
