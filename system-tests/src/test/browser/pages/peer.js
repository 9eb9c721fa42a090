/** A page that receives or requests, and what tests have it do then. */
import '/lp2p/src/global.js';

const MESSAGE = 256 * 1024;
const DATAGRAMS = 100;
/** What crypto.getRandomValues gives at once. */
const MAX_RANDOM = 65_536;

/** Lets other pages connect; the promise `ended` has the reason for which the last connection ended. */
globalThis.receive = async () => {
  globalThis.receiver = new LP2PReceiver({ nickname: 'Screen' });
  globalThis.receiverClosed = new Promise((resolve) => {
    receiver.onclose = () => resolve('closed');
  });
  nextConnection();
  receiver.onconnection = ({ connection }) => use(connection);
  await receiver.start();
};

/** Connects, by `start` or `resume`. */
globalThis.request = async (how) => {
  nextConnection();
  use(await new LP2PRequest({ nickname: 'Remote' })[how]());
};

/** Makes `connected` a promise for the connection that comes next. */
globalThis.nextConnection = () => {
  globalThis.connected = new Promise((resolve) => {
    globalThis.isConnected = resolve;
  });
};

function use(connection) {
  globalThis.connection = connection;
  globalThis.ended = new Promise((resolve) => {
    connection.onclose = ({ reason }) => {
      nextConnection();
      resolve(reason);
    };
  });
  connection.onreconnect = (event) => use(event.connection);
  connection.ondatachannel = ({ channel }) => {
    channel.onmessage = ({ data }) => channel.send(data);
  };
  connection.ontransport = ({ transport }) => {
    transport.datagrams.incomingHighWaterMark = DATAGRAMS;
    transport.datagrams.readable.pipeTo(transport.datagrams.createWritable());
    transport.incomingBidirectionalStreams.pipeTo(
      new WritableStream({ write: ({ readable, writable }) => void readable.pipeTo(writable) }),
    );
  };
  globalThis.isConnected();
}

/** What comes back of a message. */
globalThis.echo = async (message) => {
  const channel = connection.createDataChannel('echo');
  await new Promise((resolve) => (channel.onopen = resolve));
  channel.send(message);
  const { data } = await new Promise((resolve) => (channel.onmessage = resolve));
  channel.close();
  return data;
};

/** Whether bytes come back as they were, on a channel and on a stream. */
globalThis.echoBytes = async (length) => {
  const bytes = random(length);
  const { readable, writable } = await new LP2PQuicTransport(connection).createBidirectionalStream();
  const sent = new Blob([bytes]).stream().pipeTo(writable);
  const streamed = await new Response(readable).arrayBuffer();
  await sent;
  const told = await echo(bytes);
  const digests = await Promise.all([bytes, streamed, told].map(digest));
  return digests.every((one) => one === digests[0]);
};

globalThis.digest = async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).toHex();

/** Sends something every moment, until the connection ends. */
globalThis.trickle = async () => {
  const channel = connection.createDataChannel('trickle');
  await new Promise((resolve) => (channel.onopen = resolve));
  const timer = setInterval(() => {
    if (channel.readyState === 'open') {
      channel.send(new Uint8Array(MESSAGE / 8));
    }
  }, 10);
  channel.onclose = () => clearInterval(timer);
};

/** Sends random bytes on a channel while it receives as many, and tells the digests of both. */
async function exchange(channel, bytes) {
  channel.binaryType = 'arraybuffer';
  const received = [];
  let left = bytes;
  const all = new Promise((resolve) => {
    channel.onmessage = ({ data }) => {
      received.push(data);
      left -= data.byteLength;
      if (left <= 0) {
        resolve();
      }
    };
  });
  const sent = random(bytes);
  channel.bufferedAmountLowThreshold = MESSAGE;
  for (let at = 0; at < bytes; at += MESSAGE) {
    channel.send(sent.subarray(at, at + MESSAGE));
    if (channel.bufferedAmount > 4 * MESSAGE) {
      await new Promise((resolve) => (channel.onbufferedamountlow = resolve));
    }
  }
  await all;
  return `${await digest(sent)} ${await digest(await new Blob(received).arrayBuffer())}`;
}

globalThis.exchangeOverChannel = async (bytes) => {
  const channel = connection.createDataChannel('exchange');
  await new Promise((resolve) => (channel.onopen = resolve));
  return exchange(channel, bytes);
};

globalThis.exchangeOverIncomingChannel = async (bytes) => {
  const channel = await new Promise((resolve) => {
    connection.ondatachannel = (event) => resolve(event.channel);
  });
  return exchange(channel, bytes);
};

/** The same on a stream of a transport. */
async function exchangeOverStream({ readable, writable }, bytes) {
  const sent = random(bytes);
  const received = new Response(readable).arrayBuffer();
  const writer = writable.getWriter();
  for (let at = 0; at < bytes; at += MESSAGE) {
    await writer.ready;
    writer.write(sent.subarray(at, at + MESSAGE));
  }
  await writer.close();
  return `${await digest(sent)} ${await digest(await received)}`;
}

globalThis.exchangeOverTransport = async (bytes) => {
  const transport = new LP2PQuicTransport(connection);
  return exchangeOverStream(await transport.createBidirectionalStream(), bytes);
};

globalThis.exchangeOverIncomingTransport = async (bytes) => {
  const transport = new LP2PQuicTransport(connection);
  const { value: stream } = await transport.incomingBidirectionalStreams.getReader().read();
  return exchangeOverStream(stream, bytes);
};

function random(length) {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += MAX_RANDOM) {
    crypto.getRandomValues(bytes.subarray(at, at + MAX_RANDOM));
  }
  return bytes;
}

/** Waits until the peer answers, on this connection or on the one that takes its place. */
globalThis.untilItTalks = async () => {
  let talks = false;
  while (!talks) {
    const isReplaced = ended.then(() => connected).then(() => false);
    // It fails on a connection that is lost already, or is then: that says no more than that the next one counts.
    const isAnswered = echo('there?').then(
      () => true,
      (error) => {
        console.log(`No answer: ${error}`);
        return isReplaced;
      },
    );
    talks = await Promise.race([isAnswered, isReplaced]);
  }
};
