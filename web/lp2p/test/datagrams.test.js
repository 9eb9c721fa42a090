import assert from 'node:assert/strict';
import { test } from './limited.js';
import { openPair, openTransport, stage } from './browser.js';

test('datagrams arrive as they were sent, and one that is too large is dropped', async (t) => {
  const { receiver, requester } = await openTransport(t, stage);
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
  const { receiver, requester } = await openTransport(t, stage);
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
  const { requester } = await openTransport(t, stage);
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
  // 109 of them had credit.
  assert.equal(expired, 400 - 109);
});

test('datagrams that grew too old before anybody read them are dropped', async (t) => {
  const { receiver, requester } = await openTransport(t, stage);
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
  const { requester } = await openTransport(t, stage);
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
  // 109 of them had credit, and two more than those are fewer than three.
  assert.equal(written, 111);
});

test('marks and ages are converted and checked', async (t) => {
  const { requester } = await openTransport(t, stage);
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

for (const [what, read, datagrams, name] of [
  ['a view that is too small', '(new Uint8Array(1))', [2], 'RangeError'],
  ['more bytes at least than came', '(new Uint8Array(3), { min: 3 })', [2, 2], 'RangeError'],
  ['elements of two bytes', '(new Uint16Array(1))', [1], 'TypeError'],
]) {
  test(`a transport ends as it should after a reader of datagrams asked for ${what}`, async (t) => {
    const { receiver, requester } = await openTransport(t, stage);
    await receiver.evaluate((read) => {
      const reader = transport.datagrams.readable.getReader({ mode: 'byob' });
      globalThis.failure = eval(`reader.read${read}`).catch(({ name }) => name);
    }, read);
    await requester.evaluate(async (datagrams) => {
      const writer = transport.datagrams.createWritable().getWriter();
      for (const length of datagrams) {
        await writer.write(new Uint8Array(length));
      }
      // Closing overtakes datagrams, and does not overtake what was asked before.
      await transport.getStats();
      transport.close({ closeCode: 3 });
    }, datagrams);
    const ends = await receiver.evaluate(async () => {
      const { closeCode } = await transport.closed;
      await transport.draining;
      const { done } = await transport.incomingBidirectionalStreams.getReader().read();
      return { closeCode, done, failure: await failure };
    });
    assert.deepEqual(ends, { closeCode: 3, done: true, failure: name });
  });
}
