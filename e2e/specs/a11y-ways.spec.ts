// Ways to use the page: numbers instead of dragging, summaries that speak when asked, targets large enough, a visible
// focus, reduced motion, forced colours, 200 % zoom.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { Compare } from '../pages/compare.ts';
import { linkTo } from '../pages/lab.ts';
import { ReachingLab, reachingLink } from '../pages/reaching-lab.ts';

const LABS = {
  sinusoid: './#v=1&lab=sinusoid&preset=sinusoid-live&seed=1',
  reaching: './#v=1&lab=reaching&preset=reaching-figure-3&seed=0',
  navigation: './#v=1&lab=navigation&preset=navigation-maml-live&seed=1',
  cheetah: './#v=1&lab=cheetah&preset=cheetah-vel-maml-live&seed=1',
} as const;

async function openLab(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.waitForFunction(() => window.metascope !== undefined);
  await expect(page.locator('main canvas').first()).toBeVisible();
}

async function type(field: Locator, value: string): Promise<void> {
  await field.fill(value);
  await field.press('Enter');
}

test('support points can be typed', async ({ lab, page }) => {
  await lab.open();
  await page.getByRole('button', { name: /points as numbers$/ }).click();
  const count = (await lab.task())?.points.length ?? 0;
  await type(page.getByRole('spinbutton', { name: 'x of point 1', exact: true }), '2.5');
  await type(page.getByRole('spinbutton', { name: 'y of point 1', exact: true }), '-1.25');
  const task = await lab.task();
  const [point] = task?.points ?? [];
  expect(point?.x).toBeCloseTo(2.5, 6);
  const curve = (task?.amplitude ?? 0) * Math.sin(2.5 - (task?.phase ?? 0));
  expect(curve + (point?.offset ?? 0)).toBeCloseTo(-1.25, 6);
  await page.getByRole('button', { name: 'Add a point' }).click();
  await page.getByRole('button', { name: 'Remove point 1', exact: true }).click();
  await expect(page.getByTestId('point-count')).toHaveText(`${count} points`);
});

test('painted tasks can be typed', async ({ page }) => {
  const lab = new ReachingLab(page);
  await lab.open(reachingLink({ extraTasks: '1,2' }));
  await page.getByRole('button', { name: 'Painted tasks as numbers' }).click();
  await type(page.getByRole('spinbutton', { name: 'y of point 1', exact: true }), '-3');
  await expect.poll(async () => (await lab.experiment()).extraTasks).toEqual([1, -3]);
  await page.getByRole('button', { name: 'Add a point' }).click();
  await expect.poll(async () => (await lab.experiment()).extraTasks).toEqual([1, -3, 0, 0]);
});

test('a chart says its summary while the focus is in its frame, and is silent otherwise', async ({
  lab,
  page,
}) => {
  await lab.open();
  await lab.reach(20);
  const chart = page.locator('.instruments section.chart').first();
  const spoken = chart.locator('.chart-canvas [role="status"]');
  await expect(spoken).toBeEmpty();
  await chart.getByRole('button', { name: /: table and downloads$/ }).focus();
  await expect(spoken).not.toBeEmpty();
  const name = await chart.locator('canvas').getAttribute('aria-label');
  expect(name?.length).toBeGreaterThan(30);
  await page.getByRole('button', { name: /^Theme/ }).focus();
  await expect(spoken).toBeEmpty();
});

test('what training does is said when it changes, and not with every iteration', async ({ lab, page }) => {
  await lab.open();
  await lab.reach(5);
  await lab.status.evaluate((region) => {
    region.dataset.changes = '0';
    const count = () => {
      region.dataset.changes = String(Number(region.dataset.changes) + 1);
    };
    new MutationObserver(count).observe(region, { childList: true, characterData: true, subtree: true });
  });
  await lab.reach((await lab.iterations()) + 30);
  await expect(lab.status).toHaveAttribute('data-changes', '0');
  await page.keyboard.press('Space');
  await expect(lab.status).toHaveText(/paused/i);
  await expect(lab.status).toHaveAttribute('data-changes', '1');
});

/** Controls that a pointer must hit, smaller than this in either direction. */
function smallTargets(page: Page, least: number): Promise<string[]> {
  return page.evaluate((limit) => {
    const controls = document.querySelectorAll('button, select, summary, input, a[href], [role="slider"]');
    return [...controls].flatMap((element) => {
      // A label is pressed in place of its own input; hidden handles are the keyboard's.
      const target = element.closest('label') ?? element;
      if (element.closest('.handles, .visually-hidden, .skip-link')) return [];
      const { width, height } = target.getBoundingClientRect();
      if (width === 0 || height === 0 || getComputedStyle(target).visibility === 'hidden') return [];
      const isSmall = width < limit - 0.5 || height < limit - 0.5;
      const name = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
      return isSmall
        ? [`${element.tagName} “${name.slice(0, 40)}” ${width.toFixed(0)} × ${height.toFixed(0)}`]
        : [];
    });
  }, least);
}

/** Controls that something else lies over, wherever they are brought in the window: a pointer cannot reach them. */
function coveredControls(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const modal = document.querySelector('dialog:modal');
    const controls = (modal ?? document).querySelectorAll(
      'button, select, summary, input, textarea, a[href]',
    );
    return [...controls].flatMap((element) => {
      const target = element.closest('label') ?? element;
      const isOut = element.closest('[inert], .handles, .visually-hidden, .skip-link') !== null;
      if (isOut || element.matches(':disabled') || !target.checkVisibility({ visibilityProperty: true }))
        return [];
      target.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      const { x, y, width, height } = target.getBoundingClientRect();
      if (width < 2 || height < 2) return [];
      const hit = document.elementFromPoint(x + width / 2, y + height / 2);
      if (hit !== null && (target.contains(hit) || hit.closest('label')?.contains(element))) return [];
      const name = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
      return [`“${name.slice(0, 40)}” lies under ${hit?.tagName ?? 'nothing'} ${hit?.className ?? ''}`];
    });
  });
}

/** What is in transition or animated. */
function moving(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((element) => {
      const { transitionDuration, animationDuration, animationName } = getComputedStyle(element);
      const animates = animationName !== 'none' && animationDuration !== '0s';
      return transitionDuration !== '0s' || animates ? [element.tagName + element.className] : [];
    }),
  );
}

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function openTale(page: Page, step: number): Promise<void> {
  await page.goto(`./#v=1&story=which-tasks-to-replay.${step}`);
  await expect(page.getByRole('complementary', { name: 'Story' }).getByRole('heading')).toBeVisible();
}

/** What surrounds the labs, each ready to be looked at. */
const PLACES: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  gallery: async (page) => {
    await page.goto('./');
    await expect(page.getByRole('article')).toHaveCount(12);
    await expect(page.locator('.thumbnail[data-drawn]').first()).toBeVisible();
  },
  story: (page) => openTale(page, 0),
  question: async (page) => {
    await openTale(page, 0);
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(page.getByRole('region', { name: 'Your guess first' })).toBeVisible();
  },
  compare: async (page) => {
    const compare = new Compare(page);
    await page.goto(linkTo({ metaIterations: 40, algorithms: 'maml' }));
    await compare.finished();
    await compare.pin('A');
    await compare.open();
    await compare.panel.getByRole('button', { name: 'baseline' }).click();
    await expect(compare.table('What came of it')).toBeVisible();
  },
};

for (const [place, open] of Object.entries(PLACES)) {
  test(`${place}: targets, zoom, forced colours, reduced motion`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open(page);
    expect(await smallTargets(page, 24)).toEqual([]);
    expect(await moving(page)).toEqual([]);

    // 200 % zoom of a window 1280 wide.
    await page.setViewportSize({ width: 640, height: 400 });
    await expect.poll(() => overflow(page)).toBeLessThanOrEqual(0);
    expect(await coveredControls(page)).toEqual([]);
    await page.screenshot({ path: `test-results/screens/zoom-${place}.png` });

    await page.setViewportSize({ width: 1280, height: 720 });
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    await page.screenshot({ path: `test-results/screens/forced-${place}.png` });
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => {
      const element = document.activeElement ?? document.body;
      return getComputedStyle(element.closest('label') ?? element).outlineStyle;
    });
    expect(outline).toBe('solid');
  });
}

for (const [lab, link] of Object.entries(LABS)) {
  test(`${lab}: targets, zoom, forced colours`, async ({ page }) => {
    await openLab(page, link);
    expect(await smallTargets(page, 24)).toEqual([]);

    // 200 % zoom of a window 1280 wide.
    await page.setViewportSize({ width: 640, height: 400 });
    await expect.poll(() => overflow(page)).toBeLessThanOrEqual(0);
    await expect(page.locator('.transport button').first()).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole('button', { name: 'Settings' })).toBeVisible();
    expect(await coveredControls(page)).toEqual([]);
    await page.screenshot({ path: `test-results/screens/zoom-${lab}.png` });

    await page.setViewportSize({ width: 1280, height: 720 });
    await page.emulateMedia({ forcedColors: 'active' });
    await page.screenshot({ path: `test-results/screens/forced-${lab}.png` });
    const focused = page.locator('.transport button').first();
    await focused.focus();
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => {
      const element = document.activeElement;
      return element === null ? '' : getComputedStyle(element.closest('label') ?? element).outlineStyle;
    });
    expect(outline).toBe('solid');
  });
}

test('reduced motion: nothing is in transition', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openLab(page, LABS.sinusoid);
  expect(await moving(page)).toEqual([]);
});

test('page and guide say which language they are in, whatever the browser prefers', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'fr-FR' });
  const page = await context.newPage();
  for (const address of ['./', './guide/index.html', './guide/glossary.html']) {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  }
  await context.close();
});
