// The training worker's entry: joins the training loop to this worker's messages and engines. No logic of its own.
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import fusedWasm from '../gradients/fused-wasm/generated/fused.wasm?url';
import { createSession } from '../training/session.ts';
import { createEnginePool } from './engine-pool.ts';
import { createMacrotaskYield } from './macrotask.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { createRaceEntries } from './race-entries.ts';
import { createTrainingLoop } from './training-loop.ts';

const clock = () => performance.now();
const post = (message: FromWorker, transfer: ArrayBuffer[]) => self.postMessage(message, { transfer });
// Absent in insecure contexts and in browsers without WebGPU, whatever the types say.
const gpu: GPU | undefined = navigator.gpu;

const loop = createTrainingLoop({
  post,
  clock,
  engines: createEnginePool({
    entries: createRaceEntries({ fusedWasm, wasmFiles: { plain, simd }, ...(gpu && { gpu }) }),
    createSession: (experiment, engine, burst) =>
      createSession(experiment, engine, { clock, burst, evaluationTasks: 0 }),
    clock,
  }),
  createSession: (experiment, engine, resume, burst) =>
    createSession(experiment, engine, { clock, resume, burst }),
  yieldMacrotask: createMacrotaskYield(),
});

self.onmessage = (event: MessageEvent<ToWorker>) => loop.receive(event.data);
post({ type: 'ready' }, []);
