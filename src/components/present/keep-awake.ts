// Keeps the screen awake while presenting. The lock is the browser's, which takes it back whenever the page is hidden;
// it is asked for again when the page comes back.

/** As much of `navigator.wakeLock` as is used. */
export interface WakeLocks {
  request(type: 'screen'): Promise<{ release(): Promise<void> }>;
}

interface Keeping {
  /** Undefined where the browser has none. */
  readonly locks: WakeLocks | undefined;
  readonly isVisible: () => boolean;
  /** Calls back whenever the page is shown or hidden; returns how to stop. */
  readonly onVisibility: (listener: () => void) => () => void;
  /** The browser has no such lock, or refuses it. Called once at most. */
  readonly refused: () => void;
}

/** Asks for the lock now; returns how to let go of it. */
export function keepAwake({ locks, isVisible, onVisibility, refused }: Keeping): () => void {
  let isOver = false;
  let hasSaid = false;
  let lock: { release(): Promise<void> } | null = null;
  const release = (): void => {
    // A lock that the browser took back already may say so; there is nothing left to do then.
    lock?.release().catch(() => {});
    lock = null;
  };
  const say = (): void => {
    if (!hasSaid && !isOver) refused();
    hasSaid = true;
  };
  const ask = async (): Promise<void> => {
    if (!isVisible()) return;
    if (locks === undefined) return say();
    try {
      release();
      lock = await locks.request('screen');
      if (isOver) release();
    } catch {
      // Hidden meanwhile: it is asked for again.
      if (isVisible()) say();
    }
  };
  void ask();
  const stop = onVisibility(() => void ask());
  return () => {
    isOver = true;
    stop();
    release();
  };
}
