// Pinned runs: kept over a reload, on the charts, compared in tables, as files, over several seeds, and where the browser
// keeps nothing. Runs are short: nothing here is about how well they learn.
import { readFileSync } from 'node:fs';
import { expect, test } from '../fixtures.ts';
import { Compare } from '../pages/compare.ts';
import { linkTo } from '../pages/lab.ts';

const SHORT = linkTo({ metaIterations: 40, algorithms: 'maml' });

test('a pinned run stays on the charts beside the next one, is compared with it, and is there after a reload', async ({
  page,
  lab,
}) => {
  const compare = new Compare(page);
  await lab.open(SHORT);
  await compare.finished();
  await compare.pin('A');
  await compare.retrain({ innerLearningRate: 0.03 });
  for (const chart of ['Learning curve', 'Adaptation']) {
    await expect.poll(() => compare.said(chart)).toMatch(/Pinned A \(.*\), MAML: \d/);
  }
  await compare.open();
  await expect(compare.rows).toHaveCount(1);
  await compare.name('A').fill('small α');
  await compare.name('A').press('Enter');
  const settings = compare.table('What differs');
  await expect(settings.getByRole('row')).toHaveCount(2);
  await expect(settings).toContainText('Inner learning rate');
  await expect(settings).toContainText('0.01');
  await expect(settings).toContainText('0.03');
  await compare.panel.getByRole('button', { name: 'baseline' }).click();
  await expect(compare.table('What came of it')).toContainText(/better|worse|no clear difference/);
  await expect(compare.table('What came of it')).toContainText('tasks');

  await page.reload();
  await expect
    .poll(() => compare.said('Learning curve'), { timeout: 30_000 })
    .toMatch(/Pinned A \(small α\)/);
  await compare.open();
  await expect(compare.name('A')).toHaveValue('small α');
  await compare.panel.getByRole('checkbox', { name: 'Show small α on the charts' }).uncheck();
  await expect.poll(() => compare.said('Learning curve')).not.toMatch(/Pinned/);
});

test('pinned runs leave as a file and come back; deleting can be undone', async ({ page, lab }, testInfo) => {
  const compare = new Compare(page);
  await lab.open(SHORT);
  await compare.finished();
  await compare.pin('A');
  await compare.retrain({ supportSize: 5 });
  await compare.pin('B');
  await compare.open();
  await compare.name('B').fill('five');
  await compare.name('B').press('Enter');

  const download = page.waitForEvent('download');
  await compare.panel.getByRole('button', { name: 'Export all' }).click();
  const file = testInfo.outputPath('pinned.json');
  await (await download).saveAs(file);
  const single = page.waitForEvent('download');
  await compare.menu('five', 'Export as a file');
  const run = testInfo.outputPath('run.json');
  await (await single).saveAs(run);
  expect(JSON.parse(readFileSync(run, 'utf8'))).toMatchObject({ format: 'metascope-run', title: 'five' });

  await compare.menu('five', 'Delete');
  await expect(compare.rows).toHaveCount(1);
  await compare.panel.getByRole('button', { name: 'Undo' }).click();
  await expect(compare.rows).toHaveCount(2);
  await compare.menu('five', 'Delete');
  await compare.panel.locator('input[type=file]').setInputFiles(file);
  await expect(compare.rows).toHaveCount(2);
  await expect(compare.name('B')).toHaveValue('five');
  await compare.panel.locator('input[type=file]').setInputFiles(run);
  await expect(compare.rows).toHaveCount(3);
  await expect(compare.name('C')).toHaveValue('five');

  const bad = {
    name: 'bad.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"format":"metascope-pins"}'),
  };
  await compare.panel.locator('input[type=file]').setInputFiles(bad);
  await expect(compare.panel.getByRole('alert')).toContainText('was not imported');
  await expect(compare.rows).toHaveCount(3);
});

test('several seeds run beside the shown run, can be cancelled, and are pinned with intervals', async ({
  page,
  lab,
}) => {
  const compare = new Compare(page);
  await lab.open(SHORT);
  await compare.finished();
  await compare.open();
  const seeds = compare.panel.getByRole('spinbutton', { name: 'Seeds' });
  await seeds.fill('3');
  await seeds.press('Enter');
  await compare.panel.getByRole('button', { name: 'Run the seeds' }).click();
  await expect(compare.panel.getByText('3 seeds finished and pinned.')).toBeVisible({ timeout: 60_000 });
  await expect(compare.rows.first()).toContainText('40 iterations, 3 seeds');
  await expect(compare.table('What came of it')).toContainText('over 3 seeds');
  await expect.poll(() => compare.said('Adaptation')).toMatch(/Pinned A/);

  await seeds.fill('100');
  await seeds.press('Enter');
  await compare.panel.getByRole('button', { name: 'Run the seeds' }).click();
  await expect(compare.panel.getByText(/^[1-9]\d* of 100 seeds/)).toBeVisible({ timeout: 60_000 });
  await compare.panel.getByRole('button', { name: 'Cancel the seeds' }).click();
  await expect(compare.panel.getByText(/^Cancelled: the/)).toBeVisible();
  await expect(compare.rows).toHaveCount(2);
  await expect(compare.panel.getByRole('button', { name: 'Run the seeds' })).toBeVisible();
});

test('where the browser keeps nothing, pins last for the visit, and that is said', async ({ page, lab }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
  });
  const compare = new Compare(page);
  await lab.open(SHORT);
  await compare.finished();
  await compare.pin('A');
  await compare.open();
  await expect(compare.panel.getByText('This browser keeps nothing for the page')).toBeVisible();
  await expect(compare.rows).toHaveCount(1);
  await compare.retrain({ innerLearningRate: 0.03 });
  await expect.poll(() => compare.said('Learning curve')).toMatch(/Pinned A/);
});

test('a storage without room is said, with the other way', async ({ page, lab }) => {
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  const compare = new Compare(page);
  await lab.open(SHORT);
  await compare.finished();
  await compare.pin('A');
  await compare.open();
  await expect(compare.panel.getByRole('alert')).toContainText('Export it as a file');
  await expect(compare.rows).toHaveCount(1);
});

test('the keyboard pins, opens and closes; the panel leaves the page usable', async ({ page, lab }) => {
  const compare = new Compare(page);
  await lab.open(SHORT);
  await compare.finished();
  await page.keyboard.press('k');
  await expect(page.getByText('Pinned as A:')).toBeAttached();
  await page.keyboard.press('v');
  await expect(compare.panel).toBeVisible();
  // Charts beside it answer the pointer.
  await page.getByRole('radio', { name: 'Seconds of computing' }).check({ force: true });
  await expect(compare.panel).toBeVisible();
  await compare.panel.getByRole('button', { name: 'Close' }).focus();
  await page.keyboard.press('Escape');
  await expect(compare.panel).toBeHidden();
  await page.keyboard.press('v');
  await page.keyboard.press('v');
  await expect(compare.panel).toBeHidden();
});

test('a frame of a course page has none of it', async ({ page, lab }) => {
  const compare = new Compare(page);
  await lab.open(SHORT.replace('./#', './?embed#'));
  await compare.finished();
  await expect(page.getByRole('button', { name: /^Compare/ })).toHaveCount(0);
  await page.keyboard.press('v');
  await page.keyboard.press('k');
  await expect(compare.panel).toHaveCount(0);
  expect(await page.evaluate(() => indexedDB.databases().then((all) => all.length))).toBe(0);
});
