// Everything without a pointer: run and pause, points and curve, scrubbers, settings.
import type { Locator } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import type { Lab } from '../pages/lab.ts';

// Every setting and its help lie before the stage; who does not want them skips there.
const MOST_PRESSES = 150;

/** Presses Tab, or Shift+Tab from the page's end, until `target` has the focus. */
async function tabTo(lab: Lab, target: Locator, press: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < MOST_PRESSES; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await lab.page.keyboard.press(press);
  }
  throw new Error(`${MOST_PRESSES} presses of ${press} did not reach the element.`);
}

test('points and the curve move, come and go by keys', async ({ lab, page }) => {
  await lab.open();
  await lab.reach(10);
  await tabTo(lab, lab.handle(0));
  const before = await lab.task();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Shift+ArrowRight');
  const moved = await lab.task();
  expect(moved?.points[0]?.x).toBeCloseTo(Math.min(5, (before?.points[0]?.x ?? 0) + 0.5), 5);

  const points = before?.points.length ?? 0;
  await page.keyboard.press('Insert');
  await expect(page.getByTestId('point-count')).toHaveText(`${points + 1} points`);
  await page.keyboard.press('Delete');
  await expect(page.getByTestId('point-count')).toHaveText(`${points} points`);

  await page.keyboard.press('PageUp');
  await expect(page.locator('.handles :focus')).toHaveAccessibleName(/^True curve/);
  const amplitude = (await lab.task())?.amplitude ?? 0;
  await page.keyboard.press('ArrowUp');
  expect((await lab.task())?.amplitude).toBeCloseTo(amplitude + 0.1, 5);
});

test('the transport and the scrubbers work by keys', async ({ lab, page }) => {
  await lab.open();
  await lab.reach(60);
  await tabTo(lab, lab.pauseButton, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => lab.statusKind()).toBe('paused');

  const iterations = page.getByRole('slider', { name: 'Meta-iteration shown' });
  await tabTo(lab, iterations);
  await page.keyboard.press('Home');
  await expect(iterations).toHaveAttribute('aria-valuetext', 'checkpoint 0');
  await page.keyboard.press('ArrowRight');
  await expect(iterations).toHaveAttribute('aria-valuetext', /checkpoint [1-9]/);
  await page.keyboard.press('End');
  await expect(iterations).toHaveAttribute('aria-valuetext', /^live/);

  const steps = page.getByRole('slider', { name: 'Inner step shown' });
  await tabTo(lab, steps);
  await page.keyboard.press('End');
  await expect(steps).toHaveValue('10');
});

test('settings change by keys', async ({ lab, page }) => {
  await lab.open();
  const field = page.getByRole('spinbutton', { name: 'Inner learning rate', exact: true });
  await tabTo(lab, field);
  await page.keyboard.press('ArrowUp');
  await expect(page).toHaveURL(/innerLearningRate=/);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page).not.toHaveURL(/innerLearningRate=/);
});
