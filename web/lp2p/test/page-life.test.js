import assert from 'node:assert/strict';
import { test } from './limited.js';
import { attempt, openChannel, openPage, openPair, stage } from './browser.js';

test('a page that goes away says bye and closes, and the peer sees it', async (t) => {
  const { receiver, requester } = await openChannel(t, stage);
  const [, socket] = stage.gateway.pages;
  await receiver.evaluate(() => {
    globalThis.ended = new Promise((resolve) => (conn.onclose = ({ reason }) => resolve(reason)));
  });
  await requester.goto('about:blank');
  await socket.closed;
  assert.equal(socket.said.at(-1).type, 'bye');
  assert.equal(await receiver.evaluate(() => ended), 'network-lost');
});

test('a ping is answered, also in a hidden page', async (t) => {
  const hello = stage.gateway.nextPage();
  const page = await openPage(t, stage);
  await attempt(page);
  await openPage(t, stage);
  const socket = await hello;
  socket.send({ type: 'ping', id: 7 });
  assert.deepEqual(await socket.hears('pong'), { type: 'pong', id: 7 });
});

test('a signal takes the question away', async (t) => {
  const hello = stage.gateway.nextPage();
  const page = await openPage(t, stage);
  const result = page.evaluate(async () => {
    globalThis.controller = new AbortController();
    const { signal } = globalThis.controller;
    return new LP2PRequest().start({ signal }).catch(({ name, message }) => [name, message]);
  });
  const socket = await hello;
  const { request } = await socket.hears('request.start');
  await page.evaluate(() => controller.abort(new DOMException('Enough', 'TimeoutError')));
  assert.deepEqual(await result, ['TimeoutError', 'Enough']);
  assert.equal((await socket.hears('request.cancel')).request, request);
  // It crossed the connection: the page does not keep what nobody wants.
  socket.send({ type: 'request.connected', request, connection: 99, nickname: '' });
  assert.equal((await socket.hears('connection.close')).connection, 99);
  const late = await page.evaluate(() =>
    new LP2PRequest().start({ signal: AbortSignal.abort() }).catch(({ name }) => name),
  );
  assert.equal(late, 'AbortError');
  const wrong = await page.evaluate(() => new LP2PRequest().start({ signal: 3 }).catch(({ name }) => name));
  assert.equal(wrong, 'TypeError');
});

for (const [what, source] of [
  ['a request whose signal says so', 'new LP2PRequest().start({ signal: controller.signal })'],
  ['a receiver that is closed', 'receiver.start()'],
]) {
  test(`${what} ends at once while the agent has not answered`, async (t) => {
    stage.gateway.behaviour.isSilent = true;
    t.after(() => (stage.gateway.behaviour.isSilent = false));
    const hello = stage.gateway.nextPage();
    const page = await openPage(t, stage);
    await page.evaluate((source) => {
      globalThis.controller = new AbortController();
      globalThis.receiver = new LP2PReceiver();
      globalThis.result = eval(source).catch(({ name }) => name);
    }, source);
    const socket = await hello;
    await socket.hears('hello');
    const name = await page.evaluate(() => {
      controller.abort();
      receiver.close();
      return Promise.race([result, new Promise((resolve) => setTimeout(() => resolve('waits')))]);
    });
    assert.equal(name, 'AbortError');
    assert.deepEqual(
      socket.said.map(({ type }) => type),
      ['hello'],
    );
  });
}

test('a receiver that is started again as soon as it failed is the one that has started', async (t) => {
  stage.gateway.behaviour.receiverError = { name: 'NotAllowedError', message: 'The user said no' };
  t.after(() => (stage.gateway.behaviour.receiverError = null));
  const page = await openPage(t, stage);
  const name = await page.evaluate(async () => {
    const receiver = new LP2PReceiver();
    await receiver.start().catch(() => {
      receiver.start().catch(() => {});
    });
    // What ends the first start does so in microtasks; the answer to the second takes longer.
    for (let i = 0; i < 10; i++) {
      await undefined;
    }
    return receiver.start().catch(({ name }) => name);
  });
  assert.equal(name, 'InvalidStateError');
});

test('a page that closes its receiver before the answer gets an AbortError, and after it no connections', async (t) => {
  const page = await openPage(t, stage);
  const names = await page.evaluate(async () => {
    const early = new LP2PReceiver();
    const started = early.start().catch(({ name }) => name);
    early.close();
    const closed = new LP2PReceiver();
    closed.close();
    return [await started, await closed.start().catch(({ name }) => name)];
  });
  assert.deepEqual(names, ['AbortError', 'InvalidStateError']);
});

test('resume connects without a question where there is a grant, and fails with NotFoundError where not', async (t) => {
  await openPair(t, stage);
  const page = await openPage(t, stage);
  assert.equal((await attempt(page, 'new LP2PRequest().resume()')).name, 'NotFoundError');
  stage.gateway.behaviour.hasGrant = true;
  t.after(() => (stage.gateway.behaviour.hasGrant = false));
  assert.equal(await attempt(page, 'new LP2PRequest().resume()'), 'started');
});

test('of a nickname that is too long its beginning is said', async (t) => {
  const hello = stage.gateway.nextPage();
  const page = await openPage(t, stage);
  await page.evaluate(async () => {
    await new LP2PReceiver({ nickname: '🌍'.repeat(500_000) }).start();
    new LP2PRequest({ nickname: '\u0000'.repeat(500_000) }).start();
  });
  const socket = await hello;
  assert.equal((await socket.hears('receiver.start')).nickname, '🌍'.repeat(255));
  assert.equal((await socket.hears('request.start')).nickname, '\u0000'.repeat(255));
});

test('activation says whether the user had just acted', async (t) => {
  const hello = stage.gateway.nextPage();
  const page = await openPage(t, stage);
  await page.evaluate(() => {
    document.body.innerHTML = '<button>Go</button>';
    document.querySelector('button').onclick = () => new LP2PReceiver().start();
    return new LP2PReceiver().start();
  });
  await page.click('button');
  const socket = await hello;
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  socket.send({ type: 'ping', id: 1 });
  await socket.hears('pong');
  const starts = socket.said.filter(({ type }) => type === 'receiver.start');
  // evaluate() itself counts as a user's act in this driver, so only the click is certain.
  assert.equal(starts.at(-1).activation, true);
});

test('a receiver that can no longer be seen says so, and starts again under a new number', async (t) => {
  const hello = stage.gateway.nextPage();
  const page = await openPage(t, stage);
  await page.evaluate(() => {
    globalThis.receiver = new LP2PReceiver();
    globalThis.ended = new Promise((resolve) => (receiver.onclose = ({ type }) => resolve(type)));
    return receiver.start();
  });
  const socket = await hello;
  const { receiver } = await socket.hears('receiver.start');
  socket.send({ type: 'receiver.failed', receiver, error: { name: 'NotAllowedError', message: 'blocked' } });
  assert.equal(await page.evaluate(() => ended), 'close');
  assert.equal(await attempt(page, 'receiver.start()'), 'started');
  const starts = socket.said.filter(({ type }) => type === 'receiver.start');
  assert.notEqual(starts[0].receiver, starts[1].receiver);
});

test('a page that is kept for going back to has said bye, and finds all of it closed and starts anew', async (t) => {
  const hello = stage.gateway.nextPage();
  const page = await openPage(t, stage);
  await page.evaluate(async () => {
    globalThis.seen = [];
    globalThis.shown = new Promise((resolve) => addEventListener('pageshow', ({ persisted }) => resolve(persisted)));
    globalThis.receiver = new LP2PReceiver();
    receiver.onclose = () => seen.push('receiver');
    receiver.onconnection = ({ connection }) => {
      connection.onclose = ({ reason }) => seen.push(reason);
      connection.ondatachannel = ({ channel }) => {
        channel.onerror = ({ error }) => seen.push(`${error.name} ${error.reason}`);
        channel.onclose = () => seen.push(channel.readyState);
      };
    };
    await receiver.start();
  });
  const peer = await openPage(t, stage);
  await peer.evaluate(async () => {
    globalThis.conn = await new LP2PRequest().start();
    globalThis.ended = new Promise((resolve) => (conn.onclose = ({ reason }) => resolve(reason)));
    const channel = conn.createDataChannel('x');
    await new Promise((resolve) => (channel.onopen = resolve));
  });
  const socket = await hello;
  await page.goto(stage.gateway.document('/elsewhere.html', '<!doctype html>Elsewhere'));
  await socket.closed;
  assert.equal(socket.said.at(-1).type, 'bye');
  assert.equal(await peer.evaluate(() => ended), 'network-lost');
  await page.goBack({ waitUntil: 'commit' });
  assert.equal(await page.evaluate(() => shown), true, 'the page was not kept');
  assert.deepEqual(await page.evaluate(() => seen), ['LP2PUnavailableError lost', 'closed', 'agent-lost', 'receiver']);
  assert.equal(await attempt(page, 'receiver.start()'), 'started');
});
