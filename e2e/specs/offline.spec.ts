// Without a network after the first visit, and what a visitor notices of a new version: a line, and nothing else.
import type { Page } from '@playwright/test';
import { SUB_PATH_URL } from '../../playwright.config.ts';
import { expect, test } from '../fixtures.ts';
import { Lab, linkTo } from '../pages/lab.ts';
import { Site } from '../pages/site.ts';

const PORT = Number(process.env.METASCOPE_E2E_PORT ?? 4183) + 2;

/** The page is kept: its service worker has taken over. */
async function kept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null), PATIENCE)
    .toBe(true);
}

/** The name of the page's own script, which changes with the version. */
function script(page: Page): Promise<string | null> {
  return page.locator('script[type="module"][src]').getAttribute('src');
}

/** Keeping all files again takes a while on a busy machine. */
const PATIENCE = { timeout: 60_000 };

const notice = (page: Page) => page.getByText('A new version is ready. Reload when it suits you.');

for (const [where, address] of [
  ['at an address of its own', './'],
  ['below a path', SUB_PATH_URL],
] as const) {
  test(`works without a network after the first visit, ${where}`, async ({ page, context }) => {
    const lab = new Lab(page);
    await lab.open(`${address}${linkTo().slice(2)}`);
    await lab.reach(5);
    await kept(page);
    await context.setOffline(true);
    await page.reload();
    await lab.reach(20);
    // Also an engine and a lab that were not needed on the first visit.
    await lab.setEngine('composed-wasm');
    await lab.reach((await lab.iterations()) + 5);
    await page.getByRole('link', { name: 'Reaching' }).click();
    await expect(page.getByRole('region', { name: 'Arena' })).toBeVisible();
  });
}

test.describe('a site that changes', () => {
  let site: Site;
  test.beforeEach(async () => {
    site = new Site();
    await site.open(PORT);
  });
  test.afterEach(() => site.close());

  test('a new version is offered quietly in every tab, and only the tab that asks reloads', async ({
    page,
    context,
  }) => {
    const first = new Lab(page);
    await first.open(`${site.address}${linkTo().slice(2)}`);
    await first.reach(5);
    await kept(page);
    const second = new Lab(await context.newPage());
    await second.open(`${site.address}${linkTo({ seed: 2 }).slice(2)}`);
    await second.reach(5);
    const before = await script(page);

    site.publish();
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await expect(notice(first.page)).toBeVisible(PATIENCE);
    await expect(notice(second.page)).toBeVisible(PATIENCE);
    expect([await script(page), await script(second.page)]).toEqual([before, before]);

    const trained = await second.iterations();
    await first.page.getByRole('button', { name: 'Reload', exact: true }).click();
    await expect.poll(() => script(first.page)).toContain('.v2.js');
    await expect(notice(first.page)).toBeHidden();
    await first.reach(5);

    // The other tab trains on, and still finds scripts of its own version which the server no longer has.
    expect(await script(second.page)).toBe(before);
    await second.reach(trained + 20);
    await second.page.getByRole('link', { name: 'Reaching' }).click();
    await expect(second.page.getByRole('region', { name: 'Arena' })).toBeVisible();
    await expect(notice(second.page)).toBeVisible();
  });

  test('a page that is already the new version says nothing', async ({ page, context }) => {
    await page.goto(site.address);
    await kept(page);
    site.publish();
    await page.reload();
    expect(await script(page)).toContain('.v2.js');
    // By itself the browser looks for a new worker only a while after the page has loaded.
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    // The new worker takes over by itself, since nothing would change for the page.
    const hasTakenOver = () =>
      page.evaluate(async () => {
        const own = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.src ?? '';
        if ((await window.caches.match(own)) === undefined) return false;
        const { installing, waiting } = await navigator.serviceWorker.ready;
        return installing === null && waiting === null;
      });
    await expect.poll(hasTakenOver, PATIENCE).toBe(true);
    await context.setOffline(true);
    await page.reload();
    expect(await script(page)).toContain('.v2.js');
    await expect(notice(page)).toBeHidden();
  });

  test('it can be put off', async ({ page }) => {
    await page.goto(site.address);
    await kept(page);
    site.publish();
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await page.getByRole('button', { name: /^Not now/ }).click(PATIENCE);
    await expect(notice(page)).toBeHidden();
  });

  test('recorded runs are kept when they were looked at, not before', async ({ page, context, watch }) => {
    // The browser's own line about the run that cannot be had without a network.
    watch.expectMessage(/ERR_FAILED|ERR_INTERNET_DISCONNECTED/);
    site.writeRun('seen.json', '{"seen":true}');
    site.writeRun('unseen.json', '{}');
    await page.goto(site.address);
    await kept(page);
    const read = (name: string) =>
      page.evaluate(async (file) => {
        try {
          return await (await fetch(`./runs/${file}`)).text();
        } catch {
          return null;
        }
      }, name);
    expect(await read('seen.json')).toBe('{"seen":true}');
    await expect.poll(() => page.evaluate(async () => (await caches.keys()).length)).toBe(2);
    await context.setOffline(true);
    await expect.poll(() => read('seen.json')).toBe('{"seen":true}');
    expect(await read('unseen.json')).toBeNull();
  });

  test('a network that never answers does not keep a visitor waiting for long', async ({ page }) => {
    await page.goto(site.address);
    await kept(page);
    site.hang();
    await page.reload({ timeout: 15_000 });
    await page.waitForFunction(() => window.metascope !== undefined);
  });

  test('a frame on another page keeps nothing', async ({ page }) => {
    await page.goto(`${site.address}?embed`);
    await page.waitForFunction(() => window.metascope !== undefined);
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(() => window.caches.keys())).toEqual([]);
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(
      0,
    );
  });
});
