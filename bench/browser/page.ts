// The benchmark's page: starts the worker that measures and hands its messages to the driver. Not part of the lab.
import type { DriverPlan } from '../../src/cli/bench-browser.ts';
import type { FromBenchWorker } from './messages.ts';

declare global {
  interface Window {
    /** The driver's: called with each message as JSON. */
    report(message: string): Promise<void>;
    /** Measures the plan; what comes of it goes to report. */
    startBench(plan: DriverPlan): void;
  }
}

window.startBench = (plan) => {
  const worker = new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module' });
  const send = (message: FromBenchWorker) => void window.report(JSON.stringify(message));
  worker.onmessage = (event: MessageEvent<FromBenchWorker>) => send(event.data);
  worker.onerror = (event) => send({ kind: 'failed', reason: event.message || 'the worker did not start' });
  worker.postMessage(plan);
};
