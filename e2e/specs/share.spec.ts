// The share dialog as its users try it: the link that is copied gives the same run on a phone, the one with θ goes on from
// there, files are saved and opened again, and what the browser refuses is said with the other way.
import { readFileSync } from 'node:fs';
import type { Download, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { dropFiles } from '../pages/drop.ts';
import { Lab, linkTo } from '../pages/lab.ts';

const PHONE = { width: 390, height: 844 };
/** One small network: quick to train, and small in a link. */
const SMALL = linkTo({ seed: 42, algorithms: 'maml', hiddenWidths: '16,16' });

async function openDialog(page: Page) {
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Share', exact: true });
  await expect(dialog).toBeVisible();
  return dialog;
}

function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

async function textOf(download: Download): Promise<string> {
  return readFileSync(await download.path(), 'utf8');
}

test('a link copied with two presses gives the same losses in a page as wide as a phone', async ({
  lab,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await lab.open(SMALL);
  await lab.reach(50);
  await page.getByRole('button', { name: 'Share', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Copy link', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Copied.')).toBeVisible();
  const link = await clipboard(page);
  expect(link).toMatch(/#v=1&lab=sinusoid&preset=sinusoid-live&seed=42&algorithms=maml&hiddenWidths=16,16$/);
  expect(link.length).toBeLessThanOrEqual(300);
  const dialog = page.getByRole('dialog', { name: 'Share', exact: true });
  await expect(dialog).toContainText('hidden layers 16-16 (in the preset: 40-40)');

  const phone = new Lab(await context.newPage());
  await phone.page.setViewportSize(PHONE);
  await phone.open(link);
  await phone.reach(1);
  const engine = await lab.engine();
  if (engine && (await phone.engine()) !== engine) await phone.startOn(engine);
  await phone.reach(50);
  expect((await phone.losses()).slice(0, 50)).toEqual((await lab.losses()).slice(0, 50));
});

test('a link with θ opens paused at its iteration and goes on from there', async ({ lab, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await lab.open(SMALL);
  await lab.reach(30);
  await lab.pause();
  const dialog = await openDialog(page);
  await dialog.getByRole('button', { name: 'Copy link with θ' }).click();
  await expect(dialog.getByText('Copied.')).toBeVisible();
  const link = await clipboard(page);
  expect(link.length).toBeLessThan(8000);
  const at = Number(/&trained=(\d+)\.maml\./.exec(link)?.[1]);
  expect(at).toBeGreaterThanOrEqual(30);

  const second = new Lab(await context.newPage());
  await second.open(link);
  await expect(second.notices).toContainText('The trained state of this link');
  await expect.poll(() => second.statusKind()).toBe('paused');
  const iteration = () => second.page.evaluate(() => window.metascope?.stores.run.getState().iteration ?? -1);
  expect(await iteration()).toBe(at);
  await second.run();
  await expect.poll(iteration).toBeGreaterThan(at);
  // Trained, not begun anew: the loss of a fresh network of this seed is another.
  const [first] = await second.losses();
  const [fresh] = await lab.losses();
  expect(first).not.toBe(fresh);
});

test('a run is saved as a file, and opened again by dropping it; other files are answered', async ({
  lab,
  page,
  context,
}) => {
  await lab.open(SMALL);
  await lab.reach(40);
  await lab.pause();
  const dialog = await openDialog(page);
  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save run file' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toMatch(/^metascope-sinusoid-live-seed-42-at-\d+\.json$/);
  const text = await textOf(saved);
  const { iterations } = JSON.parse(text);

  const second = new Lab(await context.newPage());
  await second.open(linkTo({ seed: 1, algorithms: 'reptile' }));
  await second.reach(1, 'reptile');
  await dropFiles(second.page, [
    { name: 'a.json', type: 'application/json', text },
    { name: 'b.json', type: 'application/json', text },
  ]);
  await expect(second.notices).toContainText('got 2 files; expected one run or story file');
  await dropFiles(second.page, [{ name: 'cat.png', type: 'image/png', text: 'meow' }]);
  await expect(second.notices).toContainText('“cat.png” was not opened: got an image');
  await dropFiles(second.page, [{ name: 'half.json', type: 'application/json', text: text.slice(0, 5000) }]);
  await expect(second.notices).toContainText('not valid JSON');
  expect(second.page.url()).toContain('algorithms=reptile');

  await dropFiles(second.page, [{ name: 'run.json', type: 'application/json', text }]);
  await expect(second.notices).toContainText('“run.json” is open.');
  await expect.poll(() => second.statusKind()).toBe('paused');
  expect(await second.page.evaluate(() => window.metascope?.stores.run.getState().iteration)).toBe(
    iterations,
  );
  await expect(second.page).toHaveURL(/seed=42&algorithms=maml&hiddenWidths=16,16/);
  expect((await second.losses()).length).toBeGreaterThan(10);
});

test('a file dropped in the page’s first moments is not opened by the browser in its place', async ({
  page,
}) => {
  // What is fetched later does not come.
  await page.route(/assets\/(FileDrop|DropOverlay|share-dropped|SinusoidLab)-/, () => {});
  await new Lab(page).open(SMALL);
  const isKept = await page.evaluate(async () => {
    await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['{}'], 'run.json', { type: 'application/json' }));
    const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
    return !document.body.dispatchEvent(drop);
  });
  expect(isKept).toBe(true);
});

test('where the clipboard is refused the dialog says so, and the keyboard can copy', async ({
  lab,
  page,
}) => {
  await page.addInitScript(() => {
    const refuse = () => Promise.reject(new DOMException('Write permission denied.', 'NotAllowedError'));
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: refuse } });
  });
  await lab.open(SMALL);
  const dialog = await openDialog(page);
  await dialog.getByRole('button', { name: 'Copy link', exact: true }).click();
  await expect(dialog).toContainText('refuses access to the clipboard. The text is selected: press Ctrl+C');
  const field = dialog.getByRole('textbox', { name: 'Link to this experiment' });
  await expect(field).toBeFocused();
  const selected = await field.evaluate((element: HTMLTextAreaElement) =>
    element.value.slice(element.selectionStart, element.selectionEnd),
  );
  expect(selected).toBe(await field.inputValue());
  expect(selected).toContain('#v=1&lab=sinusoid');
});

test('every chart is there as PNG of twice its size, SVG and CSV', async ({ lab, page }) => {
  await lab.open(SMALL);
  await lab.reach(20);
  await lab.pause();
  const box = await page
    .getByRole('region', { name: 'Learning curve', exact: true })
    .locator('canvas')
    .boundingBox();
  const dialog = await openDialog(page);
  await expect(dialog.getByRole('button', { name: /as PNG$/ })).toHaveCount(5);
  const save = async (format: string) => {
    const saving = page.waitForEvent('download');
    await dialog.getByRole('button', { name: `Save “Learning curve” as ${format}` }).click();
    const download = await saving;
    expect(download.suggestedFilename()).toBe(`metascope-learning-curve.${format.toLowerCase()}`);
    return download;
  };
  const png = readFileSync(await (await save('PNG')).path());
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(Math.abs(png.readUInt32BE(16) - 2 * (box?.width ?? 0))).toBeLessThanOrEqual(2);
  const svg = await textOf(await save('SVG'));
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(svg).toContain('<title>Learning curve</title>');
  expect((await textOf(await save('CSV'))).split('\r\n').length).toBeGreaterThan(20);
});
