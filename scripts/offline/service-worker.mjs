// The service worker of the built page: keeps the files of a version for use without a network. Not a module of the
// page: offline-copy.mjs writes this function's text into dist/sw.js, so it must not name anything outside itself.
//
// Versions live side by side. Each has a cache of its own, and every file is looked for in all of them, so a page of an
// older version still finds its own scripts after a newer version has taken over. What takes over, and when, is the
// page's affair (src/state/update-watch.ts): nothing here reloads anything or skips waiting by itself.

/**
 * @param {ServiceWorkerGlobalScope} scope
 * @param {{ version: string, files: readonly string[] }} built files: relative to the worker's folder; '' is the page
 */
export function keepOffline(scope, { version, files }) {
  /** Versions whose files stay: this one and those before it, for pages that were opened then. */
  const KEPT_VERSIONS = 3;
  const MOST_RUNS = 40;
  const MOST_RUN_BYTES = 8_000_000;
  /** A network that has not answered by then counts as none, when there is a kept copy. */
  const PATIENCE_MS = 4000;
  const AT_A_TIME = 6;

  const base = new URL('./', scope.location.href);
  // Several copies of the lab may share an origin, one below each course's path.
  const family = `metascope:${base.pathname}:`;
  const own = family + version;
  const runs = `metascope-runs:${base.pathname}`;

  scope.addEventListener('install', (event) => event.waitUntil(keepAll()));
  scope.addEventListener('activate', (event) => event.waitUntil(begin()));
  scope.addEventListener('message', (event) => {
    const { data, ports } = event;
    if (data?.type === 'take-over') event.waitUntil(scope.skipWaiting());
    else if (data?.type === 'holds') ports[0]?.postMessage(files.includes(data.file));
  });
  scope.addEventListener('fetch', (event) => {
    const { request } = event;
    const url = new URL(request.url);
    const isOurs = url.origin === base.origin && url.pathname.startsWith(base.pathname);
    if (request.method !== 'GET' || !isOurs) return;
    const path = url.pathname.slice(base.pathname.length);
    if (request.mode === 'navigate') event.respondWith(answer(fetch(request), pageAddress(url)));
    else if (path.startsWith('runs/')) event.respondWith(openRun(event, url));
    else event.respondWith(find(url.href).then((kept) => kept ?? fetch(request)));
  });

  /** Where a page is kept: without what comes after its path, and the first page under the folder's own address. */
  function pageAddress(/** @type {URL} */ url) {
    const path = url.pathname.replace(/index\.html$/, '');
    return new URL(path, url.origin).href;
  }

  /** This version's file, else any version's. @param {string} address @returns {Promise<Response | undefined>} */
  async function find(address) {
    const cache = await scope.caches.open(own);
    return (await cache.match(address)) ?? (await scope.caches.match(address));
  }

  /** A response that a cache may give to a navigation, which refuses redirected ones. @param {Response} response */
  function plain(response) {
    if (!response.redirected) return response;
    const { headers, status, statusText } = response;
    return new Response(response.body, { headers, status, statusText });
  }

  async function keepAll() {
    const cache = await scope.caches.open(own);
    const open = [...files];
    const keepNext = async () => {
      for (let file = open.pop(); file !== undefined; file = open.pop()) {
        const { href } = new URL(file, base);
        // A name with a hash never means another content.
        const isHashed = file.startsWith('assets/');
        const kept = isHashed ? await scope.caches.match(href) : undefined;
        const response = kept ?? (await fetch(href, { cache: isHashed ? 'default' : 'reload' }));
        if (!response.ok)
          throw new Error(`${href} answered ${response.status}; the offline copy was given up.`);
        await cache.put(href, plain(response));
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, keepNext));
  }

  async function begin() {
    const names = (await scope.caches.keys()).filter((name) => name.startsWith(family) && name !== own);
    const surplus = names.slice(0, Math.max(0, names.length - (KEPT_VERSIONS - 1)));
    await Promise.all(surplus.map((name) => scope.caches.delete(name)));
    // The first visit's own page: from now on also its runs are kept.
    await scope.clients.claim();
  }

  /** The network's answer if it comes in time, else what is kept. @param {Promise<Response>} fetched @param {string} address */
  async function answer(fetched, address) {
    /** @type {Promise<null>} */
    const late = new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
    const first = await Promise.race([fetched, late]).catch(() => null);
    if (first !== null && first.status < 500) return first;
    return (await find(address)) ?? first ?? fetched;
  }

  /** Recorded runs are kept when they are first looked at. @param {FetchEvent} event @param {URL} url */
  async function openRun(event, url) {
    const fetched = fetch(event.request);
    const response = await answer(fetched, url.href);
    if (response === (await fetched.catch(() => null))) event.waitUntil(keepRun(url.href, response.clone()));
    return response;
  }

  /** @param {string} address @param {Response} response */
  async function keepRun(address, response) {
    if (response.status !== 200) return;
    const body = await response.blob();
    if (body.size > MOST_RUN_BYTES) return;
    try {
      const cache = await scope.caches.open(runs);
      await cache.put(address, new Response(body, { headers: response.headers }));
      const kept = await cache.keys();
      // Oldest first; one that is put again goes to the end.
      await Promise.all(
        kept.slice(0, Math.max(0, kept.length - MOST_RUNS)).map((each) => cache.delete(each)),
      );
    } catch {
      // The disk is full: the run was shown, it is only not kept.
    }
  }
}
