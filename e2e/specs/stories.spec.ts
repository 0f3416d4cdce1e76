// Stories: told beside the labs they drive, from a link, by keyboard, with a question before the outcome; written and
// handed on.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { dropFiles } from '../pages/drop.ts';
import { Lab } from '../pages/lab.ts';

const panel = (page: Page) => page.getByRole('complementary', { name: 'Story' });

test('the replay story drives the Reaching lab, asks first, and says what to make of it', async ({
  page,
}) => {
  await page.goto('./#v=1&story=which-tasks-to-replay.0');
  const story = panel(page);
  await expect(story.getByRole('heading', { name: 'A field of tasks' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Reaching' })).toHaveAttribute('aria-current', 'page');
  await story.getByRole('button', { name: 'Next' }).click();
  await expect(story.getByText('Make your guess first')).toBeVisible();
  await expect(page.locator('.transport-place')).toHaveAttribute('inert', '');
  await page.getByRole('radio', { name: 'UNIFORM: it sees everything' }).check();
  await page.getByRole('button', { name: 'This is my guess' }).click();
  await expect(story.getByText('It turns out otherwise: MEDIUM')).toBeVisible();
  // It plays by itself now, to its end.
  await expect(story.getByText('Iteration 200 is reached.')).toBeVisible({ timeout: 30_000 });
  await story.getByRole('button', { name: 'Next' }).click();
  await expect(page.locator('section.chart[aria-label="Task buffer"]')).toHaveAttribute(
    'data-pointed-out',
    '',
  );
  await expect(page).toHaveURL(/story=which-tasks-to-replay\.2/);
  // Reloading stays in the story, with the reader's experiment.
  await page.reload();
  await expect(panel(page).getByRole('heading', { name: 'Look into the buffer' })).toBeVisible();
});

test('a setting changed within a story is part of the link, also on a phone', async ({ page, context }) => {
  await page.goto('./#v=1&story=which-tasks-to-replay.4&present=1');
  const story = panel(page);
  const count = story.getByRole('spinbutton', { name: 'Main tasks', exact: true });
  await count.fill('80');
  await count.press('Enter');
  await expect(page).toHaveURL(/mainCount=80/);
  const phone = await context.newPage();
  await phone.setViewportSize({ width: 390, height: 844 });
  await phone.goto(page.url());
  await expect(panel(phone).getByRole('heading', { name: 'Give it away' })).toBeVisible();
  await expect(panel(phone).getByRole('spinbutton', { name: 'Main tasks', exact: true })).toHaveValue('80');
  const sideways = await phone.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(sideways).toBe(false);
  await panel(phone).getByRole('button', { name: 'Fold the story' }).click();
  await expect(panel(phone).getByRole('heading', { name: 'Give it away' })).toBeHidden();
  await phone.close();
});

test('training stops where the step says', async ({ page }) => {
  await page.goto('./#v=1&story=what-is-maml.2');
  await expect(panel(page).getByText('Iteration 1,000 is reached.')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByTestId('iteration')).toHaveText('1,000');
  await panel(page).getByRole('button', { name: 'Close the story' }).click();
  await expect(panel(page)).toBeHidden();
  await expect(page).not.toHaveURL(/story=/);
});

test('a story that is not there, or is damaged, is said to be', async ({ page }) => {
  await page.goto('./#v=1&story=no-such.0');
  await expect(panel(page).getByRole('alert')).toContainText('There is no story “no-such” here');
  await page.goto('./#v=1&tale=abcdef');
  await expect(panel(page).getByRole('alert')).toContainText('damaged or cut off');
});

test('a question in a story: the stage stays, the guess starts only what the step starts', async ({
  page,
}) => {
  await page.goto('./#v=1&story=what-is-maml.0');
  const story = panel(page);
  const next = story.getByRole('button', { name: 'Next' });
  await next.click();
  await page.getByRole('radio', { name: /^Poor/ }).check();
  await page.getByRole('button', { name: 'This is my guess' }).click();
  await expect(story.getByText('That is how it turns out.')).toBeVisible();
  expect(await page.evaluate(() => window.metascope?.stores.run.getState().iteration)).toBe(0);
  await expect(page.getByRole('region', { name: 'Fit of MAML' })).toBeInViewport();
  await next.click();
  await expect(story.getByText('Iteration 1,000 is reached.')).toBeVisible({ timeout: 60_000 });
  await expect(page).not.toHaveURL(/predict/);
  await next.click();
  await expect(page).toHaveURL(/predict=1/);
  await expect(page.getByRole('region', { name: 'Fit of MAML' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Adaptation', exact: true })).toBeHidden();
});

test('a dropped story is told, from the gallery too; a damaged one is answered', async ({ page }) => {
  const step = { title: 'From the desktop', caption: ['Look.'], experiment: { preset: 'reaching-figure-3' } };
  const story = {
    format: 'metascope-story',
    version: 1,
    id: 'mine',
    title: 'Mine',
    summary: '',
    minutes: 1,
    author: null,
    steps: [step, { ...step, title: 'Two' }],
  };
  const file = (value: unknown) => ({
    name: 'mine.json',
    type: 'application/json',
    text: JSON.stringify(value),
  });
  await page.goto('./');
  await expect(page.getByRole('heading', { name: 'Stories' })).toBeVisible();
  const { notices } = new Lab(page);
  await dropFiles(page, [file({ ...story, steps: [{ ...step, title: '' }] })]);
  await expect(notices).toContainText(
    '“mine.json” was not opened. steps.0.title: got “”; expected a length of at least 1.',
  );
  await dropFiles(page, [{ ...file(story), text: JSON.stringify(story).padEnd(100_001) }]);
  await expect(notices).toContainText('The story is 100,001 characters long; at most 100,000 are read.');
  await expect(notices).toBeInViewport();
  await dropFiles(page, [file(story)]);
  await expect(panel(page).getByRole('heading', { name: 'From the desktop' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Arena' })).toBeVisible();
  await expect(page).toHaveURL(/story=own\.0&tale=/);
  // The very same again: told from its first step.
  await panel(page).getByRole('button', { name: 'Next' }).click();
  await expect(panel(page).getByRole('heading', { name: 'Two' })).toBeVisible();
  await dropFiles(page, [file(story)]);
  await expect(panel(page).getByRole('heading', { name: 'From the desktop' })).toBeVisible();
});

test('a lecturer writes a story, tries it, and hands it on as a link', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('./#v=1&story=what-is-maml.0');
  await panel(page).getByRole('button', { name: 'Write a story' }).click();
  const editor = page.getByRole('dialog', { name: 'Story editor' });
  await editor.getByLabel('Title', { exact: true }).fill('Two lessons');
  await editor.getByLabel('Title of the step').fill('');
  await expect(editor.getByRole('alert')).toContainText('steps.0.title');
  await expect(editor.getByRole('button', { name: 'Try it from this step' })).toBeDisabled();
  await editor.getByLabel('Title of the step').fill('Lesson one');
  await editor.getByLabel(/^Caption/).fill('Look at $θ′ = θ − α ∇θ L(θ)$.\n\nNow run.');
  await editor.getByRole('button', { name: 'Take what is on the screen now' }).click();
  await editor.getByRole('button', { name: 'Add a step' }).click();
  await editor.getByLabel('Title of the step').fill('Lesson two');
  await editor.getByLabel('Question before the outcome').fill('Which?');
  await editor.getByLabel('Answers, one per line').fill('this\nthat');
  await expect(editor.getByRole('alert')).toHaveCount(0);
  await editor.getByRole('button', { name: 'Copy as a link' }).click();
  await expect(editor.getByRole('status')).toHaveText('Link copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());

  const reader = await context.newPage();
  await reader.goto(link);
  await expect(panel(reader).getByRole('heading', { name: 'Lesson one' })).toBeVisible();
  await expect(panel(reader).locator('math').first()).toBeVisible();
  await panel(reader).getByRole('button', { name: 'Next' }).click();
  await expect(reader.getByRole('radio', { name: 'that' })).toBeVisible();
  await reader.close();

  // The draft is still there after a reload.
  await page.reload();
  await panel(page).getByRole('button', { name: 'Write a story' }).click();
  await expect(editor.getByLabel('Title', { exact: true })).toHaveValue('Two lessons');
});
