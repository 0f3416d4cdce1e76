// One place in the meta-RL pool, whichever thread fills it: sends shares and questions, and when the thread dies or
// falls silent while it owes an answer, has a new one do everything again from the same keys. Nobody who waits for an
// answer notices. The thread's own end is policy-helper.ts.
import type { CrewRequest } from '../algorithms/meta-rl/crew.ts';
import type { ShareOutcome, TaskRange } from '../algorithms/meta-rl/task-share.ts';
import type { PolicyEngineId } from '../gradients/create-policy-engine.ts';
import type { ThreadHandle } from './helper-thread.ts';
import {
  type FromPolicyHelper,
  isSameQuestion,
  type PolicyAnswer,
  type PolicyQuestion,
  type ToPolicyHelper,
} from './policy-helper.ts';

export type PolicyHelperHandle = ThreadHandle<ToPolicyHelper, FromPolicyHelper>;

export interface PolicyThreadOptions {
  readonly createHelper: () => PolicyHelperHandle;
  readonly engineId: PolicyEngineId;
  /** Silence after which a thread that owes an answer counts as dead. */
  readonly silenceMs: number;
  /** The same for one whose engine is still opening. */
  readonly openingMs: number;
  /** A thread has died: whether to put a new one in its place. */
  readonly mayReplace: (cause: string) => boolean;
  /** The engine cannot be opened or threw, and would again; or no thread can be started. Close this place. */
  readonly onFailure: (error: Error) => void;
}

type Reply = FromPolicyHelper & { readonly type: 'adapted' | 'answer' };

interface Owed {
  /** For a thread that does not know of it. */
  readonly message: ToPolicyHelper;
  take(reply: Reply): void;
  reject(error: Error): void;
}

interface HeldRequest {
  readonly request: CrewRequest;
  /** Those whose objectives a thread here must have. */
  readonly shares: TaskRange[];
}

type Batch = ToPolicyHelper & { readonly type: 'ask'; readonly shares: { job: number; first: number }[] };

/** Silence is counted in so many parts: a machine that wakes from sleep gets its messages in before the last. */
const TICKS = 5;
/** The job of what is done again for its objectives alone. */
const UNAWAITED = -1;

export class PolicyThread {
  readonly #options: PolicyThreadOptions;
  /** By job, in the order in which they were sent. */
  readonly #owed = new Map<number, Owed>();
  readonly #held = new Map<number, HeldRequest>();
  #handle: PolicyHelperHandle | null = null;
  #opening: { resolve(detail: string): void; reject(error: Error): void } | null = null;
  #isOpening = false;
  #closed: Error | null = null;
  #lastJob = 0;
  #silentTicks = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Questions of this very turn about one vector, which travels once. */
  #batch: Batch | null = null;

  constructor(options: PolicyThreadOptions) {
    this.#options = options;
  }

  get isBusy(): boolean {
    return this.#owed.size > 0;
  }

  /** Starts a thread; resolves with what its engine says of itself. Call it once, first. */
  open(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#opening = { resolve, reject };
      if (this.#closed === null) this.#start();
      else reject(this.#closed);
    });
  }

  /** Does one share of request `id`, whose objective is kept until `release`. */
  adapt(id: number, request: CrewRequest, share: TaskRange): Promise<ShareOutcome> {
    const isKnown = this.#held.has(id);
    const held = this.#held.get(id) ?? { request, shares: [] };
    this.#held.set(id, held);
    if (!isKnown) this.#handle?.post({ type: 'request', id, request });
    return new Promise((resolve, reject) => {
      const job = this.#nextJob();
      const message: ToPolicyHelper = { type: 'adapt', id, job, share };
      this.#owe(job, {
        message,
        reject,
        take(reply) {
          if (reply.type !== 'adapted') return;
          if (request.objective !== null) held.shares.push(share);
          resolve(reply.outcome);
        },
      });
      this.#handle?.post(message);
    });
  }

  /** Asks the objective of one share that was adapted here. */
  ask(id: number, { first }: TaskRange, question: PolicyQuestion): Promise<PolicyAnswer> {
    return new Promise((resolve, reject) => {
      const job = this.#nextJob();
      const shares = [{ job, first }];
      this.#owe(job, {
        message: { type: 'ask', id, question, shares },
        reject,
        take: (reply) => reply.type === 'answer' && resolve(reply.answer),
      });
      const batch = this.#batch;
      if (batch !== null && batch.id === id && isSameQuestion(batch.question, question)) {
        batch.shares.push(...shares);
        return;
      }
      this.#flush();
      this.#batch = { type: 'ask', id, question, shares };
      queueMicrotask(() => this.#flush());
    });
  }

  /** Request `id` is over. */
  release(id: number): void {
    if (this.#held.delete(id)) this.#handle?.post({ type: 'release', id });
  }

  /** The thread dies, as if the browser had ended it. */
  kill(): void {
    if (this.#handle !== null) this.#die('it was killed');
  }

  /** Ends the thread; who still waits, and who asks from now on, gets the error. */
  close(error: Error): void {
    this.#closed ??= error;
    this.#end();
    this.#opening?.reject(error);
    for (const { reject } of this.#owed.values()) reject(error);
    this.#owed.clear();
    this.#held.clear();
  }

  #nextJob(): number {
    this.#lastJob += 1;
    return this.#lastJob;
  }

  #owe(job: number, owed: Owed): void {
    if (this.#closed !== null) {
      owed.reject(this.#closed);
      return;
    }
    if (this.#owed.size === 0) this.#silentTicks = 0;
    this.#owed.set(job, owed);
    this.#watch();
  }

  #flush(): void {
    if (this.#batch !== null) this.#handle?.post(this.#batch);
    this.#batch = null;
  }

  #start(): void {
    const { createHelper, engineId, onFailure } = this.#options;
    try {
      const handle = createHelper();
      this.#handle = handle;
      handle.listen((message) => {
        // One that has been replaced may still have had something to say.
        if (handle === this.#handle) this.#hear(message);
      });
    } catch (error) {
      onFailure(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    this.#isOpening = true;
    this.#silentTicks = 0;
    this.#handle.post({ type: 'open', engine: engineId });
    this.#watch();
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#handle?.terminate();
    this.#handle = null;
  }

  #hear(message: FromPolicyHelper | null): void {
    if (message === null) {
      this.#die('it crashed');
      return;
    }
    if (message.type === 'lost') {
      this.#die(`its graphics device was lost (${message.reason})`);
      return;
    }
    this.#silentTicks = 0;
    if (message.type === 'failed') {
      this.#options.onFailure(new Error(message.reason));
    } else if (message.type === 'ready') {
      this.#isOpening = false;
      this.#opening?.resolve(message.detail);
    } else {
      const owed = this.#owed.get(message.job);
      this.#owed.delete(message.job);
      owed?.take(message);
    }
    if (this.#isAwaited) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  get #isAwaited(): boolean {
    return this.#handle !== null && (this.#isOpening || this.#owed.size > 0);
  }

  #watch(): void {
    if (this.#timer !== undefined || !this.#isAwaited) return;
    const limit = this.#isOpening ? this.#options.openingMs : this.#options.silenceMs;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#silentTicks += 1;
      if (this.#silentTicks < TICKS) this.#watch();
      else this.#die(`it was silent for ${limit / 1000} s`);
    }, limit / TICKS);
  }

  /** What is left to do goes to a new thread, after what it must know for it. */
  #die(cause: string): void {
    this.#end();
    if (!this.#options.mayReplace(cause)) return;
    this.#start();
    for (const [id, { request, shares }] of this.#held) {
      this.#handle?.post({ type: 'request', id, request });
      for (const share of shares) this.#handle?.post({ type: 'adapt', id, job: UNAWAITED, share });
    }
    for (const { message } of this.#owed.values()) this.#handle?.post(message);
  }
}
