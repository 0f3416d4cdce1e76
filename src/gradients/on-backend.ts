// Whose turn it is to compute with tfjs, which has one current backend per thread. Opening backends is open-backend.ts's.
import { getBackend, setBackend } from '@tensorflow/tfjs-core';
import type { OpenBackend } from './open-backend.ts';

/** The end of the line of engines that wait for their backend to be current. */
let lastInLine: Promise<unknown> = Promise.resolve();

/**
 * Runs `work` with the engine's backend current. Engines take turns, or two that are asked at once would switch the
 * backend away from each other for ever. Only the synchronous part needs the turn; read-backs overlap.
 */
export function onBackend<T>(opened: OpenBackend, work: () => T): Promise<T> {
  const turn = lastInLine.then(async () => {
    // Opening another backend meanwhile makes that one current, hence a loop.
    while (getBackend() !== opened.name) await setBackend(opened.name);
    return work();
  });
  // The next in line does not care how this turn ended; whoever asked does.
  lastInLine = turn.catch(() => undefined);
  return turn;
}
