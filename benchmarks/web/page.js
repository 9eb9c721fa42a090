/**
 * Both pages: the screen answers, the remote measures. Each lane of the remote has `ask`, which sends a short message and
 * waits for its echo, and those for bulk have `send`, which resolves when there is room for more, and `count`, which says
 * how many bytes of bulk have arrived since it was last asked.
 */
import { LP2PQuicTransport, LP2PReceiver, LP2PRequest, useCarrier, webSocketCarrier } from '/src/lp2p.js';

const CHUNK = new Uint8Array(64 * 1024);
const SMALL = 'x'.repeat(64);
const SMALL_BYTES = new TextEncoder().encode(SMALL);
/** What a sender keeps waiting at most, and when it goes on; also the defaults of many programs for RTCDataChannel. */
const HIGH = 1_000_000;
const LOW = 500_000;

useCarrier(() => webSocketCarrier(`ws://127.0.0.1:${new URL(location.href).searchParams.get('port')}/lp2p`));

/** @type {RTCPeerConnection} */
let rtc;
/** @type {any} */
let connection;
const lanes = {};

// --- The screen ------------------------------------------------------------------------------------------------------

async function listen() {
  const receiver = new LP2PReceiver({ nickname: 'Screen' });
  receiver.onconnection = (event) => {
    event.connection.ondatachannel = ({ channel }) => serveChannel(channel);
    event.connection.ontransport = ({ transport }) => serveTransport(transport);
  };
  globalThis.receiver = receiver; // Else it is collected.
  await receiver.start();
}

function serveChannel(channel) {
  let received = 0;
  channel.binaryType = 'arraybuffer';
  channel.onmessage = ({ data }) => {
    if (typeof data !== 'string') {
      received += data.byteLength;
    } else if (data === 'count') {
      channel.send(`${received}`);
      received = 0;
    } else {
      channel.send(data);
    }
  };
}

async function serveTransport(transport) {
  echoDatagrams(transport);
  for await (const stream of transport.incomingBidirectionalStreams) {
    const { readable, writable } = stream;
    serveStream(readable, writable.getWriter());
  }
}

/** The first byte of a stream says which it is: of echoes, or of bulk whose end is answered with its length. */
async function serveStream(readable, writer) {
  let received = 0;
  let isBulk;
  for await (const chunk of readable) {
    isBulk ??= chunk[0] === 0;
    received += chunk.length;
    if (!isBulk) {
      writer.write(chunk);
    }
  }
  if (isBulk) {
    await writer.write(new TextEncoder().encode(`${received}`));
    await writer.close();
  }
}

async function echoDatagrams(transport) {
  const writer = transport.datagrams.createWritable().getWriter();
  for await (const datagram of transport.datagrams.readable) {
    writer.write(datagram);
  }
}

// --- The remote ------------------------------------------------------------------------------------------------------

async function connect() {
  connection = await new LP2PRequest({ nickname: 'Remote' }).start();
  lanes.channel = await channelLane(connection.createDataChannel('bulk'));
  lanes.channel2 = await channelLane(connection.createDataChannel('other'));
  const transport = new LP2PQuicTransport(connection);
  await transport.ready;
  lanes.stream = await streamLane(transport);
  lanes.datagram = datagramLane(transport);
}

async function channelLane(channel) {
  channel.binaryType = 'arraybuffer';
  channel.bufferedAmountLowThreshold = LOW;
  if (channel.readyState !== 'open') {
    await new Promise((resolve) => (channel.onopen = resolve));
  }
  const ask = (text) =>
    new Promise((resolve) => {
      channel.onmessage = ({ data }) => resolve(data);
      channel.send(text);
    });
  const send = () => {
    channel.send(CHUNK);
    return channel.bufferedAmount > HIGH
      ? new Promise((resolve) => (channel.onbufferedamountlow = () => resolve(undefined)))
      : undefined;
  };
  return { begin() {}, ask: () => ask(SMALL), send, count: async () => Number(await ask('count')) };
}

async function streamLane(transport) {
  const echo = await transport.createBidirectionalStream();
  const writer = echo.writable.getWriter();
  const reader = echo.readable.getReader();
  let bulk, bulkWriter;
  return {
    async ask() {
      writer.write(SMALL_BYTES);
      for (let bytes = 0; bytes < SMALL_BYTES.length; ) {
        bytes += (await reader.read()).value.length;
      }
    },
    async begin() {
      bulk = await transport.createBidirectionalStream();
      bulkWriter = bulk.writable.getWriter();
    },
    send() {
      bulkWriter.write(CHUNK);
      return bulkWriter.ready;
    },
    async count() {
      bulkWriter.close();
      return Number(await new Response(bulk.readable).text());
    },
  };
}

function datagramLane(transport) {
  const writer = transport.datagrams.createWritable().getWriter();
  const reader = transport.datagrams.readable.getReader();
  return {
    async ask() {
      writer.write(SMALL_BYTES);
      await reader.read();
    },
  };
}

/** Milliseconds of each echo. */
async function roundTrips(lane, times) {
  const taken = [];
  for (let i = 0; i < times; i++) {
    const begun = performance.now();
    await lanes[lane].ask();
    taken.push(performance.now() - begun);
  }
  return taken;
}

/** Sends for so long, or so much, and waits for all of it to be there. */
async function bulk(lane, { ms = Infinity, bytes = Infinity }) {
  const { begin, send, count } = lanes[lane];
  await begin();
  const begun = performance.now();
  for (let sent = 0; sent < bytes && performance.now() - begun < ms; sent += CHUNK.length) {
    await send();
  }
  const received = await count();
  return { bytes: received, seconds: (performance.now() - begun) / 1000 };
}

/** Echoes on one lane while another is full. */
async function roundTripsUnderBulk(lane, bulkLane, ms) {
  let isOver = false;
  const sending = bulk(bulkLane, { ms }).then(() => (isOver = true));
  const taken = [];
  while (!isOver) {
    taken.push(...(await roundTrips(lane, 1)));
  }
  await sending;
  return taken;
}

// --- RTCDataChannel --------------------------------------------------------------------------------------------------

async function offer() {
  rtc = new RTCPeerConnection();
  lanes.rtc = rtc.createDataChannel('bulk');
  lanes.rtc2 = rtc.createDataChannel('other');
  await rtc.setLocalDescription();
  return gathered();
}

async function answer(given) {
  rtc = new RTCPeerConnection();
  rtc.ondatachannel = ({ channel }) => serveChannel(channel);
  await rtc.setRemoteDescription(given);
  await rtc.setLocalDescription();
  return gathered();
}

async function take(given) {
  await rtc.setRemoteDescription(given);
  [lanes.rtc, lanes.rtc2] = await Promise.all([channelLane(lanes.rtc), channelLane(lanes.rtc2)]);
}

async function gathered() {
  while (rtc.iceGatheringState !== 'complete') {
    await new Promise((resolve) => (rtc.onicegatheringstatechange = resolve));
  }
  return rtc.localDescription.toJSON();
}

globalThis.bench = { listen, connect, roundTrips, bulk, roundTripsUnderBulk, offer, answer, take };
