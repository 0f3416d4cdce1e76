// The past through its checkpoints and the fit through its inner steps, while training goes on.
import { expect, test } from '../fixtures.ts';

test('the meta-iteration scrubber shows the past without stopping training', async ({ lab, page }) => {
  await lab.open();
  await lab.reach(60);
  const slider = page.getByRole('slider', { name: 'Meta-iteration shown' });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', 'checkpoint 0');
  const old = await lab.picture('MAML');
  const before = await lab.iterations();
  await lab.reach(before + 50);
  // The past stands still while training goes on.
  expect(await lab.picture('MAML')).toBe(old);
  expect(await lab.statusKind()).toBe('running');
  await page.getByRole('button', { name: 'Back to live' }).click();
  await expect.poll(() => lab.picture('MAML')).not.toBe(old);
});

test('training can go on from a checkpoint', async ({ lab, page }) => {
  await lab.open();
  await lab.reach(60);
  await lab.pause();
  const first = await lab.losses();
  const slider = page.getByRole('slider', { name: 'Meta-iteration shown' });
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(slider).toHaveAttribute('aria-valuetext', /checkpoint/);
  await page.getByRole('button', { name: 'Train on from here' }).click();
  await expect.poll(() => lab.iterations()).toBeLessThan(first.length);
  if ((await lab.statusKind()) === 'paused') await lab.run();
  await lab.reach(first.length);
  // The same state and the same keys give the same losses again.
  expect((await lab.losses()).slice(0, first.length)).toEqual(first);
});

test('the inner-step scrubber shows the fit before and after adaptation', async ({ lab, page }) => {
  await lab.open();
  await lab.reach(60);
  await lab.pause();
  const slider = page.getByRole('slider', { name: 'Inner step shown' });
  await slider.fill('0');
  const before = await lab.picture('MAML');
  await slider.fill('5');
  await expect.poll(() => lab.picture('MAML')).not.toBe(before);
  await slider.fill('0');
  await expect.poll(() => lab.picture('MAML')).toBe(before);
  await page.getByRole('button', { name: 'Play the inner steps' }).click();
  await expect.poll(async () => Number(await slider.inputValue())).toBeGreaterThan(2);
});
