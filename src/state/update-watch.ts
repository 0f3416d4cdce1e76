// Registers the service worker, which keeps the lab for use without a network, and tells when a newer version of the
// page is ready. It never reloads by itself: a tab may be in the middle of a lecture.
//
// A waiting service worker alone does not mean that this page is old, because online the page itself always comes from
// the network. So the worker is asked whether it holds this page's own script. If it does, page and worker are of one
// version, and it may take over silently; its files and those of the versions before it stay (scripts/offline/).
import { createStore, type StoreApi } from 'zustand/vanilla';

export interface UpdateState {
  /** A newer version than this page's is there, and the user has not put it off. */
  readonly isReady: boolean;
  /** Lets the newest version take over and loads the page again, for this tab alone. */
  reload(): Promise<void>;
  /** Says no more of it until a still newer version comes. */
  putOff(): void;
}

export type UpdateStore = StoreApi<UpdateState>;

interface KeepingWorker {
  readonly state: string;
  postMessage(message: unknown, transfer?: Transferable[]): void;
  addEventListener(type: 'statechange', listener: () => void): void;
}

interface Registration {
  readonly installing: KeepingWorker | null;
  readonly waiting: KeepingWorker | null;
  addEventListener(type: 'updatefound', listener: () => void): void;
  update(): Promise<unknown>;
}

/** As much of navigator.serviceWorker as is used. */
export interface WorkerContainer {
  readonly controller: KeepingWorker | null;
  register(script: string | URL): Promise<Registration>;
  addEventListener(
    type: 'controllerchange',
    listener: () => void,
    options?: { readonly once: boolean },
  ): void;
}

interface UpdateOptions {
  /** Null where there are no service workers (an insecure address, a private window). */
  readonly container: WorkerContainer | null;
  /** The service worker's address. */
  readonly script: string | URL;
  /** This page's own script, relative to the service worker: its name changes with every version. */
  readonly ownFile: string;
  /** In milliseconds. */
  clock(): number;
  /** Calls back whenever the user comes back to the tab. */
  onReturn(callback: () => void): void;
  reload(): void;
}

/** A tab that stays open for days asks for a new version when it is come back to, not more often than this. */
const ASK_EVERY_MS = 3_600_000;
/** A service worker may have to be started before it answers. */
const ANSWER_MS = 30_000;
/** How long the user waits for the newest version to take over before the page reloads all the same. */
const TAKE_OVER_MS = 3000;

/** Whether the worker's version has this file; null when it does not say. */
function holds(worker: KeepingWorker, file: string): Promise<boolean | null> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const answer = (held: boolean | null): void => {
      clearTimeout(timer);
      port1.close();
      resolve(held);
    };
    const timer = setTimeout(() => answer(null), ANSWER_MS);
    port1.onmessage = (event: MessageEvent<unknown>) => answer(event.data === true);
    worker.postMessage({ type: 'holds', file }, [port2]);
  });
}

/** A store that says nothing until a newer version is ready. Registration begins when `start` is called. */
export function createUpdateWatch(options: UpdateOptions): UpdateStore & { start(): Promise<void> } {
  const { container, ownFile } = options;
  let registration: Registration | null = null;
  let askedAt = options.clock();

  const store = createStore<UpdateState>()((set) => ({
    isReady: false,
    putOff: () => set({ isReady: false }),
    async reload() {
      const waiting = registration?.waiting;
      if (waiting) {
        await new Promise<void>((resolve) => {
          container?.addEventListener('controllerchange', () => resolve(), { once: true });
          setTimeout(resolve, TAKE_OVER_MS);
          waiting.postMessage({ type: 'take-over' });
        });
      }
      options.reload();
    },
  }));

  const consider = async (worker: KeepingWorker | null): Promise<void> => {
    if (worker === null) return;
    const held = await holds(worker, ownFile);
    if (held === false) store.setState({ isReady: true });
    else if (held === true && worker === registration?.waiting) worker.postMessage({ type: 'take-over' });
  };
  const followInstalling = (worker: KeepingWorker | null): void => {
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed') void consider(worker);
    });
  };

  const start = async (): Promise<void> => {
    if (container === null) return;
    let found: Registration | undefined;
    try {
      found = await container.register(options.script);
    } catch {
      // Refused (storage blocked, no worker at the address): only the offline copy is missing.
    }
    // Whoever blocks service workers from outside (an extension, a test) may answer nothing, whatever the types say.
    if (found === undefined) return;
    registration = found;
    found.addEventListener('updatefound', () => followInstalling(found.installing));
    followInstalling(found.installing);
    // Another tab may have let a newer version take over.
    container.addEventListener('controllerchange', () => void consider(container.controller));
    void consider(found.waiting);
    options.onReturn(() => {
      if (options.clock() - askedAt < ASK_EVERY_MS) return;
      askedAt = options.clock();
      // Without a network there is nothing new.
      found.update().catch(() => undefined);
    });
  };
  return { ...store, start };
}
