// Random clicks, keys and drags in every lab of the built page, the same for the same seed: nothing may be thrown or
// written to the console, and the address must still open the same experiment afterwards.
//   npm run fuzz -- [--seconds 60] [--seed 1] [--lab sinusoid] [--folder dist]
// e2e/specs/fuzz.spec.ts does the same for a few seconds per lab.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { findBrowser } from './find-browser.mjs';
import { createStaticServer, listen } from './serve.mjs';

export const LABS = /** @type {const} */ ({
  sinusoid: '#v=1&lab=sinusoid&preset=sinusoid-live&seed=1',
  reaching: '#v=1&lab=reaching&preset=reaching-figure-3&seed=0',
  navigation:
    '#v=1&lab=navigation&preset=navigation-maml-live&seed=1&hiddenWidths=16,16&metaBatchSize=6&trajectoriesPerTask=6&horizon=30&testTrajectories=6',
  cheetah:
    '#v=1&lab=cheetah&preset=cheetah-vel-maml-live&seed=1&hiddenWidths=16,16&metaBatchSize=2&trajectoriesPerTask=4&horizon=30&testTrajectories=4&testInnerSteps=1',
});

const KEYS = [
  ...['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown'],
  ...['Tab', 'Tab', 'Tab', 'Shift+Tab', 'Enter', 'Space', 'Escape', 'Delete', 'Insert', 'Backspace'],
  ...[
    'Control+z',
    'Control+Shift+z',
    '?',
    '/',
    'p',
    'm',
    'e',
    'f',
    'k',
    'r',
    's',
    '0',
    '1',
    '5',
    '9',
    '-',
    '.',
    '+',
  ],
];

/** Names that would leave the page or ask for what a test cannot answer; the rest is pressed. */
const LEFT_ALONE = /full ?screen|reload|choose a file|open a (run )?file/i;

/**
 * Mulberry32: small, seeded, good enough to wander about.
 * @param {number} seed @returns {(end: number) => number} whole numbers below end
 */
export function createDice(seed) {
  let state = seed >>> 0;
  return (end) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * end);
  };
}

/** Presses one of the controls that are on the screen. @param {import('@playwright/test').Page} page @param {(end: number) => number} roll */
async function pressControl(page, roll) {
  const place = await page.evaluate(
    ({ pick, leftAlone }) => {
      const pattern = new RegExp(leftAlone, 'i');
      const controls = [
        ...document.querySelectorAll('button, input, select, a[href^="#"], summary, [tabindex]'),
      ];
      const usable = controls.flatMap((element) => {
        const box = element.getBoundingClientRect();
        const name = `${element.getAttribute('aria-label') ?? ''} ${element.textContent}`;
        const isThere = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0;
        return isThere && !pattern.test(name)
          ? [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }]
          : [];
      });
      return usable[pick % Math.max(usable.length, 1)] ?? null;
    },
    { pick: roll(100_000), leftAlone: LEFT_ALONE.source },
  );
  if (place) await page.mouse.click(place.x, place.y);
}

/**
 * One thing that a visitor in a hurry might do.
 * @param {import('@playwright/test').Page} page @param {(end: number) => number} roll
 */
async function act(page, roll) {
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 720 };
  const anywhere = () => /** @type {const} */ ([roll(width), roll(height)]);
  const kind = roll(20);
  if (kind < 8) await pressControl(page, roll);
  else if (kind < 13) await page.keyboard.press(KEYS[roll(KEYS.length)] ?? 'Tab');
  else if (kind < 16) {
    await page.mouse.move(...anywhere());
    await page.mouse.down();
    for (let i = 0; i < 4; i++) await page.mouse.move(...anywhere());
    await page.mouse.up();
  } else if (kind < 17) await page.mouse.dblclick(...anywhere());
  else if (kind < 18) await page.mouse.wheel(roll(400) - 200, roll(400) - 200);
  else if (kind < 19)
    await page.keyboard.type(['0.01', '-1', '1e9', 'abc', '5,5', '9'.repeat(30)][roll(6)] ?? '');
  else
    await page.setViewportSize({
      width: [390, 820, 1280, 1920][roll(4)] ?? 1280,
      height: [600, 720, 1080][roll(3)] ?? 720,
    });
}

/** Links to the guide and out of it lead away from what is fuzzed. */
function stayHere() {
  addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (link instanceof HTMLAnchorElement && link.pathname !== location.pathname) event.preventDefault();
  });
}

/**
 * Fuzzes the page for some seconds, and on a slow machine for longer: until there were `least` actions. Resolves to their
 * number.
 * @param {import('@playwright/test').Page} page @param {{ seed: number, seconds: number, least?: number }} options
 */
export async function fuzz(page, { seed, seconds, least = 0 }) {
  const roll = createDice(seed);
  await page.evaluate(stayHere);
  const end = performance.now() + 1000 * seconds;
  let actions = 0;
  while (performance.now() < end || actions < least) {
    await act(page, roll);
    actions += 1;
  }
  return actions;
}

/** What is shown where no lab is. */
const GALLERY = 'gallery';

/**
 * Whether the state can still be shared: the address that the page writes opens, in a fresh page, as what was shown. The
 * gallery's address names no experiment (only that it is the gallery), so from there the lab behind it is gone back to and
 * asked as well.
 * @param {import('@playwright/test').Page} page @param {import('@playwright/test').Page} fresh
 * @returns {Promise<{ shown: string, opened: string, address: string }>} texts to compare, and the addresses
 */
export async function shareBack(page, fresh) {
  const first = await reopen(page, fresh);
  if (first.shown !== GALLERY) return first;
  await page.evaluate(() => window.metascope?.stores.page.getState().set({ page: 'lab' }));
  const behind = await reopen(page, fresh);
  return {
    shown: `${first.shown} ${behind.shown}`,
    opened: `${first.opened} ${behind.opened}`,
    address: `${first.address} ${behind.address}`,
  };
}

/** What the page shows and what its address opens. @param {import('@playwright/test').Page} page @param {import('@playwright/test').Page} fresh */
async function reopen(page, fresh) {
  /** @param {string} gallery */
  const read = (gallery) => {
    const { metascope } = window;
    if (!metascope) throw new Error('The page has no window.metascope.');
    const { page, current } = metascope.stores;
    return page.getState().options.page === 'gallery'
      ? gallery
      : JSON.stringify(current.getState().experiment);
  };
  await page.evaluate(async () => {
    await window.metascope?.idle();
    window.metascope?.stores.writeLink();
  });
  const address = page.url();
  // Where only the fragment differs, goto loads nothing anew.
  await fresh.goto('about:blank');
  await fresh.goto(address);
  await fresh.waitForFunction(() => window.metascope !== undefined);
  await fresh.evaluate(() => window.metascope?.idle());
  return { shown: await page.evaluate(read, GALLERY), opened: await fresh.evaluate(read, GALLERY), address };
}

async function main() {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: '1' },
      lab: { type: 'string' },
      folder: { type: 'string', default: 'dist' },
    },
  });
  const found = findBrowser();
  if (!found) throw new Error('No Chrome or Chromium found. Run "npm run setup", or set CHROME_PATH to one.');
  const server = createStaticServer({ folder: values.folder, base: '/' });
  const port = await listen(server, 4380, false);
  const browser = await chromium.launch({
    executablePath: found.path,
    args: ['--no-sandbox', '--disable-quic'],
  });
  let failed = false;
  for (const [lab, link] of Object.entries(LABS)) {
    if (values.lab && values.lab !== lab) continue;
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    const page = await context.newPage();
    /** @type {string[]} */
    const problems = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) problems.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => problems.push(`thrown: ${error.stack ?? error.message}`));
    await page.goto(`http://127.0.0.1:${port}/${link}`);
    await page.waitForFunction(() => window.metascope !== undefined);
    const actions = await fuzz(page, { seed: Number(values.seed), seconds: Number(values.seconds) });
    const { shown, opened, address } = await shareBack(page, await context.newPage());
    if (shown !== opened)
      problems.push(`the link opens another experiment: ${address}\n  shown  ${shown}\n  opened ${opened}`);
    process.stdout.write(`${lab.padEnd(11)} ${actions} actions, ${problems.length} problems\n`);
    for (const problem of problems) process.stdout.write(`  ${problem}\n`);
    failed ||= problems.length > 0;
    await context.close();
  }
  await browser.close();
  server.closeAllConnections();
  server.close();
  process.exitCode = failed ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
