// A static file server for dist/ that compresses and sends our headers, as a good static host does; for looking at the
// built lab, for the end-to-end tests and for Lighthouse. Not for the open internet.
//   node scripts/serve.mjs [--port 4173] [--base /some/path/] [--folder dist]
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { CACHE_FOREVER, CACHE_NEVER, HEADERS } from './csp.mjs';

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

/** Pictures are compressed already. */
const COMPRESSED_ANYWAY = new Set(['.png']);
/** Smaller ones fit into one packet either way. */
const WORTH_COMPRESSING_BYTES = 1000;
/** Between the best and the fastest: what hosts that compress on the fly do. */
const BROTLI_QUALITY = 6;

/** @typedef {{ modified: number, tag: string, bodies: Map<string, Buffer> }} Prepared by the encoding's name */

/** @param {string} encoding @param {Buffer} body */
function compress(encoding, body) {
  if (encoding === 'br') {
    return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } });
  }
  return encoding === 'gzip' ? gzipSync(body) : body;
}

/** The best encoding that the browser takes and the file is worth. @param {string} accepted @param {string} file @param {number} size */
function encodingFor(accepted, file, size) {
  if (size < WORTH_COMPRESSING_BYTES || COMPRESSED_ANYWAY.has(extname(file))) return 'identity';
  return ['br', 'gzip'].find((encoding) => accepted.includes(encoding)) ?? 'identity';
}

/** @param {string} root @param {string} path decoded, below the base @returns {string | null} an existing file */
function fileFor(root, path) {
  const wanted = normalize(join(root, path.endsWith('/') || path === '' ? `${path}index.html` : path));
  if (wanted !== root && !wanted.startsWith(root + sep)) return null;
  return statSync(wanted, { throwIfNoEntry: false })?.isFile() ? wanted : null;
}

/**
 * @param {{ folder: string, base: string, isBare?: boolean }} options base starts and ends with a slash; isBare: without
 *   our headers, for pages that are not the lab's, such as the benchmark's
 * @returns {import('node:http').Server}
 */
export function createStaticServer({ folder, base, isBare = false }) {
  const root = resolve(folder);
  /** @type {Map<string, Prepared>} */
  const prepared = new Map();
  /** @param {string} file @param {string} accepted the browser's encodings */
  const readPrepared = (file, accepted) => {
    const { mtimeMs: modified, size } = statSync(file);
    let known = prepared.get(file);
    if (known?.modified !== modified) {
      const body = readFileSync(file);
      // Weak: the same for every encoding.
      const tag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
      known = { modified, tag, bodies: new Map([['identity', body]]) };
      prepared.set(file, known);
    }
    const encoding = encodingFor(accepted, file, size);
    const body = known.bodies.get(encoding) ?? compress(encoding, readFileSync(file));
    known.bodies.set(encoding, body);
    return { tag: known.tag, body, encoding };
  };
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
    const { tag, body, encoding } = readPrepared(file, String(request.headers['accept-encoding'] ?? ''));
    const headers = {
      ...(isBare ? {} : HEADERS),
      'Cache-Control': path.includes('/assets/') ? CACHE_FOREVER : CACHE_NEVER,
      ETag: tag,
      Vary: 'Accept-Encoding',
    };
    if (request.headers['if-none-match'] === tag) {
      response.writeHead(304, headers).end();
      return;
    }
    response.writeHead(200, {
      ...headers,
      'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
      'Content-Length': body.length,
      ...(encoding === 'identity' ? {} : { 'Content-Encoding': encoding }),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
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
