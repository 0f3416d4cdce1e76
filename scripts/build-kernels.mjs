// Compiles the kernels of fused-wasm (AssemblyScript, src/gradients/fused-wasm/assembly) to WebAssembly. No binary is
// committed: every npm command, vitest and vite's server call this first. Nothing is done while the sources are the same.
//   node scripts/build-kernels.mjs [--force]
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
export const KERNEL_SOURCES = join(ROOT, 'src/gradients/fused-wasm/assembly');
export const KERNELS = join(ROOT, 'src/gradients/fused-wasm/generated/fused.wasm');
const COMPILER = join(ROOT, 'node_modules/assemblyscript');
/** No relaxed SIMD: its results may differ from processor to processor. */
const OPTIONS = ['--runtime', 'stub', '--enable', 'simd', '-O3', '--noAssert', '--disableWarning', '112'];

/** What the binary depends on: sources, options, compiler. */
function fingerprint() {
  const hash = createHash('sha256').update(OPTIONS.join(' '));
  hash.update(readFileSync(join(COMPILER, 'package.json')));
  for (const name of readdirSync(KERNEL_SOURCES).sort()) {
    hash.update(`\0${name}\0`).update(readFileSync(join(KERNEL_SOURCES, name)));
  }
  return hash.digest('hex');
}

/**
 * Compiles when something changed. Throws with the compiler's words when it fails; the previous binary is then gone, so
 * that nothing runs on a stale one.
 * @param {{ force?: boolean }} [options]
 * @returns {boolean} whether it compiled
 */
export function buildKernels({ force = false } = {}) {
  const mark = `${KERNELS}.sha256`;
  const wanted = fingerprint();
  if (!force && existsSync(KERNELS) && existsSync(mark) && readFileSync(mark, 'utf8') === wanted)
    return false;
  mkdirSync(dirname(KERNELS), { recursive: true });
  // Under a name of its own until it is whole: tests and a server may build at the same time.
  const fresh = `${KERNELS}.${process.pid}`;
  const compiled = spawnSync(
    process.execPath,
    [join(COMPILER, 'bin/asc.js'), join(KERNEL_SOURCES, 'index.ts'), '-o', fresh, ...OPTIONS],
    { cwd: ROOT, encoding: 'utf8' },
  );
  if (compiled.status !== 0) {
    for (const file of [fresh, KERNELS, mark]) rmSync(file, { force: true });
    throw new Error(`build-kernels: the compiler refused.\n${compiled.stdout}${compiled.stderr}`);
  }
  renameSync(fresh, KERNELS);
  writeFileSync(mark, wanted);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const built = buildKernels({ force: process.argv.includes('--force') });
  process.stderr.write(`build-kernels: ${built ? 'compiled' : 'up to date'}: ${KERNELS}\n`);
}
