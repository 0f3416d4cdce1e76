// Some seconds of random clicks, keys and drags in every lab: nothing thrown, nothing on the console (fixtures.ts), and
// the state can still be shared. For longer: npm run fuzz.
import { createDice, fuzz, LABS, shareBack } from '../../scripts/fuzz.mjs';
import { expect, test } from '../fixtures.ts';

const SECONDS = 10;
const LEAST = 30;
const SEED = 7;

for (const [lab, link] of Object.entries(LABS)) {
  test(`${lab}: random input does no harm`, async ({ page, context }) => {
    await page.goto(`./${link}`);
    await page.waitForFunction(() => window.metascope !== undefined);
    await fuzz(page, { seed: SEED, seconds: SECONDS, least: LEAST });
    const { shown, opened } = await shareBack(page, await context.newPage());
    expect(opened).toBe(shown);
  });
}

test('the gallery’s link opens the gallery, and the lab behind it keeps its own', async ({
  page,
  context,
}) => {
  await page.goto(`./${LABS.sinusoid}`);
  await page.getByRole('link', { name: 'Reaching', exact: true }).click();
  await page.getByRole('link', { name: 'Gallery', exact: true }).click();
  await expect(page.getByRole('article')).toHaveCount(12);
  const { shown, opened, address } = await shareBack(page, await context.newPage());
  expect(address).toMatch(/#v=1&page=gallery .*#v=1&lab=reaching&preset=reaching-figure-3&seed=0$/);
  expect(opened).toBe(shown);
});

test('the dice fall the same way for the same seed', () => {
  const rolls = (seed: number) => Array.from({ length: 20 }, createDice(seed).bind(null, 100));
  expect(rolls(3)).toEqual(rolls(3));
  expect(rolls(3)).not.toEqual(rolls(4));
});
