// Makes a fresh clone ready: packages, compiled kernels, a browser, a Vulkan loader. Plain Node, no dependencies, safe to repeat.
// Speaks on stderr only, so that commands whose stdout is data can run it first.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildKernels } from './build-kernels.mjs';
import { findBrowser } from './find-browser.mjs';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const NPM = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** @param {string} message */
function say(message) {
  process.stderr.write(`setup: ${message}\n`);
}

/**
 * Runs a command with its output on stderr.
 * @param {string} command @param {string[]} args
 * @returns {boolean} whether it ended well
 */
function succeeds(command, args) {
  const shell = process.platform === 'win32';
  return spawnSync(command, args, { cwd: ROOT, shell, stdio: ['ignore', 2, 2] }).status === 0;
}

/** @param {string} file @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }> | null} */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages;
  } catch {
    return null;
  }
}

/** Whether node_modules holds what the lock file asks for, by npm's own record of its last complete install. */
function packagesMatchLock() {
  const wanted = readPackages('package-lock.json');
  const installed = readPackages('node_modules/.package-lock.json');
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    if (!found) return entry.optional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

function ensureNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  say(
    `Node ${process.versions.node} is too old; 20.19 or newer is needed. Install it from https://nodejs.org.`,
  );
  process.exit(1);
}

/** Installs the packages when they are missing or differ from the lock file; ends the process if it cannot. */
export function ensurePackages() {
  ensureNode();
  if (packagesMatchLock()) return;
  const missing = !existsSync(join(ROOT, 'node_modules'));
  say(
    missing ? 'installing packages (npm ci)…' : 'the lock file changed; installing packages again (npm ci)…',
  );
  if (succeeds(NPM, ['ci', '--no-audit', '--no-fund'])) return;
  say('npm ci failed; its message is above. Check the network and the registry, then run the command again.');
  process.exit(1);
}

/** Compiles the WebAssembly kernels where their sources changed; ends the process if it cannot. */
export function ensureKernels() {
  try {
    if (buildKernels()) say('compiled the WebAssembly kernels.');
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}

function isDebianRoot() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version');
}

let aptUpdated = false;
/** @param {string} name a Debian package; tried only as root on Debian */
function aptInstall(name) {
  if (!isDebianRoot()) return false;
  if (!aptUpdated) aptUpdated = succeeds('apt-get', ['update', '-qq']);
  return succeeds('apt-get', ['install', '-y', '-qq', name]);
}

/** Finds or installs a browser for the end-to-end tests; says how to when it cannot. */
export function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  if (process.env.CHROME_PATH) {
    say(`$CHROME_PATH is ${process.env.CHROME_PATH}, where there is no file. Correct it or unset it.`);
    return null;
  }
  if (isDebianRoot()) {
    say("no Chrome or Chromium found; installing Debian's chromium…");
    if (aptInstall('chromium')) return findBrowser();
  }
  say("no Chrome or Chromium found; trying playwright's download…");
  if (succeeds(process.execPath, [join(ROOT, 'node_modules/playwright/cli.js'), 'install', 'chromium'])) {
    return findBrowser();
  }
  say('could not get a browser. Install Chrome or Chromium, or set CHROME_PATH to one.');
  return null;
}

/** Best effort: the Vulkan loader, which WebGPU in Node (Dawn) needs on Linux. Tests say so when they go without. */
export function ensureVulkanLoader() {
  if (process.platform !== 'linux') return;
  const cache = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' }).stdout ?? '';
  if (cache.includes('libvulkan.so.1')) return;
  say('no Vulkan loader; WebGPU in Node needs one. Installing libvulkan1…');
  if (!aptInstall('libvulkan1'))
    say('could not: install libvulkan1 (Debian) or vulkan-loader to run those tests.');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensurePackages();
  ensureKernels();
  const browser = ensureBrowser();
  ensureVulkanLoader();
  say(browser ? `ready. Browser: ${browser.path} (${browser.source}).` : 'ready, except for the browser.');
  process.exitCode = browser ? 0 : 1;
}
