// The training worker's entry: joins the training loop to this worker's messages and engines. No logic of its own.
import type { EngineId } from '../gradients/meta-gradient.ts';
import { createReferenceEngine } from '../gradients/reference/reference-engine.ts';
import { createSession } from '../training/session.ts';
import { createEnginePool } from './engine-pool.ts';
import type { RaceEntry } from './engine-race.ts';
import { createMacrotaskYield } from './macrotask.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { createTrainingLoop } from './training-loop.ts';

const clock = () => performance.now();

function entry(id: EngineId): RaceEntry {
  return {
    id,
    skipAtStart: null,
    probe: async () => ({ kind: 'available', detail: 'plain JavaScript', isSoftware: false }),
    open: async () => createReferenceEngine(),
  };
}

const post = (message: FromWorker, transfer: ArrayBuffer[]) => self.postMessage(message, { transfer });

const loop = createTrainingLoop({
  post,
  clock,
  engines: createEnginePool({
    entries: [entry('reference')],
    createSession: (experiment, engine) => createSession(experiment, engine, { clock, evaluationTasks: 0 }),
    clock,
  }),
  createSession: (experiment, engine, resume) => createSession(experiment, engine, { clock, resume }),
  yieldMacrotask: createMacrotaskYield(),
});

self.onmessage = (event: MessageEvent<ToWorker>) => loop.receive(event.data);
post({ type: 'ready' }, []);
