import { after, before, beforeEach } from 'node:test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { launchOptions } from './chromium.js';
import { TestGateway } from './gateway/test-gateway.js';

const EMPTY = '<!doctype html><meta charset="utf-8"><script type="module" src="/lp2p/src/global.js"></script>';

/**
 * One browser and one gateway for all tests of a process: of one file, or of all of them, where `all.js` runs them.
 *
 * @type {{ gateway: TestGateway, context: import('playwright-core').BrowserContext }}
 */
export const stage = { gateway: null, context: null };

let profile;
before(async () => {
  profile = await mkdtemp(join(tmpdir(), 'lp2p-test-'));
  stage.gateway = await TestGateway.start();
  // A process for each of some two hundred pages is a sixth of what the tests cost.
  stage.context = await chromium.launchPersistentContext(profile, launchOptions('--process-per-site', '--allow-loopback-in-peer-connection'));
});
// The pages of the test before are closed; the gateway hears of it a little later.
beforeEach(() => Promise.all(stage.gateway.pages.map(({ closed }) => closed)));
after(async () => {
  await stage.context?.close();
  await stage.gateway?.stop();
  await rm(profile, { recursive: true, force: true });
});
/** A page with the API, closed at the end of the test. */
export async function openPage(t, { context, gateway }, url = gateway.document('/empty.html', EMPTY)) {
  const page = await context.newPage();
  t.after(() => page.close());
  page.on('pageerror', (error) => console.error(`page: ${error.stack}`));
  await page.goto(url);
  return page;
}

/**
 * From now on timers of the page or frame go off by `pass(ms)` only, which this puts there. The driver's own clock is for all
 * pages of a browser, also for those of later tests.
 */
export async function stopClock(frame) {
  await frame.evaluate(() => {
    const timers = new Map();
    let now = 0;
    let last = 0;
    globalThis.setTimeout = (action, ms = 0) => {
      timers.set(++last, { action, at: now + ms });
      return last;
    };
    globalThis.clearTimeout = (timer) => void timers.delete(timer);
    globalThis.pass = (ms) => {
      now += ms;
      for (const [timer, { action, at }] of timers) {
        if (at <= now) {
          timers.delete(timer);
          action();
        }
      }
    };
  });
}

/** Two pages with a connection between them, each as `conn`. */
export async function openPair(t, stage) {
  const receiver = await openPage(t, stage);
  const requester = await openPage(t, stage);
  await receiver.evaluate(() => {
    globalThis.receiver = new LP2PReceiver({ nickname: 'screen' });
    globalThis.incoming = new Promise((resolve) => {
      globalThis.receiver.onconnection = (e) => resolve((globalThis.conn = e.connection));
    });
    return globalThis.receiver.start();
  });
  await requester.evaluate(async () => {
    globalThis.request = new LP2PRequest({ nickname: 'pad' });
    globalThis.conn = await globalThis.request.start();
  });
  await receiver.evaluate(() => globalThis.incoming.then(() => undefined));
  return { receiver, requester };
}

/** A pair with an open channel between them, each as `channel`. */
export async function openChannel(t, stage, init) {
  const pair = await openPair(t, stage);
  await pair.receiver.evaluate(() => {
    globalThis.messages = [];
    globalThis.opened = new Promise((resolve) => {
      conn.ondatachannel = ({ channel }) => {
        globalThis.channel = channel;
        channel.onmessage = ({ data }) => messages.push(data);
        resolve(undefined);
      };
    });
  });
  await pair.requester.evaluate(async (init) => {
    globalThis.messages = [];
    globalThis.channel = conn.createDataChannel('test', init);
    channel.onmessage = ({ data }) => messages.push(data);
    await new Promise((resolve) => (channel.onopen = resolve));
    channel.onopen = null;
  }, init);
  await pair.receiver.evaluate(() => opened);
  return pair;
}

/** A pair with a transport between them, each as `transport`; its making is itself the draft's way on both sides. */
export async function openTransport(t, stage) {
  const pair = await openPair(t, stage);
  await pair.receiver.evaluate(() => {
    globalThis.transport = new LP2PQuicTransport(conn);
  });
  await pair.requester.evaluate(async () => {
    globalThis.transport = new LP2PQuicTransport(conn);
    await transport.ready;
  });
  await pair.receiver.evaluate(() => transport.ready);
  return pair;
}

/** Starts something in a page and tells how it went. */
export async function attempt(page, source = 'new LP2PReceiver().start()') {
  return page.evaluate(async (source) => {
    try {
      await eval(source);
      return 'started';
    } catch (e) {
      const { name, reason, advice, message } = e;
      return { name, reason, hasAdvice: typeof advice === 'string' && advice.length > 20, message };
    }
  }, source);
}
