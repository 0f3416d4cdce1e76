// A site that publishes new versions of the built page, for the specs of what visitors notice of that. A copy of dist/
// in a folder of its own, below a path, behind a server that may also be slow or gone.
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { serviceWorkerText } from '../../scripts/offline/offline-copy.mjs';
import { createStaticServer, listen } from '../../scripts/serve.mjs';

const BASE = '/courses/2026/metascope/';

export class Site {
  readonly folder = mkdtempSync(join(tmpdir(), 'metascope-site-'));
  readonly #server: Server;
  #hangs = false;
  #port = 0;
  #version = 1;

  constructor() {
    cpSync('dist', this.folder, { recursive: true });
    const files = createStaticServer({ folder: this.folder, base: BASE });
    this.#server = createServer((request, response) => {
      if (!this.#hangs) files.emit('request', request, response);
    });
  }

  async open(port: number): Promise<void> {
    this.#port = await listen(this.#server, port, false);
  }

  get address(): string {
    return `http://127.0.0.1:${this.#port}${BASE}`;
  }

  /** From now on the server takes requests and never answers, as a network in a full hall does. */
  hang(): void {
    this.#hangs = true;
  }

  writeRun(name: string, content: string): void {
    const file = join(this.folder, 'runs', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  /** A new version: every script of the page has another name, and the old ones are gone. */
  publish(): void {
    this.#version += 1;
    const assets = join(this.folder, 'assets');
    const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
    const names = new Map(scripts.map((name) => [name, name.replace(/\.js$/, `.v${this.#version}.js`)]));
    const rename = (source: string) =>
      [...names].reduce((text, [before, after]) => text.replaceAll(before, after), source);
    for (const [before, after] of names) {
      writeFileSync(join(assets, before), rename(readFileSync(join(assets, before), 'utf8')));
      renameSync(join(assets, before), join(assets, after));
    }
    const index = join(this.folder, 'index.html');
    writeFileSync(index, rename(readFileSync(index, 'utf8')));
    writeFileSync(join(this.folder, 'sw.js'), serviceWorkerText(this.folder));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
    rmSync(this.folder, { recursive: true });
  }
}
