// A helper thread of the Sinusoid lab in a browser.
import { startBrowserThread } from './browser-thread.ts';
import type { FromHelper, ToHelper } from './burst-helper.ts';
import type { HelperHandle } from './helper-thread.ts';

/** The name by which the script knows that it is a helper. */
export const BURST_HELPER_NAME = 'metascope-burst-helper';

/** Starts one; throws where workers cannot start workers. */
export function createBrowserBurstHelper(): HelperHandle {
  return startBrowserThread<ToHelper, FromHelper>(BURST_HELPER_NAME);
}
