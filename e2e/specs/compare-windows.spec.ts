// Pinned runs in two windows of one browser.
import { expect, test } from '../fixtures.ts';
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
