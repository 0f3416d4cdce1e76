// The composition root: one worker client, the stores on top of it, the page on top of those.
import { createRoot } from 'react-dom/client';
import { App } from './components/App.tsx';
import { browserAddress, browserStorage } from './state/browser.ts';
import { createAppStores } from './state/create-stores.ts';
import { createTestApi } from './state/test-api.ts';
import { createBrowserWorker } from './worker/browser-worker.ts';
import { createTrainingClient } from './worker/training-client.ts';

const clock = () => performance.now();
const client = createTrainingClient({ createWorker: createBrowserWorker, clock });
const created = createAppStores({ client, clock, address: browserAddress(), storage: browserStorage() });
window.metascope = createTestApi(created, client);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with id "root" to render into.');
createRoot(root).render(<App stores={created.stores} />);
