// The composition root: the workers' clients, the stores on top of them, the page on top of those.
import { createRoot } from 'react-dom/client';
import { App } from './components/App.tsx';
import { isHeavy } from './experiment/cost.ts';
import { browserAddress, browserFrames, browserStorage } from './state/browser.ts';
import { createAppStores } from './state/create-stores.ts';
import { createTestApi } from './state/test-api.ts';
import type { SinusoidKinds } from './training/session-events.ts';
import { createBrowserReachingWorker } from './worker/browser-reaching-worker.ts';
import { createBrowserWorker } from './worker/browser-worker.ts';
import { createReachingClient } from './worker/reaching-client.ts';
import { createTrainingClient } from './worker/training-client.ts';

const clock = () => performance.now();
const client = createTrainingClient<SinusoidKinds>({ createWorker: createBrowserWorker, isHeavy, clock });
const reachingClient = createReachingClient({
  createWorker: createBrowserReachingWorker,
  // One core is left for the page.
  mapWorkers: Math.max(1, Math.min(4, navigator.hardwareConcurrency - 1)),
});
const created = createAppStores({
  client,
  reachingClient,
  clock,
  frames: browserFrames(),
  address: browserAddress(),
  storage: browserStorage(),
});
window.metascope = createTestApi(created, client);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with id "root" to render into.');
createRoot(root).render(<App stores={created.stores} />);
