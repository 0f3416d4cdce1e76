// The panel of pinned runs as a page object.
import { expect, type Locator, type Page } from '@playwright/test';

export class Compare {
  readonly page: Page;
  readonly panel: Locator;
  readonly pinButton: Locator;
  readonly rows: Locator;

  constructor(page: Page) {
    this.page = page;
    this.panel = page.getByRole('dialog', { name: 'Compare runs' });
    this.pinButton = page.getByRole('button', { name: 'Pin', exact: true });
    this.rows = this.panel.locator('.pin-row');
  }

  /** Waits until the run on the screen is through. */
  async finished(): Promise<void> {
    await this.page.waitForFunction(() => window.metascope?.status() === 'finished', null, {
      timeout: 60_000,
    });
  }

  /** Changes settings as the controls would, and waits until the new run is through. */
  async retrain(patch: Readonly<Record<string, unknown>>): Promise<void> {
    await this.page.evaluate((change) => window.metascope?.stores.current.getState().edit(change), patch);
    await this.page.evaluate(() => window.metascope?.idle());
    await this.finished();
  }

  async pin(letter: string): Promise<void> {
    await this.pinButton.click();
    await expect(this.page.getByText(`Pinned as ${letter}:`)).toBeAttached();
  }

  async open(): Promise<void> {
    await this.page.getByRole('button', { name: /^Compare/ }).click();
    await expect(this.panel).toBeVisible();
  }

  /** What a chart says of itself to who cannot see it. */
  said(chart: string): Promise<string> {
    return this.page
      .getByRole('region', { name: chart, exact: true })
      .getByRole('img')
      .getAttribute('aria-label')
      .then((label) => label ?? '');
  }

  name(letter: string): Locator {
    return this.panel.getByRole('textbox', { name: `Name of run ${letter}` });
  }

  table(name: string): Locator {
    return this.panel.getByRole('region', { name, exact: true }).getByRole('table').first();
  }

  async menu(title: string, entry: string): Promise<void> {
    await this.panel.getByRole('button', { name: `More of ${title}` }).click();
    await this.panel.getByRole('button', { name: entry, exact: true }).click();
  }
}
