// For tests: a page's stores over the real client and the real training loop, in this thread and on a small network.
import { afterEach } from 'vitest';
import type { CheetahExperiment } from '../experiment/cheetah-experiment.ts';
import { isHeavyCheetah } from '../experiment/cheetah-rules.ts';
import { encodePlainLink } from '../experiment/codec.ts';
import { isHeavy } from '../experiment/cost.ts';
import { isHeavyNavigation } from '../experiment/navigation-rules.ts';
import type { CheetahTask } from '../tasks/locomotion/cheetah-tasks.ts';
import { createPolicySession } from '../training/policy-session.ts';
import type { CheetahKinds, NavigationKinds } from '../training/policy-session-events.ts';
import type { SinusoidKinds } from '../training/session-events.ts';
import {
  createFakeWorker,
  type EngineFaults,
  type FakeWorker,
  smallExperiment,
} from '../worker/loop-harness.testing.ts';
import {
  type CrewFaults,
  createFakeNavigationWorker,
  createFakePolicyWorker,
  type FakeNavigationWorker,
} from '../worker/navigation-harness.testing.ts';
import { createReachingClient } from '../worker/reaching-client.ts';
import { createFakeReachingWorker } from '../worker/reaching-harness.testing.ts';
import { createTrainingClient, type TrainingClient } from '../worker/training-client.ts';
import { type CreatedStores, createAppStores } from './create-stores.ts';
import type { FileSource } from './file-source.ts';
import { createTestApi, type TestApi } from './test-api.ts';

export interface Page extends CreatedStores {
  readonly api: TestApi;
  readonly workers: FakeWorker[];
  readonly navigationWorkers: FakeNavigationWorker[];
  readonly written: string[];
  /** Written as new entries of the browser's history. */
  readonly pushed: string[];
  /** Opens another link in the same page. */
  visit(fragment: string): void;
}

const clients: Pick<TrainingClient, 'dispose'>[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
});

/** Frames as a screen would give them. */
const frames = {
  request: (callback: (now: number) => void) => Number(setTimeout(() => callback(performance.now()), 5)),
  cancel: (id: number) => clearTimeout(id),
};

export interface PageOptions {
  readonly faults?: readonly EngineFaults[];
  readonly crewFaults?: readonly CrewFaults[];
  readonly silenceMs?: number;
  /** What lies beside the page; nothing unless given. */
  readonly files?: FileSource;
  /** Paint every snapshot as soon as it comes. */
  readonly paints?: boolean;
}

export function openPage(
  link: string,
  { files, faults = [{}], crewFaults = [{}], silenceMs = 5000, paints = true }: PageOptions = {},
): Page {
  const workers: FakeWorker[] = [];
  const clock = () => performance.now();
  const client = createTrainingClient<SinusoidKinds>({
    isHeavy,
    clock,
    silenceMs,
    lookMs: 20,
    createWorker() {
      const worker = createFakeWorker(faults[workers.length] ?? faults.at(-1));
      workers.push(worker);
      return worker;
    },
  });
  clients.push(client);
  const navigationWorkers: FakeNavigationWorker[] = [];
  const navigationClient = createTrainingClient<NavigationKinds>({
    isHeavy: isHeavyNavigation,
    clock,
    silenceMs,
    lookMs: 20,
    createWorker() {
      const worker = createFakeNavigationWorker(crewFaults[navigationWorkers.length] ?? crewFaults.at(-1));
      navigationWorkers.push(worker);
      return worker;
    },
  });
  clients.push(navigationClient);
  const cheetahClient = createTrainingClient<CheetahKinds>({
    isHeavy: isHeavyCheetah,
    clock,
    silenceMs,
    lookMs: 20,
    createWorker: () =>
      createFakePolicyWorker<CheetahExperiment, CheetahTask>(createPolicySession, crewFaults[0]),
  });
  clients.push(cheetahClient);
  let fragment = link;
  let changed = () => {};
  const written: string[] = [];
  const pushed: string[] = [];
  const address = {
    read: () => fragment,
    write(next: string) {
      fragment = next;
      written.push(next);
    },
    push(next: string) {
      fragment = next;
      pushed.push(next);
    },
    onChange(listener: () => void) {
      changed = listener;
    },
  };
  const reachingClient = createReachingClient({ createWorker: createFakeReachingWorker });
  clients.push(reachingClient);
  const created = createAppStores({
    client,
    reachingClient,
    navigationClient,
    cheetahClient,
    frames,
    address,
    storage: null,
    files: files ?? null,
    clock,
    restartDelayMs: 10,
    writeDelayMs: 10,
  });
  if (paints) {
    for (const { data } of [created.stores, created.stores.navigation, created.stores.cheetah])
      data.subscribe(() => data.painted());
  }
  const visit = (next: string): void => {
    fragment = next;
    changed();
  };
  return {
    ...created,
    navigationWorkers,
    api: createTestApi(created, { sinusoid: client, navigation: navigationClient, cheetah: cheetahClient }),
    workers,
    written,
    pushed,
    visit,
  };
}

export const small = encodePlainLink(smallExperiment());
export const long = encodePlainLink(smallExperiment({ metaIterations: 2000 }));
/** Slow enough to be caught before its end: on its own, the small network is through with `long` in a moment. */
export const watchable: PageOptions = { faults: [{ slowMs: 1 }] };
export const run = ({ stores }: Page) => stores.run.getState();
export const experiment = ({ stores }: Page) => stores.experiment.getState();
export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Resolves when the run store satisfies `test`. */
export function until({ stores }: Page, test: (state: ReturnType<typeof run>) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (!test(stores.run.getState())) return;
      stop();
      resolve();
    };
    const stop = stores.run.subscribe(check);
    check();
  });
}
export const finished = (page: Page) => until(page, (state) => state.status.kind === 'finished');
