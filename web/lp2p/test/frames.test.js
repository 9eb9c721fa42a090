import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { test } from './limited.js';
import { openPage, stage, stopClock } from './browser.js';
import { TestGateway } from './gateway/test-gateway.js';

const LIBRARY = '<!doctype html><script type="module" src="/lp2p/src/global.js"></script>';

/** Another origin, whose frames have the library too. */
let other;
before(async () => {
  other = await TestGateway.start();
  other.document('/frame.html', LIBRARY);
});
after(() => other.stop());

function openTop(t, body, { library = LIBRARY, path = '/top.html' } = {}) {
  return openPage(t, stage, stage.gateway.document(path, `${library}${body}`));
}

/** Starts a receiver in a frame. */
function start(frame) {
  return frame.evaluate(async () => {
    await import('/lp2p/src/global.js');
    return new LP2PReceiver().start().then(
      () => 'started',
      ({ name }) => name,
    );
  });
}

/** Starts a receiver in the frames of a page. */
async function startInFrames(t, body, options) {
  const page = await openTop(t, body, options);
  const results = [];
  for (const frame of page.frames().slice(1)) {
    results.push(await start(frame));
  }
  return results;
}

/** A page without the library, and a frame in it that has asked; time passes as the test says. */
async function ask(t) {
  const page = await openTop(t, frame('allow="local-peer-to-peer"'), { library: '' });
  await stopClock(page.frames()[1]);
  await page.evaluate(() => {
    globalThis.asked = new Promise((resolve) => addEventListener('message', resolve, { once: true }));
  });
  const result = start(page.frames()[1]);
  await page.evaluate(() => asked.then(() => undefined));
  return { page, result };
}

const frame = (attributes, origin = other.origin) => `<iframe src="${origin}/frame.html" ${attributes}></iframe>`;

test('a frame of the page’s own origin may start', async (t) => {
  stage.gateway.document('/frame.html', LIBRARY);
  const results = await startInFrames(t, frame('', stage.gateway.origin) + '<iframe srcdoc="<p>"></iframe>');
  assert.deepEqual(results, ['started', 'started']);
});

test('a frame of the page’s own origin may not where its allow attribute says none', async (t) => {
  assert.deepEqual(await startInFrames(t, frame(`allow="local-peer-to-peer 'none'"`, stage.gateway.origin)), [
    'NotAllowedError',
  ]);
});

test('a frame of another origin may start only where its allow attribute has the token', async (t) => {
  const results = await startInFrames(
    t,
    [
      frame(''),
      frame('allow="camera; microphone *"'),
      frame('allow="camera; local-peer-to-peer"'),
      frame('allow="local-peer-to-peer *"'),
      frame(`allow="local-peer-to-peer ${other.origin}"`),
      frame(`allow="local-peer-to-peer https://example.com"`),
      frame(`allow="local-peer-to-peer 'self'"`),
      frame(`allow="local-peer-to-peer-other"`),
    ].join(''),
  );
  assert.deepEqual(results, [
    'NotAllowedError',
    'NotAllowedError',
    'started',
    'started',
    'started',
    'NotAllowedError',
    'NotAllowedError',
    'NotAllowedError',
  ]);
});

test('a frame of another origin may not start where the page around it has no library', async (t) => {
  const { page, result } = await ask(t);
  await page.frames()[1].evaluate(() => pass(10_000));
  assert.equal(await result, 'NotAllowedError');
});

test('a frame waits while the page around it is busy', async (t) => {
  const { page, result } = await ask(t);
  await page.frames()[1].evaluate(() => pass(9_000));
  await page.evaluate(async () => {
    const { answerFrames } = await import('/lp2p/src/lp2p.js');
    answerFrames();
    const { data, source, origin } = await asked;
    // As if the question had waited until now.
    dispatchEvent(new MessageEvent('message', { data, source, origin }));
  });
  assert.equal(await result, 'started');
});

test('a sandboxed frame, which has no origin, may not start', async (t) => {
  assert.deepEqual(
    await startInFrames(t, `<iframe srcdoc="<p>" sandbox="allow-scripts" allow="local-peer-to-peer"></iframe>`),
    ['NotAllowedError'],
  );
});

test('a frame in a frame may start only where every page above it allows it', async (t) => {
  stage.gateway.document('/inner.html', LIBRARY);
  const nested = (allow) => `${LIBRARY}<iframe src="${stage.gateway.origin}/inner.html" ${allow}></iframe>`;
  other.document('/plain.html', nested(''));
  other.document('/allowing.html', nested('allow="local-peer-to-peer"'));
  const around = (path, allow) => `<iframe src="${other.origin}/${path}" ${allow}></iframe>`;
  const inner = async (body) => (await startInFrames(t, body, { path: '/nest.html' })).at(-1);
  assert.equal(await inner(around('allowing.html', 'allow="local-peer-to-peer"')), 'started');
  assert.equal(await inner(around('plain.html', 'allow="local-peer-to-peer"')), 'NotAllowedError');
  assert.equal(await inner(around('allowing.html', '')), 'NotAllowedError');
});
