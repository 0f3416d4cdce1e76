// A lecture in one piece, from the front page to a student's phone, with what a lecturer has: pointer, keys, Share. The
// numbers behind the curves must be the same on the phone to the last digit.
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';

const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Story' });

const statusOf = (page: Page) => page.evaluate(() => window.metascope?.stores.reaching.getState().status);

const mainTasksOf = (page: Page) =>
  page.evaluate(() => {
    const { experiment } = window.metascope!.stores.current.getState();
    return experiment.lab === 'reaching' ? experiment.mainCount : Number.NaN;
  });

async function openShare(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  return page.getByRole('dialog', { name: 'Share', exact: true });
}

/** The numbers of a chart, as the share dialog saves them. */
async function numbersOf(page: Page, title: string): Promise<string> {
  await page.evaluate(() => window.metascope?.idle());
  const dialog = await openShare(page);
  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: `Save “${title}” as CSV` }).click();
  const text = readFileSync(await (await saving).path(), 'utf8');
  await dialog.getByRole('button', { name: 'Close' }).click();
  return text;
}

/** What a hall would see go wrong: scrollbars, a part that has no room, parts one over the other. */
async function expectRoom(page: Page): Promise<void> {
  const parts = [panel(page), page.getByRole('region', { name: 'Arena' }), page.locator('.transport')];
  const boxes = await Promise.all(parts.map((part) => part.boundingBox()));
  const [story, arena, transport] = boxes.map((box) => box ?? { x: 0, y: 0, width: 0, height: 0 });
  expect(arena!.width).toBeGreaterThan(700);
  expect(arena!.height).toBeGreaterThan(400);
  expect(story!.x + story!.width).toBeLessThanOrEqual(arena!.x + 1);
  expect(arena!.y + arena!.height).toBeLessThanOrEqual(transport!.y + 1);
  const scrolls = await page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return scrollWidth > innerWidth || scrollHeight > innerHeight;
  });
  expect(scrolls).toBe(false);
}

test('a story is given from the gallery, a slider changed, the link shared: a phone draws the same curves', async ({
  page,
  context,
  browser,
  watch,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto('./');
  await page.getByRole('button', { name: 'Stories', exact: true }).click();
  await page.getByRole('link', { name: 'Which tasks to replay?' }).click();
  const story = panel(page);
  await expect(story.getByRole('heading', { name: 'A field of tasks' })).toBeVisible();

  await page.keyboard.press('p');
  await expect(page.locator('html[data-projector]')).toHaveCount(1);
  await expectRoom(page);
  // Nothing on the screen answers the question that comes next.
  await expect(page.locator('.instruments')).not.toContainText('MEDIUM');
  const next = story.getByRole('button', { name: 'Next' });
  await next.focus();
  await page.keyboard.press('Enter');
  await expect(story.getByText('Make your guess first')).toBeVisible();
  await expect(next).toBeFocused();
  await expectRoom(page);
  await page.getByRole('radio', { name: 'HARD: it works on its weakness' }).check();
  await page.getByRole('button', { name: 'This is my guess' }).click();
  await expect(story.getByText('It turns out otherwise: MEDIUM')).toBeVisible();
  await expectRoom(page);
  await expect(story.getByText('Iteration 200 is reached.')).toBeVisible({ timeout: 60_000 });

  await next.click();
  await expect(page.locator('section.chart[aria-label="Task buffer"]')).toHaveAttribute(
    'data-pointed-out',
    '',
  );
  await next.click();
  await page.locator('.predict').getByRole('radio', { name: 'EASY', exact: true }).check();
  await page.getByRole('button', { name: 'This is my guess' }).click();
  await expect(story.getByText('That is how it turns out.')).toBeVisible();
  await expect(page.locator('section.chart[aria-label="Final distance"]')).toHaveAttribute(
    'data-pointed-out',
    '',
  );

  // The slider, with the pointer: to some place between.
  const slider = story.getByRole('slider', { name: 'Main tasks' });
  await slider.scrollIntoViewIfNeeded();
  const track = await slider.boundingBox();
  if (track === null) throw new Error('The slider has no place on the page.');
  await page.mouse.click(track.x + 0.6 * track.width, track.y + track.height / 2);
  await expect.poll(() => mainTasksOf(page)).toBeGreaterThan(80);
  const count = String(await mainTasksOf(page));
  await expect.poll(() => statusOf(page), { timeout: 60_000 }).toBe('finished');
  await expectRoom(page);

  const dialog = await openShare(page);
  await dialog.getByRole('button', { name: 'Copy link', exact: true }).click();
  await expect(dialog.getByText('Copied.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.length).toBeLessThanOrEqual(300);
  expect(link).toContain(`mainCount=${count}`);
  await dialog.getByRole('button', { name: 'Close' }).click();
  const distances = await numbersOf(page, 'Distance to the goal');
  const finals = await numbersOf(page, 'Final distance');
  expect(distances.split('\r\n').length).toBeGreaterThan(200);

  const students = await browser.newContext({ viewport: { width: 390, height: 844 }, acceptDownloads: true });
  const phone = await students.newPage();
  phone.on('pageerror', (error) => watch.problems.push(`thrown on the phone: ${error.message}`));
  phone.on('console', (message) => {
    if (message.type() === 'error') watch.problems.push(`on the phone: ${message.text()}`);
  });
  await phone.goto(link);
  await expect(panel(phone).getByRole('heading', { name: 'Is that a law?' })).toBeVisible();
  // What was answered in the hall is not asked again, and the chart that the step speaks of is in sight.
  await expect(panel(phone).getByText('What to make of it')).toBeVisible();
  await expect(phone.getByRole('region', { name: 'Final distance', exact: true })).toBeInViewport({
    ratio: 0.5,
  });
  await expect(panel(phone).getByRole('spinbutton', { name: 'Main tasks', exact: true })).toHaveValue(count);
  await expect.poll(() => statusOf(phone), { timeout: 60_000 }).toBe('finished');
  expect(await numbersOf(phone, 'Distance to the goal')).toBe(distances);
  expect(await numbersOf(phone, 'Final distance')).toBe(finals);
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await students.close();
});
