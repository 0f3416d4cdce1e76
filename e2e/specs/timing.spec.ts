// The promises in milliseconds, on a machine of two cores without a GPU.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { linkTo } from '../pages/lab.ts';

/** Starts to record the times of animation frames and the lengths of long tasks; the returned function gives them. */
async function startRecording(page: Page) {
  await page.evaluate(() => {
    const record = { frames: [] as number[], longTasks: [] as number[], on: true };
    const next = (time: number) => {
      record.frames.push(time);
      if (record.on) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) record.longTasks.push(Math.round(entry.duration));
    }).observe({ type: 'longtask' });
    Object.assign(window, { timingRecord: record });
  });
  return () =>
    page.evaluate(() => {
      const { timingRecord: record } = window;
      if (!record) throw new Error('Nothing was recorded.');
      record.on = false;
      return { frames: record.frames, longTasks: record.longTasks };
    });
}

declare global {
  interface Window {
    readonly timingRecord?: { readonly frames: number[]; readonly longTasks: number[]; on: boolean };
  }
}

function framesPerSecond(frames: readonly number[]): number {
  return ((frames.length - 1) * 1000) / ((frames.at(-1) ?? 0) - (frames[0] ?? 0));
}

test('the first training frame comes within three seconds of navigation', async ({ page }) => {
  await page.goto(linkTo());
  const first = await page.waitForFunction(() => {
    const snapshot = window.metascope?.stores.data.snapshot;
    return snapshot && snapshot.iteration > 0 ? performance.now() : false;
  });
  const milliseconds = Number(await first.jsonValue());
  test.info().annotations.push({ type: 'first frame', description: `${Math.round(milliseconds)} ms` });
  expect(milliseconds).toBeLessThan(3000);
});

test('training at full speed never blocks the page for more than 50 ms', async ({ lab, page }) => {
  await lab.open();
  await lab.reach(60);
  const stop = await startRecording(page);
  await lab.reach((await lab.iterations()) + 100);
  const { frames, longTasks } = await stop();
  test.info().annotations.push({ type: 'frames/s', description: framesPerSecond(frames).toFixed(1) });
  // The browser reports tasks from 50 ms on: there must be none.
  expect(longTasks).toEqual([]);
});

test('at least 50 frames per second while a point is dragged and training runs', async ({ lab, page }) => {
  await lab.open();
  await lab.reach(60);
  const from = await lab.pointAt(2);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const stop = await startRecording(page);
  for (let turn = 0; turn < 60; turn++) {
    await page.mouse.move(from.x + 30 * Math.sin(turn / 4), from.y + 30 * Math.cos(turn / 4), { steps: 2 });
  }
  const { frames, longTasks } = await stop();
  await page.mouse.up();
  const rate = framesPerSecond(frames);
  test.info().annotations.push({ type: 'frames/s', description: rate.toFixed(1) });
  expect(frames.length).toBeGreaterThan(30);
  expect(rate).toBeGreaterThanOrEqual(50);
  expect(longTasks).toEqual([]);
});
