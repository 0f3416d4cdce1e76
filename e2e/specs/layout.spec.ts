// The lab at the sizes it is made for: nothing scrolls sideways, everything needed is on the screen. The pictures in
// test-results/screens are for people to look at.
import { expect, test } from '../fixtures.ts';

const SIZES = [
  { name: 'laptop', width: 1280, height: 720 },
  { name: 'desktop', width: 1920, height: 1080 },
  { name: 'tablet', width: 820, height: 1180 },
  { name: 'phone', width: 390, height: 844 },
] as const;

for (const { name, width, height } of SIZES) {
  test(`${name}, ${width} × ${height}: no sideways scrolling, the transport in reach`, async ({
    lab,
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await lab.open();
    await lab.reach(60);
    const overflow = await page.evaluate(() => {
      const root = document.documentElement;
      return Math.max(root.scrollWidth, document.body.scrollWidth) - root.clientWidth;
    });
    expect(overflow).toBeLessThanOrEqual(0);
    await expect(lab.pauseButton).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole('region', { name: 'Fit of MAML', exact: true })).toBeVisible();
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await lab.reach((await lab.iterations()) + 5);
      await page.screenshot({
        path: `test-results/screens/${name}-${theme}.png`,
        fullPage: name === 'phone',
      });
    }
  });
}

test('a phone reaches the settings', async ({ lab, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await lab.open();
  await page.getByRole('button', { name: 'Settings' }).click();
  const sheet = page.getByRole('dialog', { name: 'Settings' });
  await expect(sheet.getByRole('combobox', { name: 'Preset' })).toBeVisible();
  await page.screenshot({ path: 'test-results/screens/phone-settings.png' });
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});

test('the theme button changes the page at once', async ({ lab, page }) => {
  await lab.open();
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const before = await ground();
  await page.getByRole('button', { name: /^Theme: / }).click();
  expect(await ground()).not.toBe(before);
});
