// The crew that is a pool of threads: each does whole tasks, one handed out when the last is done, and keeps what the
// outer optimiser will ask about; θ and vectors go out, one vector per task comes back and is added up here in the
// tasks' order. So the numbers are the engine crew's, bit for bit, for any number of threads, whatever happens to them.
import type { CrewRequest, PolicyCrew } from '../algorithms/meta-rl/crew.ts';
import { splitTasks } from '../algorithms/meta-rl/engine-crew.ts';
import { joinObjectives, joinOutcomes } from '../algorithms/meta-rl/join-shares.ts';
import type { ShareOutcome, TaskRange } from '../algorithms/meta-rl/task-share.ts';
import type { PolicyEngineId } from '../gradients/create-policy-engine.ts';
import type { PolicyObjective } from '../gradients/policy-gradient.ts';
import type { FloatArray } from '../math/arrays.ts';
import type { PolicyQuestion } from './policy-helper.ts';
import { type PolicyHelperHandle, PolicyThread } from './policy-thread.ts';

export interface PoolCrewOptions {
  /** Starts a thread; throws where there are none. */
  readonly createHelper: () => PolicyHelperHandle;
  /** How many, at least 1. */
  readonly workers: number;
  readonly engineId: PolicyEngineId;
  /** Tasks that are done in one go: 1 unless told; Infinity for an engine that batches over tasks. */
  readonly tasksPerShare?: number;
  /** Milliseconds. */
  readonly clock: () => number;
  /** Silence after which a thread that owes an answer is replaced: far more than a task takes. */
  readonly silenceMs?: number;
  /** The same while its engine opens, which takes a fetch. */
  readonly openingMs?: number;
}

const SILENCE_MS = 20_000;
const OPENING_MS = 30_000;
/** A pool that loses as many threads within this time is given up. */
const MOST_DEATHS = 3;
const DEATHS_WITHIN_MS = 30_000;

/**
 * A crew of `workers` threads with an engine each, once all are open. Rejects when a thread cannot be started or the
 * engine cannot be opened there; nothing is left running then. Threads that die are replaced, and their part of the
 * work is done again.
 */
export async function createPoolCrew(options: PoolCrewOptions): Promise<PolicyCrew> {
  const { createHelper, engineId, clock, tasksPerShare = 1 } = options;
  const { silenceMs = SILENCE_MS, openingMs = OPENING_MS } = options;
  let closed: Error | null = null;
  const close = (error: Error): void => {
    closed ??= error;
    for (const thread of threads) thread.close(closed);
  };
  const deaths: number[] = [];
  const mayReplace = (cause: string): boolean => {
    deaths.push(clock());
    const recent = deaths.filter((time) => clock() - time < DEATHS_WITHIN_MS).length;
    if (closed === null && recent < MOST_DEATHS) return true;
    close(
      new Error(
        `The roll-out pool lost ${recent} threads within ${DEATHS_WITHIN_MS / 1000} s; of the last, ${cause}. ` +
          'Close other pages, or make the batch or the network smaller.',
      ),
    );
    return false;
  };
  const settings = { createHelper, engineId, silenceMs, openingMs, mayReplace, onFailure: close };
  const threads = Array.from({ length: Math.max(1, options.workers) }, () => new PolicyThread(settings));
  await Promise.all(threads.map((thread) => thread.open())).catch((error: unknown) => {
    close(error instanceof Error ? error : new Error(String(error)));
    throw closed;
  });
  let lastId = 0;
  return {
    id: engineId,
    async adapt(request) {
      lastId += 1;
      const id = lastId;
      const began = clock();
      const { outcomes, holders } = await dealShares(
        threads,
        id,
        request,
        splitTasks(request.tasks.length, tasksPerShare),
      );
      const joined = joinOutcomes(outcomes);
      const seconds = shareOfWall(joined.seconds, (clock() - began) / 1000);
      const release = () => {
        for (const thread of threads) thread.release(id);
      };
      if (request.objective === null) {
        release();
        return { ...joined, seconds, objective: null };
      }
      const objectives = outcomes.map(({ first, count }, at) => ({
        first,
        count,
        objective: remoteObjective(holders[at]!, id, { first, count }, request.metaParams.length),
      }));
      return { ...joined, seconds, objective: { ...joinObjectives(objectives), release } };
    },
    dispose: () => close(new Error('The roll-out pool has been disposed of. Open a new one.')),
    destroyDevice: () => (threads.find((thread) => thread.isBusy) ?? threads[0])?.kill(),
  };
}

/** Every thread gets another share when it has done one. */
async function dealShares(
  threads: readonly PolicyThread[],
  id: number,
  request: CrewRequest,
  shares: readonly TaskRange[],
): Promise<{ readonly outcomes: ShareOutcome[]; readonly holders: PolicyThread[] }> {
  const outcomes: ShareOutcome[] = [];
  const holders: PolicyThread[] = [];
  let dealt = 0;
  const work = async (thread: PolicyThread): Promise<void> => {
    while (dealt < shares.length) {
      const at = dealt;
      dealt += 1;
      holders[at] = thread;
      outcomes[at] = await thread.adapt(id, request, shares[at]!);
    }
  };
  await Promise.all(threads.map(work));
  return { outcomes, holders };
}

/** Wall time, split as the threads' own times together. */
function shareOfWall(own: { readonly rollOut: number; readonly inner: number }, wall: number) {
  const total = own.rollOut + own.inner;
  const share = total > 0 ? wall / total : 0;
  return { rollOut: own.rollOut * share, inner: own.inner * share };
}

/** The objective of one share, wherever it is held. */
function remoteObjective(
  thread: PolicyThread,
  id: number,
  share: TaskRange,
  parameterCount: number,
): PolicyObjective {
  const ask = (question: PolicyQuestion) => thread.ask(id, share, question);
  const askVector = async (question: PolicyQuestion): Promise<Float64Array> => {
    const answer = await ask(question);
    return answer.kind === 'vector' ? answer.vector : mismatch(question, answer.kind);
  };
  return {
    parameterCount,
    adaptedParams: () => askVector({ kind: 'adapted-params' }),
    innerLosses: () => askVector({ kind: 'inner-losses' }),
    klHessianVector: (vector: FloatArray) => askVector({ kind: 'curvature', vector }),
    async gradient({ metaParams = null, wantAlphaGradient = false } = {}) {
      const question = { kind: 'gradient' as const, metaParams, wantAlphaGradient };
      const answer = await ask(question);
      return answer.kind === 'gradient' ? answer.gradient : mismatch(question, answer.kind);
    },
    async evaluate(metaParams: FloatArray) {
      const question = { kind: 'evaluate' as const, metaParams };
      const answer = await ask(question);
      return answer.kind === 'values' ? answer.values : mismatch(question, answer.kind);
    },
    release() {},
  };
}

function mismatch(question: PolicyQuestion, kind: string): never {
  throw new Error(`A thread of the pool answered '${question.kind}' with '${kind}'. Reload the page.`);
}
