// How many meta-iterations to run before looking up again: as many as fit into one frame or two, by the time that the
// last ones took. Decides when the worker listens and shows, never what is computed.

export interface BurstPace {
  /** At least 1. */
  next(): number;
  /** What came of it: so many meta-iterations in so many ms. */
  record(iterations: number, milliseconds: number): void;
}

/** Never more than this many times the last burst: a first, cold measurement may be far off. */
const GROWTH = 2;
/** Weight of the newest measurement. */
const NEWEST = 0.5;

/** Bursts of about `targetMs`; `most` meta-iterations at most. */
export function createBurstPace(targetMs: number, most = 4096): BurstPace {
  let msPerIteration: number | null = null;
  let last = 1;
  return {
    next() {
      if (msPerIteration === null) return 1;
      const wanted = targetMs / Math.max(msPerIteration, targetMs / most);
      return Math.max(1, Math.min(Math.floor(wanted), GROWTH * last));
    },
    record(iterations, milliseconds) {
      const measured = milliseconds / iterations;
      // Slower than thought: at once, so that no two bursts are too long. Faster: bit by bit.
      msPerIteration =
        msPerIteration === null || measured > msPerIteration
          ? measured
          : msPerIteration + NEWEST * (measured - msPerIteration);
      last = iterations;
    },
  };
}
