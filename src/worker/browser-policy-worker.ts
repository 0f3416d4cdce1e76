// A real Worker as the meta-RL labs' clients want it: one script serves them all.
import type { PolicyTask } from '../tasks/policy-environments.ts';
import type { PolicyKinds, TrainablePolicyExperiment } from '../training/policy-session-events.ts';
import { startPageWorker } from './page-scripts.ts';
import type { FromWorkerOf } from './protocol.ts';
import type { WorkerHandleOf } from './training-client.ts';

export function createBrowserPolicyWorker<
  E extends TrainablePolicyExperiment,
  T extends PolicyTask,
>(): WorkerHandleOf<PolicyKinds<E, T>> {
  const worker = startPageWorker('navigation', 'metascope-policy');
  return {
    post: (message) => worker.postMessage(message),
    listen(onMessage) {
      worker.onmessage = (event: MessageEvent<FromWorkerOf<PolicyKinds<E, T>>>) => onMessage(event.data);
      worker.onerror = (event) => {
        // Reported to the user by the client; a line on the console as well would be noise.
        event.preventDefault();
        onMessage(null);
      };
    },
    terminate: () => worker.terminate(),
  };
}
