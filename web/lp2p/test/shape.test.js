import assert from 'node:assert/strict';
import { test } from './limited.js';
import { openChannel, openPage, stage } from './browser.js';
import { readInterfaces } from './idl.js';

/** Runs in a page or worker: what of the interfaces is not as WebIDL says, as sentences. */
async function differences(interfaces) {
  const found = [];
  const check = (isTrue, what) => isTrue || found.push(what);
  for (const { name, parent, constructor, members } of interfaces) {
    const global = Object.getOwnPropertyDescriptor(globalThis, name);
    check(global, `${name} is no global`);
    if (!global) {
      continue;
    }
    check(global.writable && global.configurable && !global.enumerable, `${name}: attributes of the global`);
    const type = global.value;
    const { prototype } = type;
    check(type.name === name, `${name} is called ${type.name}`);
    if (constructor === null) {
      check((await errorOf(() => new type())) === 'TypeError', `${name} can be constructed`);
    } else {
      check(type.length === constructor, `${name}: ${type.length} arguments of the constructor`);
    }
    const itsPrototype = Object.getOwnPropertyDescriptor(type, 'prototype');
    check(!itsPrototype.writable && !itsPrototype.enumerable && !itsPrototype.configurable, `${name}.prototype`);
    check(prototype[Symbol.toStringTag] === name, `${name}: toStringTag`);
    const tag = Object.getOwnPropertyDescriptor(prototype, Symbol.toStringTag);
    check(!tag.writable && !tag.enumerable && tag.configurable, `${name}: attributes of toStringTag`);
    const parentPrototype = parent ? globalThis[parent].prototype : Object.prototype;
    check(Object.getPrototypeOf(prototype) === parentPrototype, `${name} does not inherit from ${parent}`);
    if (parent) {
      check(Object.getPrototypeOf(type) === globalThis[parent], `${name}: the parent of the constructor`);
    }
    try {
      type();
      found.push(`${name} can be called without new`);
    } catch (e) {
      check(e instanceof TypeError, `${name} without new: ${e.name}`);
    }
    for (const member of members) {
      const where = `${name}.${member.name}`;
      const property = Object.getOwnPropertyDescriptor(member.isStatic ? type : prototype, member.name);
      check(property, `${where} is missing`);
      if (!property) {
        continue;
      }
      check(property.enumerable && property.configurable, `${where}: attributes`);
      if (member.isOperation) {
        check(property.writable && typeof property.value === 'function', `${where} is no operation`);
        check(property.value.length === member.required, `${where}: ${property.value.length} arguments`);
        check(property.value.name === member.name, `${where} is called ${property.value.name}`);
      } else {
        check(property.get?.name === `get ${member.name}`, `${where} has no getter`);
        check(member.isReadonly ? property.set === undefined : property.set?.length === 1, `${where}: setter`);
      }
      if (!member.isStatic) {
        const onOther = await errorOf(() => (property.get ?? property.value).call({}, new ArrayBuffer(1), {}));
        const expected = member.isPromise ? 'rejected TypeError' : 'TypeError';
        check(onOther === expected, `${where} of another object: ${onOther}`);
      }
    }
    const known = new Set(['constructor', ...members.map((member) => member.name)]);
    for (const key of Object.getOwnPropertyNames(prototype)) {
      check(known.has(key), `${name}.${key} is not in the IDL`);
    }
  }
  return found;

  async function errorOf(action) {
    let result;
    try {
      result = action();
    } catch (e) {
      return e.name;
    }
    try {
      await result;
      return 'nothing';
    } catch (e) {
      return `rejected ${e.name}`;
    }
  }
}

/** A worker that answers with the differences in it. */
const WORKER = `
  import '/lp2p/src/global.js';
  ${differences}
  const answer = (port) => (port.onmessage = async ({ data }) => port.postMessage(await differences(data)));
  if ('onconnect' in globalThis) {
    onconnect = ({ ports: [port] }) => answer(port);
  } else {
    answer(globalThis);
  }`;

test('every interface has the shape that the IDL says', async (t) => {
  const interfaces = await readInterfaces();
  assert.ok(interfaces.length >= 12);
  const page = await openPage(t, stage);
  assert.deepEqual(await page.evaluate(differences, interfaces), []);
  const extra = await page.evaluate(() =>
    Object.getOwnPropertyNames(globalThis).filter((name) => name.startsWith('LP2P')),
  );
  assert.deepEqual(extra.toSorted(), interfaces.map(({ name }) => name).toSorted());
});

for (const kind of ['Worker', 'SharedWorker']) {
  test(`every interface has that shape in a ${kind}`, async (t) => {
    const url = stage.gateway.document('/shape-worker.js', WORKER);
    stage.gateway.documents.get('/shape-worker.js').type = 'text/javascript';
    const page = await openPage(t, stage);
    const found = await page.evaluate(
      async ([url, kind, interfaces]) => {
        const worker = new globalThis[kind](url, { type: 'module' });
        worker.onerror = ({ message }) => console.error(message);
        const port = worker.port ?? worker;
        // What is posted before the module runs waits for it.
        port.postMessage(interfaces);
        const { data } = await new Promise((resolve) => (port.onmessage = resolve));
        return data;
      },
      [url, kind, await readInterfaces()],
    );
    assert.deepEqual(found, []);
  });
}

test('operations and constructors convert what they are given as WebIDL says', async (t) => {
  const { requester } = await openChannel(t, stage);
  const outcomes = await requester.evaluate(async () => {
    const outcome = async (action) => {
      try {
        return String(await action());
      } catch ({ name }) {
        return name;
      }
    };
    const proto = LP2PReceiver.prototype;
    return Promise.all([
      outcome(() => new LP2PReceiver(null).constructor.name),
      outcome(() => new LP2PReceiver(5)),
      outcome(() => new LP2PRequest({ nickname: Symbol('x') })),
      outcome(() => new LP2PConnection()),
      outcome(() => new LP2PDataChannel('x')),
      outcome(() => new LP2PConnectionEvent('x')),
      outcome(() => new LP2PConnectionEvent('x', {})),
      outcome(() => new LP2PConnectionEvent('x', { connection: {} })),
      outcome(() => new LP2PConnectionEvent('x', { connection: conn, bubbles: true }).bubbles),
      outcome(() => new LP2PDataChannelEvent('x', { channel }).channel === channel),
      outcome(() => new LP2PDataChannelEvent('x', { channel }).isTrusted),
      outcome(() => new LP2PQuicTransport()),
      outcome(() => new LP2PQuicTransport({})),
      outcome(() => new LP2PQuicTransportListener(conn)),
      outcome(() => conn.createDataChannel()),
      outcome(() => channel.send()),
      outcome(() => proto.close.call({})),
      // A promise that is rejected, not an exception.
      outcome(() => proto.start.call({}).catch(({ name }) => `rejected ${name}`)),
      outcome(() => `${channel}`),
      outcome(() => Object.keys(LP2PDataChannel.prototype).includes('send')),
    ]);
  });
  assert.deepEqual(outcomes, [
    'LP2PReceiver',
    'TypeError',
    'TypeError',
    'TypeError',
    'TypeError',
    'TypeError',
    'TypeError',
    'TypeError',
    'true',
    'true',
    'false',
    'TypeError',
    'TypeError',
    'TypeError',
    'TypeError',
    'TypeError',
    'TypeError',
    'rejected TypeError',
    '[object LP2PDataChannel]',
    'true',
  ]);
});

test('every event handler of the IDL is one, and hears its event', async (t) => {
  const interfaces = await readInterfaces();
  const handlers = interfaces.flatMap(({ name, members }) =>
    members.filter(({ isHandler }) => isHandler).map((member) => [name, member.name]),
  );
  assert.ok(handlers.length >= 12, `${handlers}`);
  const { requester } = await openChannel(t, stage);
  const wrong = await requester.evaluate((handlers) => {
    const objects = { LP2PReceiver: new LP2PReceiver(), LP2PConnection: conn, LP2PDataChannel: channel };
    return handlers.filter(([name, handler]) => {
      const target = objects[name];
      target[handler] = null;
      const seen = [target[handler]];
      const listener = (event) => seen.push(event.type);
      target[handler] = listener;
      seen.push(target[handler] === listener);
      target.dispatchEvent(new Event(handler.slice(2)));
      target[handler] = 'no function';
      seen.push(target[handler]);
      return `${seen}` !== `,true,${handler.slice(2)},`;
    });
  }, handlers);
  assert.deepEqual(wrong, []);
});

test('event handlers behave as those of the browser’s own objects', async (t) => {
  const { requester } = await openChannel(t, stage);
  const [own, native] = await requester.evaluate(() => {
    const exercise = (target, type) => {
      const seen = [];
      const handler = `on${type}`;
      const fire = () => target.dispatchEvent(new Event(type, { cancelable: true }));
      target[handler] = 5;
      seen.push(target[handler]);
      target.addEventListener(type, () => seen.push('first'));
      target[handler] = () => seen.push('old');
      target.addEventListener(type, () => seen.push('last'));
      const current = function (event) {
        seen.push(this === target, event.type === type, arguments.length);
        return false;
      };
      target[handler] = current;
      seen.push(target[handler] === current, fire());
      target[handler] = null;
      seen.push(target[handler], fire());
      target[handler] = () => seen.push('again');
      fire();
      const object = { handleEvent: () => seen.push('never') };
      target[handler] = object;
      seen.push(target[handler] === object);
      fire();
      target[handler] = undefined;
      seen.push(target[handler]);
      return seen.map(String);
    };
    return [exercise(channel, 'error'), exercise(new BroadcastChannel('x'), 'messageerror')];
  });
  assert.deepEqual(own, native);
  assert.ok(own.length > 15);
});
