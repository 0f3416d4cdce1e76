// Meta-iterations per second, over about the last second.

export interface Rate {
  count(): void;
  /** Forgets what was counted: after a pause the old pace says nothing. */
  reset(): void;
  perSecond(): number;
}

const WINDOW_MS = 1000;

/** `clock` in milliseconds. */
export function createRate(clock: () => number): Rate {
  /** Clock readings, oldest first; the one just before the window is kept, so that slow runs have a rate too. */
  let times: number[] = [clock()];
  return {
    count() {
      times.push(clock());
      const start = clock() - WINDOW_MS;
      // Trimmed in bulk, so that counting stays cheap.
      const inside = times.findIndex((time) => time >= start);
      if (inside > 256) times = times.slice(inside - 1);
    },
    reset() {
      times = [clock()];
    },
    perSecond() {
      const start = clock() - WINDOW_MS;
      const inside = times.findIndex((time) => time >= start);
      const from = inside === -1 ? times.length - 1 : Math.max(0, inside - 1);
      const count = times.length - 1 - from;
      const seconds = (clock() - times[from]!) / 1000;
      return seconds > 0 ? count / seconds : 0;
    },
  };
}
