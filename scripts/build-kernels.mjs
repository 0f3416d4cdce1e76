// Compiles the project's AssemblyScript to WebAssembly: the kernels of fused-wasm and the half-cheetah's physics. No binary
// is committed: every npm command, vitest and vite's server call this first. Nothing is done while the sources are the same.
//   node scripts/build-kernels.mjs [--force]
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const COMPILER = join(ROOT, 'node_modules/assemblyscript');
/** No relaxed SIMD: its results may differ from processor to processor. */
const OPTIONS = ['--runtime', 'stub', '--enable', 'simd', '-O3', '--noAssert', '--disableWarning', '112'];

/** @typedef {{ sources: string, output: string, options: string[], inline?: string }} Module */
/** @type {Module[]} */
const MODULES = [
  {
    sources: join(ROOT, 'src/gradients/fused-wasm/assembly'),
    output: join(ROOT, 'src/gradients/fused-wasm/generated/fused.wasm'),
    options: OPTIONS,
  },
  {
    sources: join(ROOT, 'src/tasks/locomotion/assembly'),
    // Small enough to travel inside the script that uses it, which then need not wait for a file.
    output: join(ROOT, 'src/tasks/locomotion/generated/physics-wasm.ts'),
    inline: 'PHYSICS_WASM',
    // Warning 201: offsets shared with TypeScript have no type usize.
    options: [...OPTIONS, '--disableWarning', '201'],
  },
];
/** Folders whose files, when edited, ask for buildKernels. */
export const KERNEL_SOURCES = MODULES.map(({ sources }) => sources);

/** @param {Module} module what its binary depends on: sources, options, compiler */
function fingerprint({ sources, options, inline = '' }) {
  const hash = createHash('sha256').update(options.join(' ')).update(inline);
  hash.update(readFileSync(join(COMPILER, 'package.json')));
  for (const name of readdirSync(sources).sort()) {
    hash.update(`\0${name}\0`).update(readFileSync(join(sources, name)));
  }
  return hash.digest('hex');
}

/**
 * Compiles what has changed. Throws with the compiler's words when it fails; the previous binary is then gone, so
 * that nothing runs on a stale one.
 * @param {{ force?: boolean }} [options]
 * @returns {boolean} whether it compiled
 */
export function buildKernels({ force = false } = {}) {
  return MODULES.map((module) => buildModule(module, force)).includes(true);
}

/** @param {Module} module @param {boolean} force */
function buildModule(module, force) {
  const { sources, output, options, inline } = module;
  const mark = `${output}.sha256`;
  const wanted = fingerprint(module);
  if (!force && existsSync(output) && existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return false;
  mkdirSync(dirname(output), { recursive: true });
  // Under a name of its own until it is whole: tests and a server may build at the same time.
  const fresh = `${output}.${process.pid}.wasm`;
  const compiled = spawnSync(
    process.execPath,
    [join(COMPILER, 'bin/asc.js'), join(sources, 'index.ts'), '-o', fresh, ...options],
    { cwd: ROOT, encoding: 'utf8' },
  );
  if (compiled.status !== 0) {
    for (const file of [fresh, output, mark]) rmSync(file, { force: true });
    throw new Error(`build-kernels: the compiler refused.\n${compiled.stdout}${compiled.stderr}`);
  }
  if (inline) writeFileSync(fresh, inlined(inline, readFileSync(fresh).toString('base64')));
  renameSync(fresh, output);
  writeFileSync(mark, wanted);
  return true;
}

/** @param {string} name @param {string} base64 */
function inlined(name, base64) {
  return `// Written by scripts/build-kernels.mjs: the compiled module in base64.\nexport const ${name} =\n  '${base64}';\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const built = buildKernels({ force: process.argv.includes('--force') });
  process.stderr.write(`build-kernels: ${built ? 'compiled' : 'up to date'}\n`);
}
