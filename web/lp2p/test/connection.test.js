import assert from 'node:assert/strict';
import { test } from './limited.js';
import { openPair, openChannel, stage, stopClock } from './browser.js';

test('closing a connection closes its channels first, then says closed-here and closed-by-peer', async (t) => {
  const { receiver, requester } = await openChannel(t, stage);
  const watch = () => {
    globalThis.seen = [];
    channel.onclose = () => seen.push('channel');
    globalThis.ended = new Promise((resolve) => {
      conn.onclose = (e) => {
        seen.push(e.reason);
        resolve(undefined);
      };
    });
  };
  await receiver.evaluate(watch);
  await requester.evaluate(watch);
  const error = await requester.evaluate(() => {
    const states = [conn.readyState];
    conn.close();
    conn.close();
    try {
      conn.createDataChannel('late');
    } catch ({ name }) {
      return [...states, conn.readyState, name];
    }
  });
  assert.deepEqual(error, ['open', 'closing', 'InvalidStateError']);
  assert.equal(await requester.evaluate(() => ended.then(() => conn.readyState)), 'closed');
  assert.deepEqual(await requester.evaluate(() => ended.then(() => seen)), ['channel', 'closed-here']);
  assert.deepEqual(await receiver.evaluate(() => ended.then(() => seen)), ['channel', 'closed-by-peer']);
});

test('what was sent on every channel still arrives when the connection is closed', async (t) => {
  const { receiver, requester } = await openChannel(t, stage);
  await receiver.evaluate(() => {
    globalThis.ended = new Promise(
      (resolve) => (conn.onclose = () => resolve(messages.map(({ byteLength }) => byteLength))),
    );
  });
  await requester.evaluate(() => {
    channel.send(new Uint8Array(5_000_000));
    channel.send(new Uint8Array(1));
    conn.close();
  });
  assert.deepEqual(await receiver.evaluate(() => ended), [5_000_000, 1]);
});

test('a peer that lost the network comes back as a new connection in reconnect', async (t) => {
  const { requester } = await openPair(t, stage);
  const [, requesterSocket] = stage.gateway.pages;
  const connection = [...requesterSocket.things.values()].find((thing) => thing.numbers);
  await requester.evaluate(() => {
    globalThis.seen = [];
    globalThis.back = new Promise((resolve) => {
      conn.onclose = ({ reason }) => seen.push(reason);
      conn.onreconnect = ({ connection }) => {
        seen.push(connection instanceof LP2PConnection && connection !== conn);
        resolve(undefined);
      };
    });
  });
  const lost = connection.numbers.get(requesterSocket);
  requesterSocket.send({ type: 'connection.closed', connection: lost, reason: 'network-lost' });
  const by = requesterSocket.newNumber(connection);
  requesterSocket.send({ type: 'connection.reconnected', connection: lost, by, nickname: 'screen' });
  assert.deepEqual(await requester.evaluate(() => back.then(() => seen)), ['network-lost', true]);
});

test('a connection that was closed after the network was lost does not come back', async (t) => {
  const { receiver, requester } = await openPair(t, stage);
  const [receiverSocket, requesterSocket] = stage.gateway.pages;
  const connection = [...requesterSocket.things.values()].find((thing) => thing.numbers);
  // Nobody comes back to the side that received, whether it closes or not.
  for (const [page, socket, closes] of [
    [requester, requesterSocket, true],
    [receiver, receiverSocket, false],
  ]) {
    await page.evaluate((closes) => {
      globalThis.seen = [];
      conn.onclose = ({ reason }) => {
        seen.push(reason);
        if (closes) {
          conn.close();
        }
      };
      conn.onreconnect = ({ type }) => seen.push(type);
    }, closes);
    const lost = connection.numbers.get(socket);
    socket.send({ type: 'connection.closed', connection: lost, reason: 'network-lost' });
    const by = socket.newNumber({ closeOnceSent() {} });
    socket.send({ type: 'connection.reconnected', connection: lost, by, nickname: 'screen' });
    await socket.catchesUp();
    assert.deepEqual(await page.evaluate(() => seen), ['network-lost']);
    assert.deepEqual(
      socket.said.filter(({ type }) => type === 'connection.close'),
      [{ type: 'connection.close', connection: by }],
    );
  }
});

test('closing a connection does not wait for the peer to close a channel that was closed before', async (t) => {
  const { receiver, requester } = await openChannel(t, stage);
  const socket = stage.gateway.pages[1];
  stage.gateway.behaviour.withholdsCredit = true;
  t.after(() => (stage.gateway.behaviour.withholdsCredit = false));
  // The peer has more to send than it has credit for, so it does not answer the close.
  await receiver.evaluate(() => channel.send(new Uint8Array(300_000)));
  await requester.evaluate(() => {
    channel.close();
    conn.close();
  });
  await socket.catchesUp();
  assert.equal(socket.said.filter(({ type }) => type === 'connection.close').length, 1);
});

test('a peer that reads nothing holds up the closing of a connection for 5 s only', async (t) => {
  const { requester } = await openChannel(t, stage);
  const socket = stage.gateway.pages[1];
  stage.gateway.behaviour.withholdsCredit = true;
  t.after(() => (stage.gateway.behaviour.withholdsCredit = false));
  await stopClock(requester);
  await requester.evaluate(() => {
    globalThis.seen = [];
    channel.onerror = ({ error }) => seen.push(error.name);
    globalThis.ended = new Promise((resolve) => (conn.onclose = ({ reason }) => resolve([...seen, reason])));
    channel.send(new Uint8Array(300_000));
    conn.close();
  });
  await requester.evaluate(() => pass(4_999));
  await socket.catchesUp();
  assert.equal(
    socket.said.find(({ type }) => type === 'connection.close'),
    undefined,
  );
  await requester.evaluate(() => pass(1));
  assert.deepEqual(await requester.evaluate(() => ended), ['OperationError', 'closed-here']);
});

test('a connection has the nickname of the other end', async (t) => {
  const { receiver, requester } = await openPair(t, stage);
  const nickname = () => conn.nickname;
  assert.deepEqual([await receiver.evaluate(nickname), await requester.evaluate(nickname)], ['requester', 'receiver']);
});
