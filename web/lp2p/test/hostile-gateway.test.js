import assert from 'node:assert/strict';
import { test } from './limited.js';
import { openChannel, openPage, openPair, stage } from './browser.js';

const BAD_MESSAGE = 4001;
const MIB = 1024 * 1024;

function frame(kind, flow, length) {
  const bytes = Buffer.alloc(5 + length);
  bytes.writeUInt8(kind, 0);
  bytes.writeUInt32BE(flow, 1);
  return bytes;
}

const json = (message) => JSON.stringify(message);

// The page's receiver is thing 2; the agent has made nothing.
const GARBAGE = [
  'no JSON',
  '[]',
  'null',
  '"text"',
  '{"type":5}',
  json({ type: 'welcome', version: 1 }),
  json({ type: 'receiver.started' }),
  json({ type: 'receiver.started', receiver: 4 }),
  json({ type: 'receiver.started', receiver: 3 }),
  json({ type: 'receiver.started', receiver: 0 }),
  json({ type: 'receiver.started', receiver: -2 }),
  json({ type: 'receiver.started', receiver: 2.5 }),
  json({ type: 'receiver.started', receiver: '2' }),
  json({ type: 'receiver.started', receiver: 2 ** 40 }),
  json({ type: 'receiver.failed', receiver: 2, error: 'text' }),
  json({ type: 'receiver.failed', receiver: 2, error: { name: 5, message: '' } }),
  json({ type: 'channel.opened', channel: 2, id: 0 }),
  json({ type: 'connection.incoming', receiver: 2, connection: 2, nickname: '' }),
  json({ type: 'connection.incoming', receiver: 2, connection: 4, nickname: '' }),
  json({ type: 'connection.incoming', receiver: 2, connection: 1, nickname: 5 }),
  json({ type: 'credit', flow: 0, bytes: 1 }),
  json({ type: 'credit', flow: 0, bytes: -1 }),
  json({ type: 'credit', flow: 2, bytes: 1 }),
  json({ type: 'ping' }),
  `{"type":"later","x":"${'x'.repeat(MIB)}"}`,
  Buffer.alloc(0),
  Buffer.alloc(4),
  frame(0, 2, 1),
  frame(10, 2, 1),
  frame(2, 2, 1),
  frame(2, 4, 1),
  frame(2, 0, 1),
  frame(2, 2, 64 * 1024 + 1),
];

async function start(page) {
  const socket = stage.gateway.nextPage();
  await page.evaluate(() => {
    globalThis.receiver = new LP2PReceiver();
    globalThis.ended = new Promise((resolve) => (receiver.onclose = resolve));
    return receiver.start();
  });
  return socket;
}

test('garbage of whatever answers ends the connection to it, and the next start makes a new one', async (t) => {
  const page = await openPage(t, stage);
  for (const garbage of GARBAGE) {
    const socket = await start(page);
    socket.sendRaw(garbage);
    const { code } = await socket.closed;
    assert.equal(code, BAD_MESSAGE, String(garbage).slice(0, 100));
    await page.evaluate(() => ended.then(() => undefined));
  }
});

test('what another version may say is ignored, and what names something that is gone', async (t) => {
  const page = await openPage(t, stage);
  const socket = await start(page);
  for (const type of ['later', '__proto__', 'constructor', 'toString']) {
    socket.send({ type, receiver: 2 });
  }
  await page.evaluate(() => receiver.close());
  await socket.hears('receiver.close');
  socket.send({ type: 'receiver.failed', receiver: 2, error: { name: 'NotAllowedError', message: '' } });
  socket.send({ type: 'connection.incoming', receiver: 2, connection: 1, nickname: '' });
  assert.equal((await socket.hears('connection.close')).connection, 1);
  socket.send({ type: 'channel.incoming', connection: 1, channel: 3, label: '', protocol: '', id: 1 });
  socket.sendRaw(frame(2, 3, 10));
  socket.send({ type: 'ping', id: 1 });
  await socket.hears('pong');
});

test('before welcome nothing else is heard', async (t) => {
  stage.gateway.behaviour.isSilent = true;
  t.after(() => (stage.gateway.behaviour.isSilent = false));
  const page = await openPage(t, stage);
  for (const garbage of [json({ type: 'ping', id: 1 }), frame(2, 2, 1), json({ type: 'welcome', version: 2 })]) {
    const next = stage.gateway.nextPage();
    const result = page.evaluate(() => new LP2PReceiver().start().catch(({ reason }) => reason));
    const socket = await next;
    await socket.hears('hello');
    socket.sendRaw(garbage);
    assert.equal((await socket.closed).code, BAD_MESSAGE);
    assert.equal(await result, 'protocol');
  }
});

/** What breaks the rules of a channel, of which `number` is the page's. */
const CHANNEL_GARBAGE = [
  ['parts of two messages mixed', (number) => [frame(1, number, 10), frame(4, number, 10)]],
  ['a frame of a stream', (number) => [frame(7, number, 10)]],
  ['a message of more than 16 MiB', (number) => Array.from({ length: 257 }, () => frame(3, number, 65536))],
  ['credit for what was never sent', (number) => [json({ type: 'credit', flow: number, bytes: 1 })]],
  ['a message of a stream', (number) => [json({ type: 'stream.reset', stream: number, code: 1 })]],
];

for (const [name, make] of CHANNEL_GARBAGE) {
  test(`on a channel, ${name} ends the connection to the agent`, async (t) => {
    const { requester } = await openChannel(t, stage);
    const socket = stage.gateway.pages[1];
    await requester.evaluate(() => {
      globalThis.ended = new Promise(
        (resolve) => (conn.onclose = ({ reason }) => resolve([channel.readyState, reason])),
      );
    });
    const { channel } = await socket.hears('channel.open');
    make(channel).forEach((message) => socket.sendRaw(message));
    assert.equal((await socket.closed).code, BAD_MESSAGE);
    assert.deepEqual(await requester.evaluate(() => ended), ['closed', 'agent-lost']);
  });
}

test('text that is no UTF-8 ends its channel only', async (t) => {
  const { requester } = await openChannel(t, stage);
  const socket = stage.gateway.pages[1];
  await requester.evaluate(() => {
    globalThis.ended = new Promise((resolve) => (channel.onerror = ({ error }) => resolve(error.name)));
  });
  const { channel } = await socket.hears('channel.open');
  const bad = frame(2, channel, 1);
  bad[5] = 0xff;
  socket.sendRaw(bad);
  assert.equal(await requester.evaluate(() => ended), 'OperationError');
  assert.equal((await socket.hears('channel.abort')).channel, channel);
});

test('a channel whose label is longer than labels are ends the connection to the agent', async (t) => {
  await openChannel(t, stage);
  const socket = stage.gateway.pages[1];
  const [connection] = [...socket.things].find(([, thing]) => thing.numbers);
  socket.send({ type: 'channel.incoming', connection, channel: 1001, label: 'x'.repeat(65536), protocol: '', id: 9 });
  assert.equal((await socket.closed).code, BAD_MESSAGE);
});

test('more on a stream than there was credit for ends the connection to the agent', async (t) => {
  const { requester } = await openPair(t, stage);
  const socket = stage.gateway.pages[1];
  await requester.evaluate(async () => {
    const transport = new LP2PQuicTransport(conn);
    await transport.createBidirectionalStream();
  });
  const { stream } = await socket.hears('stream.open');
  for (let i = 0; i < 2; i++) {
    socket.sendRaw(frame(7, stream, 65536));
  }
  socket.send({ type: 'ping', id: 1 });
  await socket.hears('pong');
  socket.sendRaw(frame(7, stream, 1));
  assert.equal((await socket.closed).code, BAD_MESSAGE);
});
