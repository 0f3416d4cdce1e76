// axe finds nothing in any lab, theme and width, nor in what opens over them.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { findViolations } from '../pages/axe.ts';
import { CheetahLab, cheetahLink } from '../pages/cheetah-lab.ts';
import { NavigationLab } from '../pages/navigation-lab.ts';
import { ReachingLab } from '../pages/reaching-lab.ts';

test.use({ bypassCSP: true });
test.setTimeout(240_000);

const SIZES = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
] as const;

/** What axe finds at every width and in both themes, one line each with where. */
async function findEverywhere(page: Page): Promise<string[]> {
  const found: string[] = [];
  const pause = page.getByRole('button', { name: 'Pause', exact: true });
  if (await pause.isVisible()) await pause.click();
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme, { timeout: 60_000 });
      const where = `${size.width}, ${colorScheme}`;
      found.push(...(await findViolations(page)).map((each) => `${where}: ${each}`));
    }
  }
  return found;
}

/** Opens each thing by its button, looks, and closes it with Escape. */
async function findInOpened(page: Page, names: readonly (string | RegExp)[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) {
    const button = page.getByRole('button', { name }).first();
    await button.click();
    await expect(page.locator(':is(dialog[open], [popover]:popover-open)').last()).toBeVisible();
    found.push(...(await findViolations(page)).map((each) => `${name}: ${each}`));
    await page.keyboard.press('Escape');
    await expect(page.locator(':is(dialog[open], [popover]:popover-open)')).toHaveCount(0);
  }
  return found;
}

test('the Sinusoid lab', async ({ lab, page }) => {
  await lab.open();
  await lab.reach(40);
  expect(await findEverywhere(page)).toEqual([]);
});

test('the Reaching lab', async ({ page }) => {
  const lab = new ReachingLab(page);
  await lab.open();
  await lab.idle();
  expect(await findEverywhere(page)).toEqual([]);
});

test('the Navigation lab', async ({ page }) => {
  const lab = new NavigationLab(page);
  await lab.open();
  await expect.poll(() => page.evaluate(() => window.metascope?.iteration() ?? 0)).toBeGreaterThan(2);
  expect(await findEverywhere(page)).toEqual([]);
});

for (const preset of ['cheetah-dir-maml-live', 'cheetah-vel-maml-live']) {
  test(`the Cheetah lab, ${preset}`, async ({ page }) => {
    const lab = new CheetahLab(page);
    await lab.open(cheetahLink({ preset }));
    await lab.reach(2);
    expect(await findEverywhere(page)).toEqual([]);
  });
}

test('dialogs and popovers', async ({ lab, page }) => {
  await lab.open();
  await lab.reach(20);
  await lab.pause();
  const menu = /: table and downloads/;
  expect(await findInOpened(page, [/^Engine: /, menu, /points as numbers$/, /^Help: /])).toEqual([]);
  // A chart's table is behind its menu.
  await page.getByRole('button', { name: menu }).first().click();
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await expect(page.getByRole('dialog', { name: /: table$/ })).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
});

test('settings and notices on a phone', async ({ lab, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await lab.open('./#v=1&lab=sinusoid&preset=sinusoid-live&seed=1&wormhole=1');
  await expect(lab.notices).toContainText('wormhole');
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
});
