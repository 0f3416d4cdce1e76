// When streamed data may repaint the page: all canvases on one common beat, because a frame costs the browser nearly
// the same for one canvas as for all, and the slower a frame is, the longer the rest after it. So painting leaves the
// processor to training, with which it shares few cores. What the user does is painted at once and not paced.

export interface FramePaceOptions {
  /** Milliseconds. */
  readonly clock: () => number;
  /** setTimeout, or a fake in tests. */
  readonly wait: (callback: () => void, milliseconds: number) => unknown;
}

/** Streamed data are painted fifteen times a second at most. */
export const BEAT_MS = 66;

/** Milliseconds from `now` to the first beat that is at least `wait` ms away. */
export function untilBeat(now: number, wait: number): number {
  return Math.ceil((now + Math.max(wait, 0)) / BEAT_MS) * BEAT_MS - now;
}

export interface FramePace {
  /**
   * A frame has begun to paint; its cost is what passes until the thread is free for the next task. One that is
   * continued paints what the frame before had no time for: the rest is for both.
   */
  began(isContinued?: boolean): void;
  /** Calls `paint` on the first beat after the rest of the last frame; of several calls the latest counts. */
  run(paint: () => void): void;
}

/** A frame is followed by a rest of this many times its cost. */
const REST = 3;

export function createFramePace({ clock, wait }: FramePaceOptions): FramePace {
  let restUntil = Number.NEGATIVE_INFINITY;
  /** What the frames of one painting have cost so far. */
  let spent = 0;
  let next: (() => void) | null = null;

  return {
    began(isContinued = false) {
      const start = clock();
      wait(() => {
        const now = clock();
        spent = (isContinued ? spent : 0) + now - start;
        restUntil = now + spent * REST;
      }, 0);
    },
    run(paint) {
      const isWaiting = next !== null;
      next = paint;
      if (isWaiting) return;
      const now = clock();
      wait(
        () => {
          const due = next;
          next = null;
          due?.();
        },
        untilBeat(now, restUntil - now),
      );
    },
  };
}
