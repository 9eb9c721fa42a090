import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, openPair, stage } from './browser.js';

/** A pair with a transport between them, each as `transport`; its making is itself the draft's way on both sides. */
async function openTransport(t) {
  const pair = await openPair(t, stage);
  await pair.receiver.evaluate(() => {
    globalThis.transport = new LP2PQuicTransport(conn);
  });
  await pair.requester.evaluate(async () => {
    globalThis.transport = new LP2PQuicTransport(conn);
    await transport.ready;
  });
  await pair.receiver.evaluate(() => transport.ready);
  return pair;
}

test('a transport is an instance of WebTransport and has its whole surface', async (t) => {
  const { requester } = await openTransport(t);
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

test('bytes of a bidirectional stream go both ways and end', async (t) => {
  const { receiver, requester } = await openTransport(t);
  await receiver.evaluate(() => {
    (async () => {
      for await (const { readable, writable } of transport.incomingBidirectionalStreams) {
        await readable.pipeTo(writable);
      }
    })();
  });
  const result = await requester.evaluate(async () => {
    const { readable, writable } = await transport.createBidirectionalStream();
    const size = 3_000_000;
    const bytes = Uint8Array.from({ length: size }, (_, i) => i % 251);
    const writer = writable.getWriter();
    writer.write(bytes);
    writer.write(bytes.buffer.slice(0, 5));
    const finished = writer.close();
    let length = 0;
    let isEqual = true;
    for await (const chunk of readable) {
      isEqual &&= chunk.every((byte, i) => byte === ((length + i) % size) % 251);
      length += chunk.length;
    }
    await finished;
    return { length, isEqual };
  });
  assert.deepEqual(result, { length: 3_000_005, isEqual: true });
});

test('a unidirectional stream is read into the buffers of a BYOB reader', async (t) => {
  const { receiver, requester } = await openTransport(t);
  await requester.evaluate(async () => {
    const writer = (await transport.createUnidirectionalStream()).getWriter();
    await writer.write(new Uint8Array([1, 2, 3, 4, 5]));
    await writer.close();
  });
  const reads = await receiver.evaluate(async () => {
    const { value: stream } = await transport.incomingUnidirectionalStreams.getReader().read();
    const reader = stream.getReader({ mode: 'byob' });
    const seen = [];
    for (;;) {
      const { done, value } = await reader.read(new Uint8Array(2));
      if (done) {
        return seen;
      }
      seen.push([...value]);
    }
  });
  assert.deepEqual(reads, [[1, 2], [3, 4], [5]]);
});

test('a writer waits for a reader: what is under way is bounded', async (t) => {
  const { receiver, requester } = await openTransport(t);
  const socket = stage.gateway.pages[1];
  const before = socket.frames;
  await requester.evaluate(async () => {
    globalThis.written = 0;
    const writer = (await transport.createUnidirectionalStream()).getWriter();
    (async () => {
      for (let i = 0; i < 64; i++) {
        await writer.ready;
        await writer.write(new Uint8Array(64 * 1024));
        written++;
      }
      await writer.close();
    })();
  });
  // Pings are answered behind everything that the page could send.
  for (let id = 0; id < 5; id++) {
    socket.send({ type: 'ping', id });
    await socket.hears('pong');
    socket.said.length = 0;
  }
  const frames = socket.frames - before;
  // Two windows, one of each page.
  assert.ok(frames <= 8, `${frames} frames of 64 KiB for nobody`);
  assert.ok((await requester.evaluate(() => written)) <= 8);
  const read = await receiver.evaluate(async () => {
    const { value: stream } = await transport.incomingUnidirectionalStreams.getReader().read();
    let length = 0;
    for await (const chunk of stream) {
      length += chunk.length;
    }
    return length;
  });
  assert.equal(read, 64 * 64 * 1024);
});

test('reset and stop carry their codes as WebTransportErrors', async (t) => {
  const { receiver, requester } = await openTransport(t);
  await requester.evaluate(async () => {
    const { WebTransportError } = await import('/lp2p/src/lp2p.js');
    globalThis.stopped = (async () => {
      const writer = (await transport.createUnidirectionalStream()).getWriter();
      await writer.write(new Uint8Array(1));
      return writer.closed.catch((e) => [
        e instanceof globalThis.WebTransportError,
        e.name,
        e.source,
        e.streamErrorCode,
      ]);
    })();
    const writer = (await transport.createUnidirectionalStream()).getWriter();
    await writer.write(new Uint8Array(1));
    writer.abort(new WebTransportError('enough', { streamErrorCode: 4_000_000_000 }));
    const plain = (await transport.createUnidirectionalStream()).getWriter();
    await plain.write(new Uint8Array(1));
    plain.abort('no code');
  });
  const resets = await receiver.evaluate(async () => {
    const streams = transport.incomingUnidirectionalStreams.getReader();
    const { value: first } = await streams.read();
    await first.getReader().cancel(new WebTransportError({ message: 'stop', streamErrorCode: 77 }));
    const codes = [];
    for (let i = 0; i < 2; i++) {
      const { value: stream } = await streams.read();
      codes.push(await stream.getReader().closed.catch((e) => [e.name, e.source, e.streamErrorCode]));
    }
    return codes;
  });
  assert.deepEqual(resets, [
    ['WebTransportError', 'stream', 4_000_000_000],
    ['WebTransportError', 'stream', 0],
  ]);
  assert.deepEqual(await requester.evaluate(() => stopped), [true, 'WebTransportError', 'stream', 77]);
});

test('a stream that was read in part and then cancelled after its end still sends', async (t) => {
  const { receiver, requester } = await openTransport(t);
  const [socket, requesterSocket] = stage.gateway.pages;
  await requester.evaluate(async () => {
    const { readable, writable } = await transport.createBidirectionalStream();
    globalThis.got = 'nothing';
    new Response(readable).text().then((text) => (globalThis.got = text));
    const writer = writable.getWriter();
    await writer.write(new Uint8Array([1, 2, 3]));
    await writer.close();
  });
  await socket.catchesUp();
  await receiver.evaluate(async () => {
    const { value } = await transport.incomingBidirectionalStreams.getReader().read();
    const reader = value.readable.getReader({ mode: 'byob' });
    await reader.read(new Uint8Array(1));
    await reader.cancel();
    const writer = value.writable.getWriter();
    writer.write(new TextEncoder().encode('answer'));
    globalThis.ended = 'never';
    writer.close().then(() => (globalThis.ended = 'closed'));
  });
  // The end reaches the gateway, which says to both pages what became of it.
  await socket.catchesUp();
  await Promise.all([socket.catchesUp(), requesterSocket.catchesUp()]);
  assert.equal(await requester.evaluate(() => got), 'answer');
  assert.equal(await receiver.evaluate(() => ended), 'closed');
});

test('the end of the reading that crosses a cancel does not end the writing', async (t) => {
  const { requester } = await openTransport(t);
  const socket = stage.gateway.pages[1];
  await requester.evaluate(async () => {
    globalThis.stream = await transport.createBidirectionalStream();
    await stream.readable.cancel();
  });
  const { stream } = await socket.hears('stream.open');
  socket.send({ type: 'stream.reset', stream, code: 0 });
  await socket.catchesUp();
  await requester.evaluate(() => {
    globalThis.ended = 'never';
    stream.writable.close().then(() => (globalThis.ended = 'closed'));
  });
  await socket.catchesUp();
  await socket.catchesUp();
  assert.equal(await requester.evaluate(() => ended), 'closed');
});

for (const crossing of [{ type: 'stream.stopped', code: 0 }, { type: 'stream.finished' }]) {
  test(`${crossing.type} that crosses an abort does not end the reading`, async (t) => {
    const { receiver, requester } = await openTransport(t);
    const socket = stage.gateway.pages[1];
    await requester.evaluate(async () => {
      const { readable, writable } = await transport.createBidirectionalStream();
      await writable.abort();
      globalThis.got = 'nothing';
      new Response(readable).text().then((text) => (globalThis.got = text));
    });
    const { stream } = await socket.hears('stream.open');
    socket.send({ ...crossing, stream });
    await socket.catchesUp();
    await receiver.evaluate(async () => {
      const { value } = await transport.incomingBidirectionalStreams.getReader().read();
      const writer = value.writable.getWriter();
      await writer.write(new TextEncoder().encode('answer'));
      await writer.close();
    });
    await socket.catchesUp();
    assert.equal(await requester.evaluate(() => got), 'answer');
  });
}

test('a write that waits for credit can be aborted', async (t) => {
  const { receiver, requester } = await openTransport(t);
  const result = await requester.evaluate(async () => {
    const writer = (await transport.createUnidirectionalStream()).getWriter();
    const write = writer.write(new Uint8Array(1_000_000)).then(
      () => 'written',
      (e) => e,
    );
    await writer.abort('enough');
    const closing = (await transport.createUnidirectionalStream()).getWriter();
    closing.write(new Uint8Array(1_000_000)).catch(() => {});
    const closed = closing.close().catch((e) => e);
    await closing.abort('over');
    return [await write, await closed];
  });
  assert.deepEqual(result, ['enough', 'over']);
  const name = await receiver.evaluate(async () => {
    const { value: stream } = await transport.incomingUnidirectionalStreams.getReader().read();
    return stream.getReader().closed.catch((e) => e.name);
  });
  assert.equal(name, 'WebTransportError');
});

test('datagrams arrive as they were sent, and one that is too large is dropped', async (t) => {
  const { receiver, requester } = await openTransport(t);
  await receiver.evaluate(() => {
    globalThis.reader = transport.datagrams.readable.getReader();
  });
  const size = await requester.evaluate(async () => {
    const writer = transport.datagrams.createWritable().getWriter();
    await writer.write(new Uint8Array([1, 2]));
    await writer.write(new Uint8Array(transport.datagrams.maxDatagramSize + 1));
    await writer.write(new Uint8Array(transport.datagrams.maxDatagramSize).fill(3));
    await transport.datagrams.writable.getWriter().write(new Uint8Array([4]).buffer);
    return transport.datagrams.maxDatagramSize;
  });
  const got = await receiver.evaluate(async () => {
    const sizes = [];
    for (let i = 0; i < 3; i++) {
      sizes.push((await reader.read()).value.length);
    }
    return sizes;
  });
  assert.deepEqual(got, [2, size, 1]);
});

test('of what was written before the transport was ready, a datagram that is too large is dropped, too', async (t) => {
  const { receiver, requester } = await openPair(t, stage);
  await receiver.evaluate(() => {
    globalThis.transport = new LP2PQuicTransport(conn);
    globalThis.first = transport.datagrams.readable.getReader().read();
  });
  const lost = await requester.evaluate(async () => {
    const transport = new LP2PQuicTransport(conn);
    const writer = transport.datagrams.createWritable().getWriter();
    await writer.write(new Uint8Array(1201));
    await writer.write(new Uint8Array(300_000));
    await writer.write(new Uint8Array([7]));
    return (await transport.getStats()).datagrams.lostOutgoing;
  });
  assert.equal(lost, 2);
  assert.deepEqual(await receiver.evaluate(async () => [...(await first).value]), [7]);
});

test('of datagrams that nobody reads the newest stay, as many as the mark says', async (t) => {
  const { receiver, requester } = await openTransport(t);
  await receiver.evaluate(() => {
    transport.datagrams.incomingHighWaterMark = 3;
  });
  await requester.evaluate(async () => {
    const writer = transport.datagrams.writable.getWriter();
    for (let i = 0; i < 10; i++) {
      await writer.write(new Uint8Array([i]));
    }
    const done = (await transport.createUnidirectionalStream()).getWriter();
    await done.close();
  });
  const got = await receiver.evaluate(async () => {
    await transport.incomingUnidirectionalStreams.getReader().read();
    const reader = transport.datagrams.readable.getReader();
    const seen = [];
    for (let i = 0; i < 3; i++) {
      seen.push((await reader.read()).value[0]);
    }
    return { seen, dropped: (await transport.getStats()).datagrams.droppedIncoming };
  });
  assert.deepEqual(got, { seen: [7, 8, 9], dropped: 7 });
});

test('datagrams that grew too old while waiting for credit are not sent', async (t) => {
  const { requester } = await openTransport(t);
  stage.gateway.behaviour.withholdsCredit = true;
  t.after(() => (stage.gateway.behaviour.withholdsCredit = false));
  const expired = await requester.evaluate(async () => {
    const { datagrams } = transport;
    datagrams.outgoingMaxAge = 1;
    datagrams.outgoingHighWaterMark = 100_000;
    const writer = datagrams.writable.getWriter();
    const writes = [];
    for (let i = 0; i < 400; i++) {
      writes.push(writer.write(new Uint8Array(1200)));
    }
    await Promise.all(writes);
    const start = performance.now();
    while (performance.now() - start < 5);
    await writer.write(new Uint8Array(1));
    return (await transport.getStats()).datagrams.expiredOutgoing;
  });
  // 218 of them had credit.
  assert.equal(expired, 400 - 218);
});

test('datagrams that grew too old before anybody read them are dropped', async (t) => {
  const { receiver, requester } = await openTransport(t);
  await receiver.evaluate(() => (transport.datagrams.incomingMaxAge = 1));
  await requester.evaluate(async () => {
    const writer = transport.datagrams.writable.getWriter();
    await writer.write(new Uint8Array([1]));
    await writer.write(new Uint8Array([2]));
    await (await transport.createUnidirectionalStream()).getWriter().close();
  });
  const got = await receiver.evaluate(async () => {
    // It comes behind them.
    await transport.incomingUnidirectionalStreams.getReader().read();
    const start = performance.now();
    while (performance.now() - start < 5);
    globalThis.next = transport.datagrams.readable.getReader().read();
    transport.datagrams.incomingMaxAge = null;
    return (await transport.getStats()).datagrams.expiredIncoming;
  });
  assert.equal(got, 2);
  await requester.evaluate(() => transport.datagrams.createWritable().getWriter().write(new Uint8Array([3])));
  assert.equal(await receiver.evaluate(async () => (await next).value[0]), 3);
});

test('a write of a datagram waits while as many as the mark says wait for credit', async (t) => {
  const { requester } = await openTransport(t);
  stage.gateway.behaviour.withholdsCredit = true;
  t.after(() => (stage.gateway.behaviour.withholdsCredit = false));
  const written = await requester.evaluate(async () => {
    const { datagrams } = transport;
    datagrams.outgoingHighWaterMark = 3;
    const writer = datagrams.writable.getWriter();
    let written = 0;
    for (let i = 0; i < 400; i++) {
      writer.write(new Uint8Array(1200)).then(
        () => written++,
        () => {},
      );
    }
    // What waits is decided in microtasks only.
    await new Promise((resolve) => setTimeout(resolve));
    return written;
  });
  // 218 of them had credit, and two more than those are fewer than three.
  assert.equal(written, 220);
});

test('marks and ages are converted and checked', async (t) => {
  const { requester } = await openTransport(t);
  const result = await requester.evaluate(() => {
    const { datagrams } = transport;
    const error = (action) => {
      try {
        action();
        return 'none';
      } catch ({ name }) {
        return name;
      }
    };
    const before = [datagrams.incomingMaxAge, datagrams.outgoingMaxAge];
    datagrams.incomingMaxAge = 5.5;
    datagrams.outgoingMaxAge = 0;
    datagrams.incomingHighWaterMark = 0;
    datagrams.outgoingHighWaterMark = 0;
    return [
      ...before,
      datagrams.incomingMaxAge,
      datagrams.outgoingMaxAge,
      datagrams.incomingHighWaterMark,
      datagrams.outgoingHighWaterMark,
      error(() => (datagrams.incomingMaxAge = -1)),
      error(() => (datagrams.outgoingMaxAge = NaN)),
      error(() => (datagrams.incomingHighWaterMark = -1)),
      error(() => (datagrams.outgoingHighWaterMark = 'x')),
    ];
  });
  assert.deepEqual(result, [null, null, 5.5, null, 1, 0, 'RangeError', 'RangeError', 'RangeError', 'RangeError']);
});

test('close reaches the peer with code and reason, and ends every stream', async (t) => {
  const { receiver, requester } = await openTransport(t);
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
  const { requester } = await openTransport(t);
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
  const { requester } = await openTransport(t);
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

test('more streams than a transport may have are refused, or wait until one ends', async (t) => {
  const { requester } = await openTransport(t);
  const result = await requester.evaluate(async () => {
    const streams = [];
    for (let i = 0; i < 1024; i++) {
      streams.push(await transport.createUnidirectionalStream());
    }
    const refused = await transport.createUnidirectionalStream().catch(({ name }) => name);
    const waiting = transport.createUnidirectionalStream({ waitUntilAvailable: true });
    await streams[0].abort();
    return [refused, (await waiting) instanceof WritableStream];
  });
  assert.deepEqual(result, ['QuotaExceededError', true]);
});

test('of a group the stream with the highest order goes first', async (t) => {
  const { requester } = await openTransport(t);
  await requester.evaluate(async () => {
    const sendGroup = transport.createSendGroup();
    const low = await transport.createUnidirectionalStream({ sendGroup, sendOrder: 1 });
    const high = await transport.createUnidirectionalStream({ sendGroup, sendOrder: 2 });
    globalThis.written = [];
    // More than the socket takes at once, so that both wait together.
    const filler = (await transport.createUnidirectionalStream()).getWriter();
    const other = (await transport.createUnidirectionalStream()).getWriter();
    filler.write(new Uint8Array(256 * 1024));
    other.write(new Uint8Array(256 * 1024));
    const writes = [
      low
        .getWriter()
        .write(new Uint8Array(65536))
        .then(() => written.push('low')),
      high
        .getWriter()
        .write(new Uint8Array(65536))
        .then(() => written.push('high')),
    ];
    await Promise.all(writes);
    low.sendOrder = 5;
    globalThis.stats = await sendGroup.getStats();
  });
  assert.deepEqual(await requester.evaluate(() => written), ['high', 'low']);
  assert.equal((await requester.evaluate(() => stats)).bytesWritten, 131072);
});

test('atomicWrite writes what there is credit for, and nothing else', async (t) => {
  const { requester } = await openTransport(t);
  const names = await requester.evaluate(async () => {
    const writer = (await transport.createUnidirectionalStream()).getWriter();
    await writer.atomicWrite(new Uint8Array(1000));
    writer.commit();
    return writer.atomicWrite(new Uint8Array(300_000)).catch(({ name }) => name);
  });
  assert.equal(names, 'AbortError');
});
