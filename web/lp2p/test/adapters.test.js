import assert from 'node:assert/strict';
import { test } from './limited.js';
import { openPage, stage } from './browser.js';
import { Connection } from './gateway/connection.js';
import { importMap } from './imports.js';

async function openPair(t) {
  const url = stage.gateway.document(
    '/yjs.html',
    `<!doctype html>${importMap('/lp2p/')}<script type="module">
      import '/lp2p/src/global.js';
      import * as Y from 'yjs';
      import { LP2PProvider } from '/lp2p/adapters/y-lp2p.js';
      const doc = new Y.Doc();
      Object.assign(globalThis, { doc, text: doc.getText('x'), provider: new LP2PProvider(doc) });
    </script>`,
  );
  const receiver = await openPage(t, stage, url);
  const requester = await openPage(t, stage, url);
  await receiver.evaluate(() => {
    globalThis.receiver = new LP2PReceiver();
    globalThis.receiver.onconnection = ({ connection }) => provider.accept(connection);
    return globalThis.receiver.start();
  });
  await requester.evaluate(async () => {
    globalThis.conn = await new LP2PRequest().start();
    provider.open(conn);
  });
  return { receiver, requester };
}

/** Waits for all the letters, in whatever order. */
async function reads(page, wanted) {
  const read = await page.evaluate(async (length) => {
    while (text.length < length) {
      await new Promise((resolve) => doc.once('update', resolve));
    }
    return `${text}`;
  }, wanted.length);
  assert.equal([...read].sort().join(''), [...wanted].sort().join(''));
  return read;
}

test('a Yjs document converges after the network was lost, with what was written meanwhile on both sides', async (t) => {
  const { receiver, requester } = await openPair(t);
  await requester.evaluate(() => text.insert(0, 'a'));
  await reads(receiver, 'a');
  const connection = [...stage.gateway.pages[1].things.values()].find((thing) => thing instanceof Connection);
  await requester.evaluate(() => {
    globalThis.ended = new Promise((resolve) => (conn.onclose = ({ reason }) => resolve(reason)));
  });
  connection.lose();
  assert.equal(await requester.evaluate(() => ended), 'network-lost');
  await requester.evaluate(() => text.insert(0, 'b'));
  await receiver.evaluate(() => text.insert(0, 'c'));
  connection.reconnect();
  assert.equal(await reads(receiver, 'abc'), await reads(requester, 'abc'));
});

test('updates beyond what may be under way wait, and arrive put together', async (t) => {
  const { receiver, requester } = await openPair(t);
  await requester.evaluate(() => text.insert(0, 'a'));
  await reads(receiver, 'a');
  await receiver.evaluate(() => {
    globalThis.updates = 0;
    doc.on('update', () => updates++);
  });
  await requester.evaluate(() => {
    for (let i = 0; i < 300; i++) {
      text.insert(0, 'x'.repeat(10_000));
    }
  });
  await reads(receiver, `a${'x'.repeat(3_000_000)}`);
  // One mebibyte of them left at once, the rest as one.
  const updates = await receiver.evaluate(() => updates);
  assert.ok(updates > 100 && updates < 110, `${updates} updates`);
});
