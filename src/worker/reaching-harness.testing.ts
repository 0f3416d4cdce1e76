// For tests: the Reaching loop behind a MessageChannel in Node. Everything crosses it as it would cross to a worker.
import type { ReachingWorkerHandle } from './reaching-client.ts';
import { createReachingLoop } from './reaching-loop.ts';
import type { FromReachingWorker, ToReachingWorker } from './reaching-protocol.ts';

export interface FakeReachingWorker extends ReachingWorkerHandle {
  readonly sent: ToReachingWorker[];
  readonly received: FromReachingWorker[];
  readonly isTerminated: () => boolean;
  /** As when the browser ends the worker or its script throws. */
  crash(): void;
  /** Resolves with the first message, past or future, for which `test` holds. */
  until(test: (message: FromReachingWorker) => boolean): Promise<FromReachingWorker>;
}

export function createFakeReachingWorker(): FakeReachingWorker {
  const { port1: page, port2: inside } = new MessageChannel();
  const loop = createReachingLoop({
    post: (message, transfer) => inside.postMessage(message, transfer),
    clock: () => performance.now(),
    // Node hands up to 1000 messages of one port over before it looks at another port: the worker's own
    // createMacrotaskYield would keep the page's messages waiting here, as it does not in a browser.
    yieldMacrotask: () => new Promise((resolve) => setImmediate(resolve)),
  });
  inside.onmessage = (event: MessageEvent<ToReachingWorker>) => loop.receive(event.data);
  inside.postMessage({ type: 'ready' } satisfies FromReachingWorker);

  const sent: ToReachingWorker[] = [];
  const received: FromReachingWorker[] = [];
  const listeners = new Set<(message: FromReachingWorker | null) => void>();
  let isTerminated = false;
  page.onmessage = (event: MessageEvent<FromReachingWorker>) => {
    received.push(event.data);
    for (const listener of [...listeners]) listener(event.data);
  };
  return {
    sent,
    received,
    isTerminated: () => isTerminated,
    post(message) {
      sent.push(message);
      page.postMessage(message);
    },
    listen: (onMessage) => void listeners.add(onMessage),
    crash() {
      for (const listener of [...listeners]) listener(null);
    },
    terminate() {
      isTerminated = true;
      // A real worker's work ends with it.
      for (const message of sent) loop.receive({ type: 'cancel', jobId: message.jobId });
      page.close();
      inside.close();
    },
    until: (test) =>
      new Promise((resolve) => {
        const past = received.find(test);
        if (past !== undefined) return resolve(past);
        const listener = (message: FromReachingWorker | null): void => {
          if (message === null || !test(message)) return;
          listeners.delete(listener);
          resolve(message);
        };
        listeners.add(listener);
      }),
  };
}
