import assert from 'node:assert/strict';
import { test } from './limited.js';
import { openPage, openPair, openTransport, stage } from './browser.js';

test('a transport is an instance of WebTransport and has its whole surface', async (t) => {
  const { requester } = await openTransport(t, stage);
  const shape = await requester.evaluate(async () => {
    const { readable, writable } = await transport.createBidirectionalStream();
    return {
      isOne: transport instanceof WebTransport,
      datagrams: transport.datagrams instanceof WebTransportDatagramDuplexStream,
      missing: Object.keys(Object.getOwnPropertyDescriptors(WebTransport.prototype)).filter(
        (key) => key !== 'constructor' && !Object.hasOwn(LP2PQuicTransport.prototype, key),
      ),
      readable: readable instanceof ReadableStream,
      writable: writable instanceof WritableStream,
      reliability: transport.reliability,
      congestionControl: transport.congestionControl,
      protocol: transport.protocol,
      stats: (await transport.getStats()).bytesSent,
      keys: await transport.exportKeyingMaterial(new Uint8Array(1)).catch(({ name }) => name),
      sameStreams: transport.incomingBidirectionalStreams === transport.incomingBidirectionalStreams,
    };
  });
  assert.deepEqual(shape, {
    isOne: true,
    datagrams: true,
    missing: [],
    readable: true,
    writable: true,
    reliability: 'supports-unreliable',
    congestionControl: 'default',
    protocol: '',
    stats: 17,
    keys: 'NotSupportedError',
    sameStreams: true,
  });
});

test('a transport that is closed before its request was answered takes the question away', async (t) => {
  const page = await openPage(t, stage);
  const hello = stage.gateway.nextPage();
  await page.evaluate(() => {
    globalThis.request = new LP2PRequest();
    globalThis.transport = new LP2PQuicTransport(request);
  });
  const socket = await hello;
  const { request } = await socket.hears('request.start');
  const failure = await page.evaluate(() => {
    transport.close();
    return transport.closed.catch(({ name }) => name);
  });
  assert.equal(failure, 'WebTransportError');
  assert.deepEqual(await socket.hears('request.cancel'), { type: 'request.cancel', request });
  // The request is as new.
  await page.evaluate(() => void (transport = new LP2PQuicTransport(request)));
  await socket.catchesUp();
  assert.equal(socket.said.filter(({ type }) => type === 'request.start').length, 2);
});

test('a transport on a request of the page leaves the question to the page', async (t) => {
  const page = await openPage(t, stage);
  const hello = stage.gateway.nextPage();
  await page.evaluate(async () => {
    const request = new LP2PRequest();
    request.start();
    const transport = new LP2PQuicTransport(request);
    transport.close();
    await transport.closed.catch(() => {});
  });
  const socket = await hello;
  await socket.hears('request.start');
  await socket.catchesUp();
  assert.deepEqual(
    socket.said.map(({ type }) => type).filter((type) => type.startsWith('request')),
    ['request.start'],
  );
});

test('close reaches the peer with code and reason, and ends every stream', async (t) => {
  const { receiver, requester } = await openTransport(t, stage);
  await receiver.evaluate(async () => {
    globalThis.seen = (async () => {
      const { value: stream } = await transport.incomingUnidirectionalStreams.getReader().read();
      const reader = stream.getReader();
      await reader.read();
      const failure = await reader.read().catch((e) => [e.name, e.source]);
      const info = await transport.closed;
      await transport.draining;
      const create = await transport.createUnidirectionalStream().catch(({ name }) => name);
      const more = await transport.incomingBidirectionalStreams.getReader().read();
      return { failure, info, create, done: more.done };
    })();
  });
  const here = await requester.evaluate(async () => {
    const writer = (await transport.createUnidirectionalStream()).getWriter();
    await writer.write(new Uint8Array(1));
    const failure = writer.closed.catch((e) => [e.name, e.source]);
    transport.close({ closeCode: 9, reason: 'é'.repeat(2000) });
    transport.close({ closeCode: 10 });
    const info = await transport.closed;
    return { failure: await failure, code: info.closeCode, length: info.reason.length };
  });
  assert.deepEqual(here, { failure: ['WebTransportError', 'session'], code: 9, length: 512 });
  assert.deepEqual(await receiver.evaluate(() => seen), {
    failure: ['WebTransportError', 'session'],
    info: { closeCode: 9, reason: 'é'.repeat(512) },
    create: 'InvalidStateError',
    done: true,
  });
});

test('a transport that is closed before it is ready fails, and one of a closed connection cannot be made', async (t) => {
  const { receiver } = await openPair(t, stage);
  const result = await receiver.evaluate(async () => {
    const waiting = new LP2PQuicTransport(conn);
    waiting.close();
    const names = [await waiting.ready.catch(({ name }) => name), await waiting.closed.catch(({ name }) => name)];
    conn.close();
    try {
      new LP2PQuicTransport(conn);
    } catch ({ name }) {
      names.push(name);
    }
    return names;
  });
  assert.deepEqual(result, ['WebTransportError', 'WebTransportError', 'InvalidStateError']);
});

test('statistics that wait for a transport which is closed then are refused', async (t) => {
  const { requester } = await openTransport(t, stage);
  const answer = await requester.evaluate(async () => {
    const transport = new LP2PQuicTransport(conn);
    const { promise, resolve } = Promise.withResolvers();
    // It runs before what waited for `ready` longer goes on.
    transport.ready.then(() => transport.close());
    transport.getStats().then(resolve, ({ name }) => resolve(name));
    await transport.closed;
    setTimeout(() => resolve('no answer'));
    return promise;
  });
  assert.equal(answer, 'InvalidStateError');
});

test('a transport that started a request has the connection for itself, and ends it', async (t) => {
  const { receiver } = await openPair(t, stage);
  await receiver.evaluate(() => {
    globalThis.receiver.onconnection = ({ connection }) => {
      globalThis.ended = new Promise((resolve) => (connection.onclose = ({ reason }) => resolve(reason)));
    };
  });
  const other = await openPage(t, stage);
  await other.evaluate(async () => {
    const transport = new LP2PQuicTransport(new LP2PRequest());
    await transport.ready;
    transport.close();
  });
  assert.equal(await receiver.evaluate(() => ended), 'closed-by-peer');
});

test('draining is told before the end', async (t) => {
  const { requester } = await openTransport(t, stage);
  const [transport] = [...stage.gateway.pages[1].things.values()].filter((thing) => thing.drain);
  transport.drain();
  await requester.evaluate(() => transport.draining);
});

test('without a constructor that waits, a listener has the transport, or the connection has', async (t) => {
  const { receiver, requester } = await openPair(t, stage);
  await receiver.evaluate(() => {
    globalThis.own = new Promise((resolve) => {
      conn.ontransport = (e) => resolve([e.constructor.name, e.transport instanceof LP2PQuicTransport]);
    });
  });
  await requester.evaluate(() => new LP2PQuicTransport(conn).ready);
  assert.deepEqual(await receiver.evaluate(() => own), ['LP2PTransportEvent', true]);
  await receiver.evaluate(async () => {
    globalThis.listener = new LP2PQuicTransportListener(globalThis.receiver);
    await listener.ready;
    globalThis.listened = (async () => {
      for await (const transport of listener.incomingTransports) {
        await transport.ready;
        return transport instanceof LP2PQuicTransport;
      }
    })();
  });
  await requester.evaluate(() => new LP2PQuicTransport(conn).ready);
  assert.equal(await receiver.evaluate(() => listened), true);
  // Leaving the loop cancels the stream, and with it the listening.
  await receiver.evaluate(() => {
    globalThis.next = new Promise((resolve) => (conn.ontransport = (e) => resolve(e.transport.ready)));
  });
  await requester.evaluate(() => new LP2PQuicTransport(conn).ready);
  await receiver.evaluate(() => next);
});

test('a transport that nobody took is for the constructor, listener or handler that comes later', async (t) => {
  const { receiver, requester } = await openPair(t, stage);
  const openOne = async () => {
    const seen = receiver.evaluate(
      () => new Promise((resolve) => conn.addEventListener('transport', () => resolve(), { once: true })),
    );
    await requester.evaluate(() => new LP2PQuicTransport(conn).ready);
    await seen;
  };
  await openOne();
  await receiver.evaluate(() => new LP2PQuicTransport(conn).ready);
  await openOne();
  await receiver.evaluate(() => new LP2PQuicTransport(globalThis.receiver).ready);
  await openOne();
  await receiver.evaluate(
    () => new Promise((resolve) => (conn.ontransport = (e) => resolve(e.transport.ready))).then(() => (conn.ontransport = null)),
  );
  await openOne();
  await receiver.evaluate(async () => {
    const listener = new LP2PQuicTransportListener(globalThis.receiver);
    const { value } = await listener.incomingTransports.getReader().read();
    await value.ready;
  });
});
