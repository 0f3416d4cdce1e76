// The page in a frame 600 px wide, of a course page of another origin: its height is told, the named origin is obeyed,
// nothing is kept, nothing scrolls.
import type { Frame, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { Course } from '../pages/course.ts';
import { linkTo } from '../pages/lab.ts';

const FRAGMENT = linkTo({ seed: 3, algorithms: 'maml,fomaml', hiddenWidths: '8,8' }).slice(2);

interface Heard {
  readonly origin: string;
  readonly data: { readonly type: string; readonly height?: number; readonly problems?: readonly string[] };
}

declare global {
  interface Window {
    heard?: Heard[];
    touched?: string[];
  }
}

/** Makes every touch of storage visible, before the page's own scripts run. */
function watchStorage(): void {
  const touched: string[] = [];
  window.touched = touched;
  const watch = (owner: object, name: string) => {
    const original: unknown = Reflect.get(owner, name);
    Reflect.set(owner, name, function (this: unknown, ...values: unknown[]) {
      touched.push(name);
      return typeof original === 'function' ? Reflect.apply(original, this, values) : undefined;
    });
  };
  watch(Storage.prototype, 'getItem');
  watch(Storage.prototype, 'setItem');
  watch(IDBFactory.prototype, 'open');
  if ('ServiceWorkerContainer' in window) watch(ServiceWorkerContainer.prototype, 'register');
  if ('CacheStorage' in window) watch(CacheStorage.prototype, 'open');
}

let course: Course;
test.beforeEach(async ({ baseURL }) => {
  course = new Course();
  await course.open(Number(new URL(baseURL!).port) + 2);
});
test.afterEach(() => course.close());

/** Opens the course page with the frame in it; returns the frame. */
async function openCourse(page: Page, baseURL: string, query: string, fragment = FRAGMENT): Promise<Frame> {
  await page.addInitScript(watchStorage);
  course.write(`<iframe title="metascope" width="600" height="1000" style="border: 0"
    src="${baseURL}${query}${fragment}" allow="fullscreen; clipboard-write"></iframe>`);
  await page.goto(course.address);
  await expect(page.frameLocator('iframe').getByRole('link', { name: 'metascope ↗' })).toBeVisible();
  const frame = page.frames().find((each) => each.url().startsWith(baseURL));
  if (frame === undefined) throw new Error('The frame has not been opened.');
  return frame;
}

const heard = (page: Page) => page.evaluate(() => window.heard ?? []);
const iterations = (frame: Frame) => frame.evaluate(() => window.metascope?.iteration() ?? -1);
const status = (frame: Frame) => frame.evaluate(() => window.metascope?.status());

async function send(page: Page, message: Readonly<Record<string, unknown>>): Promise<void> {
  await page.evaluate(
    (data) => document.querySelector('iframe')?.contentWindow?.postMessage(data, '*'),
    message,
  );
}

test('without an origin: its height is told, no command obeyed, nothing kept', async ({ page, baseURL }) => {
  const frame = await openCourse(page, baseURL!, '?embed');
  await expect.poll(() => iterations(frame), { timeout: 60_000 }).toBeGreaterThan(5);
  const sizes = (await heard(page)).filter(({ data }) => data.type === 'metascope:size');
  const height = sizes.at(-1)?.data.height ?? 0;
  expect(sizes.at(-1)?.origin).toBe(new URL(baseURL!).origin);
  expect(height).toBeGreaterThan(300);
  expect(height).toBeLessThan(1000);

  // As high as was said, the frame scrolls in no direction.
  await page.evaluate(
    (pixels) => document.querySelector('iframe')?.setAttribute('height', String(pixels)),
    height,
  );
  const overflow = await frame.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
    return { right: scrollWidth - clientWidth, down: scrollHeight - clientHeight };
  });
  expect(overflow).toEqual({ right: 0, down: 0 });

  await send(page, { type: 'metascope:pause' });
  const before = await iterations(frame);
  await expect.poll(() => iterations(frame)).toBeGreaterThan(before + 5);
  expect((await heard(page)).filter(({ data }) => data.type === 'metascope:answer')).toEqual([]);

  const inFrame = page.frameLocator('iframe');
  await inFrame.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect.poll(() => status(frame)).toBe('paused');
  await expect(inFrame.getByRole('region', { name: 'Learning curve', exact: true })).toBeVisible();
  await expect(inFrame.getByRole('button', { name: 'Share', exact: true })).toHaveCount(0);
  await expect(inFrame.getByRole('navigation', { name: 'Labs' })).toHaveCount(0);
  const link = inFrame.getByRole('link', { name: 'metascope ↗' });
  expect(await link.getAttribute('href')).toBe(`${baseURL}${FRAGMENT}`);
  expect(await link.getAttribute('target')).toBe('_blank');
  expect(await frame.evaluate(() => window.touched)).toEqual([]);
  expect(await frame.evaluate(() => localStorage.length)).toBe(0);
  expect(await frame.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
});

test('with the course page’s origin: its commands are obeyed and answered', async ({ page, baseURL }) => {
  const frame = await openCourse(page, baseURL!, `?embed&origin=${course.origin}`);
  const answers = async () => (await heard(page)).filter(({ data }) => data.type === 'metascope:answer');
  await expect.poll(async () => (await heard(page)).length).toBeGreaterThan(0);
  await send(page, { type: 'metascope:pause' });
  await expect.poll(() => status(frame)).toBe('paused');
  await send(page, { type: 'metascope:set', link: linkTo({ seed: 9, algorithms: 'reptile', wormhole: 1 }) });
  await expect.poll(() => frame.url()).toContain('seed=9');
  await expect.poll(async () => (await answers()).at(-1)?.data.problems?.join()).toContain('wormhole');
  await expect(page.frameLocator('iframe').getByRole('region', { name: 'Fit of Reptile' })).toBeVisible();
  await send(page, { type: 'metascope:play' });
  await expect.poll(() => status(frame), { timeout: 60_000 }).toBe('running');
  await send(page, { type: 'metascope:play', twice: true });
  await expect.poll(async () => (await answers()).at(-1)?.data.problems?.join()).toContain('not obeyed');
  // The course page's own history has not grown.
  expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2);
});

test('with another origin: nobody else is obeyed, or told anything', async ({ page, baseURL, watch }) => {
  // Chromium says itself that a message was not for this page.
  watch.expectMessage(/target origin provided/);
  const frame = await openCourse(page, baseURL!, '?embed&origin=https://course.example');
  await expect.poll(() => iterations(frame), { timeout: 60_000 }).toBeGreaterThan(2);
  await send(page, { type: 'metascope:pause' });
  const before = await iterations(frame);
  await expect.poll(() => iterations(frame)).toBeGreaterThan(before + 3);
  expect(await heard(page)).toEqual([]);
});

test('keys: Space runs and pauses; those for what a frame has not do nothing, and are not listed', async ({
  page,
  baseURL,
}) => {
  const frame = await openCourse(page, baseURL!, '?embed');
  await expect.poll(() => iterations(frame), { timeout: 60_000 }).toBeGreaterThan(2);
  const inFrame = page.frameLocator('iframe');
  await inFrame.getByRole('heading', { level: 1 }).click();
  const before = frame.url();
  for (const key of ['p', 'c', 'k', 'v']) await page.keyboard.press(key);
  await page.keyboard.press('Space');
  await expect.poll(() => status(frame)).toBe('paused');
  expect(frame.url()).toBe(before);
  await page.keyboard.press('?');
  const list = inFrame.getByRole('dialog', { name: 'Keys' });
  await expect(list).toContainText('Run or pause');
  await expect(list).not.toContainText('Present');
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await page.keyboard.press('Space');
  await expect.poll(() => status(frame)).toBe('running');
});

test('a story is told above the stage, and the frame’s height comes to rest', async ({ page, baseURL }) => {
  const frame = await openCourse(page, baseURL!, '?embed', '#v=1&story=which-tasks-to-replay.0');
  const inFrame = page.frameLocator('iframe');
  const story = inFrame.getByRole('complementary', { name: 'Story' });
  await expect(story.getByRole('heading', { name: 'A field of tasks' })).toBeVisible();
  await expect(story.getByRole('button', { name: 'Write a story' })).toHaveCount(0);
  // As a course page does that lets the frame follow.
  await page.evaluate(() => {
    addEventListener('message', ({ data }: MessageEvent) => {
      const height: unknown = data?.height;
      if (typeof height === 'number')
        document.querySelector('iframe')?.setAttribute('height', String(height));
    });
  });
  for (const step of ['Four ways to meet a task again', 'A field of tasks']) {
    await story.getByRole('button', { name: step.startsWith('Four') ? 'Next' : 'Back' }).click();
    await expect(story.getByRole('heading', { name: step })).toBeVisible();
  }
  const heights = async () =>
    (await heard(page)).flatMap(({ data: { height } }) => (height === undefined ? [] : [height]));
  const scrolls = () =>
    frame.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight);
  await expect.poll(scrolls).toBe(0);
  const settled = (await heights()).length;
  expect((await heights()).at(-1)).toBeLessThan(1600);
  const [tale, arena] = await Promise.all([
    story.boundingBox(),
    inFrame.getByRole('region', { name: 'Arena' }).boundingBox(),
  ]);
  expect(tale!.y + tale!.height).toBeLessThanOrEqual(arena!.y + 1);
  await expect(inFrame.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
  // Nothing goes on growing.
  await inFrame.getByRole('button', { name: 'Run', exact: true }).click();
  await expect
    .poll(() => frame.evaluate(() => window.metascope?.stores.reaching.getState().iteration ?? 0))
    .toBeGreaterThan(20);
  expect((await heights()).length).toBeLessThanOrEqual(settled + 2);
});
