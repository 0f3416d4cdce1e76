import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY } from './csp.mjs';
import { createStaticServer, listen } from './serve.mjs';

const outside = mkdtempSync(join(tmpdir(), 'metascope-serve-'));
const folder = join(outside, 'dist');
const server = createStaticServer({ folder, base: '/a/b/' });
let port = 0;
const LONG = 'const again = 1;\n'.repeat(1000);

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<p>lab</p>');
  writeFileSync(join(folder, 'assets/x.wasm'), 'binary');
  writeFileSync(join(folder, 'long.js'), LONG);
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  port = await listen(server, 46_000, false);
});
afterAll(() => {
  server.close();
  rmSync(outside, { recursive: true });
});

/**
 * A raw request: fetch() would tidy the path up before sending it.
 * @param {string} path @param {Record<string, string>} [headers] @param {string} [method]
 * @returns {Promise<{ status: number | undefined, headers: import('node:http').IncomingHttpHeaders, body: string }>}
 */
function get(path, headers = {}, method = 'GET') {
  return new Promise((done, failed) => {
    request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part) => {
        body += part;
      });
      response.on('end', () => done({ status: response.statusCode, headers: response.headers, body }));
    })
      .on('error', failed)
      .end();
  });
}

describe('serve', () => {
  it('serves the page below its base, with the policy', async () => {
    const { status, headers, body } = await get('/a/b/');
    expect([status, body]).toEqual([200, '<p>lab</p>']);
    expect(headers['content-security-policy']).toBe(CONTENT_SECURITY_POLICY);
    expect(CONTENT_SECURITY_POLICY).not.toContain('unsafe-inline');
  });

  it('gives WebAssembly its type and lets hashed files be kept', async () => {
    const { headers } = await get('/a/b/assets/x.wasm');
    expect(headers['content-type']).toBe('application/wasm');
    expect(headers['cache-control']).toContain('immutable');
  });

  it('compresses what is worth it for those who take it, and says when a file has not changed', async () => {
    const packed = await get('/a/b/long.js', { 'accept-encoding': 'gzip, deflate, br' });
    expect(packed.headers['content-encoding']).toBe('br');
    expect(Number(packed.headers['content-length'])).toBeLessThan(LONG.length / 10);
    const plain = await get('/a/b/long.js');
    expect([plain.headers['content-encoding'], plain.body]).toEqual([undefined, LONG]);
    const tag = String(plain.headers.etag);
    expect((await get('/a/b/long.js', { 'if-none-match': tag })).status).toBe(304);
    writeFileSync(join(folder, 'long.js'), `${LONG}// changed`);
    expect((await get('/a/b/long.js', { 'if-none-match': tag })).status).toBe(200);
  });

  it.each([
    '/a/b/../../secret.txt',
    '/a/b/..%2f..%2fsecret.txt',
    '/a/b/%2e%2e/secret.txt',
    '/',
    '/a/bindex.html',
  ])('has nothing at %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it('refuses a malformed address and other methods', async () => {
    expect((await get('/a/b/%E0%A4%A')).status).toBe(400);
    expect((await get('/a/b/', {}, 'POST')).status).toBe(405);
  });

  it('takes the next port when the wanted one is in use', async () => {
    const second = createStaticServer({ folder, base: '/' });
    expect(await listen(second, port, false)).toBeGreaterThan(port);
    second.close();
    await expect(listen(createStaticServer({ folder, base: '/' }), port, true)).rejects.toThrow('EADDRINUSE');
  });
});
