// Pinned runs in two windows of one browser, and for who cannot see or point: axe on the panel, in both themes and on a phone.
import { expect, test } from '../fixtures.ts';
import { findViolations } from '../pages/axe.ts';
import { Compare } from '../pages/compare.ts';
import { Lab, linkTo } from '../pages/lab.ts';

const SHORT = linkTo({ metaIterations: 40, algorithms: 'maml' });

test('what one window pins, names and deletes, the other one shows', async ({ page, lab, context }) => {
  const compare = new Compare(page);
  await lab.open(SHORT);
  await compare.finished();
  const other = await context.newPage();
  const theirs = new Compare(other);
  await new Lab(other).open(SHORT);
  await theirs.open();
  await expect(theirs.rows).toHaveCount(0);
  await compare.pin('A');
  await expect(theirs.rows).toHaveCount(1);
  await theirs.name('A').fill('from there');
  await theirs.name('A').press('Enter');
  await compare.open();
  await expect(compare.name('A')).toHaveValue('from there');
  await compare.menu('from there', 'Delete');
  await expect(theirs.rows).toHaveCount(0);
});

test.describe('with axe', () => {
  test.use({ bypassCSP: true });
  for (const [name, width, height] of [
    ['desk', 1280, 720],
    ['phone', 375, 812],
  ] as const) {
    test(`axe finds nothing in the panel, ${name}`, async ({ page, lab }) => {
      await page.setViewportSize({ width, height });
      const compare = new Compare(page);
      await lab.open(SHORT);
      await compare.finished();
      await compare.open();
      await compare.panel.getByRole('button', { name: 'Pin this run' }).click();
      await expect(compare.rows).toHaveCount(1);
      await compare.panel.getByRole('button', { name: 'baseline' }).click();
      await expect(compare.table('What came of it')).toBeVisible();
      for (const scheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        expect(await findViolations(page)).toEqual([]);
      }
    });
  }
});
