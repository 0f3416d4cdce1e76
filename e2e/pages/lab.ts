// The Sinusoid lab as a page object: what a person does by role and name, and what the program says of itself through
// window.metascope. Nothing here waits on the clock.
import { expect, type Locator, type Page } from '@playwright/test';
import type { AlgorithmId } from '../../src/experiment/experiment.ts';
import type { EngineId } from '../../src/gradients/meta-gradient.ts';
import type { EngineChoice } from '../../src/worker/protocol.ts';

/** A link to the lab's default preset with these settings. */
export function linkTo(settings: Record<string, string | number> = {}): string {
  const { seed = 1, ...others } = settings;
  const pairs = Object.entries({ v: 1, lab: 'sinusoid', preset: 'sinusoid-live', seed, ...others });
  return `./#${pairs.map(([key, value]) => `${key}=${value}`).join('&')}`;
}

/** Mean of numbers; NaN of none. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export class Lab {
  readonly page: Page;
  readonly runButton: Locator;
  readonly pauseButton: Locator;
  readonly notices: Locator;
  readonly status: Locator;

  constructor(page: Page) {
    this.page = page;
    this.runButton = page.getByRole('button', { name: 'Run', exact: true });
    this.pauseButton = page.getByRole('button', { name: 'Pause', exact: true });
    this.notices = page.getByRole('status', { name: 'Notices' });
    this.status = page.getByTestId('run-status');
  }

  async open(link = linkTo()): Promise<void> {
    await this.page.goto(link);
    await this.page.waitForFunction(() => window.metascope !== undefined);
  }

  /** Number of meta-iterations whose losses have arrived, for the first algorithm or the one named. */
  iterations(algorithm: AlgorithmId = 'maml'): Promise<number> {
    return this.page.evaluate((id) => window.metascope?.stores.data.metrics(id)?.length ?? 0, algorithm);
  }

  /** Query losses so far, in order of iteration. */
  losses(algorithm: AlgorithmId = 'maml'): Promise<number[]> {
    return this.page.evaluate((id) => {
      const history = window.metascope?.stores.data.metrics(id);
      return history ? [...history.column('queryLoss').slice(0, history.length)] : [];
    }, algorithm);
  }

  statusKind(): Promise<string> {
    return this.page.evaluate(() => window.metascope?.stores.run.getState().status.kind ?? 'absent');
  }

  engine(): Promise<EngineId | null> {
    return this.page.evaluate(() => window.metascope?.stores.run.getState().engine ?? null);
  }

  async setEngine(engine: EngineChoice): Promise<void> {
    await this.page.evaluate((id) => window.metascope?.stores.run.getState().setEngine(id), engine);
    if (engine !== 'auto') await expect.poll(() => this.engine(), { timeout: 30_000 }).toBe(engine);
  }

  /** Trains anew from iteration 0, all of it on this engine. */
  async startOn(engine: EngineId): Promise<void> {
    await this.setEngine(engine);
    await this.page.evaluate(() => window.metascope?.stores.run.getState().reset());
  }

  async reach(iteration: number, algorithm: AlgorithmId = 'maml', timeout = 60_000): Promise<void> {
    await expect.poll(() => this.iterations(algorithm), { timeout }).toBeGreaterThanOrEqual(iteration);
  }

  async pause(): Promise<void> {
    await this.pauseButton.click();
    await expect.poll(() => this.statusKind()).toBe('paused');
  }

  async run(): Promise<void> {
    await this.runButton.click();
    await expect.poll(() => this.statusKind()).toBe('running');
  }

  /** The keyboard's handle of a support point, counted from 0; it lies where the canvas draws the point. */
  handle(index: number): Locator {
    return this.page.locator(`.handles [data-index="${index}"]`);
  }

  /** Where a support point is drawn, in page pixels. */
  async pointAt(index: number): Promise<{ x: number; y: number }> {
    const box = await this.handle(index).boundingBox();
    if (!box) throw new Error(`Support point ${index} has no place on the page.`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  /** The user's task as the program has it. */
  task() {
    return this.page.evaluate(() => {
      const task = window.metascope?.stores.view.getState().task;
      return task ? { ...task, points: task.points.map((point) => ({ ...point })) } : null;
    });
  }

  /** "MSE before → after" of a panel. */
  fitError(algorithm: AlgorithmId): Locator {
    return this.page.getByTestId(`mse-${algorithm}`);
  }

  /** A panel's drawing as text, to see whether it changed. */
  picture(algorithmName: string): Promise<string> {
    return this.page
      .getByRole('region', { name: `Fit of ${algorithmName}`, exact: true })
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  }
}
