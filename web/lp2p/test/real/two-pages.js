/**
 * Two pages of two real agents, whose gateways the Java test that runs this has started: `npm run test:real`.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { addresses, open } from './shared-browser.js';

const [tv, phone] = addresses('try');

let screen;
let remote;

before(async () => {
  screen = await open(tv);
  remote = await open(phone);
  await screen.evaluate(() => {
    globalThis.receiver = new LP2PReceiver({ nickname: 'Screen' });
    receiver.onconnection = ({ connection }) => {
      connection.ondatachannel = ({ channel }) => {
        channel.binaryType = 'arraybuffer';
        channel.onmessage = ({ data }) => channel.send(data);
      };
      connection.ontransport = async ({ transport }) => {
        const { value: stream } = await transport.incomingBidirectionalStreams.getReader().read();
        await stream.readable.pipeTo(stream.writable);
      };
    };
    return receiver.start();
  });
  await remote.evaluate(async () => {
    globalThis.connection = await new LP2PRequest({ nickname: 'Remote' }).start();
  });
});

test('text, bytes and a Blob come back as they were sent', async () => {
  const same = await remote.evaluate(async () => {
    const channel = connection.createDataChannel('echo');
    channel.binaryType = 'arraybuffer';
    await new Promise((resolve) => (channel.onopen = resolve));
    const digest = async (data) => new Uint8Array(await crypto.subtle.digest('SHA-256', data)).join();
    const echo = (data) =>
      new Promise((resolve) => {
        channel.onmessage = (event) => resolve(event.data);
        channel.send(data);
      });
    const bytes = new Uint8Array(2_000_000).map((_, i) => i * 7);
    const blob = new Blob([bytes, bytes, bytes]);
    const results = [
      (await echo('Hello there')) === 'Hello there',
      (await digest(await echo(bytes))) === (await digest(bytes)),
      (await digest(await (await echo(blob)).arrayBuffer())) === (await digest(await blob.arrayBuffer())),
      channel.bufferedAmount === 0,
    ];
    channel.close();
    await new Promise((resolve) => (channel.onclose = resolve));
    return results;
  });
  assert.deepEqual(same, [true, true, true, true]);
});

test('a stream of a transport comes back as it was sent', async () => {
  const answer = await remote.evaluate(async () => {
    const transport = new LP2PQuicTransport(connection);
    await transport.ready;
    const { readable, writable } = await transport.createBidirectionalStream();
    const writer = writable.getWriter();
    writer.write(new TextEncoder().encode('over QUIC'));
    await writer.close();
    const text = await new Response(readable).text();
    transport.close();
    return text;
  });
  assert.equal(answer, 'over QUIC');
});

test('after a reload the page has its peer back with one call and no question', async () => {
  await remote.reload();
  const state = await remote.evaluate(async () => {
    globalThis.connection = await new LP2PRequest().resume();
    const channel = connection.createDataChannel('again');
    await new Promise((resolve) => (channel.onopen = resolve));
    return channel.readyState;
  });
  assert.equal(state, 'open');
});
