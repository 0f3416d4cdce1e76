// The composition root: the workers' clients, the stores on top of them, the page on top of those.
import { lazy, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './components/App.tsx';
import { browserAddress, browserEmbed, browserFrames, browserStorage } from './state/browser.ts';
import { createAppStores } from './state/create-stores.ts';
import { browserFiles } from './state/file-source.ts';
import { createTestApi } from './state/test-api.ts';
import { createBrowserClients } from './worker/browser-clients.ts';

const Updates = lazy(async () => ({ default: (await import('./components/update/Updates.tsx')).Updates }));

const clock = () => performance.now();
const clients = createBrowserClients(clock);
const created = createAppStores({
  client: clients.sinusoid,
  reachingClient: clients.reaching,
  navigationClient: clients.navigation,
  cheetahClient: clients.cheetah,
  clock,
  frames: browserFrames(),
  address: browserAddress(),
  // In a frame on somebody else's page nothing is kept.
  storage: browserEmbed() ? null : browserStorage(),
  files: browserFiles(),
  embed: browserEmbed(),
});
window.metascope = createTestApi(created, clients);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with id "root" to render into.');
createRoot(root).render(
  <>
    <App stores={created.stores} />
    <Suspense fallback={null}>
      <Updates />
    </Suspense>
  </>,
);
