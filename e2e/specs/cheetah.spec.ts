// The Cheetah lab: its cheetahs run from recordings while it trains, in both directions or at the velocity chosen, as
// slowly as asked.
import { test as base, expect } from '../fixtures.ts';
import { CheetahLab, cheetahLink } from '../pages/cheetah-lab.ts';

const test = base.extend<{ cheetah: CheetahLab }>({
  cheetah: async ({ page }, use) => {
    await use(new CheetahLab(page));
  },
});

test('it trains while cheetahs run in both directions', async ({ cheetah, page }) => {
  await cheetah.open();
  await expect(page).toHaveTitle('metascope · Cheetah');
  await cheetah.reach(3);
  await expect.poll(() => cheetah.answered()).toEqual([1, -1]);
  for (const name of ['Forwards', 'Backwards'] as const) {
    const before = await cheetah.picture(name);
    await expect.poll(() => cheetah.picture(name)).not.toBe(before);
  }
  const iteration = await cheetah.iteration();
  await cheetah.reach(iteration + 3);
  await expect(page.getByTestId('returns-backwards')).toContainText(/return −?[\d.]+→/);
  await page.getByRole('radio', { name: 'backwards' }).check();
  await expect(cheetah.lanes('Forwards')).toBeHidden();
  await expect(cheetah.lanes('Backwards')).toBeVisible();
});

test('a recording stops, goes frame by frame, and plays on', async ({ cheetah, page }) => {
  await cheetah.open();
  await expect.poll(() => cheetah.seconds()).toBeGreaterThan(0.2);
  await page.getByRole('button', { name: 'Stop the recording' }).click();
  const stopped = await cheetah.seconds();
  await page.getByRole('button', { name: 'Previous frame' }).click();
  await page.getByRole('button', { name: 'Next frame' }).click();
  const frame = await cheetah.seconds();
  expect(frame / 0.05).toBeCloseTo(Math.round(frame / 0.05), 6);
  expect(Math.abs(frame - stopped)).toBeLessThanOrEqual(0.05 + 1e-9);
  const still = await cheetah.picture('Forwards');
  await cheetah.reach((await cheetah.iteration()) + 3);
  expect(await cheetah.picture('Forwards')).toBe(still);
  await page.getByRole('radio', { name: 'Quarter speed' }).check();
  await page.getByRole('button', { name: 'Play the recording' }).click();
  await expect.poll(() => cheetah.picture('Forwards')).not.toBe(still);
});

test('another goal velocity is adapted to by every run, also while paused', async ({ cheetah, page }) => {
  await cheetah.open(cheetahLink({ preset: 'cheetah-vel-maml-live', algorithms: 'maml,reptile' }));
  await cheetah.reach(2);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect.poll(() => cheetah.answered()).toEqual([1.5]);
  const goal = page.getByRole('spinbutton', { name: 'Goal velocity', exact: true });
  await goal.fill('0.4');
  await goal.press('Enter');
  await expect.poll(() => cheetah.answered()).toEqual([0.4]);
  await expect(cheetah.goalWords).not.toContainText('adapting');
  await page.getByRole('slider', { name: 'Goal velocity on a scale' }).focus();
  await page.keyboard.press('End');
  await expect.poll(() => cheetah.answered()).toEqual([2.5]);
  await page.getByRole('button', { name: 'Usual goal' }).click();
  await expect.poll(() => cheetah.answered()).toEqual([1.5]);
});

test('on a phone nothing scrolls sideways, and the recording is in reach', async ({ cheetah, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await cheetah.open();
  await cheetah.reach(2);
  const overflow = await page.evaluate(() => {
    const root = document.documentElement;
    return Math.max(root.scrollWidth, document.body.scrollWidth) - root.clientWidth;
  });
  expect(overflow).toBeLessThanOrEqual(0);
  await expect(page.getByRole('button', { name: 'Stop the recording' })).toBeVisible();
});
