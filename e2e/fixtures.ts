// What every spec gets: the lab as a page object, and three promises checked at the end of each test: nothing was
// written to the console as a warning or an error, nothing threw, and no request left the page's own origin.
import { test as base, expect, type Page } from '@playwright/test';
import { Lab } from './pages/lab.ts';

interface Watch {
  readonly problems: string[];
  /** Console messages that this test provokes on purpose. */
  expectMessage(pattern: RegExp): void;
}

/** Collects what a page says and asks for; every page of a test must be watched. */
function watchPage(page: Page, problems: string[], expected: readonly RegExp[]): void {
  page.on('console', (message) => {
    const text = message.text();
    if (!['error', 'warning'].includes(message.type())) return;
    if (!expected.some((pattern) => pattern.test(text))) problems.push(`console ${message.type()}: ${text}`);
  });
  page.on('pageerror', (error) => {
    if (!expected.some((pattern) => pattern.test(error.message))) problems.push(`thrown: ${error.message}`);
  });
}

export const test = base.extend<{ watch: Watch; lab: Lab }>({
  watch: [
    async ({ context, baseURL }, use) => {
      const problems: string[] = [];
      const expected: RegExp[] = [];
      const own = /^(data|blob):|^http:\/\/127\.0\.0\.1:/;
      context.on('page', (page) => watchPage(page, problems, expected));
      context.on('request', (request) => {
        if (!own.test(request.url()))
          problems.push(`request to another origin than ${baseURL}: ${request.url()}`);
      });
      await use({ problems, expectMessage: (pattern) => expected.push(pattern) });
      expect(problems).toEqual([]);
    },
    { auto: true },
  ],
  lab: async ({ page }, use) => {
    await use(new Lab(page));
  },
});

export { expect };
