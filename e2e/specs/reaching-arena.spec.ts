// The Reaching lab's stage: handles by pointer and by keys, brush and eraser, zoom and pan, focus, undo.
import { test as base, expect } from '../fixtures.ts';
import { ReachingLab, reachingLink } from '../pages/reaching-lab.ts';

const test = base.extend<{ reaching: ReachingLab }>({
  reaching: async ({ page }, use) => {
    await use(new ReachingLab(page));
  },
});

test('a centre and a spread are dragged, runs follow while held, and one undo brings each back', async ({
  reaching,
  page,
}) => {
  await reaching.open();
  await reaching.pauseAt(200);
  const before = await reaching.experiment();
  const ends = await reaching.distances();
  const from = await reaching.handleAt('Noise 1 centre');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 40, from.y + 30, { steps: 5 });
  const held = await reaching.experiment();
  expect(held.firstNoiseX).toBeGreaterThan(before.firstNoiseX + 0.5);
  expect(held.firstNoiseY).toBeLessThan(before.firstNoiseY - 0.5);
  expect((await reaching.distances()).hard).not.toBe(ends.hard);
  await page.mouse.up();
  // Other settings are as they were, and the handle lies where it was dropped.
  const { firstNoiseX, firstNoiseY } = await reaching.experiment();
  expect(await reaching.experiment()).toEqual({ ...before, firstNoiseX, firstNoiseY });
  await expect.poll(async () => Math.round((await reaching.handleAt('Noise 1 centre')).x - from.x)).toBe(40);

  await reaching.drag(await reaching.handleAt('Main spread'), 20, 20);
  expect((await reaching.experiment()).mainSpread).toBeGreaterThan(1.2);
  await reaching.undo.click();
  expect((await reaching.experiment()).mainSpread).toBe(1);
  await reaching.undo.click();
  expect(await reaching.experiment()).toEqual(before);
});

test('handles move by keys and say their values; many presses are one undo entry', async ({
  reaching,
  page,
}) => {
  await reaching.open();
  await reaching.pauseAt(0);
  const centre = reaching.handle('Main centre');
  await centre.focus();
  await expect(centre).toHaveAccessibleName('Main centre, x 0.0, y 0.0');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(centre).toHaveAccessibleName('Main centre, x 0.1, y −1.0');
  await page.keyboard.press('Tab');
  await expect(reaching.handle('Main spread')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(reaching.handle('Main spread')).toHaveAccessibleName('Main spread, 1.05');
  await reaching.undo.click();
  await reaching.undo.click();
  const { mainX, mainY, mainSpread } = await reaching.experiment();
  expect({ mainX, mainY, mainSpread }).toEqual({ mainX: 0, mainY: 0, mainSpread: 1 });
});

test('tasks are painted and erased, by pointer and by keys', async ({ reaching, page }) => {
  await reaching.open();
  await reaching.pauseAt(100);
  await reaching.choose('Paint');
  await reaching.drag(await reaching.spot(0.2, 0.3), 80, 0);
  const painted = (await reaching.experiment()).extraTasks.length / 2;
  expect(painted).toBeGreaterThanOrEqual(4);
  await expect(page.getByText(`${300 + painted} tasks`)).toBeVisible();
  await reaching.handle('Brush').focus();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Enter');
  expect((await reaching.experiment()).extraTasks.slice(-2)).toEqual([1, 0]);

  await reaching.choose('Erase');
  await reaching.drag(await reaching.spot(0.2, 0.3), 80, 0);
  expect((await reaching.experiment()).extraTasks).toEqual([1, 0]);
  await reaching.choose('Move');
  await reaching.handle('Painted task 1').focus();
  await page.keyboard.press('Delete');
  expect((await reaching.experiment()).extraTasks).toEqual([]);
  // One entry each: the brush's stroke, its key, the eraser's stroke, Delete.
  for (let presses = 0; presses < 4; presses++) await reaching.undo.click();
  expect((await reaching.experiment()).extraTasks).toEqual([]);
  await expect(reaching.undo).toBeDisabled();
});

test('the wheel, buttons and keys zoom, the ground pans, Fit shows all again', async ({ reaching, page }) => {
  await reaching.open();
  await reaching.pauseAt(50);
  await expect.poll(async () => (await reaching.state()).window.reach).toBeLessThan(6.5);
  const fitted = (await reaching.state()).window;
  const at = await reaching.spot(0.5, 0.4);
  await page.mouse.move(at.x, at.y);
  await page.mouse.wheel(0, -300);
  await expect.poll(async () => (await reaching.state()).window.reach).toBeLessThan(fitted.reach * 0.8);
  await page.getByRole('button', { name: 'Zoom in' }).click();
  const near = (await reaching.state()).window;
  await reaching.drag(await reaching.spot(0.15, 0.75), 50, -40);
  const panned = (await reaching.state()).window;
  expect(panned.reach).toBe(near.reach);
  expect(panned.x).toBeLessThan(near.x);
  expect(panned.y).toBeLessThan(near.y);
  await page.getByRole('button', { name: 'Fit' }).click();
  await page.keyboard.press('+');
  expect((await reaching.state()).window.reach).toBeCloseTo(fitted.reach / 1.5, 5);
  await page.keyboard.press('0');
  expect((await reaching.state()).window).toEqual(fitted);
  await expect(reaching.undo).toBeDisabled();
});

test('an agent or a tab chooses whose tasks are shown', async ({ reaching, page }) => {
  await reaching.open();
  await reaching.pauseAt(120);
  await expect(reaching.story).toContainText('MEDIUM replays 15 of 20');
  await page.getByRole('radio', { name: 'EASY' }).check();
  await expect(reaching.story).toContainText('EASY replays 15 of 20: the nearest');
  const at = await page.evaluate(() => {
    const data = window.metascope?.stores.reachingData;
    const run = data?.runs.find(({ strategy }) => strategy === 'hard');
    if (!data || !run) throw new Error('HARD does not run.');
    return { x: run.path[2 * data.iteration] ?? 0, y: run.path[2 * data.iteration + 1] ?? 0 };
  });
  // Two handles give the scale of the plane.
  const goal = await reaching.handleAt('Main centre');
  const start = await reaching.handleAt('Start');
  const unit = (goal.x - start.x) / 6;
  await page.mouse.click(goal.x + at.x * unit, goal.y - at.y * unit);
  await expect(page.getByRole('radio', { name: 'HARD' })).toBeChecked();
  await expect(reaching.story).toContainText('HARD replays 15 of 20: the farthest');
});

test('a centre dragged onto all others is refused, explained and left where it was', async ({
  reaching,
  page,
}) => {
  await reaching.open(reachingLink({ secondNoiseCount: 0, firstNoiseX: 0.1, firstNoiseY: 0 }));
  await reaching.pauseAt(0);
  await reaching.handle('Noise 1 centre').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('alert')).toContainText('All centres are equal');
  expect((await reaching.experiment()).firstNoiseX).toBe(0.1);
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('alert')).toBeHidden();
  expect((await reaching.experiment()).firstNoiseX).toBe(0.2);
});
