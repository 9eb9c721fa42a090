/**
 * A Chromium that is driven by nothing but the DevTools protocol over a pipe, and without the events of its network, which
 * halve the rate of what is measured.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onPath } from './programs.js';

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--remote-debugging-pipe',
  // An RTCDataChannel to a page of another browser, on this machine: without mDNS, and where there is no network either.
  '--disable-features=WebRtcHideLocalIpsWithMdns',
  '--allow-loopback-in-peer-connection',
];

/** Ends the protocol's messages in the pipe. */
const END = '\0';

export class Browser {
  #process;
  #profile;
  #pipe;
  #last = 0;
  /** @type {Map<number, PromiseWithResolvers<any>>} */
  #calls = new Map();

  static async launch() {
    const path = process.env.CHROMIUM ?? onPath('chromium', 'chromium-browser', 'google-chrome');
    if (!path) {
      throw new Error('There is no Chromium on the PATH. Install one (on Debian: apt install chromium), or name it in CHROMIUM.');
    }
    return new Browser(path, await mkdtemp(join(tmpdir(), 'lp2p-bench-')));
  }

  constructor(path, profile) {
    this.#profile = profile;
    this.#process = spawn(path, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    this.#pipe = this.#process.stdio[3];
    this.#pipe.on('error', () => {}); // Its end says it.
    this.#process.once('error', (error) => this.#fail(error));
    this.#process.once('exit', () => this.#fail(new Error('Chromium ended')));
    this.#read(this.#process.stdio[4]);
  }

  get pid() {
    return this.#process.pid;
  }

  /** Opens a page; `run` evaluates a function in it, with values as JSON holds them. */
  async open(url) {
    const { targetId } = await this.#call('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.#call('Target.attachToTarget', { targetId, flatten: true });
    await this.#call('Page.navigate', { url }, sessionId);
    const run = async (code, ...values) => {
      const { result, exceptionDetails } = await this.#call(
        'Runtime.evaluate',
        {
          expression: `(${code})(${values.map((value) => JSON.stringify(value)).join()})`,
          awaitPromise: true,
          returnByValue: true,
        },
        sessionId,
      );
      if (exceptionDetails) {
        throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      }
      return result.value;
    };
    await run(() => document.readyState === 'complete' || new Promise((done) => addEventListener('load', done)));
    return { run, call: (method, params) => this.#call(method, params, sessionId) };
  }

  /** The processes of its pages; some are empty, and kept at hand. */
  async renderers() {
    const { processInfo } = await this.#call('SystemInfo.getProcessInfo');
    return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  }

  async close() {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const exit = once(this.#process, 'exit');
      this.#process.kill();
      await exit;
    }
    // Processes of its own may still write there for a moment.
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 20 });
  }

  #call(method, params = {}, sessionId = undefined) {
    const answer = newPromise();
    this.#calls.set(++this.#last, answer);
    this.#pipe.write(JSON.stringify({ id: this.#last, method, params, sessionId }) + END);
    return answer.promise;
  }

  #read(pipe) {
    let text = '';
    pipe.setEncoding('utf8').on('data', (more) => {
      const messages = (text + more).split(END);
      text = messages.pop() ?? '';
      for (const message of messages) {
        const { id, result, error } = JSON.parse(message);
        const call = this.#calls.get(id);
        this.#calls.delete(id);
        if (error) {
          call?.reject(new Error(error.message));
        } else {
          call?.resolve(result);
        }
      }
    });
  }

  #fail(error) {
    this.#calls.forEach(({ reject }) => reject(error));
    this.#calls.clear();
  }
}

function newPromise() {
  let resolve, reject;
  const promise = new Promise((done, failed) => ([resolve, reject] = [done, failed]));
  return { promise, resolve, reject };
}
