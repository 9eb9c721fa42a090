import assert from 'node:assert/strict';
import { test } from './limited.js';
import { openPage, stage } from './browser.js';

/** Receives in a worker, and answers `answer` when it has started and when a message has come. */
const WORK = `
  const receiver = new LP2PReceiver({ nickname: 'worker' });
  receiver.onconnection = ({ connection }) => {
    connection.ondatachannel = ({ channel }) => {
      channel.onmessage = ({ data }) => channel.send('worker got ' + data);
    };
    connection.ontransport = async ({ transport }) => {
      const { value } = await transport.incomingUnidirectionalStreams.getReader().read();
      const { value: bytes } = await value.getReader().read();
      answer('read ' + bytes);
    };
  };
  receiver.start().then(() => answer('started'), (e) => answer(e.name + ' ' + e.message));`;

const SCRIPTS = {
  module: `import '/lp2p/src/global.js'; const answer = (x) => postMessage(x); ${WORK}`,
  classic: `const answer = (x) => postMessage(x); import('/lp2p/src/global.js').then(() => { ${WORK} });`,
  shared: `
    import '/lp2p/src/global.js';
    const ports = [];
    const said = [];
    const answer = (x) => { said.push(x); ports.forEach((port) => port.postMessage(x)); };
    onconnect = ({ ports: [port] }) => { ports.push(port); said.forEach((x) => port.postMessage(x)); };
    ${WORK}`,
};

for (const kind of Object.keys(SCRIPTS)) {
  test(`a ${kind} worker receives, with channels and transports`, async (t) => {
    const url = stage.gateway.document(`/${kind}-worker.js`, SCRIPTS[kind]);
    stage.gateway.documents.get(`/${kind}-worker.js`).type = 'text/javascript';
    const hello = stage.gateway.nextPage();
    const host = await openPage(t, stage);
    const started = await host.evaluate(
      ([url, kind]) => {
        const type = kind === 'classic' ? 'classic' : 'module';
        const worker = kind === 'shared' ? new SharedWorker(url, { type }) : new Worker(url, { type });
        globalThis.answers = [];
        globalThis.worker = worker;
        const port = worker.port ?? worker;
        globalThis.answer = () => new Promise((resolve) => (port.onmessage = ({ data }) => resolve(data)));
        return globalThis.answer();
      },
      [url, kind],
    );
    assert.equal(started, 'started');
    // A worker cannot know whether the user has acted, so the agent's question is what there is.
    assert.equal((await (await hello).hears('receiver.start')).activation, false);
    const read = host.evaluate(() => answer());
    const page = await openPage(t, stage);
    const echoed = await page.evaluate(async () => {
      const conn = await new LP2PRequest().start();
      const channel = conn.createDataChannel('x');
      await new Promise((resolve) => (channel.onopen = resolve));
      channel.send('hello');
      const { data } = await new Promise((resolve) => (channel.onmessage = resolve));
      const writer = (await new LP2PQuicTransport(conn).createUnidirectionalStream()).getWriter();
      await writer.write(new Uint8Array([1, 2, 3]));
      return data;
    });
    assert.equal(echoed, 'worker got hello');
    assert.equal(await read, 'read 1,2,3');
  });
}

test('a page and its worker are two connections to the agent', async (t) => {
  stage.gateway.document('/idle-worker.js', SCRIPTS.module);
  stage.gateway.documents.get('/idle-worker.js').type = 'text/javascript';
  const page = await openPage(t, stage);
  const first = stage.gateway.nextPage();
  await page.evaluate(() => new LP2PReceiver().start());
  const second = stage.gateway.nextPage();
  await page.evaluate(async () => {
    globalThis.worker = new Worker('/idle-worker.js', { type: 'module' });
    await new Promise((resolve) => (worker.onmessage = resolve));
  });
  const [ofPage, ofWorker] = await Promise.all([first, second]);
  assert.notEqual(ofPage, ofWorker);
  await page.evaluate(() => worker.terminate());
  await ofWorker.closed;
  ofPage.send({ type: 'ping', id: 1 });
  await ofPage.hears('pong');
});

test('nothing is installed where the context is not secure, nor over what is there already', async (t) => {
  const body = `<!doctype html><script>
    window.LP2PReceiver = 'native';
  </script><script type="module" src="/lp2p/src/global.js"></script>`;
  const page = await openPage(t, stage, stage.gateway.document('/native.html', body));
  assert.deepEqual(await page.evaluate(() => [LP2PReceiver, typeof globalThis.LP2PRequest]), ['native', 'undefined']);
});
