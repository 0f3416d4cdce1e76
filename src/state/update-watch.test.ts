import { describe, expect, it, vi } from 'vitest';
import { createUpdateWatch } from './update-watch.ts';

/** A service worker that holds these files and tells what it was sent. */
class FakeWorker extends EventTarget {
  state = 'installed';
  readonly sent: string[] = [];
  readonly #files: readonly string[];
  constructor(files: readonly string[]) {
    super();
    this.#files = files;
  }
  postMessage(message: { type: string; file?: string }, transfer: Transferable[] = []) {
    this.sent.push(message.type);
    const [port] = transfer;
    if (message.type === 'holds' && port instanceof MessagePort) {
      port.postMessage(this.#files.includes(message.file ?? ''));
    }
  }
}

class FakeRegistration extends EventTarget {
  installing: FakeWorker | null = null;
  waiting: FakeWorker | null = null;
  updates = 0;
  async update() {
    this.updates += 1;
  }
  install(worker: FakeWorker) {
    this.installing = worker;
    this.dispatchEvent(new Event('updatefound'));
    this.installing = null;
    this.waiting = worker;
    worker.dispatchEvent(new Event('statechange'));
  }
}

function setUp(options: { readonly refuses?: boolean } = {}) {
  const registration = new FakeRegistration();
  const events = new EventTarget();
  const register = async () => {
    if (options.refuses) throw new Error('refused');
    return registration;
  };
  const container = Object.assign(events, { register, controller: null as FakeWorker | null });
  let now = 0;
  let comeBack = () => {};
  const reload = vi.fn();
  const watch = createUpdateWatch({
    container,
    script: './sw.js',
    ownFile: 'assets/index-1.js',
    clock: () => now,
    onReturn: (callback) => {
      comeBack = callback;
    },
    reload,
  });
  return {
    watch,
    registration,
    container,
    reload,
    returnAfter: (ms: number) => {
      now += ms;
      comeBack();
    },
  };
}

const newer = () => new FakeWorker(['assets/index-2.js']);
const same = () => new FakeWorker(['assets/index-1.js']);

describe('the watch for new versions', () => {
  it('says nothing at first, and tells when a newer version is installed', async () => {
    const { watch, registration } = setUp();
    await watch.start();
    expect(watch.getState().isReady).toBe(false);
    const worker = newer();
    registration.install(worker);
    await vi.waitFor(() => expect(watch.getState().isReady).toBe(true));
    expect(worker.sent).not.toContain('take-over');
  });

  it('lets a worker of the page’s own version take over silently', async () => {
    const { watch, registration } = setUp();
    await watch.start();
    const worker = same();
    registration.install(worker);
    await vi.waitFor(() => expect(worker.sent).toContain('take-over'));
    expect(watch.getState().isReady).toBe(false);
  });

  it('tells of a version that another tab has let take over, and of one that waited already', async () => {
    const first = setUp();
    await first.watch.start();
    first.container.controller = newer();
    first.container.dispatchEvent(new Event('controllerchange'));
    await vi.waitFor(() => expect(first.watch.getState().isReady).toBe(true));

    const second = setUp();
    second.registration.waiting = newer();
    await second.watch.start();
    await vi.waitFor(() => expect(second.watch.getState().isReady).toBe(true));
  });

  it('reloads only when asked, after the newer version has taken over', async () => {
    const { watch, registration, container, reload } = setUp();
    await watch.start();
    const worker = newer();
    registration.install(worker);
    await vi.waitFor(() => expect(watch.getState().isReady).toBe(true));
    expect(reload).not.toHaveBeenCalled();
    const reloading = watch.getState().reload();
    expect(worker.sent.at(-1)).toBe('take-over');
    expect(reload).not.toHaveBeenCalled();
    container.dispatchEvent(new Event('controllerchange'));
    await reloading;
    expect(reload).toHaveBeenCalledOnce();
  });

  it('asks again when a tab is come back to, once an hour at most', async () => {
    const { watch, registration, returnAfter } = setUp();
    await watch.start();
    returnAfter(60_000);
    expect(registration.updates).toBe(0);
    returnAfter(3_600_000);
    returnAfter(1000);
    expect(registration.updates).toBe(1);
  });

  it('does without where it is refused', async () => {
    const { watch } = setUp({ refuses: true });
    await watch.start();
    expect(watch.getState().isReady).toBe(false);
  });
});
