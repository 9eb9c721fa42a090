/** Serves the page that measures, and the library from this clone, to both browsers. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const LIBRARY = new URL('../../web/lp2p/src/', import.meta.url);
const FILES = {
  '/': [new URL('page.html', import.meta.url), 'text/html'],
  '/page.js': [new URL('page.js', import.meta.url), 'text/javascript'],
};

export async function servePage() {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const library = /^\/src\/([a-z0-9-]+\.js)$/.exec(path);
    const [file, type] = library ? [new URL(library[1], LIBRARY), 'text/javascript'] : (FILES[path] ?? []);
    try {
      // Isolated, for clocks that are exact.
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
      response.setHeader('Content-Type', `${type}; charset=utf-8`).end(await readFile(file));
    } catch {
      response.writeHead(404).end();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
