// The content security policy, once: a <meta> in the built page for static hosts, a header from serve.mjs and, for hosts
// that read it, in dist/_headers. Nothing is loaded from another origin, nothing is inline, nothing is evaluated but
// WebAssembly, and scripts are started only from addresses that src/worker/trusted-scripts.ts has made.
const DIRECTIVES = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types metascope',
];

export const CONTENT_SECURITY_POLICY = DIRECTIVES.join('; ');

/** What every answer of a host should carry; the policy's place is also in the page itself. */
export const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** Files whose names change with their content may be kept for ever; all others are asked for again. */
export const CACHE_FOREVER = 'public, max-age=31536000, immutable';
export const CACHE_NEVER = 'no-cache';

/** `_headers`, which Netlify and Cloudflare Pages read. */
export function headersFile() {
  const lines = Object.entries(HEADERS).map(([name, value]) => `  ${name}: ${value}`);
  return ['/*', ...lines, '/assets/*', `  Cache-Control: ${CACHE_FOREVER}`, ''].join('\n');
}
