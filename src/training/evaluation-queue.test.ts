import { describe, expect, it } from 'vitest';
import { createEvaluationQueue, type EvaluationJob } from './evaluation-queue.ts';

type Kind = 'probe' | 'curve' | 'past';
const SHARES = { probe: 0.1, curve: 0.1, past: 0.1 };

/** A queue by a clock of its own, and jobs whose slices take so many seconds each. */
function setUp(soon?: Kind) {
  let now = 0;
  const queue = createEvaluationQueue<string, Kind>({
    clock: () => 1000 * now,
    timeShares: SHARES,
    last: 'past',
    ...(soon === undefined ? {} : { soon }),
  });
  async function* slices(name: string, count: number, seconds: number) {
    for (let i = 0; i < count; i++) {
      now += seconds;
      yield i === count - 1 ? name : undefined;
    }
  }
  const job = (
    kind: Kind,
    { name = kind, count = 1, seconds = 1 }: { name?: string; count?: number; seconds?: number } = {},
  ): EvaluationJob<string, Kind> => ({ kind, run: slices(name, count, seconds) });
  /** Training goes on by steps of so many seconds; at how many seconds of it each event came. */
  const train = async (until: number, step = 0.5) => {
    const events: [name: string, trained: number][] = [];
    for (let trained = 0; trained <= until; trained += step) {
      while (queue.isDue(trained)) {
        const event = await queue.runSlice(trained, false);
        if (event !== undefined) events.push([event, trained]);
      }
    }
    return events;
  };
  return { queue, job, train, seconds: () => now };
}

describe('the evaluation queue', () => {
  it('keeps a kind to its share of all time, with three seconds lent in advance', async () => {
    const { queue, job, train, seconds } = setUp();
    queue.add(job('curve', { count: 40, seconds: 0.1 }));
    expect(await train(20)).toEqual([]);
    // A slice begins while what was used is within the share of training, evaluation and the loan.
    expect(seconds()).toBeCloseTo((20 + 3) / 9, 0);
  });

  it('lends the first job of the kind that is wanted soon half of the time, and takes it back after', async () => {
    const plain = setUp();
    const soon = setUp('curve');
    const came: number[][] = [];
    for (const { queue, job, train } of [plain, soon]) {
      queue.add(job('curve', { name: 'first', count: 20, seconds: 0.2 }));
      const [first] = await train(60);
      expect(first?.[0]).toBe('first');
      queue.add(job('curve', { name: 'second', count: 2, seconds: 0.2 }));
      const [second] = await train(60);
      came.push([first?.[1] ?? 0, second?.[1] ?? 0]);
    }
    const [[firstPlain = 0, secondPlain = 0] = [], [firstSoon = 0, secondSoon = 0] = []] = came;
    // Four seconds of work: within four of training instead of thirty, and the next no sooner than before.
    expect(firstPlain).toBeGreaterThan(25);
    expect(firstSoon).toBeLessThan(4);
    expect(secondSoon).toBe(secondPlain);
  });

  it('runs what somebody waits for first, whatever its share', async () => {
    const { queue, job } = setUp();
    queue.add(job('curve'));
    queue.add({ ...job('probe', { name: 'asked', count: 1, seconds: 100 }), urgent: true });
    expect(queue.isUrgent()).toBe(true);
    expect(await queue.runSlice(0, false)).toBe('asked');
    expect(await queue.runSlice(0, false)).toBeUndefined();
    expect(queue.isUrgent()).toBe(false);
  });

  it('drops a job that has not begun for a newer one of its kind, and keeps one that has', async () => {
    const { queue, job } = setUp();
    queue.add(job('curve', { name: 'old' }));
    queue.add(job('curve', { name: 'new', count: 2, seconds: 0.01 }));
    expect(await queue.runSlice(0, true)).toBeUndefined();
    queue.add(job('curve', { name: 'newest', seconds: 0.01 }));
    const events: string[] = [];
    while (queue.has(['curve'])) events.push((await queue.runSlice(0, true)) ?? '');
    expect(events.filter((event) => event !== '')).toEqual(['new', 'newest']);
  });

  it('lets the last kind wait for all others, and forgets what is cleared', async () => {
    const { queue, job } = setUp();
    queue.add(job('past'));
    queue.add(job('curve'));
    queue.add(job('probe'));
    queue.clear('probe');
    expect(await queue.runSlice(0, true)).toBe('curve');
    expect(await queue.runSlice(0, true)).toBeUndefined();
    expect(await queue.runSlice(0, true)).toBe('past');
    queue.clear();
    expect(queue.has(['probe', 'curve', 'past'])).toBe(false);
    expect(await queue.runSlice(0, true)).toBeUndefined();
  });
});
