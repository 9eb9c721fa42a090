import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from './limited.js';
import { fileURLToPath } from 'node:url';
import { openPair, stage } from './browser.js';

const SERVER = fileURLToPath(new URL('web-transport/server.py', import.meta.url));
const PYTHON = process.env.LP2P_PYTHON ?? 'python3';
const skip =
  spawnSync(PYTHON, ['-c', 'import aioquic']).status !== 0 &&
  "there is no WebTransport server here: Python's aioquic, of a Python that LP2P_PYTHON may name";

/** Runs in the page at the other end: what the server does. */
function serve() {
  conn.ontransport = async ({ transport }) => {
    (async () => {
      for await (const stream of transport.incomingUnidirectionalStreams) {
        echo(transport, stream).catch(() => {});
      }
    })().catch(() => {});
    (async () => {
      for await (const { readable, writable } of transport.incomingBidirectionalStreams) {
        answer(transport, readable.getReader(), writable.getWriter()).catch(() => {});
      }
    })().catch(() => {});
    transport.datagrams.readable.pipeTo(transport.datagrams.createWritable()).catch(() => {});
  };

  async function echo(transport, stream) {
    const bytes = await new Response(stream).bytes();
    const writer = (await transport.createUnidirectionalStream()).getWriter();
    writer.write(bytes);
    await writer.close();
  }

  async function answer(transport, reader, writer) {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return writer.close();
      }
      const [command, code, reason] = new TextDecoder().decode(value.slice(0, 100)).split(' ');
      const error = () => new WebTransportError({ streamErrorCode: Number(code) });
      if (command === 'reset') {
        return writer.abort(error());
      }
      if (command === 'stop') {
        return reader.cancel(error());
      }
      if (command === 'close') {
        return transport.close({ closeCode: Number(code), reason });
      }
      await writer.write(value);
    }
  }
}

/** Runs in a page: the same for both kinds of transport, whose peer echoes and does as it is told. */
async function exercise(native) {
  const log = [];
  const make = () => {
    if (!native) {
      return new LP2PQuicTransport(conn);
    }
    const value = Uint8Array.from(native.digest.match(/../g), (byte) => parseInt(byte, 16));
    return new WebTransport(`https://127.0.0.1:${native.port}/`, {
      serverCertificateHashes: [{ algorithm: 'sha-256', value }],
    });
  };
  const bytes = (text) => new TextEncoder().encode(text);
  const told = async (promise) => {
    try {
      const value = await promise;
      return value === undefined ? 'done' : JSON.stringify(value);
    } catch (e) {
      return [e.name, e.source, e.streamErrorCode, e instanceof WebTransportError].join();
    }
  };
  const kind = (object) => Object.prototype.toString.call(object);
  const is = (object, type) => log.push(`${type.name} ${object instanceof type}`);

  const transport = make();
  is(transport, WebTransport);
  is(transport.ready, Promise);
  log.push(transport.ready === transport.ready, transport.closed === transport.closed);
  log.push(await told(transport.ready));
  log.push(transport.protocol);

  const { datagrams } = transport;
  is(datagrams, WebTransportDatagramDuplexStream);
  is(datagrams.readable, ReadableStream);
  log.push(datagrams.incomingMaxAge, datagrams.outgoingMaxAge, datagrams.maxDatagramSize > 1000);
  log.push(datagrams.readable === datagrams.readable, transport.datagrams === datagrams);
  const datagramReader = datagrams.readable.getReader();
  const writable = datagrams.createWritable?.() ?? datagrams.writable;
  const datagramWriter = writable.getWriter();
  await datagramWriter.write(new Uint8Array([1, 2, 3]));
  const { value: datagram } = await datagramReader.read();
  log.push(kind(datagram), `${datagram}`);
  log.push(await told(datagramWriter.write('text')));

  const { readable, writable: sending } = await transport.createBidirectionalStream({ sendOrder: 5 });
  is(readable, ReadableStream);
  is(sending, WritableStream);
  const writer = sending.getWriter();
  log.push(await told(writer.ready), await told(writer.write(bytes('hello'))));
  const byob = readable.getReader({ mode: 'byob' });
  const { value: read } = await byob.read(new Uint8Array(100));
  log.push(kind(read), new TextDecoder().decode(read));
  log.push(await told(writer.close()), await told(writer.closed));
  const { done, value: last } = await byob.read(new Uint8Array(10));
  log.push(done, kind(last), last.byteLength, await told(byob.closed));

  const large = Uint8Array.from({ length: 500_000 }, (_, i) => i % 251);
  const echo = await transport.createBidirectionalStream();
  const [back] = await Promise.all([
    new Response(echo.readable).arrayBuffer(),
    new Blob([large]).stream().pipeTo(echo.writable),
  ]);
  const echoed = new Uint8Array(back);
  log.push(echoed.length, echoed.every((byte, i) => byte === large[i]));

  const invalid = (await transport.createUnidirectionalStream()).getWriter();
  log.push(await told(invalid.write('text')), await told(invalid.closed));

  const incoming = transport.incomingUnidirectionalStreams.getReader();
  const uni = (await transport.createUnidirectionalStream()).getWriter();
  uni.write(bytes('one '));
  uni.write(bytes('way').buffer);
  log.push(await told(uni.close()));
  const { value: answer } = await incoming.read();
  is(answer, ReadableStream);
  log.push(await new Response(answer).text());

  const reset = await transport.createBidirectionalStream();
  await reset.writable.getWriter().write(bytes('reset 42'));
  const resetReader = reset.readable.getReader();
  log.push(await told(resetReader.read()), await told(resetReader.closed));

  const stopped = await transport.createBidirectionalStream();
  const stoppedWriter = stopped.writable.getWriter();
  await stoppedWriter.write(bytes('stop 7'));
  log.push(await told(stoppedWriter.closed), await told(stoppedWriter.write(bytes('more'))));

  const aborted = (await transport.createUnidirectionalStream()).getWriter();
  const reason = new WebTransportError({ message: 'enough', streamErrorCode: 3 });
  log.push(await told(aborted.abort(reason)), await aborted.closed.catch((e) => e === reason));
  const cancelled = await transport.createBidirectionalStream();
  log.push(await told(cancelled.readable.cancel(reason)), (await cancelled.readable.getReader().read()).done);

  const open = await transport.createBidirectionalStream();
  const openWriter = open.writable.getWriter();
  const openReader = open.readable.getReader();
  await openWriter.write(bytes('open'));
  await openReader.read();
  const [pending, waiting] = [openReader.read(), incoming.read()].map(told);
  transport.close({ closeCode: 9, reason: 'bye' });
  transport.close({ closeCode: 10 });
  log.push(await told(transport.closed), await pending, await waiting);
  log.push(await told(openWriter.closed), await told(openWriter.write(bytes('late'))), await told(transport.ready));
  log.push(await told(transport.createBidirectionalStream()), await told(transport.createUnidirectionalStream()));

  const other = make();
  const farewell = await other.createBidirectionalStream();
  const farewellReader = farewell.readable.getReader();
  const farewellWriter = farewell.writable.getWriter();
  await farewellWriter.write(bytes('close 11 enough'));
  log.push(await told(farewellReader.read()), await told(farewellWriter.closed), await told(other.closed));
  log.push(await told(other.incomingBidirectionalStreams.getReader().read()));

  const early = make();
  early.close();
  log.push(await told(early.ready), await told(early.closed));
  return log.map(String);
}

// What differs, and why, is listed in docs/webtransport.md.
test("streams, datagrams, errors and ends have equal outcomes on Chromium's WebTransport and on ours", { skip }, async (t) => {
  const server = spawn(PYTHON, [SERVER], { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => server.stdin.end());
  const [line] = await once(createInterface({ input: server.stdout }), 'line');
  const [port, digest] = line.split(' ');

  const { receiver, requester } = await openPair(t, stage);
  await receiver.evaluate(serve);
  const native = await requester.evaluate(exercise, { port, digest });
  const ours = await requester.evaluate(exercise, null);
  assert.deepEqual(ours, native);
  assert.ok(native.length > 50);
});
