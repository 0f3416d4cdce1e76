// A real Reaching worker as its client wants it.
import { startPageWorker } from './page-scripts.ts';
import type { ReachingWorkerHandle } from './reaching-client.ts';
import type { FromReachingWorker } from './reaching-protocol.ts';

export function createBrowserReachingWorker(): ReachingWorkerHandle {
  const worker = startPageWorker('reaching', 'metascope-reaching');
  return {
    post: (message) => worker.postMessage(message),
    listen(onMessage) {
      worker.onmessage = (event: MessageEvent<FromReachingWorker>) => onMessage(event.data);
      worker.onerror = (event) => {
        // Reported to the user by whoever asked; a line on the console as well would be noise.
        event.preventDefault();
        onMessage(null);
      };
    },
    terminate: () => worker.terminate(),
  };
}
