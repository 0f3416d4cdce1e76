// The policy in force: every lab and every worker runs under it without a violation, nothing is fetched from elsewhere,
// and what it forbids is refused.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { CheetahLab } from '../pages/cheetah-lab.ts';
import { linkTo } from '../pages/lab.ts';
import { NavigationLab } from '../pages/navigation-lab.ts';
import { ReachingLab } from '../pages/reaching-lab.ts';

/** Collects violations of the policy; call before the page is opened. */
async function watchViolations(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const found: string[] = [];
    Object.assign(window, { violations: found });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
      found.push(`${violatedDirective}: ${blockedURI} ${sample}`),
    );
  });
  return () => page.evaluate(() => Object.assign({ violations: ['not watched'] }, window).violations);
}

const ENGINES = ['fused-wasm', 'composed-wasm', 'composed-cpu', 'fused-webgpu'] as const;

test('every lab and its workers run under the policy, and ask only their own origin', async ({
  lab,
  page,
  context,
  baseURL,
}) => {
  const violations = await watchViolations(page);
  const asked = new Set<string>();
  context.on('request', (request) => asked.add(new URL(request.url()).origin));

  await lab.open(linkTo({ algorithms: 'maml', metaBatchSize: 6, supportSize: 5, querySize: 5 }));
  for (const engine of ENGINES) {
    await lab.setEngine(engine);
    await lab.reach((await lab.iterations()) + 3);
  }
  expect(await violations()).toEqual([]);

  const reaching = new ReachingLab(page);
  await reaching.open();
  await reaching.idle();
  expect(await violations()).toEqual([]);

  const navigation = new NavigationLab(page);
  await navigation.open();
  await expect.poll(() => page.evaluate(() => window.metascope?.iteration() ?? 0)).toBeGreaterThan(2);
  const cheetah = new CheetahLab(page);
  await cheetah.open();
  await cheetah.reach(2);
  expect(await violations()).toEqual([]);
  expect([...asked]).toEqual([new URL(baseURL ?? '').origin]);
});

/** What happens when the page tries each of these, as injected code would. */
function attempts(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const tried: Record<string, () => unknown> = {
      html: () => {
        document.createElement('div').innerHTML = '<img src=x>';
      },
      worker: () => new Worker('./sw.js'),
      registration: () => navigator.serviceWorker.register('./sw.js'),
      // Not eval(): what a test evaluates may.
      evaluation: () => window.setTimeout('window.injected = true'),
      policy: () => globalThis.trustedTypes?.createPolicy('another', { createScriptURL: (url) => url }),
      again: () => globalThis.trustedTypes?.createPolicy('metascope', { createScriptURL: (url) => url }),
      script: () => {
        document.createElement('script').src = './sw.js';
      },
      request: () => fetch('https://example.com/'),
    };
    const results: Record<string, string> = {};
    for (const [name, attempt] of Object.entries(tried)) {
      try {
        await attempt();
        results[name] = 'allowed';
      } catch {
        results[name] = 'refused';
      }
    }
    return results;
  });
}

const ALL_REFUSED = Object.fromEntries(
  ['html', 'worker', 'registration', 'evaluation', 'policy', 'again', 'script', 'request'].map((name) => [
    name,
    'refused',
  ]),
);

test('what the policy forbids is refused', async ({ lab, page, watch }) => {
  watch.expectMessage(/TrustedHTML|TrustedScript|Content Security Policy|Trusted Type/i);
  await lab.open();
  expect(await attempts(page)).toEqual(ALL_REFUSED);
});

test.describe('on a host that sends no headers', () => {
  test('the policy in the page itself holds', async ({ lab, page, watch }) => {
    watch.expectMessage(/TrustedHTML|TrustedScript|Content Security Policy|Trusted Type/i);
    await page.route('**/*', async (route) => {
      const response = await route.fetch();
      const { 'content-security-policy': _, ...headers } = response.headers();
      await route.fulfill({ response, headers });
    });
    await lab.open();
    await lab.reach(5);
    expect(await attempts(page)).toEqual(ALL_REFUSED);
  });
});
