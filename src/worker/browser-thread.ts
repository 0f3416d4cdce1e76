// A thread in a browser, started by a worker: that worker's own script once more, under another name. Nothing else has
// to be fetched then. Only a worker may start one; browsers whose workers cannot have workers of their own throw here.
import type { ThreadHandle } from './helper-thread.ts';
import { trustScripts } from './trusted-scripts.ts';

/** A worker may start itself and nothing else; made when it first does. */
let trusted: ReturnType<typeof trustScripts> | null = null;

/** Starts a worker of this worker's script, which knows by `name` (self.name) what it is. Throws where it cannot. */
export function startBrowserThread<To, From>(name: string): ThreadHandle<To, From> {
  const script = self.location.href;
  trusted ??= trustScripts([script]);
  const worker = new Worker(trusted(script), { type: 'module', name });
  return {
    post: (message) => worker.postMessage(message),
    listen(onMessage) {
      worker.onmessage = (event: MessageEvent<From>) => onMessage(event.data);
      worker.onerror = (event) => {
        // Its work is done again elsewhere; the console would only alarm.
        event.preventDefault();
        onMessage(null);
      };
      worker.onmessageerror = () => onMessage(null);
    },
    terminate: () => worker.terminate(),
  };
}
