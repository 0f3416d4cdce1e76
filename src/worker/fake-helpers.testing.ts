// For tests: helper threads that are none. The helper's own code on this thread; messages are cloned and come later, as
// between threads. Some can be made to fail or to fall silent.
import type { EngineId, MetaGradientEngine } from '../gradients/meta-gradient.ts';
import { createReferenceEngine } from '../gradients/reference/reference-engine.ts';
import { createBurstHelper, type FromHelper, type ToHelper } from './burst-helper.ts';
import type { HelperHandle } from './helper-thread.ts';

export interface FakeHelpers {
  createHelper(): HelperHandle;
  /** Started so far. */
  readonly started: () => number;
  readonly terminated: () => number;
  /** Bursts sent to each, as the algorithms of their runs. */
  readonly sent: string[][][];
}

export interface FakeHelperOptions {
  readonly openEngine?: (id: EngineId) => Promise<MetaGradientEngine>;
  /** What the page's end hears instead of an answer; undefined: nothing at all. */
  readonly spoil?: (answer: FromHelper) => FromHelper | null | undefined;
}

export function createFakeHelpers({
  openEngine = async () => createReferenceEngine(),
  spoil = (answer) => answer,
}: FakeHelperOptions = {}): FakeHelpers {
  const sent: string[][][] = [];
  let terminated = 0;
  return {
    sent,
    started: () => sent.length,
    terminated: () => terminated,
    createHelper() {
      const own: string[][] = [];
      sent.push(own);
      let hear: (message: FromHelper | null) => void = () => {};
      let isOver = false;
      const helper = createBurstHelper({
        openEngine,
        clock: () => performance.now(),
        post: (message, transfer) => {
          const heard = spoil(structuredClone(message, { transfer }));
          if (heard !== undefined) setTimeout(() => isOver || hear(heard));
        },
      });
      return {
        post(message: ToHelper) {
          if (message.type === 'burst') own.push(message.runs.map((run) => run.algorithm));
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
