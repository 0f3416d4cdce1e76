// The promises in milliseconds, on a machine of two cores without a GPU.
import type { Browser, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { linkTo } from '../pages/lab.ts';

/** Starts to record the times of animation frames; the returned function gives them. */
async function recordFrames(page: Page) {
  await page.evaluate(() => {
    const record = { frames: [] as number[], on: true };
    const next = (time: number) => {
      record.frames.push(time);
      if (record.on) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    Object.assign(window, { frameRecord: record });
  });
  return () =>
    page.evaluate(() => {
      const { frameRecord: record } = window;
      if (!record) throw new Error('Nothing was recorded.');
      record.on = false;
      return record.frames;
    });
}

declare global {
  interface Window {
    readonly frameRecord?: { readonly frames: number[]; on: boolean };
  }
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds on the clock. */
  readonly dur?: number;
  /** Microseconds of the thread's own computing. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * The longest tasks of the page's main thread while `work` runs, in ms of the thread's own computing: on a machine
 * that others use too, time on the clock would measure them as well. Longest first.
 */
async function longestTasks(browser: Browser, page: Page, work: () => Promise<void>): Promise<number[]> {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  await work();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: readonly TraceEvent[];
  };
  const mains = new Set(
    trace.traceEvents
      .filter((event) => event.name === 'thread_name' && event.args?.name === 'CrRendererMain')
      .map((event) => `${event.pid}:${event.tid}`),
  );
  return trace.traceEvents
    .filter(({ name, ph, pid, tid }) => ph === 'X' && name.includes('RunTask') && mains.has(`${pid}:${tid}`))
    .map(({ dur = 0, tdur = dur }) => tdur / 1000)
    .sort((a, b) => b - a);
}

/** longestTasks of the first of up to ATTEMPTS runs of `work` that stays within `limit` ms, else of the last. */
async function longestTasksWithin(
  limit: number,
  browser: Browser,
  page: Page,
  work: () => Promise<void>,
): Promise<number[]> {
  let tasks: number[] = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    tasks = await longestTasks(browser, page, work);
    test.info().annotations.push({ type: 'longest tasks, ms', description: tasks.slice(0, 5).join(', ') });
    if ((tasks[0] ?? 0) <= limit) break;
  }
  return tasks;
}

function framesPerSecond(frames: readonly number[]): number {
  return ((frames.length - 1) * 1000) / ((frames.at(-1) ?? 0) - (frames[0] ?? 0));
}

/** Another process can take the machine for a moment; a promise that cannot be kept fails three times. */
const ATTEMPTS = 3;

test('the first training frame comes within three seconds of navigation', async ({ browser, baseURL }) => {
  const times: number[] = [];
  while (times.length < ATTEMPTS && !times.some((time) => time < 3000)) {
    // A fresh context has an empty cache: a first visit.
    const context = await browser.newContext({ baseURL: baseURL ?? '' });
    const page = await context.newPage();
    await page.goto(linkTo());
    const first = await page.waitForFunction(() => {
      const snapshot = window.metascope?.stores.data.snapshot;
      return snapshot && snapshot.iteration > 0 ? performance.now() : false;
    });
    times.push(Math.round(Number(await first.jsonValue())));
    await context.close();
  }
  test.info().annotations.push({ type: 'first frame, ms', description: times.join(', ') });
  expect(Math.min(...times)).toBeLessThan(3000);
});

test('training at full speed never blocks the page for more than 50 ms', async ({ browser, lab, page }) => {
  await lab.open();
  await lab.reach(60);
  const train = async () => lab.reach((await lab.iterations()) + 100);
  const tasks = await longestTasksWithin(50, browser, page, train);
  expect(tasks.length).toBeGreaterThan(100);
  expect(tasks[0]).toBeLessThanOrEqual(50);
});

test('at least 50 frames per second while a point is dragged and training runs', async ({
  browser,
  lab,
  page,
}) => {
  await lab.open();
  await lab.reach(60);
  const from = await lab.pointAt(2);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const drag = async () => {
    for (let turn = 0; turn < 60; turn++) {
      const [x, y] = [Math.sin(turn / 4), Math.cos(turn / 4)];
      await page.mouse.move(from.x + 30 * x, from.y + 30 * y, { steps: 2 });
    }
  };
  const rates: number[] = [];
  while (rates.length < ATTEMPTS && !rates.some((rate) => rate >= 50)) {
    const stop = await recordFrames(page);
    await drag();
    rates.push(framesPerSecond(await stop()));
  }
  const tasks = await longestTasksWithin(50, browser, page, drag);
  await page.mouse.up();
  test
    .info()
    .annotations.push({ type: 'frames/s', description: rates.map((rate) => rate.toFixed(1)).join(', ') });
  expect(Math.max(...rates)).toBeGreaterThanOrEqual(50);
  expect(tasks[0]).toBeLessThanOrEqual(50);
});
