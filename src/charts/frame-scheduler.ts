// One animation-frame loop for every canvas on the page: paints what is dirty, then reports so that the worker may
// send its next snapshot. What the user did is painted whole at the next frame; streamed data are painted in turns, as
// many canvases per frame as a budget allows, so that no frame keeps a click waiting. Knows no DOM: the frame source is
// a parameter.

export interface FrameSchedulerOptions {
  /** requestAnimationFrame, or a fake in tests; `isContinued`: for canvases that the frame before had no time for. */
  readonly requestFrame: (callback: () => void, isContinued: boolean) => unknown;
  /** Milliseconds. */
  readonly clock: () => number;
  /** Called once after each frame in which something was painted and nothing was left for the next. */
  readonly onPainted: () => void;
  /** A draw that throws is told here and the others go on. Default: rethrown after the frame is complete. */
  readonly onError?: (error: unknown) => void;
}

/** One canvas's place in the loop. */
export interface PaintTicket {
  /** Paint at the next frame. */
  invalidate(): void;
  /** Paint when its turn comes, as streamed data are. */
  queue(): void;
  unregister(): void;
}

/** Streamed data take turns after this many milliseconds of a frame: the half of one at 60 frames a second. */
export const TURN_MS = 8;

export interface FrameScheduler {
  /** Adds a canvas; it is painted when its turn comes. */
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
  /** To be painted at the next frame, all of them. */
  const urgent = new Set<symbol>();
  /** To be painted in turns; who waits longest is first. */
  const streamed = new Set<symbol>();
  let requested = false;
  let hidden = false;
  let reducedMotion = false;
  let pendingIteration: number | null = null;
  let paintedIteration: number | null = null;

  const isClean = (): boolean => urgent.size === 0 && streamed.size === 0;
  const request = (isContinued = false): void => {
    if (requested || hidden || isClean()) return;
    requested = true;
    options.requestFrame(paint, isContinued);
  };
  const paint = (): void => {
    requested = false;
    if (hidden || isClean()) return;
    const end = options.clock() + TURN_MS;
    const asked = [...urgent];
    urgent.clear();
    for (const ticket of asked) streamed.delete(ticket);
    const waiting = [...streamed];
    paintedIteration = pendingIteration;
    const errors: unknown[] = [];
    const draw = (ticket: symbol): void => {
      try {
        draws.get(ticket)?.();
      } catch (error) {
        errors.push(error);
      }
    };
    asked.forEach(draw);
    for (const [turn, ticket] of waiting.entries()) {
      // One at least, so that no run of urgent frames keeps the others out.
      if (turn > 0 && options.clock() >= end) break;
      streamed.delete(ticket);
      draw(ticket);
    }
    const isContinued = streamed.size > 0;
    if (!isContinued) options.onPainted();
    // A draw may have dirtied another canvas (linked hover): that is the next frame's work.
    request(isContinued);
    if (errors.length === 0) return;
    if (options.onError === undefined) throw errors[0];
    for (const error of errors) options.onError(error);
  };
  const invalidate = (): void => {
    for (const ticket of draws.keys()) urgent.add(ticket);
    request();
  };

  return {
    register(draw) {
      const ticket = Symbol('canvas');
      draws.set(ticket, draw);
      const join = (line: Set<symbol>) => () => {
        if (!draws.has(ticket)) return;
        line.add(ticket);
        request();
      };
      const queue = join(streamed);
      queue();
      return {
        invalidate: join(urgent),
        queue,
        unregister: () => {
          draws.delete(ticket);
          urgent.delete(ticket);
          streamed.delete(ticket);
        },
      };
    },
    invalidate,
    invalidateData(iteration) {
      if (reducedMotion && iteration === paintedIteration) return;
      pendingIteration = iteration;
      for (const ticket of draws.keys()) streamed.add(ticket);
      request();
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
