// A real Worker as the Navigation lab's client wants it. The only place on the page that knows that worker's file.
import type { NavigationKinds } from '../training/policy-session-events.ts';
import type { FromWorkerOf } from './protocol.ts';
import type { WorkerHandleOf } from './training-client.ts';

export function createBrowserNavigationWorker(): WorkerHandleOf<NavigationKinds> {
  const worker = new Worker(new URL('./navigation.worker.ts', import.meta.url), {
    type: 'module',
    name: 'metascope-navigation',
  });
  return {
    post: (message) => worker.postMessage(message),
    listen(onMessage) {
      worker.onmessage = (event: MessageEvent<FromWorkerOf<NavigationKinds>>) => onMessage(event.data);
      worker.onerror = (event) => {
        // Reported to the user by the client; a line on the console as well would be noise.
        event.preventDefault();
        onMessage(null);
      };
    },
    terminate: () => worker.terminate(),
  };
}
