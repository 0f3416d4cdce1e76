// The Navigation lab: it trains, adapts to the goal that the user drops while it does, pauses at any moment, goes on from
// a checkpoint with equal numbers, survives the death of a pool worker, and frees its workers. On a small experiment.
import { test as base, expect } from '../fixtures.ts';
import { findViolations } from '../pages/axe.ts';
import { mean } from '../pages/lab.ts';
import { NavigationLab, navigationLink } from '../pages/navigation-lab.ts';

const test = base.extend<{ navigation: NavigationLab }>({
  navigation: async ({ page }, use) => {
    await use(new NavigationLab(page));
  },
});

test('it trains: returns after adaptation rise and are above those before', async ({ navigation, page }) => {
  await navigation.open();
  await navigation.reach(60);
  await expect(navigation.status).toContainText('Training runs.');
  const returns = await navigation.returns();
  expect(returns.every(Number.isFinite)).toBe(true);
  expect(mean(returns.slice(40, 60))).toBeGreaterThan(mean(returns.slice(0, 5)) + 2);
  const before = await page.evaluate(() => {
    const history = window.metascope?.stores.navigation.data.metrics('maml');
    return history ? [...history.column('returnBefore').slice(40, 60)] : [];
  });
  expect(mean(returns.slice(40, 60))).toBeGreaterThan(mean(before) + 1);
  // Rows come gapless.
  const iterations = await page.evaluate(() => {
    const history = window.metascope?.stores.navigation.data.metrics('maml');
    return history ? [...history.column('iteration').slice(0, history.length)] : [];
  });
  expect(iterations).toEqual(iterations.map((_, i) => i + 1));
  await expect(navigation.returnWords('maml')).toContainText(/return −[\d.]+→/);
  await expect(page.locator('.pseudocode [aria-current="step"]')).toHaveCount(1);
});

test('a goal dropped while training is adapted to by every run, and training goes on', async ({
  navigation,
  page,
}) => {
  await navigation.open(navigationLink({ algorithms: 'maml,fomaml' }));
  await navigation.reach(3);
  await navigation.answered();
  const picture = await navigation.picture('MAML');
  const before = await navigation.iteration();
  const { x, y } = await navigation.placeIn('FOMAML', 0.45, 0.7);
  await page.mouse.click(x, y);
  await navigation.answered();
  const { asked, answers } = await navigation.probe();
  expect(asked?.goal.y).toBeLessThan(-0.1);
  for (const answer of answers) {
    expect(answer?.goal).toEqual(asked?.goal);
    expect(answer?.returns).toHaveLength(4);
    expect(answer?.returns.every(Number.isFinite)).toBe(true);
  }
  await expect.poll(() => navigation.picture('MAML')).not.toBe(picture);
  await expect(navigation.goalWords).not.toContainText('adapting');
  expect(await navigation.statusKind()).toBe('running');
  await navigation.reach(before + 3);

  // A drag asks again and again; the last place counts.
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 1; i <= 8; i++) await page.mouse.move(x + 4 * i, y - 6 * i);
  await page.mouse.up();
  await navigation.answered();
  const dragged = (await navigation.probe()).asked;
  expect(dragged?.goal.x).toBeGreaterThan(asked?.goal.x ?? 1);
  expect(dragged?.goal.y).toBeGreaterThan(asked?.goal.y ?? 1);

  await page.getByRole('button', { name: 'Test goal' }).click();
  await navigation.answered();
  await expect(page.getByRole('button', { name: 'Test goal' })).toBeDisabled();
});

test('the keyboard moves the goal, also while training is paused', async ({ navigation, page }) => {
  await navigation.open();
  await navigation.reach(2);
  await navigation.pause();
  const paused = await navigation.iteration();
  const field = page.getByRole('spinbutton', { name: 'Goal x' });
  await field.fill('-0.3');
  await field.press('Enter');
  await navigation.answered();
  expect((await navigation.probe()).asked?.goal.x).toBe(-0.3);
  await navigation.goalHandle.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await navigation.answered();
  expect((await navigation.probe()).asked?.goal.x).toBe(-0.18);
  await expect(navigation.goalHandle).toHaveAccessibleName(/x −0\.18/);
  const shown = await navigation.picture('MAML');
  await page.getByRole('slider', { name: 'Inner step shown' }).fill('0');
  await expect.poll(() => navigation.picture('MAML')).not.toBe(shown);
  await page.getByRole('button', { name: 'field', exact: true }).click();
  await page.getByRole('button', { name: 'trajectories', exact: true }).click();
  expect(await navigation.iteration()).toBe(paused);
});

test('it pauses within 100 ms at any moment, and stays', async ({ navigation, page }) => {
  // Large steps, as in the default preset: a pause must not wait for one.
  await navigation.open('./#v=1&lab=navigation&preset=navigation-maml-live&seed=1');
  await navigation.reach(1);
  const waits: number[] = [];
  for (const delay of [0, 130, 260, 390, 520]) {
    const wait = await page.evaluate(async (ms) => {
      const run = window.metascope?.stores.navigation.run;
      if (!run) throw new Error('The page has not begun.');
      // A phase of the iteration, not a wait for anything.
      await new Promise((next) => setTimeout(next, ms));
      const began = performance.now();
      const paused = new Promise<number>((resolve) => {
        const stop = run.subscribe(({ status }) => {
          if (status.kind !== 'paused') return;
          stop();
          resolve(performance.now() - began);
        });
      });
      run.getState().pause();
      const waited = await paused;
      run.getState().play();
      return waited;
    }, delay);
    waits.push(wait);
    await expect.poll(() => navigation.statusKind()).toBe('running');
  }
  // The median: a machine that others use too may lose one race.
  expect(waits.toSorted((a, b) => a - b)[2]).toBeLessThan(100);
  await navigation.pause();
  const stopped = await navigation.iteration();
  await page.getByRole('spinbutton', { name: 'Goal x' }).press('ArrowUp');
  await navigation.answered();
  expect(await navigation.iteration()).toBe(stopped);
  expect(await navigation.statusKind()).toBe('paused');
});

test('training goes on from a checkpoint with equal numbers; the past is shown as its policy', async ({
  navigation,
  page,
}) => {
  await navigation.open(navigationLink({ algorithms: 'maml,rmaml' }));
  await navigation.reach(20);
  await navigation.pause();
  const maml = await navigation.returns('maml');
  const rmaml = await navigation.returns('rmaml');
  const live = await navigation.picture('RMAML');
  await navigation.iterationSlider.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(navigation.iterationSlider).toHaveAttribute('aria-valuetext', /checkpoint/);
  await expect(navigation.goalWords).toContainText('policy at ');
  await expect.poll(() => navigation.picture('RMAML')).not.toBe(live);
  await page.getByRole('button', { name: 'Train on from here' }).click();
  await expect.poll(() => navigation.iteration()).toBeLessThan(maml.length);
  if ((await navigation.statusKind()) === 'paused') await navigation.run();
  await navigation.reach(maml.length);
  expect((await navigation.returns('maml')).slice(0, maml.length)).toEqual(maml);
  expect((await navigation.returns('rmaml')).slice(0, rmaml.length)).toEqual(rmaml);
});

test('a worker of the pool dies: training goes on with the same numbers', async ({ navigation, context }) => {
  await navigation.open(navigationLink({ seed: 4 }));
  await navigation.reach(5);
  await navigation.page.evaluate(() => window.metascope?.loseDevice());
  const killed = await navigation.iteration();
  await navigation.reach(killed + 15);

  const undisturbed = new NavigationLab(await context.newPage());
  await undisturbed.open(navigationLink({ seed: 4 }));
  await undisturbed.reach(killed + 15);
  const returns = await undisturbed.returns();
  expect((await navigation.returns()).slice(0, killed + 15)).toEqual(returns.slice(0, killed + 15));
});

test('leaving the lab frees its workers; coming back goes on', async ({ navigation, page }) => {
  await navigation.open();
  await navigation.reach(10);
  expect(navigation.workers().some((name) => name.startsWith('navigation'))).toBe(true);
  await page.getByRole('link', { name: 'Reaching' }).click();
  await expect(page).toHaveTitle('metascope · Reaching');
  await expect.poll(() => navigation.workers().filter((name) => name.startsWith('navigation'))).toEqual([]);
  await page.getByRole('link', { name: 'Navigation' }).click();
  await expect.poll(() => navigation.statusKind()).toBe('running');
  await navigation.reach(15);
});

test('the grid of batch sizes runs while training waits, and can be cancelled', async ({
  navigation,
  page,
}) => {
  await navigation.open();
  await navigation.reach(3);
  await page.getByRole('radio', { name: 'Return by batch size' }).check({ force: true });
  const words = page.getByTestId('grid-words');
  await expect(words).toContainText('9 runs of 15 iterations');
  await page.getByRole('button', { name: 'Run the grid of batch sizes' }).click();
  await expect.poll(() => navigation.statusKind()).toBe('paused');
  await expect(words).toContainText(/[1-9] of 9 runs/, { timeout: 30_000 });
  await page.getByRole('button', { name: 'Cancel the grid of batch sizes' }).click();
  await expect(words).toContainText(/Cancelled after \d runs/);
  await expect.poll(() => navigation.statusKind()).toBe('running');
});

for (const [name, width, height] of [
  ['laptop', 1280, 720],
  ['desktop', 1920, 1080],
  ['phone', 390, 844],
] as const) {
  test(`${name}, ${width} × ${height}: no sideways scrolling, the transport in reach`, async ({
    navigation,
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await navigation.open(navigationLink({ algorithms: 'maml,fomaml,reptile,rmaml' }));
    await navigation.reach(5);
    const overflow = await page.evaluate(() => {
      const root = document.documentElement;
      return Math.max(root.scrollWidth, document.body.scrollWidth) - root.clientWidth;
    });
    expect(overflow).toBeLessThanOrEqual(0);
    await expect(navigation.pauseButton).toBeInViewport({ ratio: 1 });
    await page.screenshot({
      path: `test-results/screens/navigation-${name}.png`,
      fullPage: name === 'phone',
    });
  });
}

test.describe('with a finger', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
  test('a tap puts the goal, into a batch goal near it or where it is', async ({ navigation, page }) => {
    await navigation.open();
    await navigation.reach(3);
    await navigation.answered();
    const before = (await navigation.probe()).asked;
    const { x, y } = await navigation.placeIn('MAML', 0.3, 0.8);
    await page.touchscreen.tap(x, y);
    await navigation.answered();
    const { asked } = await navigation.probe();
    expect(asked?.id).toBeGreaterThan(before?.id ?? 0);
    expect(asked?.goal.x).toBeLessThan(-0.1);
    expect(asked?.goal.y).toBeLessThan(-0.1);
    expect(await navigation.statusKind()).toBe('running');
  });
});

test.describe('axe', () => {
  test.use({ bypassCSP: true });
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 390],
  ] as const) {
    test(`finds nothing in the ${colorScheme} theme, ${width} px wide`, async ({ navigation, page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await navigation.open(navigationLink({ algorithms: 'maml,rmaml' }));
      await navigation.reach(5);
      await page.getByRole('radio', { name: 'Return by batch size' }).check({ force: true });
      expect(await findViolations(page)).toEqual([]);
    });
  }
});
