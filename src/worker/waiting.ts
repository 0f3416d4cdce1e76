// Waiting that a message can end, and waiting for work that may take longer than a message can wait. One waiter at a
// time.

export interface Impatience {
  /** Milliseconds that whoever asks can still wait; ∞: nobody asks. */
  left(): number;
  /** None is left. Afterwards left() must say more. */
  onOver(): void;
}

export class Waiting {
  #isClosed = false;
  #wake: () => void = () => {};

  /** Something has happened: the wait is over. */
  wake(): void {
    this.#wake();
  }

  /** No wait lasts from now on, but that for work under way. */
  close(): void {
    this.#isClosed = true;
    this.#wake();
  }

  /** Resolves after so many ms (∞ is allowed), or when woken. */
  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = Number.isFinite(milliseconds) ? setTimeout(resolve, milliseconds) : undefined;
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
      // Closed between the last check and here, nothing would ever wake us.
      if (this.#isClosed) this.#wake();
    });
  }

  /** The work's outcome. Looks at `impatience` whenever woken meanwhile. */
  async during<T>(work: Promise<T>, impatience: Impatience): Promise<T> {
    let isOver = false;
    const end = (): void => {
      isOver = true;
      this.#wake();
    };
    work.then(end, end);
    while (!isOver && !this.#isClosed) {
      await this.sleep(Math.max(0, impatience.left()));
      if (!isOver && !this.#isClosed && impatience.left() <= 0) impatience.onOver();
    }
    return work;
  }
}
