// Unit tests run in Node, next to the code they test. Browser tests are playwright's (e2e/).
import { configDefaults, defineConfig } from 'vitest/config';
import { buildKernels } from './scripts/build-kernels.mjs';
import { findSoftwareVulkan } from './scripts/find-browser.mjs';

// WebGPU in Node (Dawn) finds Chromium's software adapter: the same one on every machine.
const driver = findSoftwareVulkan();
if (driver) process.env.VK_DRIVER_FILES ??= driver;

// Once per run, also where vitest is called by itself: fused-wasm's tests load the compiled kernels.
buildKernels();

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.mjs'],
    exclude: [...configDefaults.exclude, 'e2e/**'],
    // tfjs keeps its backend in module state: one process per file keeps files apart.
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
