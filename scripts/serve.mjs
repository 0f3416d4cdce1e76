// A static file server for dist/, for looking at the built lab and for the end-to-end tests. Not for the open internet.
//   node scripts/serve.mjs [--port 4173] [--base /some/path/] [--folder dist]
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CONTENT_SECURITY_POLICY } from './csp.mjs';

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.map': 'application/json',
};

/** @param {string} root @param {string} path decoded, below the base @returns {string | null} an existing file */
function fileFor(root, path) {
  const wanted = normalize(join(root, path.endsWith('/') || path === '' ? `${path}index.html` : path));
  if (wanted !== root && !wanted.startsWith(root + sep)) return null;
  return statSync(wanted, { throwIfNoEntry: false })?.isFile() ? wanted : null;
}

/**
 * @param {{ folder: string, base: string }} options base starts and ends with a slash
 * @returns {import('node:http').Server}
 */
export function createStaticServer({ folder, base }) {
  const root = resolve(folder);
  return createServer((request, response) => {
    let path = '';
    try {
      path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    } catch {
      response.writeHead(400).end('Bad address');
      return;
    }
    const file = path.startsWith(base) ? fileFor(root, path.slice(base.length)) : null;
    if (!file || (request.method !== 'GET' && request.method !== 'HEAD')) {
      response
        .writeHead(file ? 405 : 404, { 'Content-Type': 'text/plain' })
        .end(file ? 'GET only' : 'Not found');
      return;
    }
    response.writeHead(200, {
      'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    if (request.method === 'HEAD') response.end();
    else createReadStream(file).pipe(response);
  });
}

/**
 * Listens on the wanted port, or on the next free one.
 * @param {import('node:http').Server} server @param {number} port @param {boolean} strict no other port will do
 * @returns {Promise<number>} the port
 */
export function listen(server, port, strict) {
  return new Promise((done, failed) => {
    server.once('error', (error) => {
      const taken = 'code' in error && error.code === 'EADDRINUSE';
      if (taken && !strict && port < 65535) done(listen(server, port + 1, false));
      else failed(error);
    });
    server.listen(port, '127.0.0.1', () => done(port));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4173' },
      base: { type: 'string', default: '/' },
      folder: { type: 'string', default: 'dist' },
    },
  });
  const server = createStaticServer({ folder: values.folder, base: values.base });
  const port = await listen(server, Number(values.port), true);
  process.stdout.write(`http://127.0.0.1:${port}${values.base}\n`);
}
