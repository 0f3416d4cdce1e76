// When a snapshot goes to the page: at most one without credit, at most about 30 a second, always the latest state.
/**
 * now: the page must see this state (start, pause), as soon as there is credit. when-due: a good moment (a
 * meta-iteration ended). rarely: a moment within a meta-iteration, worth sending only when those are slow.
 * if-new: only what 'now' still owes.
 */
export type Occasion = 'now' | 'when-due' | 'rarely' | 'if-new';

/** Time between two snapshots, in ms. */
const DUE_MS = 33;
const RARELY_MS = 250;
/** Taking snapshots may use up to this share of the worker's time. */
const SHARE = 0.1;

/** What snapshots are taken of. */
export interface Pictured<S> {
  snapshot(): S;
}

export class SnapshotSender<S> {
  readonly #clock: () => number;
  readonly #send: (snapshot: S) => void;
  #hasCredit = true;
  #isOwed = false;
  #lastSent = Number.NEGATIVE_INFINITY;
  #cost = 0;

  constructor(clock: () => number, send: (snapshot: S) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** The page has painted the one before. */
  credit(): void {
    this.#hasCredit = true;
  }

  /** The page must see the state as soon as it can be shown: the next offer counts as 'now'. */
  owe(): void {
    this.#isOwed = true;
  }

  /** Sends the session's state if the occasion, the credit and the time since the last one allow. */
  offer(session: Pictured<S>, occasion: Occasion): void {
    if (occasion === 'now') this.owe();
    if (!this.#hasCredit || !(this.#isOwed || this.#isDue(occasion))) return;
    const began = this.#clock();
    const snapshot = session.snapshot();
    this.#hasCredit = false;
    this.#isOwed = false;
    this.#send(snapshot);
    this.#lastSent = this.#clock();
    this.#cost = this.#lastSent - began;
  }

  #isDue(occasion: Occasion): boolean {
    const since = this.#clock() - this.#lastSent;
    if (since < this.#cost / SHARE) return false;
    if (occasion === 'when-due') return since >= DUE_MS;
    return occasion === 'rarely' && since >= RARELY_MS;
  }
}
