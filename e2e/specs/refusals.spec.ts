// What a browser may refuse: storage, the clipboard, fullscreen. Each is said, with the other way, and the lab goes on.
import { expect, test } from '../fixtures.ts';

test('storage that throws: the lab trains, the theme lasts until the page closes, pins say where they are', async ({
  lab,
  page,
}) => {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    Object.defineProperty(window, 'localStorage', { get: refuse });
    Object.defineProperty(window, 'sessionStorage', { get: refuse });
    Object.defineProperty(window, 'indexedDB', { get: refuse });
    Object.defineProperty(window, 'caches', { get: refuse });
    Object.defineProperty(navigator, 'serviceWorker', { get: refuse });
  });
  await lab.open();
  await lab.reach(20);
  await page.getByRole('button', { name: /^Theme: light/ }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: 'Pin', exact: true }).click();
  await page.getByRole('button', { name: /^Compare/ }).click();
  await expect(
    page.getByText(/last until it is closed|lasts until the page is closed/).first(),
  ).toBeVisible();
});

test('storage that is full: the lab trains, and a pinned run is said to last only as long as the page', async ({
  lab,
  page,
}) => {
  await page.addInitScript(() => {
    const full = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    };
    Storage.prototype.setItem = full;
    IDBObjectStore.prototype.put = full;
    IDBObjectStore.prototype.add = full;
    Cache.prototype.put = () => Promise.reject(new DOMException('Full.', 'QuotaExceededError'));
  });
  await lab.open();
  await lab.reach(20);
  await page.getByRole('button', { name: /^Theme: light/ }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: 'Pin', exact: true }).click();
  await page.getByRole('button', { name: /^Compare/ }).click();
  await expect(page.getByText(/lasts until the page is closed/).first()).toBeVisible();
});

test('a clipboard that refuses: the link is selected, to be copied by hand', async ({ lab, page }) => {
  await page.addInitScript(() => {
    Clipboard.prototype.writeText = () => Promise.reject(new DOMException('Denied.', 'NotAllowedError'));
  });
  await lab.open();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /Share/ });
  await dialog.getByRole('button', { name: /^Copy/ }).first().click();
  await expect(dialog.getByText(/refuses access to the clipboard. The text is selected/)).toBeVisible();
  const selected = await page.evaluate(() => {
    const field = document.activeElement;
    return field instanceof HTMLTextAreaElement
      ? field.value.slice(field.selectionStart, field.selectionEnd)
      : null;
  });
  expect(selected).toContain('#v=1&lab=sinusoid');
});

test('fullscreen that is refused: said, with the browser’s own way', async ({ lab, page }) => {
  await page.addInitScript(() => {
    Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('Fullscreen is not allowed.'));
  });
  await lab.open();
  await page.getByRole('button', { name: 'Present', exact: true }).click();
  await page.getByRole('button', { name: /^Fullscreen/ }).click();
  await expect(page.getByText(/refuses fullscreen. F11/).first()).toBeVisible();
});
