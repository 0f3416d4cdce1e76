// For tests: a training loop of any lab behind a MessageChannel in Node. Everything crosses the channel as it would
// cross to a worker.
import type { SessionKinds } from '../training/session-kinds.ts';
import type { FromWorkerOf, ToWorkerOf } from './protocol.ts';
import type { RunDriverOptions } from './run-driver.ts';
import type { WorkerHandleOf } from './training-client.ts';
import { createTrainingLoop } from './training-loop.ts';

export interface PortWorker<K extends SessionKinds> extends WorkerHandleOf<K> {
  /** Everything that came out, in order. */
  readonly received: FromWorkerOf<K>[];
  /** Resolves with the first message, past or future, for which `test` holds. */
  until<T extends FromWorkerOf<K>>(test: (message: FromWorkerOf<K>) => message is T): Promise<T>;
  until(test: (message: FromWorkerOf<K>) => boolean): Promise<FromWorkerOf<K>>;
}

/** A worker that is none: the loop on this thread, reached through two message ports. */
export function createPortWorker<K extends SessionKinds>(
  options: Omit<RunDriverOptions<K>, 'post'>,
): PortWorker<K> {
  const { port1: page, port2: inside } = new MessageChannel();
  const loop = createTrainingLoop<K>({
    ...options,
    post: (message, transfer) => inside.postMessage(message, transfer),
  });
  inside.onmessage = (event: MessageEvent<ToWorkerOf<K>>) => loop.receive(event.data);
  inside.postMessage({ type: 'ready' } satisfies FromWorkerOf<K>);

  const received: FromWorkerOf<K>[] = [];
  const listeners = new Set<(message: FromWorkerOf<K>) => void>();
  page.onmessage = (event: MessageEvent<FromWorkerOf<K>>) => {
    received.push(event.data);
    for (const listener of [...listeners]) listener(event.data);
  };
  const until = (test: (message: FromWorkerOf<K>) => boolean): Promise<FromWorkerOf<K>> =>
    new Promise((resolve) => {
      const known = received.find(test);
      if (known !== undefined) {
        resolve(known);
        return;
      }
      const listener = (message: FromWorkerOf<K>): void => {
        if (!test(message)) return;
        listeners.delete(listener);
        resolve(message);
      };
      listeners.add(listener);
    });
  return {
    post: (message) => page.postMessage(message),
    listen: (onMessage) => listeners.add(onMessage),
    terminate() {
      // Like a killed worker: silent from now on, whatever it was doing.
      page.close();
      void loop.stop();
    },
    received,
    until: until as PortWorker<K>['until'],
  };
}
