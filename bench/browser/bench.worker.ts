// The benchmark inside a browser's worker, where the lab trains too: opens engines as training.worker.ts does and runs
// the same clockwork as in Node. Under another name it is a helper of the half-cheetah's pools, as the lab's own worker is.
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import type { DriverPlan } from '../../src/cli/bench-browser.ts';
import { findBenchCase } from '../../src/cli/bench-cases.ts';
import { measureCheetah } from '../../src/cli/bench-cheetah.ts';
import { measureCases } from '../../src/cli/bench-rounds.ts';
import type { BackendResources } from '../../src/gradients/backend-resources.ts';
import { openEngine } from '../../src/gradients/create-engine.ts';
import { openPolicyEngine } from '../../src/gradients/create-policy-engine.ts';
import fusedWasm from '../../src/gradients/fused-wasm/generated/fused.wasm?url';
import { createBrowserPolicyHelper, POLICY_HELPER_NAME } from '../../src/worker/browser-policy-helper.ts';
import {
  createPolicyHelper,
  type FromPolicyHelper,
  type ToPolicyHelper,
} from '../../src/worker/policy-helper.ts';
import { createPoolCrew } from '../../src/worker/policy-pool.ts';
import type { FromBenchWorker } from './messages.ts';

const post = (message: FromBenchWorker) => self.postMessage(message);
// Absent in browsers without WebGPU, whatever the types say.
const gpu: GPU | undefined = navigator.gpu;
/** Progress that nobody could read in time would only wake the page. */
const PROGRESS_MS = 500;

const clock = () => performance.now();
const resources: BackendResources = { fusedWasm, wasmFiles: { plain, simd }, ...(gpu && { gpu }) };

/** Calls `tell` at most every so often. */
function seldom<T>(tell: (value: T) => void): (value: T) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (value) => {
    if (clock() - toldAt < PROGRESS_MS) return;
    toldAt = clock();
    tell(value);
  };
}

async function run(plan: DriverPlan): Promise<FromBenchWorker> {
  if (plan.kind === 'cheetah') {
    // Fetched when it is asked for: MuJoCo is 10 MB.
    const { comparePhysics } = await import('../../src/tasks/locomotion/compare-physics.testing.ts');
    const measured = await measureCheetah(plan, {
      clock,
      openPool: (workers) =>
        createPoolCrew({ createHelper: createBrowserPolicyHelper, workers, engineId: 'fused-wasm', clock }),
      race: (rounds) => comparePhysics(clock, rounds),
      onProgress: seldom((note) => post({ kind: 'note', note })),
    });
    return { kind: 'cheetah', measured };
  }
  const { cases, ...rest } = plan;
  const measurement = await measureCases(
    { ...rest, cases: cases.flatMap((name) => findBenchCase(name) ?? []) },
    {
      openEngine: (id) => openEngine(id, resources),
      clock,
      onProgress: seldom((progress) => post({ kind: 'progress', progress })),
    },
  );
  return { kind: 'done', measurement };
}

function help(): void {
  const helper = createPolicyHelper({
    openEngine: (id) => openPolicyEngine(id, resources),
    post: (message: FromPolicyHelper, transfer: ArrayBuffer[]) => self.postMessage(message, { transfer }),
    clock,
  });
  self.onmessage = (event: MessageEvent<ToPolicyHelper>) => helper.receive(event.data);
}

function measure(): void {
  self.onmessage = (event: MessageEvent<DriverPlan>) => {
    run(event.data)
      .catch((error: unknown): FromBenchWorker => {
        const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
        return { kind: 'failed', reason };
      })
      .then(post);
  };
}

if (self.name === POLICY_HELPER_NAME) help();
else measure();
