// A helper thread in a browser: the training worker's own script once more, under another name. Nothing else has to
// be fetched then. Only a worker may start one; browsers whose workers cannot have workers of their own throw here.
import type { FromHelper } from './burst-helper.ts';
import type { HelperHandle } from './helper-thread.ts';

/** The name by which the script knows that it is a helper. */
export const BURST_HELPER_NAME = 'metascope-burst-helper';

/** Starts one; throws where workers cannot start workers. */
export function createBrowserBurstHelper(): HelperHandle {
  const worker = new Worker(self.location.href, { type: 'module', name: BURST_HELPER_NAME });
  return {
    post: (message) => worker.postMessage(message),
    listen(onMessage) {
      worker.onmessage = (event: MessageEvent<FromHelper>) => onMessage(event.data);
      worker.onerror = (event) => {
        // The burst is done again without it; the console would only alarm.
        event.preventDefault();
        onMessage(null);
      };
      worker.onmessageerror = () => onMessage(null);
    },
    terminate: () => worker.terminate(),
  };
}
