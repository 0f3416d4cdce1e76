// Runs a tool of this project in a fresh clone too: installs the packages and compiles the kernels first (silently on stdout), then hands over.
//   node scripts/run.mjs cli …     the command line
//   node scripts/run.mjs record …  the recorded runs that come with the page (scripts/record-runs.mjs)
//   node scripts/run.mjs dev …     vite with hot reload
//   node scripts/run.mjs build …   vite build
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findSoftwareVulkan } from './find-browser.mjs';
import { ensureKernels, ensurePackages, ROOT } from './setup.mjs';

const VITE = join(ROOT, 'node_modules/vite/bin/vite.js');
// As an address, so that the command works from any folder.
const LOADER = pathToFileURL(join(ROOT, 'node_modules/tsx/dist/loader.mjs')).href;
/** @type {Record<string, string[]>} */
const TOOLS = {
  cli: ['--import', LOADER, join(ROOT, 'src/cli/main.ts')],
  record: ['--import', LOADER, join(ROOT, 'scripts/record-runs.mjs')],
  dev: [VITE],
  build: [VITE, 'build'],
};

const [name = '', ...rest] = process.argv.slice(2);
const tool = TOOLS[name];
if (!tool) {
  process.stderr.write(`run: no tool named "${name}"; expected one of ${Object.keys(TOOLS).join(', ')}.\n`);
  process.exit(2);
}
ensurePackages();
ensureKernels();
const env = { ...process.env };
const driver = findSoftwareVulkan();
// Added to the machine's own drivers, so that WebGPU in Node finds at least a software adapter.
if (driver && name === 'cli') env.VK_ADD_DRIVER_FILES ??= driver;
const child = spawn(process.execPath, [...tool, ...rest], { stdio: 'inherit', env });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
});
