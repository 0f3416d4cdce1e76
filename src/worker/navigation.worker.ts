// The Navigation worker's entry: joins the training loop, or a helper of its pool, to this worker's messages and
// engines. No logic of its own.
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import type { BackendResources } from '../gradients/backend-resources.ts';
import { openPolicyEngine } from '../gradients/create-policy-engine.ts';
import fusedWasm from '../gradients/fused-wasm/generated/fused.wasm?url';
import { createPolicySession } from '../training/policy-session.ts';
import type { PolicyKinds } from '../training/policy-session-events.ts';
import { createBrowserPolicyHelper, POLICY_HELPER_NAME } from './browser-policy-helper.ts';
import { createEnginePool } from './engine-pool.ts';
import { createMacrotaskYield } from './macrotask.ts';
import { policyDriving, policyRaceRules } from './policy-driving.ts';
import { createPolicyHelper, type FromPolicyHelper, type ToPolicyHelper } from './policy-helper.ts';
import { createPolicyRaceEntries } from './policy-race-entries.ts';
import type { FromWorkerOf, ToWorkerOf } from './protocol.ts';
import { createTrainingLoop } from './training-loop.ts';

const clock = () => performance.now();
const post = (message: FromWorkerOf<PolicyKinds> | FromPolicyHelper, transfer: ArrayBuffer[]) =>
  self.postMessage(message, { transfer });
// Absent in insecure contexts and in browsers without WebGPU, whatever the types say.
const gpu: GPU | undefined = navigator.gpu;
const resources: BackendResources = { fusedWasm, wasmFiles: { plain, simd }, ...(gpu && { gpu }) };

/** Half as many as the command line's: curves should come while one watches. */
const LIVE_TEST_TASKS = 20;

function train(): void {
  const yieldMacrotask = createMacrotaskYield();
  const loop = createTrainingLoop<PolicyKinds>({
    lab: policyDriving(),
    post,
    clock,
    engines: createEnginePool<PolicyKinds>({
      entries: createPolicyRaceEntries({
        resources,
        createHelper: createBrowserPolicyHelper,
        cores: navigator.hardwareConcurrency,
        clock,
        yieldMacrotask,
      }),
      rules: policyRaceRules((experiment, crew) =>
        createPolicySession(experiment, crew, { clock, evaluationTasks: 0 }),
      ),
      clock,
    }),
    createSession: (experiment, crew, resume) =>
      createPolicySession(experiment, crew, { clock, resume, evaluationTasks: LIVE_TEST_TASKS }),
    yieldMacrotask,
  });
  self.onmessage = (event: MessageEvent<ToWorkerOf<PolicyKinds>>) => loop.receive(event.data);
  post({ type: 'ready' }, []);
}

function help(): void {
  const helper = createPolicyHelper({ openEngine: (id) => openPolicyEngine(id, resources), post, clock });
  self.onmessage = (event: MessageEvent<ToPolicyHelper>) => helper.receive(event.data);
}

if (self.name === POLICY_HELPER_NAME) help();
else train();
