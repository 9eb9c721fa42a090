import assert from 'node:assert/strict';
import { test } from './limited.js';
import { openTransport, stage } from './browser.js';

test('bytes of a bidirectional stream go both ways and end', async (t) => {
  const { receiver, requester } = await openTransport(t, stage);
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
  const { receiver, requester } = await openTransport(t, stage);
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
  const { receiver, requester } = await openTransport(t, stage);
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
  const { receiver, requester } = await openTransport(t, stage);
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

test('a stream that is given up while its end waits behind others sends no end', async (t) => {
  stage.gateway.behaviour.withholdsCredit = true;
  t.after(() => (stage.gateway.behaviour.withholdsCredit = false));
  const { requester } = await openTransport(t, stage);
  const socket = stage.gateway.pages[1];
  await requester.evaluate(async () => {
    const { FLOW_WINDOW } = await import('/lp2p/src/protocol.js');
    const open = async () => (await transport.createBidirectionalStream()).writable.getWriter();
    const [ending, full, waiting] = [await open(), await open(), await open()];
    await ending.write(new Uint8Array(1000));
    await full.write(new Uint8Array(FLOW_WINDOW));
    // The socket, with a window of twice as much, has no credit left for the last of it.
    waiting.write(new Uint8Array(FLOW_WINDOW)).catch(() => {});
    ending.close().catch(() => {});
    // Once it has been asked to close.
    await new Promise((resolve) => setTimeout(resolve));
    ending.abort().catch(() => {});
  });
  const { stream } = await socket.hears('stream.reset');
  const before = socket.frames;
  socket.send({ type: 'credit', flow: stream, bytes: 1000 });
  socket.send({ type: 'credit', flow: 0, bytes: 100_000 });
  await socket.catchesUp();
  assert.equal(socket.frames - before, 1, 'what waited, and nothing of the stream that was given up');
});

test('a stream that was read in part and then cancelled after its end still sends', async (t) => {
  const { receiver, requester } = await openTransport(t, stage);
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
  const { requester } = await openTransport(t, stage);
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
    const { receiver, requester } = await openTransport(t, stage);
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
  const { receiver, requester } = await openTransport(t, stage);
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

test('more streams than a transport may have are refused, or wait until one ends', async (t) => {
  const { requester } = await openTransport(t, stage);
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
  const { requester } = await openTransport(t, stage);
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
  const { requester } = await openTransport(t, stage);
  const names = await requester.evaluate(async () => {
    const writer = (await transport.createUnidirectionalStream()).getWriter();
    await writer.atomicWrite(new Uint8Array(1000));
    writer.commit();
    return writer.atomicWrite(new Uint8Array(300_000)).catch(({ name }) => name);
  });
  assert.equal(names, 'AbortError');
});

test('a stream that ends within an element of its reader is over, and its place is free', async (t) => {
  const { receiver, requester } = await openTransport(t, stage);
  const [socket] = stage.gateway.pages;
  await requester.evaluate(async () => {
    globalThis.writer = (await transport.createUnidirectionalStream()).getWriter();
  });
  await receiver.evaluate(async () => {
    const { value: stream } = await transport.incomingUnidirectionalStreams.getReader().read();
    const reader = stream.getReader({ mode: 'byob' });
    globalThis.failure = reader.read(new Uint16Array(1)).catch(({ name }) => name);
  });
  await requester.evaluate(async () => {
    await writer.write(new Uint8Array(1));
    await writer.close();
  });
  assert.equal(await receiver.evaluate(() => failure), 'TypeError');
  // Credit is no message for a stream that only receives, unless it is gone.
  const [number] = [...socket.things].filter(([, { transport }]) => transport).at(-1);
  socket.send({ type: 'credit', flow: number, bytes: 1 });
  await socket.catchesUp();
});
