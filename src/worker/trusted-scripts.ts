// The only maker of addresses from which scripts are started (workers, the service worker). Browsers with Trusted Types
// refuse any other address under our policy (scripts/csp.mjs), so nothing that is read from a link, a file or a message
// can become code.

/** As much of Trusted Types as is used; TypeScript's library has none of it. */
interface TrustedTypes {
  /** What it makes is a TrustedScriptURL, which may stand wherever a script's address may. */
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): { createScriptURL(address: string): URL };
}

declare global {
  var trustedTypes: TrustedTypes | undefined;
}

/** Named in the content security policy. */
const POLICY_NAME = 'metascope';

/**
 * Creates this page's or worker's policy, once: `addresses` are the only scripts that may be started. Returns what makes
 * one of them startable, and throws a TypeError for any other.
 */
export function trustScripts(addresses: readonly string[]): (address: string) => string | URL {
  const trust = (address: string): string => {
    if (addresses.includes(address)) return address;
    throw new TypeError(
      `Not one of the scripts of this page. Got ${address}; expected ${addresses.join(', ')}.`,
    );
  };
  const policy = globalThis.trustedTypes?.createPolicy(POLICY_NAME, { createScriptURL: trust });
  return policy ? (address) => policy.createScriptURL(address) : trust;
}
