// The page as plain files: below any path, without a network after the first visit, under its own policy.
import { SUB_PATH_URL } from '../../playwright.config.ts';
import { expect, test } from '../fixtures.ts';
import { Lab, linkTo } from '../pages/lab.ts';

test('works below a path', async ({ page }) => {
  const lab = new Lab(page);
  await lab.open(`${SUB_PATH_URL}${linkTo().slice(2)}`);
  await lab.reach(20);
  expect(new URL(page.url()).pathname).toBe(new URL(SUB_PATH_URL).pathname);
});

test('works without a network after the first visit', async ({ lab, page, context }) => {
  await lab.open();
  await lab.reach(5);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await context.setOffline(true);
  await page.reload();
  await lab.reach(20);
  // Also an engine that was not needed on the first visit.
  await lab.setEngine('composed-wasm');
  const before = await lab.iterations();
  await lab.reach(before + 5);
});

test('carries a policy that allows nothing inline and nothing from elsewhere', async ({ page }) => {
  await page.goto('./');
  const policy = await page
    .locator('meta[http-equiv="Content-Security-Policy"]')
    .evaluate((meta: HTMLMetaElement) => meta.content);
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|https?:|\*/);
});
