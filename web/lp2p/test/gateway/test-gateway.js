/**
 * A gateway for tests only: every page has an "agent" here that says yes to everything, and all agents see each other.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { PageSocket } from './page-socket.js';

const LIBRARY = fileURLToPath(new URL('../../', import.meta.url));
const TYPES = new Map([
  ['.js', 'text/javascript'],
  ['.mjs', 'text/javascript'],
  ['.html', 'text/html; charset=utf-8'],
]);

export class TestGateway {
  /** @type {PageSocket[]} the sockets that live, in the order in which they came */
  pages = [];
  /** Receivers that have started. */
  receivers = [];
  /** Requests that wait for a receiver. */
  requests = [];
  /** Changed by tests. */
  behaviour = {
    /** Sent to a page instead of `welcome`, if set. */
    refuse: null,
    /** Whether `welcome` is kept back. */
    isSilent: false,
    /** Sent to a page instead of `receiver.started`, if set. */
    receiverError: null,
    /** Whether credit is kept back from pages. */
    withholdsCredit: false,
    /** Whether `request.resume` finds a grant. */
    hasGrant: false,
  };
  /** @type {Map<string, { body: string, headers?: object, type?: string }>} */
  documents = new Map();
  #http = createServer((request, response) => this.#serve(request, response));
  #sockets;
  #waiting = [];

  static async start(port = 0) {
    const gateway = new TestGateway();
    await gateway.listen(port);
    return gateway;
  }

  async listen(port) {
    this.#sockets = new WebSocketServer({
      server: this.#http,
      path: '/lp2p',
      maxPayload: 2 ** 21,
      perMessageDeflate: false,
    });
    this.#sockets.on('connection', (socket, request) =>
      this.#welcome(new PageSocket(this, socket, request.headers.origin)),
    );
    this.#http.listen(port, '127.0.0.1');
    await new Promise((resolve, reject) => this.#http.once('listening', resolve).once('error', reject));
    this.port = this.#http.address().port;
    this.origin = `http://127.0.0.1:${this.port}`;
  }

  /** Ends every socket without a word, as a crash does. */
  async stop() {
    for (const page of [...this.pages]) {
      page.lose();
    }
    this.#sockets.close();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  /** A document at a path of this gateway; returns its address. */
  document(path, body, headers = {}) {
    this.documents.set(path, { body, headers });
    return `${this.origin}${path}`;
  }

  /** The next page that says hello. */
  nextPage() {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #welcome(page) {
    this.pages.push(page);
    this.#waiting.shift()?.(page);
  }

  async #serve(request, response) {
    const { pathname } = new URL(request.url, this.origin);
    const document = this.documents.get(pathname);
    if (document) {
      response.writeHead(200, { 'content-type': document.type ?? 'text/html; charset=utf-8', ...document.headers });
      response.end(document.body);
      return;
    }
    const path = normalize(join(LIBRARY, pathname.replace(/^\/lp2p\//, '')));
    const type = TYPES.get(path.slice(path.lastIndexOf('.')));
    const found =
      pathname.startsWith('/lp2p/') && path.startsWith(LIBRARY) && type && (await stat(path).catch(() => null));
    if (!found) {
      response.writeHead(404).end();
      return;
    }
    // Modules of a sandboxed frame are loaded with CORS.
    response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*', 'cache-control': 'max-age=600' });
    createReadStream(path).pipe(response);
  }
}
