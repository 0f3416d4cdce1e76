// The engines as a user meets them: the fused one by default, a table of all, changing over in mid-run, and what the
// page says and does where an engine cannot be had or cannot hold the experiment.
import type { Page } from '@playwright/test';
import type { EngineId } from '../../src/gradients/meta-gradient.ts';
import { expect, test } from '../fixtures.ts';
import { Lab, linkTo, mean } from '../pages/lab.ts';

/** What the browser's worker can do, taken from it before any of its code runs. */
const WITHOUT = {
  simd: 'WebAssembly.validate = () => false;',
  webgpu: "Object.defineProperty(navigator, 'gpu', { value: undefined });",
  largeBuffers:
    "Object.defineProperty(GPUSupportedLimits.prototype, 'maxStorageBufferBindingSize', { get: () => 65536 });",
};

/** From now on the page's training worker begins with this code. */
async function changeWorker(page: Page, code: string): Promise<void> {
  await page.route(/training\.worker[^/]*\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${code}\n${await response.text()}` });
  });
}

/** Iterations whose losses are there, which must be 1 … n without a gap or a repeat. */
function iterationColumn(lab: Lab): Promise<number[]> {
  return lab.page.evaluate(() => {
    const history = window.metascope?.stores.data.metrics('maml');
    return history ? [...history.column('iteration').slice(0, history.length)] : [];
  });
}

function heldOut(lab: Lab): Promise<{ iteration: number; loss: number }[]> {
  return lab.page.evaluate(() =>
    (window.metascope?.stores.data.heldOut ?? [])
      .filter(({ algorithm }) => algorithm === 'maml')
      .map(({ iteration, loss }) => ({ iteration, loss: loss.median })),
  );
}

/** Records the engines that train and the iteration at each change; the returned function gives them. */
async function recordEngines(lab: Lab) {
  await lab.page.evaluate(() => {
    const record: { engine: string | null; iteration: number }[] = [];
    let largestStepBack = 0;
    window.metascope?.stores.run.subscribe(({ engine, iteration }, before) => {
      if (engine !== before.engine) record.push({ engine, iteration });
      largestStepBack = Math.max(largestStepBack, before.iteration - iteration);
    });
    Object.assign(window, { engineRecord: () => ({ record, largestStepBack }) });
  });
  return () => lab.page.evaluate(() => window.engineRecord?.() ?? null);
}

declare global {
  interface Window {
    readonly engineRecord?: () => {
      readonly record: readonly { readonly engine: string | null; readonly iteration: number }[];
      readonly largestStepBack: number;
    };
  }
}

test('the fused engine trains by default, and no notice is needed', async ({ lab, page }) => {
  await lab.open();
  await lab.reach(30);
  expect(await lab.engine()).toBe('fused-wasm');
  await expect(page.getByRole('button', { name: /^Engine: Fused WASM/ })).toBeVisible();
  await expect(lab.notices.getByRole('button')).toHaveCount(0);
});

test('all engines side by side: a figure each, and how many times faster than autodiff', async ({
  lab,
  page,
}) => {
  test.setTimeout(180_000);
  await lab.open();
  await lab.reach(10);
  await page.getByRole('button', { name: /^Engine: / }).click();
  const dialog = page.getByRole('dialog', { name: /^Engine: / });
  await dialog.getByRole('button', { name: 'Measure again' }).click();
  await expect(dialog.getByText(/^Measuring every engine/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Measure again' })).toBeEnabled({ timeout: 120_000 });
  const names = ['Fused WASM', 'Fused WebGPU', 'tfjs WASM', 'tfjs WebGPU', 'tfjs CPU', 'Typed arrays'];
  for (const name of names) {
    await expect(
      dialog.getByRole('row', { name: new RegExp(`^\\W*${name} [\\d.,]+ ms [\\d.]+×$`) }),
    ).toBeVisible();
  }
  await expect(dialog.getByText(/Fused WASM is [\d.]+× as fast as autodiff/)).toBeVisible();
  // A software adapter is measured, and never chosen for speed.
  expect(await lab.engine()).toBe('fused-wasm');
  const before = await lab.iterations();
  await lab.reach(before + 20);
  await page.screenshot({ path: 'test-results/screens/engines.png' });
});

test('another engine in mid-run continues the same curve, there and back', async ({ lab, context }) => {
  test.setTimeout(180_000);
  const link = linkTo({ algorithms: 'maml', seed: 3 });
  await lab.open(link);
  await lab.setEngine('fused-wasm');
  const engines = await recordEngines(lab);
  await lab.reach(120);
  await lab.setEngine('reference');
  const atSwitch = await lab.iterations();
  expect(atSwitch).toBeGreaterThanOrEqual(120);
  await lab.reach(atSwitch + 80);
  await lab.setEngine('fused-wasm');
  await lab.reach((await lab.iterations()) + 200);
  await lab.pause();
  const { record, largestStepBack } = (await engines())!;
  expect(record.map(({ engine }) => engine)).toEqual(['reference', 'fused-wasm']);
  expect(record[1]!.iteration).toBeGreaterThan(record[0]!.iteration);
  expect(largestStepBack).toBe(0);
  const column = await iterationColumn(lab);
  expect(column).toEqual(column.map((_, i) => i + 1));

  // The same run without a change of engine: rounding apart, the same losses and the same held-out curve.
  const straight = new Lab(await context.newPage());
  await straight.open(link);
  await straight.setEngine('fused-wasm');
  await straight.reach(column.length);
  const [mixed, pure] = [await lab.losses(), await straight.losses()];
  for (const from of [0, 120, column.length - 100]) {
    const [a, b] = [mean(mixed.slice(from, from + 100)), mean(pure.slice(from, from + 100))];
    expect(Math.abs(a / b - 1), `losses from ${from}`).toBeLessThan(0.05);
  }
  const expected = new Map((await heldOut(straight)).map(({ iteration, loss }) => [iteration, loss]));
  const both = (await heldOut(lab)).filter(({ iteration }) => expected.has(iteration));
  expect(both.length).toBeGreaterThan(10);
  for (const { iteration, loss } of both) {
    expect(Math.abs(loss / expected.get(iteration)! - 1), `held-out loss at ${iteration}`).toBeLessThan(0.1);
  }
});

/** Waits for `count` more iterations; none before them may be missing or there twice. */
async function expectCurveGoesOn(lab: Lab, from: number, count: number): Promise<void> {
  await lab.reach(from + count, 'maml', 90_000);
  const column = await iterationColumn(lab);
  expect(column).toEqual(column.map((_, i) => i + 1));
}

test.describe('in a browser that lacks something', () => {
  // Otherwise the page's service worker would answer for the script that these tests change.
  test.use({ serviceWorkers: 'block' });
  test.beforeEach(({ watch }) => watch.expectMessage(/Service Worker registration blocked by Playwright/));

  test('without WebAssembly SIMD another engine trains, and the page says so', async ({ lab, page }) => {
    await changeWorker(page, WITHOUT.simd);
    await lab.open(linkTo({ algorithms: 'maml' }));
    await expect(lab.notices).toContainText(/Fused WASM: .*no SIMD/);
    await expect(lab.notices).toContainText(
      /(Typed arrays|tfjs WASM) computes instead; the numbers are the same/,
    );
    await lab.reach(30);
    expect(['reference', 'composed-wasm'] satisfies EngineId[]).toContain(await lab.engine());
    await page.getByRole('button', { name: /^Engine: / }).click();
    await expect(page.getByRole('row', { name: /no SIMD/ })).toBeVisible();
    await page.screenshot({ path: 'test-results/screens/no-simd.png' });
    const losses = await lab.losses();
    expect(losses.every(Number.isFinite)).toBe(true);
  });

  test('an engine that cannot be opened, chosen by hand: a notice, and training goes on', async ({
    lab,
    page,
  }) => {
    await changeWorker(page, WITHOUT.webgpu);
    await lab.open(linkTo({ algorithms: 'maml' }));
    await lab.reach(30);
    const before = await lab.iterations();
    await page.getByRole('button', { name: /^Engine: / }).click();
    await page.getByRole('combobox', { name: 'Engine' }).selectOption('Fused WebGPU');
    await expect(lab.notices).toContainText(/WebGPU/);
    await expect(lab.notices).toContainText('Fused WASM computes instead; the numbers are the same');
    expect(await lab.engine()).toBe('fused-wasm');
    await expectCurveGoesOn(lab, before, 30);
  });

  test('an engine that cannot hold the experiment: a notice names what, and its sibling takes over', async ({
    lab,
    page,
  }) => {
    test.setTimeout(150_000);
    await changeWorker(page, WITHOUT.largeBuffers);
    await lab.open(linkTo({ algorithms: 'maml', metaBatchSize: 6, supportSize: 5, querySize: 5 }));
    await lab.reach(10);
    await lab.pause();
    const before = await lab.iterations();
    await page.evaluate(() => window.metascope?.stores.run.getState().setEngine('fused-webgpu'));
    await expect.poll(() => lab.engine(), { timeout: 60_000 }).toBe('composed-webgpu');
    await expect(lab.notices).toContainText(/Fused WebGPU holds up to .*; .* need/);
    await expect(lab.notices).toContainText('tfjs WebGPU computes instead; the numbers are the same');
    expect(await lab.iterations()).toBe(before);
    await lab.run();
    await expectCurveGoesOn(lab, before, 3);
  });
});
