import { afterEach, describe, expect, it } from 'vitest';
import { REACHING_FIGURE_3 as figure3 } from '../experiment/reaching-experiment.testing.ts';
import { phaseMap } from '../training/phase-map.ts';
import type { PhaseCell, PhaseMapRequest } from '../training/reaching-outcome.ts';
import { seedsOutcome } from '../training/reaching-seeds.ts';
import {
  createReachingClient,
  type PhaseMapNews,
  type ReachingClient,
  type SeedsNews,
} from './reaching-client.ts';
import { createFakeReachingWorker, type FakeReachingWorker } from './reaching-harness.testing.ts';

const clients: ReachingClient[] = [];

function open(mapWorkers = 1): { client: ReachingClient; workers: FakeReachingWorker[] } {
  const workers: FakeReachingWorker[] = [];
  const createWorker = () => {
    const worker = createFakeReachingWorker();
    workers.push(worker);
    return worker;
  };
  const client = createReachingClient({ createWorker, mapWorkers });
  clients.push(client);
  return { client, workers };
}

afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
});

/** Resolves with all news of a call, once the last of them has come. */
function allNews<T extends SeedsNews | PhaseMapNews>(
  ask: (onNews: (news: T) => void) => unknown,
): Promise<T[]> {
  return new Promise((resolve) => {
    const heard: T[] = [];
    ask((news) => {
      heard.push(news);
      const isLast =
        news.type === 'failed' || (news.type === 'outcome' ? news.done : news.finished === news.total);
      if (isLast) resolve(heard);
    });
  });
}

const request: PhaseMapRequest = {
  x: { field: 'noiseShare', values: [0, 0.3, 0.6, 0.9] },
  y: { field: 'maxReplayedTasks', values: [0, 5, 10, 15, 20] },
  seeds: 4,
};

const sorted = (cells: readonly PhaseCell[]) =>
  cells.toSorted((a, b) => a.row - b.row || a.column - b.column);

describe('createReachingClient', () => {
  it('starts its worker with the first call, and keeps it', async () => {
    const { client, workers } = open();
    expect(workers).toHaveLength(0);
    const news = await allNews<SeedsNews>((onNews) => client.seeds(figure3, 3, onNews));
    expect(news.at(-1)).toEqual({ type: 'outcome', outcome: seedsOutcome(figure3, 3), done: true });
    await allNews<SeedsNews>((onNews) => client.seeds(figure3, 2, onNews));
    expect(workers).toHaveLength(1);
  });

  it.each([1, 2, 3, 9])('gives the same phase map from %i workers', async (mapWorkers) => {
    const { client, workers } = open(mapWorkers);
    const news = await allNews<PhaseMapNews>((onNews) => client.phaseMap(figure3, request, onNews));
    const cells = news.flatMap((each) => (each.type === 'cells' ? each.cells : []));
    expect(sorted(cells)).toEqual(sorted(phaseMap(figure3, request)));
    expect(news.at(-1)).toMatchObject({ finished: 20, total: 20, secondsLeft: 0 });
    // There are five rows to share.
    expect(workers).toHaveLength(Math.min(mapWorkers, 5));
  });

  it('tells nothing of a cancelled call, and tells the workers', async () => {
    const { client, workers } = open(2);
    const heard: PhaseMapNews[] = [];
    const handle = client.phaseMap({ ...figure3, iterations: 5000 }, request, (news) => heard.push(news));
    handle.cancel();
    handle.cancel();
    await allNews<SeedsNews>((onNews) => client.seeds(figure3, 20, onNews));
    expect(heard).toEqual([]);
    for (const worker of workers) {
      expect(worker.sent.filter(({ type }) => type === 'cancel')).toHaveLength(1);
    }
  });

  it('lets a newer call of a kind replace the older, the other kind goes on', async () => {
    const { client } = open();
    const heard: SeedsNews[] = [];
    const map = allNews<PhaseMapNews>((onNews) => client.phaseMap(figure3, request, onNews));
    client.seeds({ ...figure3, iterations: 10_000 }, 500, (news) => heard.push(news));
    await allNews<SeedsNews>((onNews) => client.seeds(figure3, 2, onNews));
    expect(heard).toEqual([]);
    expect((await map).at(-1)).toMatchObject({ finished: 20 });
  });

  it('says why a call failed', async () => {
    const { client } = open();
    const [failed] = await allNews<SeedsNews>((onNews) => client.seeds(figure3, 0, onNews));
    expect(failed).toEqual({ type: 'failed', message: expect.stringMatching(/whole number from 1/) });
  });

  it('reports a crash to all who wait, and starts anew with the next call', async () => {
    const { client, workers } = open(2);
    const long = { ...figure3, iterations: 10_000 };
    const waiting = [
      allNews<SeedsNews>((onNews) => client.seeds(long, 500, onNews)),
      allNews<PhaseMapNews>((onNews) => client.phaseMap(long, request, onNews)),
    ];
    workers[1]!.crash();
    for (const news of await Promise.all(waiting)) {
      expect(news.at(-1)).toEqual({ type: 'failed', message: expect.stringMatching(/could not run/) });
    }
    expect(workers.every((worker) => worker.isTerminated())).toBe(true);
    const news = await allNews<SeedsNews>((onNews) => client.seeds(figure3, 1, onNews));
    expect(news.at(-1)).toMatchObject({ type: 'outcome', done: true });
    expect(workers).toHaveLength(3);
  });
});
