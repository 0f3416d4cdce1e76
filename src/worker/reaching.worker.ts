// The Reaching worker's entry: joins the loop to this worker's messages. No logic of its own.
import { createMacrotaskYield } from './macrotask.ts';
import { createReachingLoop } from './reaching-loop.ts';
import type { FromReachingWorker, ToReachingWorker } from './reaching-protocol.ts';

const post = (message: FromReachingWorker, transfer: ArrayBuffer[]) =>
  self.postMessage(message, { transfer });

const loop = createReachingLoop({
  post,
  clock: () => performance.now(),
  yieldMacrotask: createMacrotaskYield(),
});

self.onmessage = (event: MessageEvent<ToReachingWorker>) => loop.receive(event.data);
post({ type: 'ready' }, []);
