// Finds a Chromium or Chrome on this machine, and its software Vulkan driver. Looks only; setup.mjs installs.
import { execFileSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const NAMES = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser', 'chrome'];
const WELL_KNOWN = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** @param {string} name */
function onPath(name) {
  try {
    const finder = process.platform === 'win32' ? 'where' : 'which';
    const found = execFileSync(finder, [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return found.split('\n')[0]?.trim() || null;
  } catch {
    return null;
  }
}

function playwrightDownload() {
  try {
    const playwright = createRequire(import.meta.url)('playwright-core');
    const path = playwright.chromium.executablePath();
    return typeof path === 'string' && existsSync(path) ? path : null;
  } catch {
    return null; // packages not installed yet
  }
}

/**
 * The browser for the end-to-end tests: $CHROME_PATH, else an installed one, else playwright's download.
 * @returns {{ path: string, source: string } | null}
 */
export function findBrowser() {
  const chosen = process.env.CHROME_PATH;
  if (chosen) return existsSync(chosen) ? { path: chosen, source: '$CHROME_PATH' } : null;
  for (const name of NAMES) {
    const path = onPath(name);
    if (path) return { path, source: 'installed' };
  }
  for (const path of WELL_KNOWN) if (existsSync(path)) return { path, source: 'installed' };
  const downloaded = playwrightDownload();
  return downloaded ? { path: downloaded, source: "playwright's download" } : null;
}

/**
 * Chromium carries a software Vulkan driver (SwiftShader), which also serves WebGPU in Node through Dawn.
 * @returns {string | null} path of its driver file for the Vulkan loader
 */
export function findSoftwareVulkan() {
  const browser = findBrowser();
  const folders = browser ? [dirname(browser.path), dirname(realpathSync(browser.path))] : [];
  folders.push('/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome');
  for (const folder of folders) {
    const file = join(folder, 'vk_swiftshader_icd.json');
    if (existsSync(file)) return file;
  }
  return null;
}
