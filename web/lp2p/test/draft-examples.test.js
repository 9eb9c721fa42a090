import assert from 'node:assert/strict';
import { test } from './limited.js';
import { stage } from './browser.js';

/** A page that runs an example, and then says that it is done. */
async function run(t, example) {
  const page = await stage.context.newPage();
  t.after(() => page.close());
  const lines = [];
  const watchers = [];
  page.on('console', (message) => {
    lines.push(message.text());
    watchers.splice(0).forEach((resolve) => resolve());
  });
  const errors = [];
  page.on('pageerror', (error) => errors.push(error));
  const body = `<!doctype html><script type="module">
    import '/lp2p/src/global.js';
    await import('/lp2p/test/draft-examples/${example}.js');
    console.log('done');
  </script>`;
  const socket = stage.gateway.nextPage();
  await page.goto(stage.gateway.document(`/${example}.html`, body), { waitUntil: 'commit' });
  return {
    socket: await socket,
    async logs(line) {
      while (!lines.includes(line)) {
        assert.deepEqual(errors, []);
        await new Promise((resolve) => watchers.push(resolve));
      }
      return lines;
    },
  };
}

test('setting up a receiver and a request', async (t) => {
  const receiver = await run(t, 'receiver');
  await receiver.logs('done');
  const request = await run(t, 'request');
  await request.logs('done');
  await request.logs('Connection established!');
  await receiver.logs('Connection established!');
});

test('a transport on an existing connection, on both sides', async (t) => {
  const receiver = await run(t, 'transport-on-connection-receiver');
  const request = await run(t, 'transport-on-connection-request');
  await request.logs('done');
  await receiver.logs('done');
});

test('a data channel on an existing connection, on both sides', async (t) => {
  const receiver = await run(t, 'channel-receiver');
  const request = await run(t, 'channel-request');
  await request.logs('Requester: Got a connection!');
  await receiver.logs('Receiver: Got a connection!');
  await receiver.logs('Receiver: Received message: Good day to you, receiver!');
  await receiver.logs('done');
  await request.logs('done');
});

test('a request for a transport, and a listener that takes it', async (t) => {
  const receiver = await run(t, 'transport-listener');
  await receiver.socket.hears('receiver.start');
  const request = await run(t, 'transport-request');
  await request.logs('done');
});
