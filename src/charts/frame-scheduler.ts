// One animation-frame loop for every canvas on the page: paints what is dirty, once per frame, then reports so that
// the worker may send its next snapshot. Knows no DOM: the frame source is a parameter.

export interface FrameSchedulerOptions {
  /** requestAnimationFrame, or a fake in tests. */
  readonly requestFrame: (callback: () => void) => unknown;
  /** Called once after each frame in which something was painted. */
  readonly onPainted: () => void;
  /** A draw that throws is told here and the others go on. Default: rethrown after the frame is complete. */
  readonly onError?: (error: unknown) => void;
}

/** One canvas's place in the loop. */
export interface PaintTicket {
  /** Paint at the next frame. */
  invalidate(): void;
  unregister(): void;
}

export interface FrameScheduler {
  /** Adds a canvas; it is painted at the next frame. */
  register(draw: () => void): PaintTicket;
  /** Everything is dirty: theme, size or user input changed. */
  invalidate(): void;
  /** New data. With reduced motion, ignored until `iteration` differs from the one last painted. */
  invalidateData(iteration: number): void;
  /** prefers-reduced-motion: streamed data redraw once per meta-iteration. */
  setReducedMotion(reduced: boolean): void;
  /** document.hidden: nothing is painted or asked for until shown again, then everything is painted. */
  setHidden(hidden: boolean): void;
}

export function createFrameScheduler(options: FrameSchedulerOptions): FrameScheduler {
  const draws = new Map<symbol, () => void>();
  const dirty = new Set<symbol>();
  let requested = false;
  let hidden = false;
  let reducedMotion = false;
  let pendingIteration: number | null = null;
  let paintedIteration: number | null = null;

  const request = (): void => {
    if (requested || hidden || dirty.size === 0) return;
    requested = true;
    options.requestFrame(paint);
  };
  const paint = (): void => {
    requested = false;
    if (hidden || dirty.size === 0) return;
    const batch = [...dirty];
    dirty.clear();
    paintedIteration = pendingIteration;
    const errors: unknown[] = [];
    for (const ticket of batch) {
      try {
        draws.get(ticket)?.();
      } catch (error) {
        errors.push(error);
      }
    }
    options.onPainted();
    // A draw may have dirtied another canvas (linked hover): that is the next frame's work.
    request();
    if (errors.length === 0) return;
    if (options.onError === undefined) throw errors[0];
    for (const error of errors) options.onError(error);
  };
  const invalidate = (): void => {
    for (const ticket of draws.keys()) dirty.add(ticket);
    request();
  };

  return {
    register(draw) {
      const ticket = Symbol('canvas');
      draws.set(ticket, draw);
      dirty.add(ticket);
      request();
      return {
        invalidate: () => {
          if (!draws.has(ticket)) return;
          dirty.add(ticket);
          request();
        },
        unregister: () => {
          draws.delete(ticket);
          dirty.delete(ticket);
        },
      };
    },
    invalidate,
    invalidateData(iteration) {
      if (reducedMotion && iteration === paintedIteration) return;
      pendingIteration = iteration;
      invalidate();
    },
    setReducedMotion(reduced) {
      reducedMotion = reduced;
    },
    setHidden(next) {
      hidden = next;
      // A frame asked for before hiding may never come; whatever comes late finds nothing dirty.
      requested = false;
      if (!hidden) invalidate();
    },
  };
}
