// The Reaching lab as a page object: what a person does by role and name, and what the program says of itself through
// window.metascope. Nothing here waits on the clock.
import { expect, type Locator, type Page } from '@playwright/test';
import type { Strategy } from '../../src/experiment/experiment.ts';
import type { ReachingExperiment } from '../../src/experiment/reaching-experiment.ts';

/** A link to the paper's Figure 3, or another preset of the lab, with these settings. */
export function reachingLink(settings: Record<string, string | number> = {}): string {
  const { preset = 'reaching-figure-3', seed = 0, ...others } = settings;
  const pairs = Object.entries({ v: 1, lab: 'reaching', preset, seed, ...others });
  return `./#${pairs.map(([key, value]) => `${key}=${value}`).join('&')}`;
}

export class ReachingLab {
  readonly page: Page;
  readonly runButton: Locator;
  readonly pauseButton: Locator;
  readonly canvas: Locator;
  readonly story: Locator;
  readonly iterationSlider: Locator;
  readonly undo: Locator;

  constructor(page: Page) {
    this.page = page;
    this.runButton = page.getByRole('button', { name: 'Run', exact: true });
    this.pauseButton = page.getByRole('button', { name: 'Pause', exact: true });
    this.canvas = page.getByRole('region', { name: 'Arena' }).locator('canvas');
    this.story = page.getByTestId('story');
    this.iterationSlider = page.getByRole('slider', { name: 'Iteration shown' });
    this.undo = page.getByRole('button', { name: /^Undo/ });
  }

  /** Opens a link and waits until the arena is drawn. */
  async open(link = reachingLink()): Promise<void> {
    await this.page.goto(link);
    await this.page.waitForFunction(() => window.metascope !== undefined);
    await expect(this.handle('Start')).toBeAttached();
  }

  /** Many seeds are computed, nothing waits. */
  async idle(): Promise<void> {
    await this.page.evaluate(() => window.metascope?.idle());
  }

  /** Paused at an iteration. */
  async pauseAt(iteration: number): Promise<void> {
    await this.page.evaluate((t) => window.metascope?.stores.reaching.getState().scrub(t), iteration);
  }

  experiment(): Promise<ReachingExperiment> {
    return this.page.evaluate(() => {
      if (!window.metascope) throw new Error('The page has not begun.');
      return window.metascope.stores.reachingExperiment.getState().experiment;
    });
  }

  state() {
    return this.page.evaluate(() => {
      if (!window.metascope) throw new Error('The page has not begun.');
      const { status, iteration, phase, focus, window: shown } = window.metascope.stores.reaching.getState();
      const { reachingData: data } = window.metascope.stores;
      return {
        status,
        iteration,
        phase,
        focus,
        window: { ...shown },
        playhead: data.iteration + data.fraction,
        cells: data.phaseMap?.cells.length ?? 0,
        cell: data.currentCell,
      };
    });
  }

  /** Final distances of the runs on the stage. */
  distances(): Promise<Partial<Record<Strategy, number>>> {
    return this.page.evaluate(() => window.metascope?.reachingDistances() ?? {});
  }

  /** Shares of seeds in which each strategy ends nearest. */
  winnerShares(): Promise<Partial<Record<Strategy, number>>> {
    return this.page.evaluate(() =>
      Object.fromEntries(
        (window.metascope?.stores.reachingData.outcome?.strategies ?? []).map((one) => [
          one.strategy,
          one.winnerShare,
        ]),
      ),
    );
  }

  /** The button over a handle: "Main centre", "Noise 1 spread", "Start", "Painted task 1", "Brush". */
  handle(name: string): Locator {
    return this.page.getByRole('button', { name: new RegExp(`^${name}, `) });
  }

  async handleAt(name: string): Promise<{ x: number; y: number }> {
    const box = await this.handle(name).boundingBox();
    if (!box) throw new Error(`${name} has no place on the page.`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  async drag(from: { x: number; y: number }, dx: number, dy: number): Promise<void> {
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(from.x + dx, from.y + dy, { steps: 6 });
    await this.page.mouse.up();
  }

  /** Two fingers side by side around a place, moved apart from one distance to another. */
  async pinch(at: { x: number; y: number }, from: number, to: number): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart: number) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints:
          type === 'touchEnd' ? [] : [-1, 1].map((side, id) => ({ x: at.x + side * apart, y: at.y, id })),
      });
    await touch('touchStart', from);
    for (let step = 1; step <= 4; step++) await touch('touchMove', from + ((to - from) * step) / 4);
    await touch('touchEnd', to);
  }

  /** A place of the canvas as shares of its size, in page pixels. */
  async spot(right: number, down: number): Promise<{ x: number; y: number }> {
    const box = await this.canvas.boundingBox();
    if (!box) throw new Error('The arena has no place on the page.');
    return { x: box.x + right * box.width, y: box.y + down * box.height };
  }

  async choose(tool: 'Move' | 'Paint' | 'Erase'): Promise<void> {
    await this.page.getByRole('radio', { name: new RegExp(`^${tool}:`) }).check();
  }

  picture(): Promise<string> {
    return this.canvas.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  }
}
