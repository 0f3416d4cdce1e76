// The user's own task: points and curve are dragged or moved by keys, and every fit follows while training runs.
import { expect, test } from '../fixtures.ts';

test('dragging a support point changes the task and the fits while training runs', async ({ lab, page }) => {
  await lab.open();
  await lab.reach(40);
  const before = await lab.task();
  const error = await lab.fitError('maml').textContent();
  const from = await lab.pointAt(0);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 20, from.y - 40, { steps: 10 });
  const held = await lab.task();
  expect(held?.points[0]?.offset).not.toBe(before?.points[0]?.offset);
  await page.mouse.up();
  const after = await lab.task();
  expect(after?.points[0]?.x).toBeGreaterThan(before?.points[0]?.x ?? Number.POSITIVE_INFINITY);
  expect(after?.points.slice(1)).toEqual(before?.points.slice(1));
  await expect(lab.fitError('maml')).not.toHaveText(error ?? '');
  expect(await lab.statusKind()).toBe('running');
});

test('a paused fit moves with its points alone', async ({ lab, page }) => {
  await lab.open();
  await lab.reach(40);
  await lab.pause();
  const from = await lab.pointAt(1);
  // The pointer already rests on the point, so that hovering is part of the first picture.
  await page.mouse.move(from.x, from.y);
  const before = await lab.picture('Reptile');
  await page.mouse.down();
  await page.mouse.move(from.x, from.y + 50, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => lab.picture('Reptile')).not.toBe(before);
});

test('a double click adds a point, throwing it out removes it', async ({ lab, page }) => {
  await lab.open();
  await lab.reach(10);
  const count = page.getByTestId('point-count');
  const text = (await count.textContent()) ?? '';
  const points = Number.parseInt(text, 10);
  const panel = page.getByRole('region', { name: 'Fit of MAML', exact: true }).locator('canvas');
  const box = await panel.boundingBox();
  if (!box) throw new Error('The panel has no place on the page.');
  // Near a corner of the plot, where there is neither a point nor the curve.
  await page.mouse.dblclick(box.x + box.width * 0.5, box.y + 14);
  await expect(count).toHaveText(`${points + 1} points`);
  const added = await lab.pointAt(points);
  await page.mouse.move(added.x, added.y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y - 60, { steps: 5 });
  await page.mouse.up();
  await expect(count).toHaveText(`${points} points`);
});

test('the true curve is dragged by its phase', async ({ lab, page }) => {
  await lab.open();
  await lab.reach(10);
  await lab.pause();
  const before = await lab.task();
  const xs = (before?.points ?? []).map((point) => point.x);
  if (!before || xs.length === 0) throw new Error('There is no task.');
  // Points lie on the curve: a place between the two nearest neighbours far apart is on it and hits no point.
  const order = xs.map((x, index) => ({ x, index })).sort((a, b) => a.x - b.x);
  const a = await lab.pointAt(order[0]?.index ?? 0);
  const b = await lab.pointAt(order.at(-1)?.index ?? 0);
  const first = order[0]?.x ?? 0;
  const scale = (b.x - a.x) / ((order.at(-1)?.x ?? 1) - first);
  const gaps = order
    .slice(1)
    .map((point, i) => ({ from: order[i]?.x ?? 0, width: point.x - (order[i]?.x ?? 0) }));
  const widest = gaps.reduce((best, gap) => (gap.width > best.width ? gap : best));
  const x = widest.from + widest.width / 2;
  const value = (at: number) => before.amplitude * Math.sin(at - before.phase);
  const spread = order
    .map((point) => ({ index: point.index, y: value(point.x) + (before.points[point.index]?.offset ?? 0) }))
    .sort((p, q) => p.y - q.y);
  const low = await lab.pointAt(spread[0]?.index ?? 0);
  const high = await lab.pointAt(spread.at(-1)?.index ?? 0);
  const rise = (high.y - low.y) / ((spread.at(-1)?.y ?? 1) - (spread[0]?.y ?? 0));
  const at = { x: a.x + (x - first) * scale, y: low.y + (value(x) - (spread[0]?.y ?? 0)) * rise };
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await page.mouse.move(at.x + scale * 0.5, at.y, { steps: 5 });
  await page.mouse.up();
  const after = await lab.task();
  expect(after?.phase).toBeCloseTo((before.phase + 0.5) % (2 * Math.PI), 1);
  expect(after?.points.map((point) => point.x)).toEqual(before.points.map((point) => point.x));
});

test('a new task is one press away', async ({ lab, page }) => {
  await lab.open();
  const before = await lab.task();
  await page.getByRole('button', { name: 'New task' }).click();
  expect(await lab.task()).not.toEqual(before);
});
