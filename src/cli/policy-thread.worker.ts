// Entry of a Node thread of the meta-RL pool. It decides nothing.
import { parentPort } from 'node:worker_threads';
import { createPolicyHelper } from '../worker/policy-helper.ts';
import { openPolicyEngineInNode } from './policy-engines.ts';

const port = parentPort;
if (port === null)
  throw new Error('policy-thread.worker.ts is the entry of a worker thread: start it as one.');
const helper = createPolicyHelper({
  openEngine: openPolicyEngineInNode,
  post: (message, transfer) => port.postMessage(message, transfer),
  clock: () => performance.now(),
});
port.on('message', (message) => helper.receive(message));
