// The page as plain files: below any path, under its own policy. Without a network: offline.spec.ts.
import { SUB_PATH_URL } from '../../playwright.config.ts';
import { expect, test } from '../fixtures.ts';
import { Lab, linkTo } from '../pages/lab.ts';

test('works below a path', async ({ page }) => {
  const lab = new Lab(page);
  await lab.open(`${SUB_PATH_URL}${linkTo().slice(2)}`);
  await lab.reach(20);
  expect(new URL(page.url()).pathname).toBe(new URL(SUB_PATH_URL).pathname);
});

test('carries a policy that allows nothing inline and nothing from elsewhere', async ({ page }) => {
  await page.goto('./');
  const policy = await page
    .locator('meta[http-equiv="Content-Security-Policy"]')
    .evaluate((meta: HTMLMetaElement) => meta.content);
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|https?:|\*/);
});
