// axe's rules on the whole page, in both themes and on a phone. The policy is bypassed here alone: axe is injected.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { expect, test } from '../fixtures.ts';
import { CheetahLab, cheetahLink } from '../pages/cheetah-lab.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

test.use({ bypassCSP: true });

declare global {
  interface Window {
    readonly axe?: { run(): Promise<AxeResults> };
  }
}

/** What axe finds, one line each. */
async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const results = await page.evaluate(() => window.axe?.run());
  if (!results) throw new Error('axe did not load.');
  expect(results.passes.length).toBeGreaterThan(10);
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  );
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the ${colorScheme} theme`, async ({ lab, page }) => {
    await page.emulateMedia({ colorScheme });
    await lab.open();
    await lab.reach(40);
    expect(await findViolations(page)).toEqual([]);
  });
}

test('axe finds nothing on a phone, in the settings, or with notices', async ({ lab, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await lab.open('./#v=1&lab=sinusoid&preset=sinusoid-live&seed=1&wormhole=1');
  await expect(lab.notices).toContainText('wormhole');
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
});

test('axe finds nothing in the engine table and a help text', async ({ lab, page }) => {
  await lab.open();
  await lab.reach(20);
  await page.getByRole('button', { name: /^Engine: / }).click();
  await expect(page.getByRole('table').first()).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
});

test('axe finds nothing in the Cheetah lab, whatever its goals are', async ({ page }) => {
  const cheetah = new CheetahLab(page);
  for (const preset of ['cheetah-dir-maml-live', 'cheetah-vel-maml-live']) {
    await cheetah.open(cheetahLink({ preset }));
    await cheetah.reach(2);
    expect(await findViolations(page)).toEqual([]);
  }
});
