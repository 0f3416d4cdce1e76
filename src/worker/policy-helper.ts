// A helper thread of the meta-RL pool, its own end: opens one engine, does shares of a request's tasks and keeps their
// objectives until told otherwise. It decides nothing. The other end is policy-thread.ts.
import type { CrewRequest } from '../algorithms/meta-rl/crew.ts';
import { adaptShare, type ShareOutcome, type TaskRange } from '../algorithms/meta-rl/task-share.ts';
import type { CreatedPolicyEngine, PolicyEngineId } from '../gradients/create-policy-engine.ts';
import type { PolicyGradientResult, PolicyObjective, PolicyValues } from '../gradients/policy-gradient.ts';
import type { FloatArray } from '../math/arrays.ts';
import { transferList } from './transfer-list.ts';

/** What an objective may be asked; vectors and θ are [P]. */
export type PolicyQuestion =
  | { readonly kind: 'adapted-params' }
  | { readonly kind: 'inner-losses' }
  | { readonly kind: 'gradient'; readonly metaParams: FloatArray | null; readonly wantAlphaGradient: boolean }
  | { readonly kind: 'evaluate'; readonly metaParams: FloatArray }
  | { readonly kind: 'curvature'; readonly vector: FloatArray };

export type PolicyAnswer =
  | { readonly kind: 'vector'; readonly vector: Float64Array }
  | { readonly kind: 'gradient'; readonly gradient: PolicyGradientResult }
  | { readonly kind: 'values'; readonly values: PolicyValues };

/** Whether both ask the same of the very same arrays. */
export function isSameQuestion(a: PolicyQuestion, b: PolicyQuestion): boolean {
  switch (a.kind) {
    case 'gradient':
      return (
        b.kind === a.kind && a.metaParams === b.metaParams && a.wantAlphaGradient === b.wantAlphaGradient
      );
    case 'evaluate':
      return b.kind === a.kind && a.metaParams === b.metaParams;
    case 'curvature':
      return b.kind === a.kind && a.vector === b.vector;
    default:
      return b.kind === a.kind;
  }
}

/** Jobs are numbered by the sender; every share of a job is answered by a message of its own, in order. */
export type ToPolicyHelper =
  /** First, once. Answered by 'ready'. */
  | { readonly type: 'open'; readonly engine: PolicyEngineId }
  /** Before its shares. */
  | { readonly type: 'request'; readonly id: number; readonly request: CrewRequest }
  | { readonly type: 'adapt'; readonly id: number; readonly job: number; readonly share: TaskRange }
  /** Of shares that were adapted here, each by its first task. */
  | {
      readonly type: 'ask';
      readonly id: number;
      readonly question: PolicyQuestion;
      readonly shares: readonly { readonly job: number; readonly first: number }[];
    }
  /** The request and all that is kept of it are over. */
  | { readonly type: 'release'; readonly id: number };

export type FromPolicyHelper =
  | { readonly type: 'ready'; readonly detail: string }
  | { readonly type: 'adapted'; readonly job: number; readonly outcome: ShareOutcome }
  | { readonly type: 'answer'; readonly job: number; readonly answer: PolicyAnswer }
  /** The engine's device is gone: nothing more comes, but another thread may find it well again. */
  | { readonly type: 'lost'; readonly reason: string }
  /** The engine cannot be opened, or threw: nothing more comes. */
  | { readonly type: 'failed'; readonly reason: string };

export interface PolicyHelperOptions {
  readonly openEngine: (id: PolicyEngineId) => Promise<CreatedPolicyEngine>;
  readonly post: (message: FromPolicyHelper, transfer: ArrayBuffer[]) => void;
  /** Milliseconds. */
  readonly clock: () => number;
  /** Awaited between two shares, for a thread that has other things to do as well. */
  readonly rest?: () => Promise<void>;
}

/** Half a second was seen. */
const LOSS_NEWS_MS = 1500;

interface Held {
  readonly request: CrewRequest;
  /** By the share's first task. */
  readonly objectives: Map<number, PolicyObjective>;
}

/** Takes one message after the other, whenever they come; after a failure it falls silent. */
export function createPolicyHelper({ openEngine, post, clock, rest }: PolicyHelperOptions) {
  let opened: CreatedPolicyEngine | null = null;
  const held = new Map<number, Held>();
  let queue: Promise<void> = Promise.resolve();

  const take = async (message: ToPolicyHelper): Promise<void> => {
    switch (message.type) {
      case 'open':
        opened = await openEngine(message.engine);
        opened.engine.lost?.then((reason) => end({ type: 'lost', reason }));
        post({ type: 'ready', detail: opened.detail }, []);
        break;
      case 'request':
        held.set(message.id, { request: message.request, objectives: new Map() });
        break;
      case 'adapt': {
        const { request, objectives } = heldAs(held, message.id);
        if (opened === null) throw new Error('A share came before the engine was opened. Send open first.');
        const { outcome, objective } = await adaptShare({ ...opened, clock }, request, message.share);
        if (objective !== null) objectives.set(message.share.first, objective);
        post({ type: 'adapted', job: message.job, outcome }, transferList(outcome));
        await rest?.();
        break;
      }
      case 'ask': {
        const { objectives } = heldAs(held, message.id);
        for (const { job, first } of message.shares) {
          const objective = objectives.get(first);
          if (objective === undefined) throw new Error(`There is no objective of task ${first} here.`);
          const answer = await answerTo(objective, message.question);
          post({ type: 'answer', job, answer }, transferList(answer));
          await rest?.();
        }
        break;
      }
      case 'release':
        for (const objective of held.get(message.id)?.objectives.values() ?? []) objective.release();
        held.delete(message.id);
        break;
      default:
        message satisfies never;
    }
  };

  let isOver = false;
  const end = (message: FromPolicyHelper): void => {
    if (!isOver) post(message, []);
    isOver = true;
  };
  const fail = (error: unknown): void => {
    const failed = {
      type: 'failed',
      reason: error instanceof Error ? error.message : String(error),
    } as const;
    // A lost device makes the call in flight throw first and says so itself only a little later.
    if (opened?.engine.lost === undefined) end(failed);
    else setTimeout(() => end(failed), LOSS_NEWS_MS);
  };
  return {
    receive(message: ToPolicyHelper): void {
      queue = queue.then(() => take(message));
      // What waits behind a failure is rejected with it.
      queue.catch(fail);
    },
    /** Lets the engine go, where the thread does not end with the helper. */
    stop(): void {
      isOver = true;
      queue = Promise.reject(new Error('This helper has been stopped.'));
      queue.catch(() => {});
      opened?.engine.dispose();
    },
  };
}

function heldAs(held: ReadonlyMap<number, Held>, id: number): Held {
  const known = held.get(id);
  if (known === undefined) throw new Error(`Request ${id} is not known here, or over. Send it first.`);
  return known;
}

async function answerTo(objective: PolicyObjective, question: PolicyQuestion): Promise<PolicyAnswer> {
  switch (question.kind) {
    case 'adapted-params':
      return { kind: 'vector', vector: await objective.adaptedParams() };
    case 'inner-losses':
      return { kind: 'vector', vector: await objective.innerLosses() };
    case 'gradient': {
      const { metaParams, wantAlphaGradient } = question;
      const gradient = await objective.gradient({ wantAlphaGradient, ...(metaParams && { metaParams }) });
      return { kind: 'gradient', gradient };
    }
    case 'evaluate':
      return { kind: 'values', values: await objective.evaluate(question.metaParams) };
    case 'curvature':
      return { kind: 'vector', vector: await objective.klHessianVector(question.vector) };
    default:
      question satisfies never;
      throw new Error('An objective was asked something unknown.');
  }
}
