// Several labs in one page: tabs, links, Back and undo lead from one to the other, and nothing goes on unseen.
import { expect, test } from '../fixtures.ts';
import { linkTo } from '../pages/lab.ts';

const REACHING = './#v=1&lab=reaching&preset=reaching-figure-3&seed=0';

test('a link opens the Reaching lab, and nothing trains there', async ({ lab, page }) => {
  await lab.open(REACHING);
  await page.evaluate(() => window.metascope?.idle());
  await expect(page).toHaveTitle('metascope · Reaching');
  await expect(page.getByRole('link', { name: 'Reaching' })).toHaveAttribute('aria-current', 'page');
  expect(await lab.statusKind()).toBe('idle');
  const shares = await page.evaluate(() =>
    window.metascope?.stores.reachingData.outcome?.strategies.map((each) => [
      each.strategy,
      each.winnerShare,
    ]),
  );
  const [, medium] = shares?.find(([strategy]) => strategy === 'medium') ?? [];
  expect(medium).toBeGreaterThanOrEqual(0.97);
});

test('tabs by keyboard, Back and Forward, and undo switch labs', async ({ lab, page }) => {
  await lab.open(linkTo({ seed: 3 }));
  await lab.reach(5);
  await page.getByRole('link', { name: 'Reaching' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/lab=reaching/);
  expect(await lab.statusKind()).toBe('idle');
  await page.goBack();
  await expect(page).toHaveURL(/lab=sinusoid&preset=sinusoid-live&seed=3$/);
  await expect.poll(() => lab.statusKind()).toBe('running');
  await page.goForward();
  await expect(page).toHaveTitle('metascope · Reaching');
  await page.keyboard.press('Control+z');
  await expect(page).toHaveTitle('metascope · Sinusoid');
});

test('a value out of its limits is explained at its control, and the last good one stays', async ({
  lab,
  page,
}) => {
  await lab.open(REACHING);
  const spread = page.getByRole('spinbutton', { name: 'Main spread', exact: true });
  await spread.fill('-1');
  await spread.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Got -1; expected 0 to 50');
  await expect(spread).toHaveValue('1');
  const replayed = page.getByRole('spinbutton', { name: 'Replayed, at most', exact: true });
  await replayed.fill('21');
  await replayed.press('Enter');
  await expect(page.getByRole('alert')).toContainText('do not fit into a batch of 20');
  await expect(replayed).toHaveValue('15');
  expect(page.url()).not.toContain('maxReplayedTasks');
});
