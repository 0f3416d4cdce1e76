// For tests of the training loop: workers that end with their test, and what to look for in their messages.
import { afterEach } from 'vitest';
import {
  createFakeWorker,
  type EngineFaults,
  type FakeWorker,
  startMessage,
} from './loop-harness.testing.ts';
import type { FromWorker } from './protocol.ts';

const workers: FakeWorker[] = [];
afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate();
});

/** A fake worker until the end of the test. */
export function open(faults?: EngineFaults): FakeWorker {
  const worker = createFakeWorker(faults);
  workers.push(worker);
  return worker;
}

/** A whole run of the small experiment. */
export async function straightRun(): Promise<FromWorker[]> {
  const worker = open();
  worker.post(startMessage());
  await worker.until(isState('finished'));
  return worker.received;
}

export const isState = (state: string) => (message: FromWorker) =>
  message.type === 'state' && message.state === state;
export const isType =
  <T extends FromWorker['type']>(type: T) =>
  (message: FromWorker): message is FromWorker & { type: T } =>
    message.type === type;
export const atIteration = (message: FromWorker) => (message.type === 'state' ? message.iteration : null);
/** 1 … count */
export const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
