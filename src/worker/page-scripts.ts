// The scripts that the page may start: its workers and the service worker that keeps it for use without a network.
import navigation from './navigation.worker.ts?worker&url';
import reaching from './reaching.worker.ts?worker&url';
import training from './training.worker.ts?worker&url';
import { trustScripts } from './trusted-scripts.ts';

/** Beside the page; written by the build. */
const SERVICE_WORKER = './sw.js';

const trusted = trustScripts([navigation, reaching, training, SERVICE_WORKER]);

/** Starts a worker of one of the labs. */
export function startPageWorker(script: 'navigation' | 'reaching' | 'training', name: string): Worker {
  const address = { navigation, reaching, training }[script];
  return new Worker(trusted(address), { type: 'module', name });
}

/** The service worker's address, as register() may take it. */
export function serviceWorkerScript(): string | URL {
  return trusted(SERVICE_WORKER);
}
