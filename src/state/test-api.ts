// window.metascope: what e2e tests, and the curious at the console, may read and do. The program itself never uses it.
import type { ComparisonExperiment } from '../experiment/comparison-experiment.ts';
import type { AlgorithmId, LabId, Strategy } from '../experiment/experiment.ts';
import type { TrainingClient } from '../worker/training-client.ts';
import type { CheetahClient } from './cheetah-stores.ts';
import type { CreatedStores } from './create-stores.ts';
import type { NavigationClient } from './navigation-stores.ts';
import type { AppStores, RunStatus } from './store-types.ts';

export interface TestApi {
  readonly stores: AppStores;
  /** Which lab is on the screen. */
  lab(): LabId;
  /**
   * Resolves when nothing is about to happen by itself but training: the link is read, no changed setting waits to
   * restart training, and the worker has said whether it runs, is paused, has finished or failed. In the Reaching
   * lab: nothing but playing, and a phase map if one was asked for; many seeds are computed.
   */
  idle(): Promise<void>;
  /** Of the lab on the screen, of the Sinusoid lab while that is Reaching; so are the next ones. */
  status(): RunStatus['kind'];
  /** Meta-iterations done of which the metrics have arrived (the smallest over the algorithms that train on). */
  iteration(): number;
  /** Query losses of meta-iterations 1, 2, … that have arrived, at most `count` of them. */
  losses(algorithm: AlgorithmId, count?: number): number[];
  /** The shown meta-RL lab's (else the Navigation lab's) mean returns after adaptation of meta-iterations 1, 2, …, at most `count` of them. */
  returns(algorithm: AlgorithmId, count?: number): number[];
  /** Resolves when `iteration()` has reached the number; never, if training stops before. */
  reached(iteration: number): Promise<void>;
  /** The Reaching lab's agents at an iteration, by default the last: distance to the main centre, by strategy. */
  reachingDistances(iteration?: number): Partial<Record<Strategy, number>>;
  /** A digest of 16 digits of some thousand steps of the half-cheetah's physics: the same bits in every browser. */
  fingerprintPhysics(): Promise<string>;
  /** Destroys the GPU device under the engine, as a driver reset would; where a pool computes, kills one of its workers. */
  loseDevice(): void;
  /** Ends the worker without a word, as when the browser kills it. */
  killWorker(): void;
}

/** The clients behind what a test may break. */
export interface TestedClients {
  readonly sinusoid: TrainingClient;
  readonly navigation: NavigationClient;
  readonly cheetah: CheetahClient;
}

/** What is asked of the stores of any lab that trains. */
interface TrainedStores {
  readonly run: AppStores['run'];
  readonly experiment: { getState(): { readonly experiment: ComparisonExperiment } };
  readonly data: {
    metrics(algorithm: AlgorithmId): {
      readonly length: number;
      column(name: 'iteration'): Float64Array;
    } | null;
  };
}

declare global {
  interface Window {
    metascope?: TestApi;
  }
}

export function createTestApi(
  { stores, opened, isRestartPending, isReachingPending }: CreatedStores,
  clients: TestedClients,
): TestApi {
  const { current, navigation, cheetah, reaching, reachingData } = stores;
  const lab = () => current.getState().experiment.lab;
  /** Of the labs that train, the one on the screen, or the Sinusoid lab. */
  const inTrained = <R>(of: Readonly<Record<'navigation' | 'cheetah' | 'sinusoid', R>>): R => {
    const id = lab();
    return id === 'reaching' ? of.sinusoid : of[id];
  };
  const trained = () => inTrained<TrainedStores>({ navigation, cheetah, sinusoid: stores });
  const client = () => inTrained<Pick<TrainingClient, 'loseDevice' | 'killWorker'>>(clients);
  const status = () => trained().run.getState().status.kind;
  const iteration = (): number => {
    const { run, data, experiment } = trained();
    const lengths = experiment.getState().experiment.algorithms.map((id) => {
      const divergence = run.getState().divergences.find((known) => known.algorithm === id);
      if (divergence !== undefined) return Number.POSITIVE_INFINITY;
      const history = data.metrics(id);
      // Not the number of rows: those of a kept run are thinned.
      return history === null || history.length === 0 ? 0 : history.column('iteration')[history.length - 1]!;
    });
    const least = Math.min(...lengths);
    return Number.isFinite(least) ? least : run.getState().iteration;
  };
  /** Polled on both sources of change, so that nothing waits on a clock. */
  const when = (isTrue: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const unsubscribe: (() => void)[] = [];
      const check = (): void => {
        if (!isTrue()) return;
        for (const stop of unsubscribe.splice(0)) stop();
        resolve();
      };
      for (const { run, data } of [stores, navigation, cheetah]) {
        unsubscribe.push(run.subscribe(check), data.subscribe(check));
      }
      unsubscribe.push(reaching.subscribe(check), stores.recordings.subscribe(check));
      check();
    });
  return {
    stores,
    lab,
    async idle() {
      await opened;
      await when(() => !isRestartPending() && status() !== 'starting');
      await when(() => !isReachingPending() && reaching.getState().seedsJob.kind !== 'running');
    },
    status,
    iteration,
    losses(algorithm, count = Number.POSITIVE_INFINITY) {
      const history = stores.data.metrics(algorithm);
      return history === null
        ? []
        : [...history.column('queryLoss').subarray(0, Math.min(count, history.length))];
    },
    returns(algorithm, count = Number.POSITIVE_INFINITY) {
      const history = (lab() === 'cheetah' ? cheetah : navigation).data.metrics(algorithm);
      return history === null
        ? []
        : [...history.column('returnAfter').subarray(0, Math.min(count, history.length))];
    },
    reached: (wanted) => when(() => iteration() >= wanted),
    reachingDistances: (at) =>
      Object.fromEntries(
        reachingData.runs.map((each) => [each.strategy, each.distances[at ?? each.iterations] ?? Number.NaN]),
      ),
    async fingerprintPhysics() {
      const { fingerprintPhysics } = await import('../tasks/locomotion/measure-physics.ts');
      return fingerprintPhysics();
    },
    loseDevice: () => client().loseDevice(),
    killWorker: () => client().killWorker(),
  };
}
