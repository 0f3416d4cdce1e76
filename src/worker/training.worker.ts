// The training worker's entry: joins the training loop, or a helper of it, to this worker's messages and engines. No
// logic of its own.
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { createEngine } from '../gradients/create-engine.ts';
import fusedWasm from '../gradients/fused-wasm/generated/fused.wasm?url';
import { createSession } from '../training/session.ts';
import type { SinusoidKinds } from '../training/session-events.ts';
import { BURST_HELPER_NAME, createBrowserBurstHelper } from './browser-burst-helper.ts';
import { createBurstHelper, type FromHelper, type ToHelper } from './burst-helper.ts';
import { createBurstThreads } from './burst-threads.ts';
import { createEnginePool } from './engine-pool.ts';
import { createMacrotaskYield } from './macrotask.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { createRaceEntries } from './race-entries.ts';
import { SINUSOID_DRIVING, sinusoidRaceRules } from './sinusoid-driving.ts';
import { createTrainingLoop } from './training-loop.ts';

const clock = () => performance.now();
const post = (message: FromWorker | FromHelper, transfer: ArrayBuffer[]) =>
  self.postMessage(message, { transfer });

function train(): void {
  // Absent in insecure contexts and in browsers without WebGPU, whatever the types say.
  const gpu: GPU | undefined = navigator.gpu;
  const { runBurst, release } = createBurstThreads({
    createHelper: createBrowserBurstHelper,
    cores: navigator.hardwareConcurrency,
    clock,
  });
  const loop = createTrainingLoop<SinusoidKinds>({
    lab: SINUSOID_DRIVING,
    post,
    clock,
    engines: createEnginePool<SinusoidKinds>({
      entries: createRaceEntries({ fusedWasm, wasmFiles: { plain, simd }, ...(gpu && { gpu }) }),
      rules: sinusoidRaceRules({
        createSession: (experiment, engine, burst) =>
          createSession(experiment, engine, { clock, burst, evaluationTasks: 0 }),
        clock,
      }),
      clock,
    }),
    createSession: (experiment, engine, resume, burst) =>
      createSession(experiment, engine, { clock, resume, burst, runBurst }),
    releaseThreads: release,
    yieldMacrotask: createMacrotaskYield(),
  });
  self.onmessage = (event: MessageEvent<ToWorker>) => loop.receive(event.data);
  post({ type: 'ready' }, []);
}

function help(): void {
  const helper = createBurstHelper({ openEngine: (id) => createEngine(id, { fusedWasm }), post, clock });
  self.onmessage = (event: MessageEvent<ToHelper>) => helper.receive(event.data);
}

if (self.name === BURST_HELPER_NAME) help();
else train();
