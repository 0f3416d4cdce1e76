// The browser as the watch for new versions wants it; and when it begins: after the page has loaded and is idle, in the
// built page only, and never in a frame on somebody else's page (?embed), which keeps nothing.
import { serviceWorkerScript } from '../worker/page-scripts.ts';
import { browserEmbed } from './browser.ts';
import { createUpdateWatch, type UpdateStore, type WorkerContainer } from './update-watch.ts';

/** Null in insecure contexts and where the browser blocks it, whatever the types say. */
function workerContainer(): WorkerContainer | null {
  try {
    const container: WorkerContainer | undefined = navigator.serviceWorker;
    return container ?? null;
  } catch {
    return null;
  }
}

/** This page's own script as the service worker lists it. */
function ownFile(): string {
  const entry = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
  const folder = new URL('./', location.href).href;
  return entry?.src.startsWith(folder) ? entry.src.slice(folder.length) : '';
}

function whenIdle(begin: () => void): void {
  const wait = () => {
    if ('requestIdleCallback' in window) requestIdleCallback(begin, { timeout: 5000 });
    else setTimeout(begin, 1000);
  };
  if (document.readyState === 'complete') wait();
  else addEventListener('load', wait, { once: true });
}

/** Tells of newer versions of this page; says nothing where it is not kept. */
export function watchUpdates(): UpdateStore {
  const watch = createUpdateWatch({
    container: workerContainer(),
    script: serviceWorkerScript(),
    ownFile: ownFile(),
    clock: () => performance.now(),
    onReturn: (callback) =>
      document.addEventListener('visibilitychange', () => {
        if (!document.hidden) callback();
      }),
    reload: () => location.reload(),
  });
  if (import.meta.env.PROD && !browserEmbed()) whenIdle(() => void watch.start());
  return watch;
}
