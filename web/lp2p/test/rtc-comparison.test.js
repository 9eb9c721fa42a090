import assert from 'node:assert/strict';
import { test } from './limited.js';
import { openChannel, stage } from './browser.js';

/** Runs in a page, with a channel that is open and whose peer echoes; the same for both kinds of channel. */
async function exercise(kind) {
  const near = kind === 'rtc' ? await rtcChannel() : globalThis.channel;
  const log = [];
  const error = (action) => {
    try {
      action();
      return 'no error';
    } catch (e) {
      return e.name;
    }
  };
  const next = (type) => new Promise((resolve) => near.addEventListener(type, resolve, { once: true }));

  log.push(near.readyState, near.binaryType, near.bufferedAmount, near.bufferedAmountLowThreshold, near.protocol);
  log.push(Object.prototype.toString.call(near).startsWith('[object '));
  log.push(
    error(() => near.send()),
    error(() => near.send(Symbol('x'))),
  );
  near.binaryType = 'arraybuffer';

  for (const data of ['text', '', 42, null, new Uint8Array([1, 2, 3]), new Uint16Array([1]).buffer]) {
    const answer = next('message');
    near.send(data);
    const { data: echoed, constructor } = await answer;
    log.push(typeof echoed === 'string' ? echoed : [...new Uint8Array(echoed)].join(), constructor.name);
  }

  near.bufferedAmountLowThreshold = 100;
  log.push(near.bufferedAmountLowThreshold);
  near.bufferedAmountLowThreshold = -1;
  log.push(near.bufferedAmountLowThreshold);
  near.bufferedAmountLowThreshold = 0;

  let lows = 0;
  const low = new Promise((resolve) => {
    near.onbufferedamountlow = (event) => {
      lows++;
      log.push(event.constructor.name, event.type, event.bubbles, event.cancelable, event.target === near);
      resolve(undefined);
    };
  });
  const amounts = [];
  for (let i = 0; i < 10; i++) {
    near.send(new Uint8Array(10_000));
    amounts.push(near.bufferedAmount);
  }
  log.push(`${amounts}`);
  await low;
  log.push(near.bufferedAmount, lows);

  near.onbufferedamountlow = null;
  near.bufferedAmountLowThreshold = 30_000;
  for (let round = 0; round < 2; round++) {
    const fell = [];
    const hear = () => fell.push(near.bufferedAmount <= 30_000);
    near.addEventListener('bufferedamountlow', hear);
    // What never was above the threshold does not fall to it.
    near.send(new Uint8Array(30_000));
    await echoOf(30_000);
    log.push(`${fell}`);
    for (let i = 0; i < 10; i++) {
      near.send(new Uint8Array(10_001));
    }
    for (let i = 0; i < 10; i++) {
      await echoOf(10_001);
    }
    log.push(`${fell}`, near.bufferedAmount);
    near.removeEventListener('bufferedamountlow', hear);
  }

  const order = [];
  near.onmessage = ({ data }) => order.push(typeof data === 'string' ? data : new Uint8Array(data)[0]);
  for (let i = 0; i < 100; i++) {
    near.send(i % 2 === 0 ? `${i}` : new Uint8Array([i]));
  }
  while (order.length < 100) {
    await next('message');
  }
  log.push(`${order}`);
  near.onmessage = null;

  near.onbufferedamountlow = 5;
  log.push(near.onbufferedamountlow);
  const closed = next('close');
  near.close();
  log.push(
    near.readyState,
    error(() => near.send('late')),
  );
  log.push(
    (await closed).constructor.name,
    near.readyState,
    error(() => near.send('late')),
  );
  near.close();

  // The other side closes, and says so first.
  const other = kind === 'rtc' ? await rtcChannel() : await lp2pChannel();
  const seen = [];
  for (const type of ['message', 'error', 'closing', 'close']) {
    other.addEventListener(type, () => seen.push(`${type} ${other.readyState}`));
  }
  const ended = new Promise((resolve) => other.addEventListener('close', resolve));
  other.send('please close');
  await ended;
  log.push(`${seen}`);
  return log;

  async function echoOf(bytes) {
    while ((await next('message')).data.byteLength !== bytes);
  }

  async function lp2pChannel() {
    const made = conn.createDataChannel('test');
    await new Promise((resolve) => (made.onopen = resolve));
    return made;
  }

  async function rtcChannel() {
    const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
    a.onicecandidate = ({ candidate }) => candidate && b.addIceCandidate(candidate);
    b.onicecandidate = ({ candidate }) => candidate && a.addIceCandidate(candidate);
    b.ondatachannel = ({ channel }) => {
      channel.onmessage = ({ data }) => (data === 'please close' ? channel.close() : channel.send(data));
    };
    const made = a.createDataChannel('test');
    await a.setLocalDescription();
    await b.setRemoteDescription(a.localDescription);
    await b.setLocalDescription();
    await a.setRemoteDescription(b.localDescription);
    await new Promise((resolve) => (made.onopen = resolve));
    return made;
  }
}

test('send, bufferedAmount, bufferedamountlow and close have equal outcomes on both kinds of channel', async (t) => {
  // A page that may listen names its own addresses to itself. Else the browser would name them by multicast, on every network.
  await stage.context.grantPermissions(['microphone']);
  t.after(() => stage.context.clearPermissions());
  const { receiver, requester } = await openChannel(t, stage);
  await receiver.evaluate(() => {
    const echo = (channel) => {
      channel.onmessage = ({ data }) => (data === 'please close' ? channel.close() : channel.send(data));
    };
    echo(channel);
    conn.ondatachannel = ({ channel }) => echo(channel);
  });
  const rtc = await requester.evaluate(exercise, 'rtc');
  const lp2p = await requester.evaluate(exercise, 'lp2p');
  assert.deepEqual(lp2p, rtc);
  assert.ok(rtc.length > 30);
});
