import assert from 'node:assert/strict';
import { test } from './limited.js';
import { openPair, openChannel, stage } from './browser.js';

test('text, bytes and Blobs arrive in order as what they were sent as', async (t) => {
  const { receiver, requester } = await openChannel(t, stage);
  await requester.evaluate(() => {
    channel.send('\ufeffgrüße 🌍');
    channel.send('');
    channel.send(new Uint8Array([1, 2, 3]));
    channel.send(new Uint8Array([9, 1, 2, 3, 9]).subarray(1, 4));
    channel.send(new Uint16Array([258]).buffer);
    channel.send(new DataView(new ArrayBuffer(0)));
    channel.send(new Blob(['blob']));
    channel.send(new Blob([]));
    channel.send('lone \ud800');
    channel.send('end');
  });
  const arrived = await receiver.evaluate(async () => {
    while (messages.at(-1) !== 'end') {
      await new Promise((resolve) => channel.addEventListener('message', resolve, { once: true }));
    }
    return Promise.all(
      messages.map(async (data) => {
        if (typeof data === 'string') return data;
        const name = data.constructor.name;
        const bytes = data instanceof Blob ? await data.arrayBuffer() : data;
        return `${name} ${[...new Uint8Array(bytes)]}`;
      }),
    );
  });
  assert.deepEqual(arrived, [
    '\ufeffgrüße 🌍',
    '',
    'ArrayBuffer 1,2,3',
    'ArrayBuffer 1,2,3',
    'ArrayBuffer 2,1',
    'ArrayBuffer ',
    'Blob 98,108,111,98',
    'Blob ',
    'lone \ufffd',
    'end',
  ]);
});

test('a channel of the peer is announced, then open, and only then has messages', async (t) => {
  const { receiver, requester } = await openPair(t, stage);
  await receiver.evaluate(() => {
    globalThis.seen = [];
    globalThis.ended = new Promise((resolve) => {
      conn.ondatachannel = ({ channel }) => {
        seen.push(`datachannel ${channel.readyState}`);
        for (const type of ['open', 'message', 'closing', 'close']) {
          channel.addEventListener(type, () => seen.push(type));
        }
        channel.addEventListener('close', resolve);
      };
    });
  });
  const seen = await requester.evaluate(async () => {
    const channel = conn.createDataChannel('x');
    const seen = [`${channel.readyState} ${channel.id}`];
    channel.onopen = () => {
      seen.push(`${channel.readyState} ${channel.id}`);
      channel.send('1');
      channel.send(new Blob(['2']));
      channel.send('3');
      channel.close();
    };
    await new Promise((resolve) => (channel.onclose = resolve));
    return seen;
  });
  assert.deepEqual(seen, ['connecting null', 'open 0']);
  await receiver.evaluate(() => ended.then(() => undefined));
  assert.deepEqual(await receiver.evaluate(() => seen), [
    'datachannel open',
    'open',
    'message',
    'message',
    'message',
    'closing',
    'close',
  ]);
});

test('binaryType decides how bytes arrive, and ignores what is no BinaryType', async (t) => {
  const { receiver, requester } = await openChannel(t, stage);
  const types = await receiver.evaluate(() => {
    const seen = [channel.binaryType];
    channel.binaryType = 'blob';
    seen.push(channel.binaryType);
    channel.binaryType = 'nothing';
    seen.push(channel.binaryType);
    globalThis.next = new Promise((resolve) => (channel.onmessage = (e) => resolve(e.data.constructor.name)));
    return seen;
  });
  assert.deepEqual(types, ['arraybuffer', 'blob', 'blob']);
  await requester.evaluate(() => channel.send(new Uint8Array(3)));
  assert.equal(await receiver.evaluate(() => next), 'Blob');
});

test('a channel has its label, protocol and id on both sides, and the requester has even ids', async (t) => {
  const { receiver, requester } = await openChannel(t, stage, { protocol: 'chat' });
  const describe = () => [channel.label, channel.protocol, channel.id, channel.readyState];
  assert.deepEqual(await requester.evaluate(describe), ['test', 'chat', 0, 'open']);
  assert.deepEqual(await receiver.evaluate(describe), ['test', 'chat', 0, 'open']);
  const id = await receiver.evaluate(async () => {
    const own = conn.createDataChannel('own');
    await new Promise((resolve) => (own.onopen = resolve));
    return own.id;
  });
  assert.equal(id, 1);
});

test('an id is taken once, and ids outside the range are refused', async (t) => {
  const { requester } = await openChannel(t, stage, { id: 7 });
  const errors = await requester.evaluate(() => {
    const error = (action) => {
      try {
        action();
        return 'none';
      } catch ({ name }) {
        return name;
      }
    };
    return [
      error(() => conn.createDataChannel('x', { id: 7 })),
      error(() => conn.createDataChannel('x', { id: 65535 })),
      error(() => conn.createDataChannel('x', { id: -1 })),
      error(() => conn.createDataChannel('x', { id: NaN })),
      error(() => conn.createDataChannel('x'.repeat(65536))),
      error(() => conn.createDataChannel(Symbol('x'))),
      error(() => conn.createDataChannel('x', 3)),
      error(() => conn.createDataChannel('x', { id: 8.9 })),
    ];
  });
  assert.deepEqual(errors, [
    'OperationError',
    'TypeError',
    'TypeError',
    'TypeError',
    'TypeError',
    'TypeError',
    'TypeError',
    'none',
  ]);
});

test('close goes after everything sent, and the peer sees closing, then close', async (t) => {
  const { receiver, requester } = await openChannel(t, stage);
  await receiver.evaluate(() => {
    globalThis.seen = [];
    channel.onmessage = ({ data }) => seen.push(data.byteLength);
    for (const type of ['closing', 'close', 'error']) {
      channel.addEventListener(type, () => seen.push(`${type} ${channel.readyState}`));
    }
    globalThis.ended = new Promise((resolve) => (channel.onclose = resolve));
  });
  const here = await requester.evaluate(async () => {
    const seen = [];
    for (const type of ['closing', 'close', 'error']) {
      channel.addEventListener(type, () => seen.push(`${type} ${channel.readyState}`));
    }
    channel.send(new Uint8Array(3_000_000));
    channel.close();
    channel.close();
    seen.push(channel.readyState);
    try {
      channel.send('late');
    } catch ({ name }) {
      seen.push(name);
    }
    await new Promise((resolve) => (channel.onclose = resolve));
    return seen;
  });
  assert.deepEqual(here, ['closing', 'InvalidStateError', 'close closed']);
  assert.deepEqual(await receiver.evaluate(() => ended.then(() => seen)), [
    3_000_000,
    'closing closing',
    'close closed',
  ]);
});

test('a channel that both sides close at once says so once', async (t) => {
  const { receiver, requester } = await openChannel(t, stage);
  const [, socket] = stage.gateway.pages;
  stage.gateway.behaviour.withholdsCredit = true;
  t.after(() => (stage.gateway.behaviour.withholdsCredit = false));
  // The peer has more to send than it has credit for, so the channel does not end meanwhile.
  await receiver.evaluate(() => channel.send(new Uint8Array(300_000)));
  await requester.evaluate(() => channel.close());
  const { channel } = await socket.hears('channel.close');
  socket.send({ type: 'channel.closing', channel });
  await socket.catchesUp();
  assert.equal(socket.said.filter(({ type }) => type === 'channel.close').length, 1);
  assert.equal(await requester.evaluate(() => channel.readyState), 'closing');
});

test('what a page has sent still arrives at the peer that closes', async (t) => {
  const { receiver, requester } = await openChannel(t, stage);
  const [, socket] = stage.gateway.pages;
  await requester.evaluate(() => {
    globalThis.states = [];
    globalThis.ended = new Promise((resolve) => {
      channel.onclosing = () => {
        states.push(channel.readyState);
        globalThis.waiting = channel.bufferedAmount;
      };
      channel.onclose = resolve;
    });
    channel.send(new Uint8Array(10_000_000));
  });
  await receiver.evaluate(() => channel.close());
  await requester.evaluate(() => ended.then(() => undefined));
  assert.deepEqual(await requester.evaluate(() => states), ['closing']);
  assert.equal(await requester.evaluate(() => channel.bufferedAmount), 0);
  assert.ok(await requester.evaluate(() => waiting > 0));
  assert.equal(socket.said.filter(({ type }) => type === 'channel.close').length, 1);
});

test('a message of 16 MiB arrives whole, and a byte more is a TypeError', async (t) => {
  const { receiver, requester } = await openChannel(t, stage);
  const error = await requester.evaluate(() => {
    const max = 16 * 1024 * 1024;
    channel.send('x'.repeat(max));
    try {
      channel.send(new ArrayBuffer(max + 1));
    } catch ({ name }) {
      return name;
    }
  });
  assert.equal(error, 'TypeError');
  const length = await receiver.evaluate(async () => {
    while (messages.length === 0) {
      await new Promise((resolve) => channel.addEventListener('message', resolve, { once: true }));
    }
    return messages[0].length;
  });
  assert.equal(length, 16 * 1024 * 1024);
});

test('bufferedAmount grows while the agent gives no credit, and a page that goes on gets an OperationError', async (t) => {
  const { requester } = await openChannel(t, stage);
  stage.gateway.behaviour.withholdsCredit = true;
  t.after(() => (stage.gateway.behaviour.withholdsCredit = false));
  const before = stage.gateway.pages[1].frames;
  const result = await requester.evaluate(() => {
    const chunk = new Uint8Array(16 * 1024 * 1024);
    let sent = 0;
    for (;;) {
      try {
        channel.send(chunk);
        sent++;
      } catch ({ name }) {
        return { sent, name, amount: channel.bufferedAmount, state: channel.readyState };
      }
    }
  });
  // Four of them wait, less what the first window took.
  assert.deepEqual(result, { sent: 4, name: 'OperationError', amount: 64 * 1024 * 1024, state: 'open' });
  const page = stage.gateway.pages[1];
  await page.hears('channel.open');
  assert.ok(page.frames - before <= 4, `${page.frames - before} frames went beyond the credit`);
});

test('a bulk transfer on one channel does not hold up another', async (t) => {
  const { receiver, requester } = await openChannel(t, stage);
  await receiver.evaluate(() => {
    globalThis.bulk = 0;
    channel.onmessage = ({ data }) => (bulk += data.byteLength);
    conn.ondatachannel = ({ channel: echo }) => {
      echo.onmessage = ({ data }) => echo.send(`${data} after ${bulk}`);
    };
  });
  const echoed = await requester.evaluate(async () => {
    const quick = conn.createDataChannel('quick');
    await new Promise((resolve) => (quick.onopen = resolve));
    const chunk = new Uint8Array(16 * 1024 * 1024);
    for (let i = 0; i < 3; i++) {
      channel.send(chunk);
    }
    quick.send('hello');
    return new Promise((resolve) => (quick.onmessage = ({ data }) => resolve(data)));
  });
  assert.equal(echoed, 'hello after 0');
});

test('a Blob larger than any other message goes each way at once and arrives equal', async (t) => {
  const { receiver, requester } = await openChannel(t, stage);
  const exchange = async (seed) => {
    const part = new Uint8Array(1024 * 1024);
    const parts = [];
    for (let i = 0; i < 20; i++) {
      for (let j = 0; j < part.length; j += 4096) {
        part[j] = (seed + i * 31 + j) % 251;
      }
      parts.push(part.slice());
    }
    const digest = async (blob) => {
      const hash = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
      return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    };
    const blob = new Blob(parts);
    const received = new Promise((resolve) => (channel.onmessage = ({ data }) => resolve(data)));
    channel.send('ready');
    globalThis.go = async () => {
      channel.send(blob);
      const other = await got;
      return { sent: await digest(blob), got: await digest(other), size: other.size, type: other.constructor.name };
    };
    await received;
    globalThis.got = new Promise((resolve) => (channel.onmessage = ({ data }) => resolve(data)));
  };
  await Promise.all([receiver.evaluate(exchange, 1), requester.evaluate(exchange, 2)]);
  const [a, b] = await Promise.all([receiver.evaluate(() => go()), requester.evaluate(() => go())]);
  assert.equal(a.got, b.sent);
  assert.equal(b.got, a.sent);
  assert.notEqual(a.sent, b.sent);
  assert.deepEqual([a.size, a.type, b.size, b.type], [20 * 2 ** 20, 'Blob', 20 * 2 ** 20, 'Blob']);
});

test('a Blob that cannot be read ends the channel with an error on both sides', async (t) => {
  const { receiver, requester } = await openChannel(t, stage);
  const wait = () => {
    globalThis.ended = new Promise((resolve) => {
      channel.onerror = ({ error }) => (globalThis.failure = error.name);
      channel.onclose = () => resolve(globalThis.failure);
    });
  };
  await receiver.evaluate(wait);
  await requester.evaluate(wait);
  await requester.evaluate(() => {
    class Unreadable extends Blob {
      get size() {
        return 10;
      }
      slice() {
        return { arrayBuffer: () => Promise.reject(new DOMException('changed', 'NotReadableError')) };
      }
    }
    channel.send(new Unreadable());
  });
  assert.equal(await requester.evaluate(() => ended), 'OperationError');
  assert.equal(await receiver.evaluate(() => ended), 'OperationError');
});

test('more channels than there may be are an OperationError, and one that closed makes room', async (t) => {
  const { requester } = await openPair(t, stage);
  const names = await requester.evaluate(async () => {
    const channels = Array.from({ length: 4096 }, () => conn.createDataChannel('x'));
    const name = () => {
      try {
        return conn.createDataChannel('x').label;
      } catch (e) {
        return e.name;
      }
    };
    const before = name();
    await new Promise((resolve) => {
      channels[0].onclose = resolve;
      channels[0].close();
    });
    return [before, name()];
  });
  assert.deepEqual(names, ['OperationError', 'x']);
});

test('bytes are copied by send, so that a page may change them after', async (t) => {
  const { receiver, requester } = await openChannel(t, stage);
  await requester.evaluate(() => {
    const bytes = new Uint8Array(1_000_000).fill(1);
    channel.send(bytes);
    bytes.fill(2);
  });
  const sum = await receiver.evaluate(async () => {
    while (messages.length === 0) {
      await new Promise((resolve) => channel.addEventListener('message', resolve, { once: true }));
    }
    return new Uint8Array(messages[0]).reduce((total, byte) => total + byte, 0);
  });
  assert.equal(sum, 1_000_000);
});

test('what the agent gave no credit for when the channel closed is an error, as the peer did not get it', async (t) => {
  const { requester } = await openChannel(t, stage);
  const [, socket] = stage.gateway.pages;
  stage.gateway.behaviour.withholdsCredit = true;
  t.after(() => (stage.gateway.behaviour.withholdsCredit = false));
  await requester.evaluate(() => {
    globalThis.seen = [];
    globalThis.ended = new Promise((resolve) => {
      channel.onerror = ({ error }) => seen.push(error.name);
      channel.onclose = () => resolve([...seen, channel.bufferedAmount]);
    });
    channel.send('too late');
  });
  const { channel } = await socket.hears('channel.open');
  socket.send({ type: 'channel.closed', channel });
  assert.deepEqual(await requester.evaluate(() => ended), ['OperationError', 8]);
});
