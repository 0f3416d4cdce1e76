// axe finds nothing in what surrounds the labs: the gallery, stories, pinned runs, dialogs, presenting, a course page's
// frame and the guide. Each is looked at in the pairs of width and theme that differ in what they show; colours do not
// depend on the width. The labs themselves are a11y.spec.ts's.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { findViolations } from '../pages/axe.ts';
import { Compare } from '../pages/compare.ts';
import { linkTo } from '../pages/lab.ts';

// axe is injected, which the page's own policy forbids.
test.use({ bypassCSP: true, contextOptions: { reducedMotion: 'reduce' } });

type Theme = 'light' | 'dark';
interface Look {
  readonly width: number;
  readonly theme: Theme;
}

const DESK = { width: 1280, height: 720 };
const PHONE = { width: 390, height: 844 };
const DESK_LIGHT: Look = { width: DESK.width, theme: 'light' };
const DESK_DARK: Look = { width: DESK.width, theme: 'dark' };
const PHONE_LIGHT: Look = { width: PHONE.width, theme: 'light' };
const PHONE_DARK: Look = { width: PHONE.width, theme: 'dark' };

/** Of each kind of page one: list, symbols, mathematics, tables, a lab's. */
const ON_A_PHONE = ['index.html', 'glossary.html', 'maml.html', 'results.html', 'sinusoid.html'];

async function look(page: Page, { width, theme }: Look): Promise<void> {
  await page.setViewportSize(width === PHONE.width ? PHONE : { ...DESK, width });
  await page.emulateMedia({ colorScheme: theme });
}

/** What axe finds in each look, and whether anything scrolls sideways. `settled`: when the page is as it will stay. */
async function find(page: Page, looks: readonly Look[], settled?: () => Promise<void>): Promise<string[]> {
  const found: string[] = [];
  for (const each of looks) {
    await look(page, each);
    await settled?.();
    const where = `${each.width}, ${each.theme}`;
    found.push(...(await findViolations(page)).map((one) => `${where}: ${one}`));
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (beyond > 0) found.push(`${where}: ${beyond} px wider than the window`);
  }
  return found;
}

const tale = (page: Page) => page.getByRole('complementary', { name: 'Story' });

test('the gallery', async ({ page }) => {
  await page.goto('./');
  const entries = page.getByRole('article');
  await expect(entries).toHaveCount(12);
  const drawn = async () => {
    for (const entry of await entries.all()) {
      await entry.scrollIntoViewIfNeeded();
      await expect(entry.locator('.thumbnail[data-drawn]')).toHaveCount(1);
    }
  };
  expect(await find(page, [DESK_LIGHT, DESK_DARK, PHONE_DARK], drawn)).toEqual([]);
  await page.goto('./#v=1&page=gallery&present=1');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await find(page, [DESK_LIGHT])).toEqual([]);
});

test('a story, its question, its outcome, and folded', async ({ page }) => {
  await page.goto('./#v=1&story=which-tasks-to-replay.0');
  await expect(tale(page).getByRole('heading', { name: 'A field of tasks' })).toBeVisible();
  expect(await find(page, [DESK_LIGHT, PHONE_DARK])).toEqual([]);
  await tale(page).getByRole('button', { name: 'Fold the story' }).click();
  expect(await find(page, [PHONE_LIGHT])).toEqual([]);
  await tale(page).getByRole('button', { name: 'Unfold the story' }).click();

  await tale(page).getByRole('button', { name: 'Next' }).click();
  const question = page.getByRole('region', { name: 'Your guess first' });
  await expect(question).toBeVisible();
  expect(await find(page, [PHONE_LIGHT, DESK_DARK])).toEqual([]);
  await question.getByRole('radio').first().check();
  await question.getByRole('button', { name: 'This is my guess' }).click();
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(tale(page).getByText(/It turns out/)).toBeVisible();
  expect(await find(page, [DESK_LIGHT])).toEqual([]);
});

test('a guess that is drawn', async ({ page }) => {
  await page.goto('./#v=1&lab=reaching&preset=reaching-figure-3&seed=0&predict=1');
  await expect(page.getByRole('region', { name: 'Your guess first' }).locator('canvas')).toBeVisible();
  expect(await find(page, [DESK_DARK, PHONE_LIGHT])).toEqual([]);
});

test('the story editor', async ({ page }) => {
  await page.goto('./#v=1&story=what-is-maml.0');
  await tale(page).getByRole('button', { name: 'Write a story' }).click();
  await expect(page.getByRole('dialog', { name: 'Story editor' })).toBeVisible();
  expect(await find(page, [DESK_DARK, PHONE_LIGHT])).toEqual([]);
});

test('pinned runs', async ({ page, lab }) => {
  const compare = new Compare(page);
  await lab.open(linkTo({ metaIterations: 40, algorithms: 'maml' }));
  await compare.finished();
  await compare.open();
  // Nothing is pinned yet.
  expect(await find(page, [DESK_DARK])).toEqual([]);
  await compare.panel.getByRole('button', { name: 'Pin this run' }).click();
  await expect(compare.rows).toHaveCount(1);
  await compare.panel.getByRole('button', { name: 'baseline' }).click();
  await expect(compare.table('What came of it')).toBeVisible();
  expect(await find(page, [DESK_LIGHT, PHONE_DARK])).toEqual([]);
});

test('sharing', async ({ page, lab }) => {
  // One small network: its trained state fits into a link, and everything is offered.
  await lab.open(linkTo({ algorithms: 'maml', hiddenWidths: '16,16' }));
  await lab.reach(5);
  await lab.pause();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Share', exact: true });
  await expect(dialog.getByRole('button', { name: /as PNG$/ })).toHaveCount(5);
  expect(await find(page, [DESK_LIGHT, PHONE_DARK])).toEqual([]);
  const body = page.locator('.page-dialog-body');
  expect(await body.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
});

test('an exercise: making one, and one with locks', async ({ page, lab }) => {
  await lab.open(`${linkTo()}&lock=innerLearningRate,supportSize`);
  await expect(page.locator('[data-field="innerLearningRate"]')).toContainText('locked by this link');
  await lab.pause();
  expect(await find(page, [DESK_DARK])).toEqual([]);
  await page.getByRole('button', { name: 'Present' }).click();
  await page.getByRole('button', { name: 'Make an exercise…' }).click();
  await expect(page.getByRole('dialog', { name: 'Make an exercise' })).toBeVisible();
  expect(await find(page, [DESK_LIGHT, PHONE_DARK])).toEqual([]);
});

test('presenting: a lab, the list of keys, a story', async ({ page, lab }) => {
  await lab.open(`${linkTo()}&present=1`);
  await expect(page.locator('html[data-projector]')).toHaveCount(1);
  await lab.reach(5);
  await lab.pause();
  expect(await find(page, [DESK_LIGHT, DESK_DARK])).toEqual([]);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  expect(await find(page, [DESK_LIGHT])).toEqual([]);
  await page.goto('./#v=1&story=which-tasks-to-replay.4&present=1');
  await expect(tale(page).getByRole('heading', { name: 'Give it away' })).toBeVisible();
  expect(await find(page, [DESK_DARK, PHONE_LIGHT])).toEqual([]);
});

test('a course page’s frame', async ({ page, lab }) => {
  await lab.open(linkTo().replace('./#', './?embed#'));
  await expect(page.getByRole('link', { name: 'metascope ↗' })).toBeVisible();
  await lab.reach(5);
  await lab.pause();
  expect(await find(page, [{ width: 600, theme: 'light' }, PHONE_DARK])).toEqual([]);
});

test('the guide: every page, and its kinds on a phone', async ({ page }) => {
  // Forty pages.
  test.setTimeout(600_000);
  await page.goto('./guide/index.html');
  const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
  const names = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  expect(names.length).toBeGreaterThan(20);
  const found: string[] = [];
  for (const name of ['index.html', ...names]) {
    await page.goto(`./guide/${name}`);
    const looks = ON_A_PHONE.includes(name) ? [DESK_LIGHT, PHONE_DARK] : [DESK_LIGHT];
    found.push(...(await find(page, looks)).map((each) => `${name}, ${each}`));
  }
  expect(found).toEqual([]);
});
