// The worker's end of the protocol, without the worker: takes messages, keeps one run at a time, and serialises
// runs, since engines share one device. What a run does between messages is in run-driver.ts.
import type { SessionKinds } from '../training/session-kinds.ts';
import type { ToWorkerOf } from './protocol.ts';
import { RunDriver, type RunDriverOptions, type StartOf } from './run-driver.ts';

export interface TrainingLoop<K extends SessionKinds> {
  /** Delivers one message from the page. Never throws; what goes wrong is answered by 'failed'. */
  receive(message: ToWorkerOf<K>): void;
  /** Drops the run and resolves when nothing is in flight any more. */
  stop(): Promise<void>;
}

export function createTrainingLoop<K extends SessionKinds>(options: RunDriverOptions<K>): TrainingLoop<K> {
  let current: RunDriver<K> | null = null;
  let settled: Promise<void> = Promise.resolve();

  const start = (message: StartOf<K>): void => {
    current?.drop();
    const driver = new RunDriver<K>(message, options);
    current = driver;
    // The run before may still be inside an engine call; two runs at once would mix up tfjs's global backend.
    settled = settled.then(() => driver.drive());
  };

  return {
    receive(message) {
      if (message.type === 'start') start(message);
      else if (message.type === 'warm') options.engines.warm(message.engine);
      else if (current !== null && message.runId === current.runId) current.receive(message);
    },
    async stop() {
      current?.drop();
      current = null;
      await settled;
    },
  };
}
