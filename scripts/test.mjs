// npm test: set up, then every stage, even after a failure, so that one run tells everything. Ends with one line per
// stage and "N passed, N failed" (tests of vitest and playwright; a stage that fails without a failing test counts one).
//   npm test -- [stage …]     only those stages: types kernels physics lint unit build size e2e
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findSoftwareVulkan } from './find-browser.mjs';
import { ensureBrowser, ensureKernels, ensurePackages, ensureVulkanLoader, ROOT } from './setup.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ name: string, tool: string[], report?: { file: string, read: (json: any) => Counts }, needs?: string }} Stage
 * @typedef {Counts & { name: string, ok: boolean, seconds: number, note: string }} Outcome
 */

const REPORTS = join(ROOT, '.cache/test-reports');
const UNIT_REPORT = join(REPORTS, 'unit.json');
const E2E_REPORT = join(REPORTS, 'e2e.json');

/** @type {Stage[]} */
const STAGES = [
  { name: 'types', tool: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.'] },
  {
    name: 'kernels',
    tool: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'src/gradients/fused-wasm/assembly'],
  },
  {
    name: 'physics',
    tool: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'src/tasks/locomotion/assembly'],
  },
  { name: 'lint', tool: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'] },
  {
    name: 'unit',
    tool: [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${UNIT_REPORT}`,
    ],
    report: {
      file: UNIT_REPORT,
      read: (json) => ({
        passed: json.numPassedTests,
        failed: json.numFailedTests,
        skipped: json.numPendingTests + json.numTodoTests,
      }),
    },
  },
  { name: 'build', tool: ['node_modules/vite/bin/vite.js', 'build'] },
  { name: 'size', tool: ['scripts/size-budget.mjs'], needs: 'build' },
  {
    name: 'e2e',
    tool: ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'],
    report: {
      file: E2E_REPORT,
      read: ({ stats }) => ({
        passed: stats.expected,
        failed: stats.unexpected + stats.flaky,
        skipped: stats.skipped,
      }),
    },
    needs: 'build',
  },
];

/** @param {Stage} stage @returns {Counts} what its report says; zeros without one */
function readCounts(stage) {
  try {
    return stage.report ? stage.report.read(JSON.parse(readFileSync(stage.report.file, 'utf8'))) : none();
  } catch {
    return none();
  }
}

/** @returns {Counts} */
function none() {
  return { passed: 0, failed: 0, skipped: 0 };
}

/** @param {Stage} stage @param {Outcome[]} before @returns {Outcome} */
function runStage(stage, before) {
  const broken = before.find((outcome) => outcome.name === stage.needs && !outcome.ok);
  if (broken) {
    return {
      ...none(),
      name: stage.name,
      ok: false,
      failed: 1,
      seconds: 0,
      note: `not run: ${broken.name} failed`,
    };
  }
  process.stdout.write(`\n── ${stage.name} ──\n`);
  const start = performance.now();
  const ended = spawnSync(process.execPath, stage.tool, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: ENV,
  });
  const seconds = (performance.now() - start) / 1000;
  const counts = readCounts(stage);
  const ok = ended.status === 0 && counts.failed === 0;
  if (!ok && counts.failed === 0) counts.failed = 1;
  const noReport = stage.report && counts.passed + counts.failed === 0;
  return { ...counts, name: stage.name, ok: ok && !noReport, seconds, note: noReport ? 'no test ran' : '' };
}

/** @param {Outcome} outcome */
function describe({ name, ok, passed, failed, skipped, seconds, note }) {
  const tests = passed + failed > 0 ? `${passed} passed, ${failed} failed` : '';
  const left = skipped > 0 ? `${skipped} skipped` : '';
  const words = [ok ? 'ok    ' : 'FAILED', `${seconds.toFixed(0).padStart(4)} s`, tests, left, note].filter(
    Boolean,
  );
  return `${name.padEnd(7)} ${words.join('  ')}`;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !STAGES.some((stage) => stage.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `npm test: no stage named ${unknown.join(', ')}; expected ${STAGES.map((s) => s.name).join(', ')}.\n`,
  );
  process.exit(2);
}

ensurePackages();
ensureKernels();
ensureVulkanLoader();
const browser = ensureBrowser();
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
const driver = findSoftwareVulkan();
/** @type {NodeJS.ProcessEnv} */
const ENV = {
  ...process.env,
  PLAYWRIGHT_JSON_OUTPUT_FILE: E2E_REPORT,
  ...(browser ? { CHROME_PATH: browser.path } : {}),
  ...(driver && !process.env.VK_DRIVER_FILES ? { VK_DRIVER_FILES: driver } : {}),
};

/** @type {Outcome[]} */
const outcomes = [];
for (const stage of STAGES) {
  if (wanted.length === 0 || wanted.includes(stage.name)) outcomes.push(runStage(stage, outcomes));
}
process.stdout.write(`\n── summary ──\n${outcomes.map(describe).join('\n')}\n`);
const total = (/** @type {'passed' | 'failed'} */ key) =>
  outcomes.reduce((sum, outcome) => sum + outcome[key], 0);
process.stdout.write(`${total('passed')} passed, ${total('failed')} failed\n`);
process.exitCode = outcomes.every((outcome) => outcome.ok) ? 0 : 1;
