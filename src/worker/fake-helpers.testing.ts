// For tests: burst helpers that are no threads, on the reference engine.
import type { EngineId, MetaGradientEngine } from '../gradients/meta-gradient.ts';
import { createReferenceEngine } from '../gradients/reference/reference-engine.ts';
import { createBurstHelper, type FromHelper, type ToHelper } from './burst-helper.ts';
import { createFakeThreads } from './fake-threads.testing.ts';
import type { HelperHandle } from './helper-thread.ts';

export interface FakeHelpers {
  createHelper(): HelperHandle;
  /** Started so far. */
  readonly started: () => number;
  readonly terminated: () => number;
  /** Bursts sent to each, as the algorithms of their runs. */
  readonly sent: () => string[][][];
}

export interface FakeHelperOptions {
  readonly openEngine?: (id: EngineId) => Promise<MetaGradientEngine>;
  /** What the page's end hears instead of an answer; undefined: nothing at all. */
  readonly spoil?: (answer: FromHelper) => FromHelper | null | undefined;
}

export function createFakeHelpers({
  openEngine = async () => createReferenceEngine(),
  spoil,
}: FakeHelperOptions = {}): FakeHelpers {
  const threads = createFakeThreads<ToHelper, FromHelper>({
    start: (post) => createBurstHelper({ openEngine, post, clock: () => performance.now() }),
    spoil,
  });
  return {
    createHelper: threads.create,
    started: threads.started,
    terminated: threads.terminated,
    sent: () =>
      threads.sent.map((messages) =>
        messages.flatMap((message) =>
          message.type === 'burst' ? [message.runs.map((run) => run.algorithm)] : [],
        ),
      ),
  };
}
