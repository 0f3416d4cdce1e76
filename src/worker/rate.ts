// Meta-iterations per second, over about the last second, or over the last one where it took longer.

export interface Rate {
  /** So many more have been done. */
  count(iterations: number): void;
  /** Forgets what was counted: after a pause the old pace says nothing. */
  reset(): void;
  perSecond(): number;
}

const WINDOW_MS = 1000;

/** When something was counted, and how many until then. */
interface Mark {
  readonly time: number;
  readonly total: number;
}

/** `clock` in milliseconds. */
export function createRate(clock: () => number): Rate {
  /** Oldest first; the one just before the window is kept, so that slow runs have a rate too. */
  let marks: Mark[] = [{ time: clock(), total: 0 }];
  const firstInside = (now: number) => marks.findIndex(({ time }) => time >= now - WINDOW_MS);
  return {
    count(iterations) {
      const now = clock();
      marks.push({ time: now, total: marks.at(-1)!.total + iterations });
      // Trimmed in bulk, so that counting stays cheap.
      if (marks.length < 1024) return;
      const inside = firstInside(now);
      if (inside > 1) marks = marks.slice(inside - 1);
    },
    reset() {
      marks = [{ time: clock(), total: 0 }];
    },
    perSecond() {
      const now = clock();
      const inside = firstInside(now);
      const last = marks.at(-1)!;
      // Slow runs may have counted nothing within the window: their last step says how fast they are.
      const from = marks[Math.max(0, inside === -1 ? marks.length - 2 : inside - 1)]!;
      // Between two counts a slow run is as fast as before, until it has taken longer than ever.
      const seconds = Math.max(last.time - from.time, now - last.time) / 1000;
      return seconds > 0 ? (last.total - from.total) / seconds : 0;
    },
  };
}
