// npm start: set up, build, serve, print the address and open a browser where there is a screen.
//   npm start -- [--port 4173] [--no-open]
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createStaticServer, listen } from './serve.mjs';
import { ensureKernels, ensurePackages, ROOT } from './setup.mjs';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '4173' }, 'no-open': { type: 'boolean', default: false } },
});

/** @param {string} address */
function openBrowser(address) {
  const screen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (values['no-open'] || process.env.CI || !screen) return;
  const [command, args] =
    process.platform === 'darwin'
      ? ['open', [address]]
      : process.platform === 'win32'
        ? ['cmd', ['/c', 'start', '', address]]
        : ['xdg-open', [address]];
  // No browser to open is no failure: the address is printed.
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

ensurePackages();
ensureKernels();
const build = spawnSync(process.execPath, [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build'], {
  cwd: ROOT,
  stdio: 'inherit',
});
if (build.status !== 0) process.exit(build.status ?? 1);

const server = createStaticServer({ folder: join(ROOT, 'dist'), base: '/' });
const port = await listen(server, Number(values.port), false);
const address = `http://localhost:${port}/`;
process.stdout.write(`\nmetascope is at ${address}   (Ctrl+C ends it)\n`);
openBrowser(address);
