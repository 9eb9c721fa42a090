/**
 * Measures what goes between two pages of two agents, and over an RTCDataChannel between the same pages, with nothing
 * attached to the browser that would see each frame: `LP2P_GATEWAYS=port,port node test/real/measure.js`.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import { chromiumPath, FLAGS } from '../chromium.js';

const MEGABYTES = Number(process.env.LP2P_MEGABYTES ?? 256);
const ROUNDS = 500;

const profile = await mkdtemp(join(tmpdir(), 'lp2p-measure-'));
const browser = spawn(chromiumPath(), [...FLAGS, '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank']);
const driver = await connect(await devToolsAddress(browser.stderr));
try {
  const [screen, remote] = await Promise.all(
    (process.env.LP2P_GATEWAYS ?? '').split(',').map((port) => driver.open(`http://127.0.0.1:${port}/try/`)),
  );
  await connectPages(screen, remote);
  const answers = {};
  for (const kind of ['rtc', 'lp2p', 'rtc', 'lp2p']) {
    (answers[kind] ??= []).push(await remote.run(measure, kind, MEGABYTES, ROUNDS));
  }
  console.log(JSON.stringify(answers, null, 1));
} finally {
  driver.close();
  browser.kill();
  await new Promise((resolve) => browser.once('exit', resolve));
  await rm(profile, { recursive: true, force: true });
}

/** Has both pages make `channels.lp2p` and `channels.rtc`; the screen answers what is short, and counts the rest. */
async function connectPages(screen, remote) {
  await screen.run(() => {
    globalThis.serve = (channel) => {
      let received = 0;
      channel.binaryType = 'arraybuffer';
      channel.onmessage = ({ data }) => {
        if (typeof data === 'string') {
          channel.send(data === 'count' ? `${received}` : data);
          received = data === 'count' ? 0 : received;
        } else {
          received += data.byteLength;
        }
      };
    };
    globalThis.receiver = new LP2PReceiver();
    receiver.onconnection = ({ connection }) => {
      connection.ondatachannel = ({ channel }) => serve(channel);
    };
    return receiver.start();
  });
  await remote.run(async () => {
    const connection = await new LP2PRequest().start();
    globalThis.rtc = new RTCPeerConnection();
    globalThis.channels = { lp2p: connection.createDataChannel('bench'), rtc: rtc.createDataChannel('bench') };
    await new Promise((resolve) => (channels.lp2p.onopen = resolve));
  });
  const offer = await remote.run(async () => {
    await rtc.setLocalDescription();
    await new Promise((resolve) => {
      rtc.onicegatheringstatechange = () => rtc.iceGatheringState === 'complete' && resolve();
    });
    return JSON.stringify(rtc.localDescription);
  });
  const answer = await screen.run(async (given) => {
    globalThis.rtc = new RTCPeerConnection();
    rtc.ondatachannel = ({ channel }) => serve(channel);
    await rtc.setRemoteDescription(JSON.parse(given));
    await rtc.setLocalDescription();
    await new Promise((resolve) => {
      rtc.onicegatheringstatechange = () => rtc.iceGatheringState === 'complete' && resolve();
    });
    return JSON.stringify(rtc.localDescription);
  }, offer);
  await remote.run(async (given) => {
    await rtc.setRemoteDescription(JSON.parse(given));
    await new Promise((resolve) => (channels.rtc.readyState === 'open' ? resolve() : (channels.rtc.onopen = resolve)));
  }, answer);
}

/** Runs in the remote's page. */
async function measure(kind, megabytes, rounds) {
  const channel = channels[kind];
  const ask = (text) =>
    new Promise((resolve) => {
      channel.onmessage = ({ data }) => resolve(data);
      channel.send(text);
    });
  const times = [];
  for (let i = 0; i < rounds; i++) {
    const begun = performance.now();
    await ask('x'.repeat(64));
    times.push(performance.now() - begun);
  }
  const part = new Uint8Array(64 * 1024);
  const begun = performance.now();
  for (let sent = 0; sent < megabytes * 1_000_000; sent += part.length) {
    if (channel.bufferedAmount > 1_000_000) {
      channel.bufferedAmountLowThreshold = 500_000;
      await new Promise((resolve) => (channel.onbufferedamountlow = resolve));
    }
    channel.send(part);
  }
  await ask('count');
  const seconds = (performance.now() - begun) / 1000;
  times.sort((a, b) => a - b);
  return { megabytesPerSecond: Math.round(megabytes / seconds), medianRoundTripMs: times[rounds / 2] };
}

function devToolsAddress(stderr) {
  return new Promise((resolve, reject) => {
    let text = '';
    stderr.on('data', (data) => {
      text += data;
      const found = /DevTools listening on (\S+)/.exec(text);
      if (found) {
        resolve(found[1]);
      }
    });
    stderr.on('end', () => reject(new Error(text)));
  });
}

async function connect(address) {
  const socket = new WebSocket(address, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const waiting = new Map();
  let last = 0;
  socket.on('message', (data) => {
    const { id, result, error } = JSON.parse(data);
    waiting.get(id)?.(error ? Promise.reject(new Error(error.message)) : result);
    waiting.delete(id);
  });
  const call = (method, params, sessionId) =>
    new Promise((resolve) => {
      waiting.set(++last, resolve);
      socket.send(JSON.stringify({ id: last, method, params, sessionId }));
    });
  return {
    async open(url) {
      const { targetId } = await call('Target.createTarget', { url: 'about:blank' });
      const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
      await call('Page.navigate', { url }, sessionId);
      const run = async (code, ...values) => {
        const expression = `(${code})(${values.map((value) => JSON.stringify(value)).join()})`;
        const options = { expression, awaitPromise: true, returnByValue: true };
        const { result, exceptionDetails } = await call('Runtime.evaluate', options, sessionId);
        if (exceptionDetails) {
          throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        }
        return result.value;
      };
      await run(() => document.readyState === 'complete' || new Promise((done) => addEventListener('load', done)));
      return { run };
    },
    close: () => socket.close(),
  };
}
