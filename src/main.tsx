// The composition root: the workers' clients, the stores on top of them, the page on top of those.
import { lazy, Suspense, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './components/App.tsx';
import { browserAddress, browserEmbed, browserFrames, browserStorage } from './state/browser.ts';
import { createAppStores } from './state/create-stores.ts';
import { browserFiles } from './state/file-source.ts';
import { createTestApi } from './state/test-api.ts';
import { groupThousands } from './words/numbers.ts';
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
const page = createRoot(root);
// As a transition the first rendering is done in slices, between which the browser can paint and answer.
startTransition(() =>
  page.render(
    <>
      <App stores={created.stores} />
      <Suspense fallback={null}>
        <Updates />
      </Suspense>
    </>,
  ),
);
// The browser takes its time to prepare its first number formatter: a task of its own, before a chart needs it.
setTimeout(() => groupThousands(0));
