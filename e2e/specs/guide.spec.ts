// The guide's pages as they are served: reachable from each other and from the labs, sound, and without a script.
import { expect, test } from '../fixtures.ts';

test.setTimeout(240_000);

test('every page of the list opens, has mathematics where it should, and no link is broken', async ({
  page,
  request,
}) => {
  await page.goto('./guide/index.html');
  const list = page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
  const names = await list.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  expect(names.length).toBeGreaterThan(20);
  const targets = new Set<string>();
  for (const name of names) {
    await page.goto(`./guide/${name}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('script')).toHaveCount(0);
    const found = await page.evaluate(() =>
      [...document.querySelectorAll('a[href], img[src]')].map((element) => {
        const { href, src } = element as HTMLAnchorElement & HTMLImageElement;
        return href || src;
      }),
    );
    for (const target of found) if (target.startsWith('http://127.0.0.1')) targets.add(target);
    // What leads into a page leads to something there.
    const broken = await page.evaluate(() =>
      [...document.querySelectorAll('a[href^="#"]')]
        .map((link) => link.getAttribute('href') ?? '')
        .filter((hash) => document.getElementById(decodeURIComponent(hash.slice(1))) === null),
    );
    expect(broken, name).toEqual([]);
  }
  for (const target of new Set([...targets].map((each) => each.split('#')[0] ?? ''))) {
    expect((await request.get(target)).status(), target).toBe(200);
  }
  await page.goto('./guide/maml.html');
  await expect(page.locator('math[display="block"]').first()).toBeVisible();
});

test('leads from the gallery to the glossary and on into a lab', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('link', { name: 'Glossary', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Glossary' })).toBeVisible();
  await expect(page.locator('#symbol-theta')).toContainText('Initialisation');
  await page.getByRole('link', { name: 'The Reaching lab' }).click();
  await page.getByRole('link', { name: 'Open the Reaching lab' }).click();
  await expect(page.getByRole('region', { name: 'Arena' })).toBeVisible();
});
