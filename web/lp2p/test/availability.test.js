import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from './limited.js';
import { attempt, openChannel, openPage, stage, stopClock } from './browser.js';
import { TestGateway } from './gateway/test-gateway.js';

/** A document of the gateway whose library talks to another port. */
function documentTo(port, headers) {
  const body = `<!doctype html><script type="module">
    import '/lp2p/src/global.js';
    import { useCarrier, webSocketCarrier } from '/lp2p/src/lp2p.js';

    useCarrier(() => webSocketCarrier('ws://127.0.0.1:${port}/lp2p'));
  </script>`;
  return stage.gateway.document(`/to-${port}.html`, body, headers);
}

async function openPageTo(t, port, headers) {
  return openPage(t, stage, documentTo(port, headers));
}

async function unusedPort() {
  const gateway = await TestGateway.start();
  await gateway.stop();
  return gateway.port;
}

test('without an agent start fails with no-agent and what to tell the user', async (t) => {
  const page = await openPageTo(t, await unusedPort());
  for (const source of ['new LP2PReceiver().start()', 'new LP2PRequest().start()', 'new LP2PRequest().resume()']) {
    const { name, reason, hasAdvice } = await attempt(page, source);
    assert.deepEqual([name, reason, hasAdvice], ['LP2PUnavailableError', 'no-agent', true]);
  }
  const isTyped = await page.evaluate(() =>
    new LP2PRequest().start().catch((e) => e instanceof LP2PUnavailableError && e instanceof DOMException),
  );
  assert.ok(isTyped);
});

test('nothing is connected before something starts', async (t) => {
  const before = stage.gateway.pages.length;
  const page = await openPage(t, stage);
  await page.evaluate(() => {
    new LP2PReceiver();
    new LP2PRequest();
  });
  assert.equal(stage.gateway.pages.length, before);
});

test('an agent that starts later is found by the next start, and the same objects start again', async (t) => {
  const port = await unusedPort();
  const page = await openPageTo(t, port);
  await page.evaluate(() => {
    globalThis.receiver = new LP2PReceiver();
    globalThis.request = new LP2PRequest();
  });
  assert.equal((await attempt(page, 'receiver.start()')).reason, 'no-agent');
  const late = new TestGateway();
  await late.listen(port);
  t.after(() => late.stop());
  assert.equal(await attempt(page, 'receiver.start()'), 'started');
  assert.equal((await attempt(page, 'receiver.start()')).name, 'InvalidStateError');
});

test('when the agent dies everything of the page ends in order, and starts anew with the next one', async (t) => {
  const first = await TestGateway.start();
  const { port } = first;
  const pages = [await openPageTo(t, port), await openPageTo(t, port)];
  await pages[0].evaluate(() => {
    globalThis.seen = [];
    globalThis.receiver = new LP2PReceiver();
    globalThis.lost = new Promise((resolve) => {
      receiver.onclose = () => {
        seen.push('receiver');
        resolve(undefined);
      };
      receiver.onconnection = ({ connection }) => {
        connection.onclose = ({ reason }) => seen.push(reason);
        connection.ondatachannel = ({ channel }) => {
          channel.onerror = ({ error }) => seen.push(`${error.name} ${error.reason}`);
          channel.onclose = () => seen.push('channel');
        };
        connection.ontransport = ({ transport }) =>
          transport.closed.catch(({ name, reason }) => seen.push(`${name} ${reason}`));
      };
    });
    return receiver.start();
  });
  await pages[1].evaluate(async () => {
    const conn = await new LP2PRequest().start();
    const channel = conn.createDataChannel('x');
    await new Promise((resolve) => (channel.onopen = resolve));
    await new LP2PQuicTransport(conn).ready;
  });
  await first.pages[0].hears('receiver.start');
  await first.pages[0].catchesUp();
  await first.stop();
  await pages[0].evaluate(() => lost);
  const seen = await pages[0].evaluate(() => seen);
  assert.deepEqual(seen.toSorted(), [
    'LP2PUnavailableError lost',
    'LP2PUnavailableError lost',
    'agent-lost',
    'channel',
    'receiver',
  ]);
  assert.ok(seen.indexOf('channel') < seen.indexOf('agent-lost'));
  assert.ok(seen.indexOf('agent-lost') < seen.indexOf('receiver'));

  const second = new TestGateway();
  await second.listen(port);
  t.after(() => second.stop());
  assert.equal(await attempt(pages[0], 'receiver.start()'), 'started');
});

test('a start that waits for the user fails when the agent dies', async (t) => {
  const gateway = await TestGateway.start();
  const page = await openPageTo(t, gateway.port);
  const hello = gateway.nextPage();
  const result = attempt(page, 'new LP2PRequest().start()');
  await (await hello).hears('request.start');
  await gateway.stop();
  assert.deepEqual([(await result).name, (await result).reason], ['LP2PUnavailableError', 'lost']);
});

test('each refusal of the agent has its reason', async (t) => {
  t.after(() => (stage.gateway.behaviour.refuse = null));
  for (const code of ['version', 'blocked', 'busy', 'token']) {
    stage.gateway.behaviour.refuse = code;
    const page = await openPage(t, stage);
    const { name, reason, message } = await attempt(page);
    assert.deepEqual([name, reason, message], ['LP2PUnavailableError', code, 'The test says no']);
  }
});

/** A program that accepts connections and says nothing. */
async function openSilence(t) {
  const sockets = [];
  const server = createServer((socket) => sockets.push(socket.on('error', () => {})));
  t.after(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

test('a program at the port that says nothing is no agent after 10 s', async (t) => {
  const server = await openSilence(t);
  const page = await openPageTo(t, server.address().port);
  await stopClock(page);
  const connected = once(server, 'connection');
  const result = attempt(page);
  await connected;
  await page.evaluate(() => pass(10_000));
  assert.equal((await result).reason, 'no-agent');
});

test('a user whom the browser asks for its permission has longer than 10 s', async (t) => {
  const server = await openSilence(t);
  await stage.context.grantPermissions(['local-network-access']);
  t.after(() => stage.context.clearPermissions());
  const page = await stage.context.newPage();
  t.after(() => page.close());
  await page.route('https://public.example/**', async (route) => {
    const { pathname } = new URL(route.request().url());
    const response = await fetch(`${stage.gateway.origin}${pathname}`);
    const contentType = response.headers.get('content-type');
    await route.fulfill({ status: response.status, contentType, body: await response.text() });
  });
  documentTo(server.address().port);
  await page.goto(`https://public.example/to-${server.address().port}.html`);
  // Here nobody is there to be asked; the socket waits as it does for a person.
  await page.evaluate(() => (navigator.permissions.query = async () => ({ state: 'prompt' })));
  await stopClock(page);
  const connected = once(server, 'connection');
  const result = attempt(page);
  const [socket] = await connected;
  await page.evaluate(() => pass(60_000));
  assert.equal(await Promise.race([result, page.evaluate(() => 'waits')]), 'waits');
  socket.destroy();
  assert.equal((await result).reason, 'permission-missing');
});

test('who opens the socket and says no more is no agent after 10 s, either', async (t) => {
  stage.gateway.behaviour.isSilent = true;
  t.after(() => (stage.gateway.behaviour.isSilent = false));
  const page = await openPage(t, stage);
  await stopClock(page);
  const hello = stage.gateway.nextPage();
  const result = attempt(page);
  await (await hello).hears('hello');
  await page.evaluate(() => pass(10_000));
  assert.equal((await result).reason, 'protocol');
});

for (const [code, expected] of [
  ['too-many', 'too-many'],
  ['bad-message', 'protocol'],
  ['unknown-thing', 'protocol'],
  ['unknown-type', 'lost'],
]) {
  test(`after the error ${code} of the agent what was open ends as ${expected}`, async (t) => {
    const { requester } = await openChannel(t, stage);
    const socket = stage.gateway.pages[1];
    await requester.evaluate(() => {
      const seen = [];
      channel.onerror = ({ error }) => seen.push(error.reason, error.message, error.advice);
      globalThis.ended = new Promise((resolve) => (conn.onclose = ({ reason }) => resolve([reason, ...seen])));
    });
    socket.send({ type: 'error', code, message: 'The test says no' });
    socket.socket.close(4001);
    const [end, reason, message, advice] = await requester.evaluate(() => ended);
    assert.deepEqual([end, reason], ['agent-lost', expected]);
    assert.equal(message === 'The test says no', expected !== 'lost');
    assert.equal(advice.includes('stopped or restarted'), expected === 'lost');
  });
}

test('a start before the answer to hello hears an error of the agent', async (t) => {
  stage.gateway.behaviour.isSilent = true;
  t.after(() => (stage.gateway.behaviour.isSilent = false));
  const hello = stage.gateway.nextPage();
  const page = await openPage(t, stage);
  const result = attempt(page);
  const socket = await hello;
  await socket.hears('hello');
  socket.send({ type: 'error', code: 'bad-message', message: 'The test says no' });
  const { reason, message } = await result;
  assert.deepEqual([reason, message], ['protocol', 'The test says no']);
});

for (const header of ['content-security-policy', 'content-security-policy-report-only']) {
  test(`a page whose ${header} forbids the agent's address is told of its policy if that is what keeps it`, async (t) => {
    const port = await unusedPort();
    const page = await openPageTo(t, port, { [header]: 'connect-src https://example.com' });
    const { name, reason, hasAdvice, message } = await attempt(page, 'new LP2PRequest().start()');
    const isForbidden = header === 'content-security-policy';
    assert.deepEqual([name, reason, hasAdvice], ['LP2PUnavailableError', isForbidden ? 'csp' : 'no-agent', true]);
    assert.equal(message.includes(`connect-src ws://127.0.0.1:${port}`), isForbidden);
  });
}

test('a worker whose policy forbids the address of the agent is told so', async (t) => {
  const { gateway } = stage;
  gateway.documents.set('/forbidden-worker.js', {
    body: `import { LP2PReceiver } from '/lp2p/src/lp2p.js';
      new LP2PReceiver().start().catch(({ reason }) => postMessage(reason));`,
    type: 'text/javascript',
    headers: { 'content-security-policy': 'connect-src https://example.com' },
  });
  const page = await openPage(t, stage);
  const reason = await page.evaluate(() => {
    const worker = new Worker('/forbidden-worker.js', { type: 'module' });
    return new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)));
  });
  assert.equal(reason, 'csp');
});

test('in a browser that throws what a policy forbids, start fails with that reason as well', async (t) => {
  const page = await openPage(t, stage);
  await page.evaluate(() => {
    globalThis.WebSocket = class {
      constructor() {
        throw new DOMException('Not here', 'SecurityError');
      }
    };
  });
  const { name, reason, message } = await attempt(page);
  assert.deepEqual([name, reason], ['LP2PUnavailableError', 'csp']);
  assert.match(message, /Not here/);
});

test('a page of the public internet without the local network permission is told so', async (t) => {
  const page = await openPageTo(t, await unusedPort(), { 'content-security-policy': 'treat-as-public-address' });
  const { name, reason, hasAdvice } = await attempt(page);
  assert.deepEqual([name, reason, hasAdvice], ['LP2PUnavailableError', 'permission-denied', true]);
});

test('a page of the public internet with that permission and no agent is told of the agent', async (t) => {
  await stage.context.grantPermissions(['local-network-access']);
  t.after(() => stage.context.clearPermissions());
  const page = await openPageTo(t, await unusedPort(), { 'content-security-policy': 'treat-as-public-address' });
  assert.equal((await attempt(page)).reason, 'no-agent');
});

test('a page of the public internet with that permission reaches the agent', async (t) => {
  const url = stage.gateway.document('/public.html', '<script type="module" src="/lp2p/src/global.js"></script>', {
    'content-security-policy': 'treat-as-public-address',
  });
  await stage.context.grantPermissions(['local-network-access']);
  t.after(() => stage.context.clearPermissions());
  assert.equal(await attempt(await openPage(t, stage, url)), 'started');
});

test('another carrier carries the same objects', async (t) => {
  const page = await openPage(t, stage);
  const hello = stage.gateway.nextPage();
  const state = await page.evaluate(async () => {
    const { useCarrier, webSocketCarrier } = await import('/lp2p/src/lp2p.js');
    // As an extension would: the socket is elsewhere, and a port leads there.
    useCarrier(() => {
      const { port1, port2 } = new MessageChannel();
      const socket = webSocketCarrier();
      port2.onmessage = ({ data }) => (data === null ? socket.close(1000, '') : socket.send(data));
      return {
        open(listener) {
          port1.onmessage = ({ data: { type, data } }) => listener[type](data);
          socket.open({
            onopen: () => port2.postMessage({ type: 'onopen' }),
            onmessage: (data) => port2.postMessage({ type: 'onmessage', data }),
            onclose: () => port2.postMessage({ type: 'onclose' }),
          });
        },
        send: (message) =>
          message instanceof Uint8Array ? port1.postMessage(message, [message.buffer]) : port1.postMessage(message),
        close: () => port1.postMessage(null),
      };
    });
    globalThis.receiver = new LP2PReceiver();
    receiver.onconnection = ({ connection }) => {
      connection.ondatachannel = ({ channel }) => (channel.onmessage = ({ data }) => channel.send(data));
    };
    return receiver.start();
  });
  assert.equal(state, undefined);
  await hello;
  const peer = await openPage(t, stage);
  const echoed = await peer.evaluate(async () => {
    const channel = (await new LP2PRequest().start()).createDataChannel('x');
    await new Promise((resolve) => (channel.onopen = resolve));
    channel.send(new Uint8Array(5_000_000));
    const { data } = await new Promise((resolve) => (channel.onmessage = resolve));
    return data.byteLength;
  });
  assert.equal(echoed, 5_000_000);
});

test('the token that came with the page is said once', async (t) => {
  const body = '<meta name="lp2p-token" content="secret"><script type="module" src="/lp2p/src/global.js"></script>';
  const page = await openPage(t, stage, stage.gateway.document('/token.html', body));
  const hello = stage.gateway.nextPage();
  assert.equal(await attempt(page), 'started');
  assert.equal((await (await hello).hears('hello')).token, 'secret');
  assert.equal(await page.evaluate(() => document.querySelector('meta')), null);
});

test('a page that the agent serves is known again once its connection was lost', async (t) => {
  const body = '<meta name="lp2p-token" content="secret"><script type="module" src="/lp2p/src/global.js"></script>';
  const page = await openPage(t, stage, stage.gateway.document('/token.html', body));
  const tokens = [];
  for (let life = 0; life < 3; life++) {
    const hello = stage.gateway.nextPage();
    assert.equal(await attempt(page, '(globalThis.receiver = new LP2PReceiver()).start()'), 'started');
    const socket = await hello;
    tokens.push((await socket.hears('hello')).token);
    await page.evaluate(() => {
      globalThis.lost = new Promise((resolve) => (receiver.onclose = () => resolve(undefined)));
    });
    socket.lose();
    await page.evaluate(() => lost);
  }
  assert.deepEqual(tokens, ['secret', 'after secret', 'after after secret']);
});

test('a token that the agent did not take is said again, and one that it refuses is not', async (t) => {
  const body = '<meta name="lp2p-token" content="secret"><script type="module" src="/lp2p/src/global.js"></script>';
  const page = await openPage(t, stage, stage.gateway.document('/token.html', body));
  t.after(() => (stage.gateway.behaviour.refuse = null));
  const tokens = [];
  for (const code of ['busy', 'token', null]) {
    stage.gateway.behaviour.refuse = code;
    const hello = stage.gateway.nextPage();
    await attempt(page);
    tokens.push((await (await hello).hears('hello')).token);
  }
  assert.deepEqual(tokens, ['secret', 'secret', undefined]);
});
