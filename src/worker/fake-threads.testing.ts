// For tests: threads that are none. A helper's own code on this thread; messages are cloned and come later, as between
// threads. Some can be made to fail or to fall silent.
import type { ThreadHandle } from './helper-thread.ts';

export interface FakeThreads<To, From> {
  create(): ThreadHandle<To, From>;
  readonly started: () => number;
  readonly terminated: () => number;
  /** What was sent to each. */
  readonly sent: To[][];
}

export interface FakeThreadOptions<To, From> {
  /** The helper's end; it answers by `post`. */
  readonly start: (post: (message: From, transfer: ArrayBuffer[]) => void) => { receive(message: To): void };
  /** What the other end hears instead of an answer of thread `thread`, from 0; undefined: nothing at all. */
  readonly spoil?: ((answer: From, thread: number) => From | null | undefined) | undefined;
}

export function createFakeThreads<To, From>({
  start,
  spoil = (answer) => answer,
}: FakeThreadOptions<To, From>): FakeThreads<To, From> {
  const sent: To[][] = [];
  let terminated = 0;
  return {
    sent,
    started: () => sent.length,
    terminated: () => terminated,
    create() {
      const own: To[] = [];
      const thread = sent.length;
      sent.push(own);
      let hear: (message: From | null) => void = () => {};
      let isOver = false;
      const helper = start((message, transfer) => {
        const heard = spoil(structuredClone(message, { transfer }), thread);
        if (heard !== undefined) setTimeout(() => isOver || hear(heard));
      });
      return {
        post(message) {
          own.push(message);
          const copy = structuredClone(message);
          setTimeout(() => isOver || helper.receive(copy));
        },
        listen(onMessage) {
          hear = onMessage;
        },
        terminate() {
          isOver = true;
          terminated += 1;
        },
      };
    },
  };
}
