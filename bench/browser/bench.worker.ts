// The benchmark inside a browser's worker, where the lab trains too: opens engines as training.worker.ts does and runs
// the same clockwork as in Node.
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { findBenchCase } from '../../src/cli/bench-cases.ts';
import { measureCases } from '../../src/cli/bench-rounds.ts';
import { openEngine } from '../../src/gradients/create-engine.ts';
import fusedWasm from '../../src/gradients/fused-wasm/generated/fused.wasm?url';
import type { FromBenchWorker, NamedPlan } from './messages.ts';

const post = (message: FromBenchWorker) => self.postMessage(message);
// Absent in browsers without WebGPU, whatever the types say.
const gpu: GPU | undefined = navigator.gpu;
/** Progress that nobody could read in time would only wake the page. */
const PROGRESS_MS = 500;

async function run({ cases, ...plan }: NamedPlan): Promise<void> {
  let reportedAt = Number.NEGATIVE_INFINITY;
  const measurement = await measureCases(
    { ...plan, cases: cases.flatMap((name) => findBenchCase(name) ?? []) },
    {
      openEngine: (id) => openEngine(id, { fusedWasm, wasmFiles: { plain, simd }, ...(gpu && { gpu }) }),
      clock: () => performance.now(),
      onProgress: (progress) => {
        if (performance.now() - reportedAt < PROGRESS_MS) return;
        reportedAt = performance.now();
        post({ kind: 'progress', progress });
      },
    },
  );
  post({ kind: 'done', measurement });
}

self.onmessage = (event: MessageEvent<NamedPlan>) => {
  run(event.data).catch((error: unknown) => {
    post({ kind: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  });
};
