// The gallery as a visitor meets it: the front page, its drawings, its links, its table. That nothing is written to the
// console is checked for every test (fixtures.ts).
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { CheetahLab } from '../pages/cheetah-lab.ts';
import { dropFiles } from '../pages/drop.ts';
import { Lab, linkTo } from '../pages/lab.ts';

test.setTimeout(120_000);

const title = 'Every figure, run again in your browser';

/** Brings every entry into view, until all are drawn. */
async function drawAll(page: Page): Promise<void> {
  const entries = page.getByRole('article');
  await expect(entries).toHaveCount(12);
  for (const entry of await entries.all()) {
    await entry.scrollIntoViewIfNeeded();
    await expect(entry.locator('.thumbnail[data-drawn]')).toHaveCount(1);
  }
}

test('is what an address without a link opens; it draws every figure and trains nothing', async ({
  page,
}) => {
  await page.goto('./');
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
  await drawAll(page);
  const status = await page.evaluate(() => window.metascope?.stores.run.getState().status.kind);
  expect(status).toBe('idle');
});

test('every “Open” leads to the lab that it names, and Back returns', async ({ page }) => {
  await page.goto('./');
  const links = page.getByRole('link', { name: /^Open / });
  await expect(links).toHaveCount(12);
  const found = await links.evaluateAll((all) =>
    all.map((link) => ({
      name: link.textContent ?? '',
      href: link.getAttribute('href') ?? '',
    })),
  );
  for (const { name, href } of found) {
    const lab = /in the (\w+) lab$/.exec(name)?.[1] ?? 'none';
    expect(href, name).toContain(`lab=${lab.toLowerCase()}`);
  }
  await page.getByRole('link', { name: /Nguyen 2021, Fig\. 3 in the Reaching lab/ }).click();
  await expect(page.getByRole('region', { name: 'Arena' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Reaching', exact: true })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await page.goBack();
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
});

test('a half-cheetah’s figure opens with the runs that its number is of', async ({ page }) => {
  const cheetah = new CheetahLab(page);
  await page.goto('./');
  await page.getByRole('link', { name: /Nguyen 2021, Table 1 in the Cheetah lab/ }).click();
  await expect(cheetah.recorded).toContainText('Recorded run: MAML, RMAML, seed 0, 600 meta-iterations');
  await expect(cheetah.lanes('At the goal velocity')).toBeVisible();
  expect(await page.evaluate(() => window.metascope?.status())).toBe('paused');
});

test('leads to its parts; a story is written and opened here; a damaged run file is answered', async ({
  page,
}) => {
  await page.goto('./');
  for (const part of ['Stories', 'Reproduction', 'Recorded runs', 'Guide']) {
    await page.getByRole('navigation', { name: 'On this page' }).getByRole('button', { name: part }).click();
    const heading = page.getByRole('heading', { name: part, exact: true });
    await expect(heading).toBeFocused();
    await expect(heading).toBeInViewport();
  }
  const { notices } = new Lab(page);
  await dropFiles(page, [
    { name: 'half.json', type: 'application/json', text: '{"format":"metascope-run",' },
  ]);
  await expect(notices).toContainText('“half.json” was not opened.');
  await expect(notices.getByRole('listitem')).toBeInViewport();
  await notices.getByRole('button', { name: /^Dismiss/ }).click();
  await expect(notices.getByRole('listitem')).toHaveCount(0);

  await page.getByRole('button', { name: 'Write a story' }).click();
  const editor = page.getByRole('dialog', { name: 'Story editor' });
  await editor.getByLabel('Title of the step').fill('Reaching first');
  await editor.getByLabel('Choose a preset…').selectOption('reaching-figure-3');
  await expect(editor).toContainText('reaching-figure-3');
  const saving = page.waitForEvent('download');
  await editor.getByRole('button', { name: 'Save as a file' }).click();
  const saved = await (await saving).path();
  await editor.getByRole('button', { name: 'Try it from this step' }).click();
  const told = page.getByRole('complementary', { name: 'Story' });
  await expect(told.getByRole('heading', { name: 'Reaching first' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Arena' })).toBeVisible();

  await told.getByRole('button', { name: 'Close the story' }).click();
  await page.getByRole('link', { name: 'Gallery', exact: true }).click();
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open a story file…' }).click();
  await (await choosing).setFiles(saved);
  await expect(told.getByRole('heading', { name: 'Reaching first' })).toBeVisible();
});

test('a link to a lab fetches nothing of it', async ({ page, lab }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await lab.open(linkTo());
  await lab.reach(10);
  expect(fetched.filter((url) => /GalleryPage|gallery/i.test(url))).toEqual([]);
  await page.getByRole('link', { name: 'Gallery', exact: true }).click();
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
  expect(fetched.some((url) => url.includes('GalleryPage'))).toBe(true);
});

test('a symbol explains itself to the keyboard and lights its twins', async ({ page, lab }) => {
  await lab.open(linkTo());
  await lab.reach(10);
  const alpha = page.locator('.pseudocode math [data-symbol="alpha"]').first();
  await expect(alpha).toBeVisible();
  const entry = page.locator('.pseudocode [data-symbol][tabindex="0"]');
  await expect(entry).toHaveCount(1);
  await entry.focus();
  const help = page.getByRole('tooltip');
  await expect(help).toContainText('Tasks per update');
  // On to α: M, Tᵢ, p, T, gᵢ, Lᵢ, θ, K, θ′ᵢ, θ, α.
  for (let step = 0; step < 14; step++) {
    if (await alpha.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('ArrowRight');
  }
  await expect(alpha).toBeFocused();
  await expect(help).toContainText('Inner learning rate');
  await expect(alpha).toHaveAttribute('aria-describedby', 'symbol-help');
  await expect(page.locator('[data-field="innerLearningRate"] [data-symbol]')).toHaveAttribute(
    'data-lit',
    '',
  );
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
});

test('a setting’s “?” explains its symbol while it has the focus', async ({ page, lab }) => {
  await lab.open(linkTo());
  const row = page.locator('[data-field="innerSteps"]');
  await row.getByRole('spinbutton').focus();
  await page.keyboard.press('Tab');
  await expect(row.getByRole('button', { name: /^Help/ })).toBeFocused();
  await expect(page.getByRole('tooltip')).toContainText('Gradient steps from θ to θ′');
});
