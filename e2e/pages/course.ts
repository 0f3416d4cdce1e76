// A course page of another origin, with frames in it: a server of its own, since browsers treat a page that the test only
// makes up as one from the public net, which may not frame this machine.
import { createServer, type Server } from 'node:http';
import { listen } from '../../scripts/serve.mjs';

export class Course {
  readonly #server: Server;
  #port = 0;
  #html = '';

  constructor() {
    this.#server = createServer((request, response) => {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.statusCode = request.url === '/lecture.html' ? 200 : 204;
      response.end(request.url === '/lecture.html' ? this.#html : undefined);
    });
  }

  async open(port: number): Promise<void> {
    this.#port = await listen(this.#server, port, false);
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get address(): string {
    return `${this.origin}/lecture.html`;
  }

  /** What stands in the lecture's body, beside a script that keeps all messages in `heard`. */
  write(body: string): void {
    this.#html = `<!doctype html><html lang="en"><title>Lecture</title><body style="margin: 0">
      <script>heard = []; addEventListener('message', ({ origin, data }) => heard.push({ origin, data }));</script>
      ${body}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}
