// Training starts by itself, learns on every engine, and obeys: pause within a step, step by iteration and phase.
import { expect, test } from '../fixtures.ts';
import { linkTo, mean } from '../pages/lab.ts';

const ALGORITHMS = ['maml', 'fomaml', 'reptile', 'rmaml'] as const;

test('all four algorithms learn as soon as the page opens', async ({ lab }) => {
  test.setTimeout(200_000);
  await lab.open();
  await lab.reach(300, 'rmaml', 150_000);
  for (const algorithm of ALGORITHMS) {
    const losses = await lab.losses(algorithm);
    expect(losses.every(Number.isFinite)).toBe(true);
    // Batches differ in difficulty: only means over many of them tell.
    expect(mean(losses.slice(260, 300)), algorithm).toBeLessThan(mean(losses.slice(0, 40)));
  }
  await expect(lab.fitError('maml')).toHaveText(/MSE [\d.]+ → [\d.]+/);
});

for (const engine of ['fused-wasm', 'composed-wasm'] as const) {
  test(`learns on WebAssembly: ${engine}`, async ({ lab }) => {
    await lab.open(linkTo({ algorithms: 'maml' }));
    await lab.startOn(engine);
    await lab.reach(60);
    expect(await lab.engine()).toBe(engine);
    const losses = await lab.losses();
    expect(mean(losses.slice(40, 60))).toBeLessThan(mean(losses.slice(0, 5)));
  });
}

for (const engine of ['fused-webgpu', 'composed-webgpu'] as const) {
  test(`learns on WebGPU, here in software: ${engine}`, async ({ lab }) => {
    test.setTimeout(120_000);
    await lab.open(
      linkTo({ algorithms: 'maml', metaBatchSize: 10, supportSize: 5, querySize: 5, metaLearningRate: 0.01 }),
    );
    await lab.startOn(engine);
    await lab.reach(25, 'maml', 90_000);
    expect(await lab.engine()).toBe(engine);
    const losses = await lab.losses();
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(mean(losses.slice(17, 25))).toBeLessThan(mean(losses.slice(0, 8)));
  });
}

test('the engine table gives every engine its figure or a reason', async ({ lab, page }) => {
  await lab.open();
  await lab.reach(10);
  await page.getByRole('button', { name: /^Engine: / }).click();
  const rows = page.getByRole('table').getByRole('row');
  // Two for each of six engines, below the head.
  await expect(rows).toHaveCount(13);
  await expect(page.getByRole('row', { name: /^\W*Fused WASM [\d.,]+ ms/ })).toBeVisible();
  for (let at = 1; at < 13; at += 2) {
    const isMeasured = /\d ms/.test((await rows.nth(at).textContent()) ?? '');
    if (isMeasured) continue;
    await expect(rows.nth(at)).toContainText('–');
    await expect(rows.nth(at + 1)).toContainText(
      / · (Not raced at start|Software adapter|Was still loading)/,
    );
  }
  await expect(page.getByText(/swiftshader/i).first()).toBeVisible();
});

test('pauses within one step and goes on where it was', async ({ lab }) => {
  await lab.open();
  await lab.reach(20);
  await lab.pause();
  const paused = await lab.iterations('rmaml');
  // Whole lockstep iterations or one in the middle: no run is more than one step ahead.
  for (const algorithm of ALGORITHMS) {
    expect(Math.abs((await lab.iterations(algorithm)) - paused)).toBeLessThanOrEqual(1);
  }
  const worked = await lab.page.evaluate(
    () =>
      new Promise<number>((done) => {
        const at = () => window.metascope?.stores.data.metrics('maml')?.length ?? 0;
        const first = at();
        let frames = 0;
        const count = () => {
          frames += 1;
          if (frames < 30) requestAnimationFrame(count);
          else done(at() - first);
        };
        requestAnimationFrame(count);
      }),
  );
  expect(worked).toBe(0);
  await lab.run();
  await lab.reach(paused + 20);
});

test('steps by one meta-iteration and by one phase', async ({ lab, page }) => {
  await lab.open();
  await lab.reach(5);
  await lab.pause();
  const before = await lab.iterations('rmaml');
  await page.getByRole('button', { name: 'Step iteration' }).click();
  await lab.reach(before + 1, 'rmaml');
  await expect.poll(() => lab.statusKind()).toBe('paused');
  expect(await lab.iterations('rmaml')).toBe(before + 1);

  const code = page.getByRole('region', { name: 'Pseudocode' });
  await page.getByRole('button', { name: 'Step phase' }).click();
  await expect(code).toContainText('stepping');
  await expect(code.locator('[aria-current="step"]')).toHaveCount(1);
});

test('a setting that alters the past restarts training and keeps the old curves; one that does not, does neither', async ({
  lab,
  page,
}) => {
  await lab.open(linkTo({ algorithms: 'maml' }));
  await lab.reach(50);
  await page.getByRole('spinbutton', { name: 'Inner learning rate', exact: true }).fill('0.02');
  await page.keyboard.press('Enter');
  await expect(lab.notices).toContainText('Training restarted');
  await expect(page).toHaveURL(/innerLearningRate=0\.02/);
  await lab.reach(10);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page).not.toHaveURL(/innerLearningRate/);

  await lab.reach(30);
  const before = await lab.iterations();
  await page.getByRole('spinbutton', { name: 'Inner steps at test', exact: true }).fill('3');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/testInnerSteps=3/);
  expect(await lab.iterations()).toBeGreaterThanOrEqual(before);
});
