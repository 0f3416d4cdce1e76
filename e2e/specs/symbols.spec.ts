// Symbols that charts paint have elements over the canvas: they light up with their twins.
import { expect, test } from '../fixtures.ts';
import { linkTo } from '../pages/lab.ts';

test('a symbol of the pseudocode lights its twin on a canvas and in the task', async ({ page, lab }) => {
  await lab.open(linkTo());
  const theta = page.locator('.canvas-symbols [data-symbol="θ"]');
  await expect(theta).toHaveCount(1);
  await page.locator('.pseudocode math [data-symbol="theta"]').first().focus();
  await expect(theta).toHaveAttribute('data-lit', '');
  const phase = page.locator('.task-bar [data-symbol-group] [data-symbol="φ"]');
  await phase.hover();
  await expect(page.getByRole('tooltip')).toContainText('φ');
});

test('a symbol painted on a canvas explains itself to the pointer and to the keyboard', async ({
  page,
  lab,
}) => {
  await lab.open(linkTo());
  const theta = page.locator('.canvas-symbols [data-symbol="θ"]');
  await theta.hover();
  await expect(page.getByRole('tooltip')).toContainText('θ');
  await page.mouse.move(2, 2);
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  await theta.focus();
  await expect(page.getByRole('tooltip')).toContainText('θ');
});
