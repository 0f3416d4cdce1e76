// The page's clients: one per lab that computes in a worker, each with its worker made when it is first needed.
import { isHeavyCheetah } from '../experiment/cheetah-rules.ts';
import { isHeavy } from '../experiment/cost.ts';
import { isHeavyNavigation } from '../experiment/navigation-rules.ts';
import type { CheetahKinds, NavigationKinds } from '../training/policy-session-events.ts';
import type { SinusoidKinds } from '../training/session-events.ts';
import { createBrowserPolicyWorker } from './browser-policy-worker.ts';
import { createBrowserReachingWorker } from './browser-reaching-worker.ts';
import { createBrowserWorker } from './browser-worker.ts';
import { createReachingClient, type ReachingClient } from './reaching-client.ts';
import { createTrainingClient, type TrainingClientOf } from './training-client.ts';

export interface BrowserClients {
  readonly sinusoid: TrainingClientOf<SinusoidKinds>;
  readonly reaching: ReachingClient;
  readonly navigation: TrainingClientOf<NavigationKinds>;
  readonly cheetah: TrainingClientOf<CheetahKinds>;
}

/** `clock` in milliseconds. */
export function createBrowserClients(clock: () => number): BrowserClients {
  return {
    sinusoid: createTrainingClient<SinusoidKinds>({ createWorker: createBrowserWorker, isHeavy, clock }),
    reaching: createReachingClient({
      createWorker: createBrowserReachingWorker,
      // One core is left for the page.
      mapWorkers: Math.max(1, Math.min(4, navigator.hardwareConcurrency - 1)),
    }),
    navigation: createTrainingClient<NavigationKinds>({
      createWorker: createBrowserPolicyWorker,
      isHeavy: isHeavyNavigation,
      clock,
    }),
    cheetah: createTrainingClient<CheetahKinds>({
      createWorker: createBrowserPolicyWorker,
      isHeavy: isHeavyCheetah,
      clock,
    }),
  };
}
