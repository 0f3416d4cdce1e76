// Writes the built page's service worker: the list of files to keep, a version that changes with any of them, and the
// code of service-worker.mjs. A plugin of the build, after all files are written.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../setup.mjs';

/** What a visitor needs without a network; recorded runs (runs/) are kept when they are first looked at. */
const KEPT = /\.(html|js|css|wasm|svg|png|webmanifest|json)$/;
/** As it is written: what a bundler of the build's own configuration makes of it may need parts that sw.js has not. */
const WORKER = join(ROOT, 'scripts/offline/service-worker.mjs');
/** The guide's pictures weigh more than all its pages; without a network their words stand in for them. */
const LEFT_OUT = /^(sw\.js|(runs|guide\/images)\/.*)$/;

/**
 * @param {string} folder of a build
 * @returns {{ path: string, hash: string }[]} the files to keep, by path
 */
function readFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length).replaceAll('\\', '/'))
    .filter((path) => KEPT.test(path) && !LEFT_OUT.test(path))
    .sort()
    .map((path) => ({
      path,
      hash: createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest('hex'),
    }));
}

/**
 * The text of sw.js for what lies in `folder`. A folder's index.html is kept under the folder's own address, as visitors open it.
 * @param {string} folder
 */
export function serviceWorkerText(folder) {
  const listed = readFiles(folder);
  const version = createHash('sha256').update(JSON.stringify(listed)).digest('hex').slice(0, 16);
  const files = listed.map(({ path }) => path.replace(/(^|\/)index\.html$/, '$1'));
  const code = readFileSync(WORKER, 'utf8').replace('export function', 'function');
  return `${code}\nkeepOffline(self, ${JSON.stringify({ version, files }, null, 1)});\n`;
}

/** @returns {import('vite').Plugin} */
export function offlineCopy() {
  return {
    name: 'metascope-offline-copy',
    apply: 'build',
    writeBundle: {
      order: 'post',
      sequential: true,
      handler({ dir = 'dist' }) {
        writeFileSync(join(dir, 'sw.js'), serviceWorkerText(dir));
      },
    },
  };
}
