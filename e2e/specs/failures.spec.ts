// What goes wrong stays small: a run that diverges, a GPU device that is lost, a worker that dies.
import { expect, test } from '../fixtures.ts';
import { Lab, linkTo } from '../pages/lab.ts';

/** Iterations whose losses are there, which must be 1 … n without a gap or a repeat. */
function iterationColumn(lab: Lab): Promise<number[]> {
  return lab.page.evaluate(() => {
    const history = window.metascope?.stores.data.metrics('maml');
    return history ? [...history.column('iteration').slice(0, history.length)] : [];
  });
}

test('a run that diverges stops with its cause, and the others go on', async ({ lab, page }) => {
  await lab.open(linkTo({ algorithms: 'maml,pretrained', innerLearningRate: 10 }));
  await expect(lab.notices).toContainText(/MAML diverged at iteration [\d,]+/i);
  await expect(lab.status).toContainText(/MAML diverged/);
  const stopped = await lab.iterations('maml');
  await lab.reach(stopped + 50, 'pretrained');
  expect(await lab.iterations('maml')).toBe(stopped);
  await page.screenshot({ path: 'test-results/screens/diverged.png' });
});

test('a killed worker is replaced and nothing is lost', async ({ lab, context }) => {
  test.setTimeout(90_000);
  await lab.open(linkTo({ algorithms: 'maml,rmaml', seed: 5 }));
  await lab.reach(40);
  await lab.page.evaluate(() => window.metascope?.killWorker());
  const killed = await lab.iterations();
  await expect(lab.notices).toContainText(/worker/i, { timeout: 30_000 });
  await lab.reach(killed + 50, 'maml', 30_000);
  const column = await iterationColumn(lab);
  expect(column).toEqual(column.map((_, i) => i + 1));

  const undisturbed = new Lab(await context.newPage());
  await undisturbed.open(linkTo({ algorithms: 'maml,rmaml', seed: 5 }));
  await undisturbed.reach(killed + 50);
  expect(await undisturbed.engine()).toBe(await lab.engine());
  expect((await lab.losses()).slice(0, killed + 50)).toEqual(
    (await undisturbed.losses()).slice(0, killed + 50),
  );
});

for (const engine of ['composed-webgpu', 'fused-webgpu'] as const) {
  test(`a lost GPU device: a notice, and training goes on from the checkpoint (${engine})`, async ({
    lab,
    watch,
  }) => {
    test.setTimeout(150_000);
    // The browser itself reports a destroyed device on the console.
    watch.expectMessage(/device/i);
    await lab.open(linkTo({ algorithms: 'maml', metaBatchSize: 6, supportSize: 5, querySize: 5 }));
    await lab.setEngine(engine);
    const before = await lab.iterations();
    await lab.reach(before + 5, 'maml', 60_000);
    const lost = await lab.iterations();
    await lab.page.evaluate(() => window.metascope?.loseDevice());
    await expect(lab.notices).toContainText(/device/i, { timeout: 30_000 });
    await lab.reach(lost + 3, 'maml', 60_000);
    expect(await lab.engine()).toBe(engine);
    const column = await iterationColumn(lab);
    expect(column).toEqual(column.map((_, i) => i + 1));
  });
}

test('an impossible setting is explained at its control and changes nothing', async ({ lab, page }) => {
  await lab.open();
  const field = page.getByRole('spinbutton', { name: 'Inner learning rate', exact: true });
  await field.fill('-4');
  await field.press('Enter');
  await expect(page.getByRole('alert')).toContainText(/-4|−4/);
  await expect(page).not.toHaveURL(/innerLearningRate/);
});
