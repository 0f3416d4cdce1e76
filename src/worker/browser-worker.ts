// A real Worker as the client wants it.
import { startPageWorker } from './page-scripts.ts';
import type { FromWorker } from './protocol.ts';
import type { WorkerHandle } from './training-client.ts';

export function createBrowserWorker(): WorkerHandle {
  const worker = startPageWorker('training', 'metascope-training');
  return {
    post: (message) => worker.postMessage(message),
    listen(onMessage) {
      worker.onmessage = (event: MessageEvent<FromWorker>) => onMessage(event.data);
      worker.onerror = (event) => {
        // Reported to the user by the client; a line on the console as well would be noise.
        event.preventDefault();
        onMessage(null);
      };
    },
    terminate: () => worker.terminate(),
  };
}
