/**
 * Pages whose scripts do not answer for a while, or ever, with gateways of little patience: `LP2P_BUSY_MS` is some
 * heartbeats, and less than what ends a page.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { addresses, open } from './shared-browser.js';

const BUSY_MS = Number(process.env.LP2P_BUSY_MS);
/** More than the agent may send to a page that does not take it. */
const UNREAD_BYTES = 1_000_000;

const [tv, phone] = addresses('try');

let screen;

/** A page with a channel to the screen, which sends more than the page takes once it is told to. */
async function connect() {
  const page = await open(phone);
  await page.evaluate(async () => {
    globalThis.connection = await new LP2PRequest().start();
    globalThis.channel = connection.createDataChannel('c');
    channel.binaryType = 'arraybuffer';
    await new Promise((resolve) => (channel.onopen = resolve));
    channel.onmessage = ({ data }) => (globalThis.received = data.byteLength);
  });
  return page;
}

before(async () => {
  screen = await open(tv);
  await screen.evaluate((bytes) => {
    globalThis.ends = [];
    globalThis.receiver = new LP2PReceiver({ nickname: 'Screen' });
    receiver.onconnection = ({ connection }) => {
      connection.onclose = ({ reason }) => ends.push(reason);
      connection.ondatachannel = ({ channel }) => (channel.onmessage = () => channel.send(new Uint8Array(bytes)));
    };
    return receiver.start();
  }, UNREAD_BYTES);
});

describe('a page', { concurrency: true }, () => {
  test('that is busy for long is still there afterwards', async () => {
    const page = await connect();
    const received = await page.evaluate(async (ms) => {
      channel.send('go on');
      // What was sent leaves before the page is busy.
      await new Promise((resolve) => setTimeout(resolve));
      const end = performance.now() + ms;
      while (performance.now() < end);
      return (
        globalThis.received ??
        new Promise((resolve) => {
          channel.onmessage = ({ data }) => resolve(data.byteLength);
          connection.onclose = ({ reason }) => resolve(reason);
        })
      );
    }, BUSY_MS);
    assert.equal(received, UNREAD_BYTES);
  });

  test('that never does anything again is gone', async () => {
    const page = await connect();
    await page.evaluate(() => {
      channel.send('go on');
      setTimeout(() => {
        for (;;);
      });
    });
    await screen.waitForFunction(() => ends.length > 0, null, { timeout: 0 });
    assert.deepEqual(await screen.evaluate(() => ends), ['closed-by-peer']);
  });
});
