// A helper thread of the meta-RL labs in a browser.
import { startBrowserThread } from './browser-thread.ts';
import type { FromPolicyHelper, ToPolicyHelper } from './policy-helper.ts';
import type { PolicyHelperHandle } from './policy-thread.ts';

/** The name by which the script knows that it is a helper. */
export const POLICY_HELPER_NAME = 'metascope-policy-helper';

/** Starts one; throws where workers cannot start workers. */
export function createBrowserPolicyHelper(): PolicyHelperHandle {
  return startBrowserThread<ToPolicyHelper, FromPolicyHelper>(POLICY_HELPER_NAME);
}
