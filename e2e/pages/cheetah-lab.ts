// The Cheetah lab as a page object: what a person does by role and name, and what the program says of itself through
// window.metascope. Nothing here waits on the clock.
import { expect, type Locator, type Page } from '@playwright/test';

/** Small enough that a meta-iteration takes some tens of milliseconds. */
const SMALL = {
  hiddenWidths: '16,16',
  metaBatchSize: 2,
  trajectoriesPerTask: 4,
  horizon: 30,
  testTrajectories: 4,
  testInnerSteps: 1,
} as const;

/** A link to a small experiment of the preset, the lab's first unless named, with these settings. */
export function cheetahLink(settings: Record<string, string | number> = {}): string {
  const { preset = 'cheetah-dir-maml-live', seed = 1, ...others } = { ...SMALL, ...settings };
  const pairs = Object.entries({ v: 1, lab: 'cheetah', preset, seed, ...others });
  return `./#${pairs.map(([key, value]) => `${key}=${value}`).join('&')}`;
}

export class CheetahLab {
  readonly page: Page;
  readonly goalWords: Locator;
  readonly time: Locator;
  /** What the line over the stage says of the run that is shown. */
  readonly recorded: Locator;

  constructor(page: Page) {
    this.page = page;
    this.goalWords = page.getByTestId('goal-words');
    this.recorded = page.locator('.recorded-about');
    this.time = page.getByRole('slider', { name: 'Time in the recording' });
  }

  async open(link = cheetahLink()): Promise<void> {
    await this.page.goto(link);
    await this.page.waitForFunction(() => window.metascope !== undefined);
    await expect(this.page.getByRole('region', { name: 'Lanes', exact: true })).toBeVisible();
  }

  lanes(name: 'Forwards' | 'Backwards' | 'At the goal velocity'): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  iteration(): Promise<number> {
    return this.page.evaluate(() => window.metascope?.iteration() ?? 0);
  }

  async reach(iteration: number): Promise<void> {
    await expect.poll(() => this.iteration(), { timeout: 60_000 }).toBeGreaterThanOrEqual(iteration);
  }

  /** The lanes' drawing as text, to see whether it changed. */
  picture(name: Parameters<CheetahLab['lanes']>[0]): Promise<string> {
    return this.lanes(name)
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  }

  /** Goals of the newest answers: the first run's task and what it was asked besides. */
  answered(): Promise<number[]> {
    return this.page.evaluate(() => {
      const cheetah = window.metascope?.stores.cheetah;
      const [first = 'maml'] = cheetah?.experiment.getState().experiment.algorithms ?? [];
      const request = cheetah?.data.probe(first)?.request;
      return request ? [request.task, ...(request.others ?? [])].map(({ goal }) => goal) : [];
    });
  }

  /** The meta-iteration of the first run's policy that answered last. */
  answeredBy(): Promise<number | null> {
    return this.page.evaluate(() => {
      const cheetah = window.metascope?.stores.cheetah;
      const [first = 'maml'] = cheetah?.experiment.getState().experiment.algorithms ?? [];
      return cheetah?.data.probe(first)?.iteration ?? null;
    });
  }

  /** Seconds into the recording, as its slider says. */
  async seconds(): Promise<number> {
    return Number(await this.time.inputValue());
  }
}
