/**
 * A Chromium on the host where this runs, with an empty profile in a folder of its own. It does what it reads on standard
 * input, a JSON object a line, and answers each with a line; what pages say goes to standard error. Every https address
 * leads to a server of its own: `node browser.mjs FOLDER CERTIFICATE.p12`.
 */
import { createServer } from 'node:https';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const LIBRARY = new URL('../../../../web/lp2p/', import.meta.url);
const PAGES = new URL('pages/', import.meta.url);
const { chromium } = createRequire(new URL('package.json', LIBRARY))('playwright-core');
const { launchOptions } = await import(new URL('test/chromium.js', LIBRARY));

const [folder, certificate] = process.argv.slice(2);
const JAVASCRIPT = 'text/javascript';
/** Folders whose files every site has. */
const FILES = { '/lp2p/': LIBRARY, '/pages/': PAGES };
/** What a test has a site serve, by its path. */
const documents = new Map();
const pages = [];

const server = createServer({ pfx: await readFile(certificate), passphrase: 'secret' }, serve);
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const options = launchOptions();
const context = await chromium.launchPersistentContext(folder, {
  ...options,
  args: [
    ...options.args,
    `--host-resolver-rules=MAP rebound.example 127.0.0.1, MAP * 127.0.0.1:${server.address().port}, EXCLUDE 127.0.0.1`,
    '--ignore-certificate-errors',
  ],
});
answer({ ready: true });

const COMMANDS = {
  serve: ({ path, type, body }) => void documents.set(path, { type, body }),
  async open({ url }) {
    const page = await context.newPage();
    page.on('pageerror', (error) => console.error(`page ${url}: ${error.stack}`));
    page.on('console', (message) => log(page, url, message.text()));
    page.lines = [];
    await page.goto(url);
    return pages.push(page) - 1;
  },
  evaluate: ({ page, frame, body }) => pages[page].frames()[frame].evaluate(`(async () => {${body}\n})()`),
  /** Waits until a page has logged a line. */
  async logged({ page, line }) {
    while (!pages[page].lines.includes(line)) {
      await new Promise((resolve) => (pages[page].onLine = resolve));
    }
  },
  reload: async ({ page }) => void (await pages[page].reload()),
  close: ({ page }) => pages[page].close(),
  async crash({ page }) {
    const crashed = pages[page].waitForEvent('crash');
    const devTools = await context.newCDPSession(pages[page]);
    // What crashes does not answer.
    devTools.send('Page.crash').catch(() => {});
    await crashed;
  },
  allow: ({ origin }) => context.grantPermissions(['local-network-access'], { origin }),
  screenshot: async ({ page, path }) => void (await pages[page].screenshot({ path })),
};

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  if (command.do === 'quit') {
    break;
  }
  try {
    answer({ value: (await COMMANDS[command.do](command)) ?? null });
  } catch (error) {
    answer({ error: `${error.stack ?? error}` });
  }
}
await context.close();
process.exit();

function log(page, url, line) {
  console.error(`page ${url}: ${line}`);
  page.lines.push(line);
  page.onLine?.();
}

function answer(message) {
  console.log(JSON.stringify(message));
}

async function serve(request, response) {
  const { pathname } = new URL(request.url, 'https://site');
  const { type, body } = documents.get(pathname) ?? (await file(pathname));
  // Chromium takes a page that comes from this computer for one of the public internet.
  const headers = { 'content-type': type, 'content-security-policy': 'treat-as-public-address' };
  response.writeHead(body === undefined ? 404 : 200, headers);
  response.end(body);
}

/** A file that every site has, or an empty page with the API. */
async function file(path) {
  const [prefix, base] = Object.entries(FILES).find(([prefix]) => path.startsWith(prefix)) ?? [];
  if (base) {
    const body = await readFile(new URL(path.slice(prefix.length), base)).catch(() => undefined);
    return { type: JAVASCRIPT, body };
  }
  return {
    type: 'text/html',
    body: '<!doctype html><meta charset="utf-8"><script type="module" src="/pages/peer.js"></script>',
  };
}
