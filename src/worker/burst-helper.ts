// A helper thread's end: opens one engine and trains the runs that it is sent, by the same code as the training
// worker would. It knows no session and keeps nothing between two bursts. The other end is burst-threads.ts.
import type { EngineId, MetaGradientEngine } from '../gradients/meta-gradient.ts';
import { type BurstJob, type RunBurst, trainBurst } from '../training/burst.ts';
import type { Run } from '../training/run.ts';
import { transferList } from './transfer-list.ts';

export type ToHelper =
  /** First, once. */
  | { readonly type: 'open'; readonly engine: EngineId }
  /** Only after 'ready', and one at a time. */
  | {
      readonly type: 'burst';
      readonly job: Pick<BurstJob, 'experiment' | 'iteration' | 'count'>;
      readonly runs: readonly Run[];
    };

export type FromHelper =
  | { readonly type: 'ready' }
  /** The runs as they are afterwards, and what came of each. */
  | { readonly type: 'burst'; readonly runs: readonly Run[]; readonly bursts: readonly RunBurst[] }
  | { readonly type: 'failed'; readonly reason: string };

export interface BurstHelperOptions {
  readonly openEngine: (id: EngineId) => Promise<MetaGradientEngine>;
  readonly post: (message: FromHelper, transfer: ArrayBuffer[]) => void;
  /** Milliseconds. */
  readonly clock: () => number;
}

/** Takes one message after the other; what goes wrong is answered by 'failed'. */
export function createBurstHelper({ openEngine, post, clock }: BurstHelperOptions) {
  let engine: MetaGradientEngine | null = null;
  const answer = async (message: ToHelper): Promise<void> => {
    if (message.type === 'open') {
      engine = await openEngine(message.engine);
      post({ type: 'ready' }, []);
      return;
    }
    if (engine === null) throw new Error('A burst came before the engine was ready. Wait for ready.');
    const { job, runs } = message;
    const bursts = await trainBurst(runs, { ...job, engine, clock });
    post({ type: 'burst', runs, bursts }, transferList(runs));
  };
  return {
    receive(message: ToHelper): void {
      answer(message).catch((error: unknown) => {
        post({ type: 'failed', reason: error instanceof Error ? error.message : String(error) }, []);
      });
    },
  };
}
