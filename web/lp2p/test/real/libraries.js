/**
 * Libraries written for others, unchanged from npm, in pages of a site on two devices with real agents; the Java test that
 * runs this has started their gateways: `npm run test:real`.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, test } from 'node:test';
import { importMap } from '../imports.js';
import { browser } from './shared-browser.js';

const SITE = 'https://notes.example';
const LIBRARY = new URL('../../', import.meta.url);

const [tv, phone] = (process.env.LP2P_GATEWAYS ?? '').split(',');
let screen;
let remote;

before(async () => {
  [screen, remote] = await Promise.all([open(tv), open(phone)]);
});

test('Yjs keeps two documents the same, also of what was written before they met and while they were apart', async () => {
  await screen.evaluate(() => {
    doc.getText('note').insert(0, 'written on the screen. ');
    doc.getArray('strokes').push([new Uint8Array([1, 2, 3])]);
    globalThis.receiver = new LP2PReceiver({ nickname: 'Screen' });
    receiver.onconnection = ({ connection }) => provider.accept(connection);
    return receiver.start();
  });
  await remote.evaluate(async () => {
    doc.getText('note').insert(0, 'written on the remote. ');
    globalThis.connection = await new LP2PRequest({ nickname: 'Remote' }).start();
    provider.open(connection);
  });
  await converge(({ note }) => note.includes('screen') && note.includes('remote'));

  await Promise.all([
    screen.evaluate(() => {
      doc.getMap('cards').set('picture', new Uint8Array(3_000_000).fill(7));
      doc.getText('note').delete(0, 8);
    }),
    remote.evaluate(() => {
      for (let i = 0; i < 100; i++) {
        doc.getArray('strokes').push([new Uint8Array([i])]);
      }
      doc.getMap('cards').set('voice', new Uint8Array(2_000_000).fill(9));
    }),
  ]);
  await converge(({ cards, strokes, note }) => cards === 5_000_000 && strokes.endsWith(',99') && note.length === 2 * 23 - 8);

  await remote.evaluate(async () => {
    const gone = new Promise((resolve) => (connection.onclose = resolve));
    connection.close();
    await gone;
    doc.getText('note').insert(0, 'while the remote was away. ');
  });
  await screen.evaluate(() => doc.getText('note').insert(0, 'while the screen was alone. '));
  await remote.evaluate(async () => provider.open(await new LP2PRequest().resume()));
  await converge(({ note }) => note.includes('away') && note.includes('alone'));

  await remote.reload();
  await remote.evaluate(async () => provider.open(await new LP2PRequest().resume()));
  await converge(({ note, cards }) => note.includes('away') && cards === 5_000_000);
});

test('Comlink calls, gets, sets and constructs what is on the other device, and brings back what it throws', async () => {
  await screen.evaluate(() => {
    class Counter {
      static made = 0;
      constructor(start) {
        Counter.made++;
        this.count = start;
      }
      async add(number, { times = 1 } = {}) {
        return (this.count += number * times);
      }
      fail() {
        throw new RangeError('Enough');
      }
    }
    receiver.onconnection = ({ connection }) => {
      connection.ondatachannel = ({ channel }) =>
        Comlink.expose({ Counter, counter: new Counter(5), motto: 'early' }, channelEndpoint(channel));
    };
  });
  const results = await remote.evaluate(async () => {
    const channel = (await new LP2PRequest().resume()).createDataChannel('comlink');
    await new Promise((resolve) => (channel.onopen = resolve));
    const there = Comlink.wrap(channelEndpoint(channel));
    const seen = [await there.counter.add(2), await there.counter.add(3, { times: 4 }), await there.motto];
    await (there.motto = 'late');
    seen.push(await there.motto, await there.counter.fail().catch((e) => `${e.name}: ${e.message}`));
    const all = await Promise.all(Array.from({ length: 50 }, (_, i) => there.counter.add(i)));
    seen.push(all.at(-1), await there.Counter.made);
    seen.push(await there.counter.add(Comlink.proxy(() => 1)).catch(({ name }) => name));
    there[Comlink.releaseProxy]();
    channel.close();
    return seen;
  });
  const sum = 7 + 12 + (49 * 50) / 2;
  assert.deepEqual(results, [7, 19, 'early', 'late', 'RangeError: Enough', sum, 1, 'DataCloneError']);
});

/** Waits until both documents are as wanted, and compares them. */
async function converge(isReached) {
  const [here, there] = await Promise.all(
    [screen, remote].map((page) =>
      page.evaluate(async (isReached) => {
        const state = () => ({
          note: `${doc.getText('note')}`,
          strokes: `${doc.getArray('strokes').toArray().map((bytes) => bytes.join('-'))}`,
          cards: [...doc.getMap('cards').values()].reduce((sum, { length }) => sum + length, 0),
        });
        while (!eval(isReached)(state())) {
          await new Promise((resolve) => doc.once('update', resolve));
        }
        const cards = await new Blob(['picture', 'voice'].map((card) => doc.getMap('cards').get(card))).arrayBuffer();
        const digest = await crypto.subtle.digest('SHA-256', cards);
        return { ...state(), digest: `${new Uint8Array(digest)}` };
      }, `(${isReached})`),
    ),
  );
  assert.deepEqual(here, there);
}

/** A page of the site, whose files are all answered from this folder. */
async function open(port) {
  const context = await browser.newContext({ permissions: ['local-network-access'] });
  await context.route(`${SITE}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    return pathname === '/' ? route.fulfill({ contentType: 'text/html', body: html(port) }) : fulfill(route, pathname);
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error(`page: ${error.stack}`));
  await page.goto(SITE);
  return page;
}

async function fulfill(route, pathname) {
  const body = await readFile(new URL(`.${pathname}`, LIBRARY));
  return route.fulfill({ contentType: 'text/javascript', body });
}

function html(port) {
  return `<!doctype html><meta charset="utf-8">
    ${importMap('/')}
    <script type="module">
      import '/src/global.js';
      import { useCarrier, webSocketCarrier } from 'lp2p';
      import * as Y from 'yjs';
      import * as Comlink from 'comlink';
      import { LP2PProvider } from '/adapters/y-lp2p.js';
      import { channelEndpoint } from '/adapters/comlink-endpoint.js';

      useCarrier(() => webSocketCarrier('ws://127.0.0.1:${port}/lp2p'));
      const doc = new Y.Doc();
      Object.assign(globalThis, { Y, doc, provider: new LP2PProvider(doc), Comlink, channelEndpoint });
    </script>`;
}
