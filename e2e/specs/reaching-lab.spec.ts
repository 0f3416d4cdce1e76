// The Reaching lab as a whole: it plays, steps and scrubs; seeds and phase map come from the worker; presets, links,
// bad input, the two stories, another lab, a phone, axe.
import { test as base, expect } from '../fixtures.ts';
import { findViolations } from '../pages/axe.ts';
import { ReachingLab, reachingLink } from '../pages/reaching-lab.ts';

const test = base.extend<{ reaching: ReachingLab }>({
  reaching: async ({ page }, use) => {
    await use(new ReachingLab(page));
  },
});

test('it plays from the start, pauses, steps by phase and iteration, scrubs and ends', async ({
  reaching,
  page,
}) => {
  await reaching.open();
  await expect.poll(async () => (await reaching.state()).playhead).toBeGreaterThan(2);
  await reaching.pauseButton.click();
  const { playhead } = await reaching.state();
  const picture = await reaching.picture();
  await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))));
  expect((await reaching.state()).playhead).toBe(playhead);
  expect(await reaching.picture()).toBe(picture);

  await reaching.iterationSlider.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('PageUp');
  expect((await reaching.state()).iteration).toBe(10);
  const lit = page.locator('.pseudocode [aria-current="step"]');
  for (const [phase, line] of [
    ['sample', /for\s*M\s*−\s*L\s*fresh tasks/],
    ['move', /w\s*←\s*w\s*\+\s*β/],
    ['score', /B\s*←\s*all/],
    ['choose', /L\s*←\s*round/],
  ] as const) {
    await page.getByRole('button', { name: 'Step phase' }).click();
    expect((await reaching.state()).phase).toBe(phase);
    await expect(lit).toContainText(line);
  }
  await expect(reaching.story).toContainText('for the next batch: the middle by distance');
  const chosen = await reaching.picture();
  await page.getByRole('button', { name: 'Step iteration' }).click();
  expect(await reaching.state()).toMatchObject({ iteration: 11, phase: null, status: 'paused' });
  await expect.poll(() => reaching.picture()).not.toBe(chosen);

  await reaching.iterationSlider.focus();
  await page.keyboard.press('End');
  await expect(reaching.story).toContainText('MEDIUM is nearest to the goal');
  expect((await reaching.state()).status).toBe('finished');
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('max');
  await reaching.runButton.click();
  await expect.poll(async () => (await reaching.state()).status).toBe('finished');
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  expect((await reaching.state()).iteration).toBe(0);
});

test('with reduced motion the arena is drawn once per iteration', async ({ reaching, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await reaching.open();
  await reaching.idle();
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('10 it/s');
  await expect(reaching.pauseButton).toBeVisible();
  const seen = await reaching.canvas.evaluate(async (canvas: HTMLCanvasElement) => {
    const [iterations, pictures] = [new Set<number>(), new Set<string>()];
    for (let frame = 0; frame < 40; frame++) {
      await new Promise((next) => requestAnimationFrame(next));
      iterations.add(window.metascope?.stores.reachingData.iteration ?? -1);
      pictures.add(canvas.toDataURL());
    }
    return { iterations: iterations.size, pictures: pictures.size };
  });
  expect(seen.iterations).toBeGreaterThan(3);
  // A frame may show the iteration before the first or not yet the last one that was counted.
  expect(Math.abs(seen.pictures - seen.iterations)).toBeLessThanOrEqual(1);
});

test('a hundred seeds say that MEDIUM is nearest, a change makes them stale and new', async ({
  reaching,
  page,
}) => {
  await reaching.open();
  await reaching.pauseAt(200);
  await reaching.idle();
  const shares = await reaching.winnerShares();
  expect(shares.medium).toBeGreaterThanOrEqual(0.97);
  const panel = page.getByRole('region', { name: 'Final distance' });
  await expect(panel.locator('canvas')).toHaveAccessibleName(/1st MEDIUM.* nearest in (9[7-9]|100) of 100/);
  const seeds = panel.getByRole('spinbutton', { name: 'Seeds' });
  await seeds.fill('20');
  await seeds.press('Enter');
  await reaching.idle();
  await expect(panel.locator('canvas')).toHaveAccessibleName(/nearest in 20 of 20/);
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('reaching-small-main');
  await reaching.idle();
  expect((await reaching.winnerShares()).easy).toBe(1);
});

test('a phase map fills, is cancelled, and a cell opens its experiment by pointer and by keys', async ({
  reaching,
  page,
}) => {
  // Short runs: the map is about the page, not about the figures.
  await reaching.open(reachingLink({ iterations: 20, replayRampIterations: 10 }));
  await reaching.pauseAt(0);
  await page.getByRole('combobox', { name: 'Setting upward' }).selectOption('mainSpread');
  await page.getByRole('button', { name: 'Compute the phase map' }).click();
  await expect.poll(async () => (await reaching.state()).cells).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Cancel the phase map' }).click();
  await expect(page.getByTestId('phase-words')).toContainText('Cancelled at');
  await page.getByRole('button', { name: 'Compute the phase map' }).click();
  await expect.poll(async () => (await reaching.state()).cells, { timeout: 40_000 }).toBe(400);

  const cursor = page.getByRole('button', { name: /^Open the cell / });
  await cursor.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByTestId('phase-words')).toContainText(/nearest in [\d.]+ of 20 seeds/);
  const before = (await reaching.state()).cell;
  await page.keyboard.press('Enter');
  const { cell } = await reaching.state();
  expect(cell).toEqual({ column: (before?.column ?? 0) + 1, row: (before?.row ?? 0) + 1 });
  await reaching.undo.click();
  expect((await reaching.state()).cell).toEqual(before);

  const canvas = page.getByRole('region', { name: 'Phase map' }).locator('canvas');
  const box = await canvas.boundingBox();
  if (!box) throw new Error('The map has no place on the page.');
  await canvas.click({ position: { x: box.width * 0.8, y: box.height * 0.4 } });
  const { firstNoiseCount, mainCount } = await reaching.experiment();
  expect(firstNoiseCount).toBeGreaterThan(mainCount / 2);
});

test('an edited experiment is the same from its link in another page', async ({ reaching, context }) => {
  await reaching.open();
  await reaching.pauseAt(0);
  await reaching.drag(await reaching.handleAt('Start'), 60, -30);
  await reaching.choose('Paint');
  await reaching.drag(await reaching.spot(0.8, 0.7), 40, 0);
  const experiment = await reaching.experiment();
  const distances = await reaching.distances();
  await reaching.page.evaluate(() => window.metascope?.stores.writeLink());
  const other = new ReachingLab(await context.newPage());
  await other.open(reaching.page.url());
  expect(await other.experiment()).toEqual(experiment);
  expect(await other.distances()).toEqual(distances);
});

test('what cannot be is refused at its control, and the last good state stays', async ({
  reaching,
  page,
}) => {
  await reaching.open();
  const replayed = page.getByRole('spinbutton', { name: 'Replayed, at most' });
  await replayed.fill('30');
  await replayed.press('Enter');
  await expect(page.getByRole('alert')).toContainText('30 replayed tasks do not fit into a batch of 20');
  expect((await reaching.experiment()).maxReplayedTasks).toBe(15);
  const spread = page.getByRole('spinbutton', { name: 'Main spread' });
  await spread.fill('-1');
  await spread.press('Enter');
  await expect(page.getByRole('alert')).toContainText(/-1|−1/);
  expect((await reaching.experiment()).mainSpread).toBe(1);
});

test('the stories: noise changes where the two end, α how far a task’s steps lead', async ({
  reaching,
  page,
}) => {
  await reaching.open(reachingLink({ preset: 'reaching-mismatch' }));
  await reaching.pauseAt(200);
  await page.getByRole('radio', { name: 'Mismatch' }).check();
  const chart = page.getByRole('region', { name: 'Mismatch', exact: true }).locator('canvas');
  await expect(chart).toHaveAccessibleName(/UNIFORM at 2\.\d+, MEDIUM at/);
  await page.getByRole('slider', { name: 'noise share' }).fill('0.1');
  await expect(chart).toHaveAccessibleName(/UNIFORM at 0\.\d+, MEDIUM at/);
  await page.getByRole('radio', { name: 'Learning rate' }).check();
  await expect(page.getByRole('radio', { name: 'Learning rate' })).toBeFocused();
  await page.getByRole('slider', { name: 'α of the agents' }).fill('0.2');
  await expect(
    page.getByRole('region', { name: 'Learning rate', exact: true }).locator('canvas'),
  ).toHaveAccessibleName(/α 0\.2/);
  expect((await reaching.experiment()).innerLearningRate).toBe(0.2);
});

test('labs are switched, and each is found as it was left', async ({ reaching, page }) => {
  await reaching.open();
  await reaching.pauseAt(60);
  await page.getByRole('link', { name: 'Sinusoid' }).click();
  await expect(page.getByRole('region', { name: 'Fits' })).toBeVisible();
  await page.getByRole('link', { name: 'Reaching' }).click();
  await expect(reaching.handle('Start')).toBeAttached();
  expect(await reaching.state()).toMatchObject({ status: 'paused', iteration: 60 });
});

test.describe('a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  test('has everything in one column, two fingers for zooming, the settings in a sheet', async ({
    reaching,
    page,
  }) => {
    await reaching.open();
    await expect(reaching.pauseButton).toBeInViewport({ ratio: 1 });
    await expect(reaching.canvas).toBeInViewport();
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await reaching.pauseAt(50);
    const { window: before } = await reaching.state();
    const from = await reaching.spot(0.5, 0.8);
    await reaching.pinch(from, 20, 80);
    expect((await reaching.state()).window.reach).toBeLessThan(before.reach * 0.6);
    await page.getByRole('button', { name: 'More of the transport' }).click();
    await page.getByRole('button', { name: 'Step phase' }).click();
    expect((await reaching.state()).phase).toBe('sample');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Settings' }).click();
    await expect(page.getByRole('dialog', { name: 'Settings' }).getByText('Main spread')).toBeVisible();
  });
});

test('on a laptop stage and transport need no scrolling', async ({ reaching, page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await reaching.open();
  await expect(reaching.canvas).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('region', { name: 'Pseudocode' })).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('region', { name: 'Transport' })).toBeInViewport({ ratio: 1 });
});

test.describe('axe', () => {
  test.use({ bypassCSP: true });
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 390],
  ] as const) {
    test(`finds nothing in the ${colorScheme} theme, ${width} px wide`, async ({ reaching, page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await reaching.open();
      await reaching.pauseAt(100);
      await reaching.choose('Paint');
      expect(await findViolations(page)).toEqual([]);
    });
  }
});
