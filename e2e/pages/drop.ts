// Dropping files on the page, as if from the desktop.
import { expect, type Page } from '@playwright/test';

export interface DroppedFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

const HINT = 'Drop a run or a story to open it.';

/** Holds the files over the page, sees what it says, and lets go. */
export async function dropFiles(page: Page, files: readonly DroppedFile[]): Promise<void> {
  const dataTransfer = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const { name, type, text } of all) transfer.items.add(new File([text], name, { type }));
    return transfer;
  }, files);
  await page.dispatchEvent('body', 'dragenter', { dataTransfer });
  await expect(page.getByText(HINT)).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer });
  await expect(page.getByText(HINT)).toBeHidden();
}
