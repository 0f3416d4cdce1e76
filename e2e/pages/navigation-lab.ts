// The Navigation lab as a page object: what a person does by role and name, and what the program says of itself through
// window.metascope. Nothing here waits on the clock.
import { expect, type Locator, type Page } from '@playwright/test';
import type { AlgorithmId } from '../../src/experiment/experiment.ts';

/** As small as it can be and still learn: a meta-iteration takes some tens of milliseconds. */
const SMALL = {
  hiddenWidths: '16,16',
  metaBatchSize: 6,
  trajectoriesPerTask: 6,
  horizon: 30,
  testTrajectories: 6,
  metaLearningRate: 0.01,
} as const;

/** A link to a small experiment of the lab's default preset, with these settings. */
export function navigationLink(settings: Record<string, string | number> = {}): string {
  const { preset = 'navigation-maml-live', seed = 1, ...others } = { ...SMALL, ...settings };
  const pairs = Object.entries({ v: 1, lab: 'navigation', preset, seed, ...others });
  return `./#${pairs.map(([key, value]) => `${key}=${value}`).join('&')}`;
}

export class NavigationLab {
  readonly page: Page;
  readonly runButton: Locator;
  readonly pauseButton: Locator;
  readonly status: Locator;
  readonly notices: Locator;
  readonly goalWords: Locator;
  /** The keyboard's handle of the goal, where the first arena draws it. */
  readonly goalHandle: Locator;
  readonly iterationSlider: Locator;

  constructor(page: Page) {
    this.page = page;
    this.runButton = page.getByRole('button', { name: 'Run', exact: true });
    this.pauseButton = page.getByRole('button', { name: 'Pause', exact: true });
    this.status = page.getByTestId('run-status');
    this.notices = page.getByRole('status', { name: 'Notices' });
    this.goalWords = page.getByTestId('goal-words');
    this.goalHandle = page.getByRole('button', { name: /^Goal: / });
    this.iterationSlider = page.getByRole('slider', { name: 'Meta-iteration shown' });
  }

  async open(link = navigationLink()): Promise<void> {
    await this.page.goto(link);
    await this.page.waitForFunction(() => window.metascope !== undefined);
    await expect(this.arena('MAML')).toBeVisible();
  }

  arena(algorithmName: string): Locator {
    return this.page.getByRole('region', { name: `Arena of ${algorithmName}`, exact: true });
  }

  /** "return −38.1 → −12.4 → …" of an arena. */
  returnWords(algorithm: AlgorithmId): Locator {
    return this.page.getByTestId(`returns-${algorithm}`);
  }

  statusKind(): Promise<string> {
    return this.page.evaluate(() => window.metascope?.status() ?? 'absent');
  }

  iteration(): Promise<number> {
    return this.page.evaluate(() => window.metascope?.iteration() ?? 0);
  }

  /** Mean returns after adaptation so far, in order of iteration. */
  returns(algorithm: AlgorithmId = 'maml'): Promise<number[]> {
    return this.page.evaluate((id) => window.metascope?.returns(id) ?? [], algorithm);
  }

  async reach(iteration: number, timeout = 60_000): Promise<void> {
    await expect.poll(() => this.iteration(), { timeout }).toBeGreaterThanOrEqual(iteration);
  }

  async pause(): Promise<void> {
    await this.pauseButton.click();
    await expect.poll(() => this.statusKind()).toBe('paused');
  }

  async run(): Promise<void> {
    await this.runButton.click();
    await expect.poll(() => this.statusKind()).toBe('running');
  }

  /** The chosen goal and what each run has answered last. */
  probe() {
    return this.page.evaluate(() => {
      const navigation = window.metascope?.stores.navigation;
      if (!navigation) throw new Error('The page has not begun.');
      const { algorithms } = navigation.experiment.getState().experiment;
      const asked = navigation.view.getState().probe;
      const answers = algorithms.map((id) => {
        const point = navigation.data.probe(id);
        return point === null
          ? null
          : {
              id: point.request.id,
              goal: { ...point.request.task },
              iteration: point.iteration,
              returns: point.steps.map(({ meanReturn }) => meanReturn),
            };
      });
      return { asked: asked && { id: asked.id, goal: { ...asked.task } }, answers };
    });
  }

  /** Every run has answered to the chosen goal. */
  async answered(): Promise<void> {
    await expect
      .poll(async () => {
        const { asked, answers } = await this.probe();
        return asked !== null && answers.every((answer) => answer?.id === asked.id);
      })
      .toBe(true);
  }

  /** A place of the arena's picture in page pixels, as shares of its width and height. */
  async placeIn(algorithmName: string, across: number, down: number): Promise<{ x: number; y: number }> {
    const box = await this.arena(algorithmName).locator('canvas').boundingBox();
    if (!box) throw new Error(`The arena of ${algorithmName} has no place on the page.`);
    return { x: box.x + across * box.width, y: box.y + down * box.height };
  }

  /** An arena's drawing as text, to see whether it changed. */
  picture(algorithmName: string): Promise<string> {
    return this.arena(algorithmName)
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  }

  /** Names of the scripts that the page's workers run. */
  workers(): string[] {
    return this.page.workers().map((worker) => new URL(worker.url()).pathname.split('/').at(-1) ?? '');
  }
}
