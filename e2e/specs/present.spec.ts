// Presenting, hiding and locking by link, and guessing first: as a lecturer and a student do them.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { linkTo } from '../pages/lab.ts';

const REACHING = './#v=1&lab=reaching&preset=reaching-figure-3&seed=0';

/** What would show a scrollbar, and words smaller than 18 px; scripts of formulas are smaller by their nature. */
async function flaws(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const { scrollHeight, scrollWidth } = document.documentElement;
    if (scrollHeight > innerHeight || scrollWidth > innerWidth) found.push('the page scrolls');
    for (const element of document.querySelectorAll('body *')) {
      const style = getComputedStyle(element);
      const canScroll = (value: string) => value === 'auto' || value === 'scroll';
      const isTall = canScroll(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
      const isWide = canScroll(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
      const name = `${element.tagName.toLowerCase()}.${element.className}`;
      if (element.clientHeight > 0 && (isTall || isWide)) found.push(`${name} scrolls`);
      const hasText = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
      );
      if (!hasText || element.closest('math') !== null) continue;
      const { width } = element.getBoundingClientRect();
      // Two pixels wide or less: for screen readers.
      if (width <= 2 || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
        continue;
      if (Number.parseFloat(style.fontSize) < 18) found.push(`${name} is ${style.fontSize}`);
    }
    return [...new Set(found)];
  });
}

for (const [width, height] of [
  [1920, 1080],
  [1280, 720],
  [1024, 768],
] as const) {
  test(`presented on ${width} × ${height}: no scrollbar, nothing under 18 px`, async ({ lab, page }) => {
    await page.setViewportSize({ width, height });
    for (const link of [linkTo({}), REACHING, './#v=1&lab=navigation&preset=navigation-maml-live&seed=0']) {
      await lab.open(`${link}&present=1`);
      await expect(page.locator('html[data-projector]')).toHaveCount(1);
      await expect(page.locator('.transport')).toBeVisible();
      await expect.poll(() => flaws(page), link).toEqual([]);
      await expect(page.locator('.controls')).toHaveCount(0);
    }
  });
}

test('keys: P presents, Space pauses, ? lists them all, Escape leaves; none while typing', async ({
  lab,
  page,
}) => {
  await lab.open(linkTo({ seed: 3 }));
  await lab.reach(1);
  await page.keyboard.press('p');
  await expect(page.locator('html[data-projector]')).toHaveCount(1);
  await expect.poll(() => page.url()).toContain('present=1');
  await page.keyboard.press('Space');
  await expect(lab.runButton).toHaveText('Run');
  await page.keyboard.press('3');
  await expect.poll(() => page.evaluate(() => window.metascope?.stores.view.getState().innerStep)).toBe(3);
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keys' });
  await expect(list).toContainText('Run or pause');
  // The dialog's own Escape: the presentation goes on.
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(page.locator('html[data-projector]')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.locator('html[data-projector]')).toHaveCount(0);
  await expect.poll(() => page.url()).not.toContain('present=1');
  const seed = page.getByRole('spinbutton', { name: 'Seed' });
  await seed.focus();
  await page.keyboard.press('p');
  await expect(page.locator('html[data-projector]')).toHaveCount(0);
  await seed.fill('9');
  await seed.press('Enter');
  await seed.blur();
  await page.keyboard.press('u');
  await expect(seed).toHaveValue('3');
});

test('what the browser refuses is said once: the wake lock, fullscreen', async ({ lab, page }) => {
  await page.addInitScript(() => {
    const refuse = () => Promise.reject(new DOMException('refused', 'NotAllowedError'));
    Object.defineProperty(Navigator.prototype, 'wakeLock', { get: () => ({ request: refuse }) });
    Element.prototype.requestFullscreen = refuse;
  });
  await lab.open(linkTo({}));
  await page.keyboard.press('p');
  const remark = page.locator('.page-remark');
  await expect(remark).toContainText('does not keep the screen awake');
  await page.keyboard.press('f');
  await expect(remark).toContainText('refuses fullscreen');
});

test('fullscreen that comes too late after its key is not asked for, and that is said', async ({
  lab,
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(UserActivation.prototype, 'isActive', { get: () => false });
  });
  await lab.open(linkTo({}));
  await page.keyboard.press('f');
  await expect(page.locator('.page-remark')).toContainText('refuses fullscreen');
  expect(await page.evaluate(() => document.fullscreenElement)).toBeNull();
});

test('a link hides and locks: not there, or there with its value and a lock', async ({ lab, page }) => {
  await lab.open(`${linkTo({ seed: 3 })}&hide=presets,innerSteps&lock=innerLearningRate`);
  await expect(page.getByRole('combobox', { name: 'Preset' })).toHaveCount(0);
  await expect(page.locator('[data-field="innerSteps"]')).toHaveCount(0);
  const row = page.locator('[data-field="innerLearningRate"]');
  await expect(row).toContainText('locked by this link');
  await expect(row.getByRole('spinbutton')).toBeDisabled();
  await expect(row.getByRole('spinbutton')).toHaveValue('0.01');
  await expect(row.getByRole('slider')).toBeDisabled();
  await expect(page.getByRole('spinbutton', { name: 'Seed' })).toBeEnabled();
});

test('undo takes back what was changed under a link’s locks, and does not go behind them', async ({
  lab,
  page,
}) => {
  await lab.open(linkTo({ seed: 3 }));
  const rate = page.locator('[data-field="innerLearningRate"]').getByRole('spinbutton');
  await rate.fill('0.5');
  await rate.press('Enter');
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  await expect(undo).toBeEnabled();
  // The exercise is opened in the same page.
  await page.goto(`${linkTo({ seed: 3, innerLearningRate: 0.02 })}&lock=innerLearningRate`);
  await expect(rate).toBeDisabled();
  await expect(rate).toHaveValue('0.02');
  await expect(undo).toBeDisabled();
  const seed = page.getByRole('spinbutton', { name: 'Seed', exact: true });
  await seed.fill('9');
  await seed.press('Enter');
  await undo.click();
  await expect(seed).toHaveValue('3');
  await expect(undo).toBeDisabled();
  await expect(rate).toHaveValue('0.02');
});

test('an exercise: its link is made by ticking and hides what was ticked', async ({ lab, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await lab.open(linkTo({ seed: 3 }));
  await page.getByRole('button', { name: 'Present' }).click();
  await page.getByRole('button', { name: 'Make an exercise…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Make an exercise' });
  await dialog.getByRole('checkbox', { name: 'Hide Pseudocode' }).check();
  await dialog.getByRole('checkbox', { name: 'Lock Inner learning rate' }).check();
  await dialog.getByRole('checkbox', { name: /^Ask for a guess first/ }).check();
  await dialog.getByRole('button', { name: 'Copy link' }).click();
  await expect(dialog).toContainText('Copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/seed=3&hide=pseudocode&lock=innerLearningRate&predict=1$/);
  await page.keyboard.press('Escape');
  await lab.open(link);
  await expect(page.locator('.pseudocode')).toBeHidden();
  await expect(page.getByRole('region', { name: 'Your guess first' })).toBeVisible();
});

test('a guess first, by mouse: covered and still, then drawn beside the outcome and judged', async ({
  lab,
  page,
}) => {
  await lab.open(`${REACHING}&predict=1`);
  const panel = page.getByRole('region', { name: 'Your guess first' });
  await expect(panel).toContainText('How far from the goal');
  await expect(page.getByRole('region', { name: 'Final distance' })).toBeHidden();
  const confirm = panel.getByRole('button', { name: 'This is my guess' });
  await expect(confirm).toBeDisabled();
  // Training waits, however it is asked for.
  await page.keyboard.press('Space');
  await expect(page.locator('.transport .run')).toHaveText('Run');
  const canvas = panel.locator('canvas');
  const box = (await canvas.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.25, box.y + box.height * 0.3);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.9, box.y + box.height * 0.7, { steps: 12 });
  await page.mouse.up();
  const fields = panel.getByRole('spinbutton');
  const values = await fields.evaluateAll((all) =>
    all.map((each) => Number((each as HTMLInputElement).value)),
  );
  expect(values).toHaveLength(4);
  expect(values[0]).toBeGreaterThan(values[3]!);
  await confirm.click();
  await expect(page.getByRole('region', { name: 'Final distance' })).toBeVisible();
  const verdict = page.getByRole('region', { name: 'Your guess' });
  await expect(verdict).toContainText(/Off by [\d.]+ on average \(distance\)/, { timeout: 20_000 });
  await expect(page.locator('.transport .run')).toHaveText('Pause');
  await verdict.getByRole('button', { name: 'Guess again' }).click();
  await expect(panel).toBeVisible();
});

test('a guess first, by keyboard alone, on a phone', async ({ lab, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await lab.open(`${REACHING}&predict=1`);
  const panel = page.getByRole('region', { name: 'Your guess first' });
  // Above the stage: nobody has to look for it.
  expect((await panel.boundingBox())!.y).toBeLessThan(200);
  const first = panel.getByRole('spinbutton').first();
  await first.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Tab');
  await page.keyboard.type('1234');
  await page.keyboard.press('Enter');
  // The chart ends at 8: that is kept, and said.
  await expect(panel.locator('.guess-remark')).toHaveText(/^1.?234 is beyond the chart.*: 8 was taken\.$/);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('1.5');
  await page.keyboard.press('Enter');
  await expect(panel.locator('.guess-remark')).toBeEmpty();
  await panel.getByRole('button', { name: 'This is my guess' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Your guess' })).toContainText('Off by', { timeout: 20_000 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
