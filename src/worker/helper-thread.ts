// One helper thread as burst-threads.ts sees it: opening, ready, at work or gone. Whatever goes wrong, the answer is
// null and the helper is gone; nobody waits for it longer than LATE_MS.
import type { EngineId } from '../gradients/meta-gradient.ts';
import type { FromHelper, ToHelper } from './burst-helper.ts';

/** A started thread, real or not. `null` heard: it has failed. */
export interface ThreadHandle<To, From> {
  post(message: To): void;
  listen(onMessage: (message: From | null) => void): void;
  terminate(): void;
}

export type HelperHandle = ThreadHandle<ToHelper, FromHelper>;

export type HelperBurst = FromHelper & { readonly type: 'burst' };

export interface HelperThread {
  readonly isReady: boolean;
  /** What came of the burst, or null: the helper has failed or is late, and is gone. */
  train(message: ToHelper & { readonly type: 'burst' }): Promise<HelperBurst | null>;
  terminate(): void;
}

/** Opening an engine takes a fetch; a burst, a frame or two. */
export const LATE_MS = 5000;

/** Starts to open `engine` on the thread of `handle`, which it then owns. */
export function openHelper(handle: HelperHandle, engine: EngineId, lateMs = LATE_MS): HelperThread {
  let state: 'opening' | 'ready' | 'gone' = 'opening';
  let settle: (burst: HelperBurst | null) => void = () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  const leave = (): void => {
    if (state === 'gone') return;
    state = 'gone';
    clearTimeout(timer);
    handle.terminate();
    settle(null);
  };
  const expectAnswer = (): void => {
    timer = setTimeout(leave, lateMs);
  };
  handle.listen((message) => {
    if (state === 'gone') return;
    clearTimeout(timer);
    if (message === null || message.type === 'failed') leave();
    else if (message.type === 'ready') state = 'ready';
    else settle(message);
  });
  expectAnswer();
  handle.post({ type: 'open', engine });
  return {
    get isReady() {
      return state === 'ready';
    },
    train: (message) =>
      new Promise((resolve) => {
        settle = resolve;
        if (state !== 'ready') {
          resolve(null);
          return;
        }
        expectAnswer();
        handle.post(message);
      }),
    terminate: leave,
  };
}
