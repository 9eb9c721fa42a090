import { closeByteStream } from './byte-stream.js';
import { Window } from './flow.js';
import { FLOW_WINDOW, HEADER, Kind, newFrame } from './protocol.js';
import { toBytes, toSendOptions } from './send-stream.js';
import { defineInterface, inheritFromBrowser, toNumber } from './webidl.js';

/** How many datagrams wait for a reader; the oldest are dropped then. */
const INCOMING_HIGH_WATER_MARK = 64;
/** How many datagrams wait for credit before a write waits, too. */
const OUTGOING_HIGH_WATER_MARK = 16;

/** @import { FrameSource } from './flow.js' */
/** @typedef {{ bytes: Uint8Array<ArrayBuffer>, at: number }} Incoming */
/** @typedef {{ frame: Uint8Array<ArrayBuffer>, at: number, from: WritableStreamDefaultController, resolve: () => void }} Outgoing */

/**
 * The datagrams of one transport.
 *
 * @see https://w3c.github.io/webtransport/#datagram-duplex-stream
 * @implements {FrameSource}
 */
export class Datagrams {
  isWhole = true;
  maxSize = 0;
  /** @type {number | null} */
  incomingMaxAge = null;
  /** @type {number | null} */
  outgoingMaxAge = null;
  incomingHighWaterMark = INCOMING_HIGH_WATER_MARK;
  outgoingHighWaterMark = OUTGOING_HIGH_WATER_MARK;
  /** Counters for WebTransportDatagramStats. */
  stats = { droppedIncoming: 0, expiredIncoming: 0, expiredOutgoing: 0, lostOutgoing: 0 };

  /** @type {Incoming[]} */
  #incoming = [];
  /** @type {Outgoing[]} */
  #outgoing = [];
  /** @type {ReadableByteStreamController | undefined} */
  #reading;
  /** @type {Set<WritableStreamDefaultController>} */
  #writing = new Set();
  /** @type {PromiseWithResolvers<void> | null} */
  #pull = null;
  #isOver = false;
  #window;
  /** @type {import('./flow.js').Flow | undefined} */
  #flow;

  /** @param {(bytes: number) => void} give sends credit */
  constructor(give) {
    this.#window = new Window(FLOW_WINDOW, give);
    this.duplex = new WebTransportDatagramDuplexStream(this);
  }

  /** @param {import('./flow.js').Flow} flow */
  attach(flow) {
    this.#flow = flow;
    flow.wake();
  }

  newReadable() {
    return new ReadableStream(
      {
        type: 'bytes',
        start: (controller) => {
          this.#reading = controller;
        },
        pull: () => {
          this.#pull = Promise.withResolvers();
          const { promise } = this.#pull;
          this.#deliver();
          return promise;
        },
        cancel: () => {
          this.#reading = undefined;
          this.#incoming = [];
        },
      },
      { highWaterMark: 0 },
    );
  }

  /** @returns {WritableStream<BufferSource>} */
  newWritable() {
    /** @type {WritableStreamDefaultController} */
    let writing;
    return new WritableStream({
      start: (controller) => {
        writing = controller;
        this.#writing.add(controller);
        // The stream calls `abort` only after the write that is under way, which may wait for credit.
        controller.signal.addEventListener('abort', () => this.#abandon(controller));
      },
      write: (chunk) => this.#write(toBytes(chunk), writing),
      close: () => void this.#writing.delete(writing),
    });
  }

  peek() {
    for (let first = this.#outgoing[0]; first; first = this.#outgoing[0]) {
      const bytes = first.frame.length - HEADER;
      if (bytes > this.maxSize) {
        // Written before anybody knew how large one may be.
        this.stats.lostOutgoing++;
      } else if (isOlder(first.at, this.outgoingMaxAge)) {
        this.stats.expiredOutgoing++;
      } else {
        return bytes;
      }
      this.#outgoing.shift();
      first.resolve();
    }
    return -1;
  }

  take() {
    const { frame, resolve } = /** @type {Outgoing} */ (this.#outgoing.shift());
    resolve();
    return { kind: Kind.DATAGRAM, frame };
  }

  /** @param {Uint8Array<ArrayBuffer>} payload */
  receive(payload) {
    this.#window.receive(payload.length);
    this.#window.takeAll();
    // A stream of bytes has no empty chunks.
    if (payload.length === 0 || !this.#reading || this.#isOver) {
      return;
    }
    this.#incoming.push({ bytes: payload, at: performance.now() });
    while (this.#incoming.length > this.incomingHighWaterMark) {
      this.#incoming.shift();
      this.stats.droppedIncoming++;
    }
    this.#deliver();
  }

  /** @param {number} bytes */
  grant(bytes) {
    this.#flow?.grant(bytes);
  }

  /** @param {unknown} [error] none: the transport was closed */
  end(error) {
    if (this.#isOver) {
      return;
    }
    this.#isOver = true;
    this.#flow?.end();
    for (const { resolve } of this.#outgoing.splice(0)) {
      resolve();
    }
    for (const controller of this.#writing) {
      controller.error(error ?? new DOMException('The transport is closed', 'InvalidStateError'));
    }
    if (error) {
      this.#reading?.error(error);
    } else if (this.#reading) {
      closeByteStream(this.#reading);
    }
    this.#pull?.resolve();
  }

  /**
   * @param {Uint8Array} bytes
   * @param {WritableStreamDefaultController} from
   * @returns {Promise<void> | void}
   */
  #write(bytes, from) {
    if (this.#isOver || (this.#flow && bytes.length > this.maxSize)) {
      this.stats.lostOutgoing++;
      return;
    }
    const { promise, resolve } = /** @type {PromiseWithResolvers<void>} */ (Promise.withResolvers());
    this.#outgoing.push({ frame: newFrame(bytes), at: performance.now(), from, resolve });
    if (this.#outgoing.length < this.outgoingHighWaterMark) {
      resolve();
    }
    this.#flow?.wake();
    return promise;
  }

  /** @param {WritableStreamDefaultController} writing */
  #abandon(writing) {
    this.#writing.delete(writing);
    this.#outgoing.filter(({ from }) => from === writing).forEach(({ resolve }) => resolve());
    this.#outgoing = this.#outgoing.filter(({ from }) => from !== writing);
  }

  #deliver() {
    while (this.#incoming.length > 0 && isOlder(this.#incoming[0].at, this.incomingMaxAge)) {
      this.#incoming.shift();
      this.stats.expiredIncoming++;
    }
    const pull = this.#pull;
    if (!pull || !this.#reading || this.#incoming.length === 0) {
      return;
    }
    this.#pull = null;
    const { bytes } = /** @type {Incoming} */ (this.#incoming.shift());
    const request = this.#reading.byobRequest;
    if (!request?.view) {
      this.#reading.enqueue(bytes.slice());
    } else if (request.view.byteLength < bytes.length) {
      // That is the end of the stream.
      this.#reading = undefined;
      this.#incoming = [];
      pull.reject(new RangeError(`A datagram of ${bytes.length} bytes does not fit in`));
      return;
    } else {
      new Uint8Array(request.view.buffer, request.view.byteOffset).set(bytes);
      request.respond(bytes.length);
    }
    pull.resolve();
  }
}

/** @see https://w3c.github.io/webtransport/#datagram-duplex-stream */
export class WebTransportDatagramDuplexStream {
  #datagrams;
  #readable;
  /** @type {WritableStream<BufferSource> | undefined} */
  #writable;

  /** @param {Datagrams} datagrams */
  constructor(datagrams) {
    this.#datagrams = datagrams;
    this.#readable = datagrams.newReadable();
  }

  get readable() {
    return this.#readable;
  }

  /** As drafts before `createWritable()` had it, and browsers have it still. */
  get writable() {
    return (this.#writable ??= this.#datagrams.newWritable());
  }

  /** @param {import('./send-stream.js').SendOptions} [options] */
  createWritable(options = {}) {
    toSendOptions(options);
    return this.#datagrams.newWritable();
  }

  get maxDatagramSize() {
    return this.#datagrams.maxSize;
  }

  get incomingMaxAge() {
    return this.#datagrams.incomingMaxAge;
  }

  set incomingMaxAge(value) {
    this.#datagrams.incomingMaxAge = toAge(value);
  }

  get outgoingMaxAge() {
    return this.#datagrams.outgoingMaxAge;
  }

  set outgoingMaxAge(value) {
    this.#datagrams.outgoingMaxAge = toAge(value);
  }

  get incomingHighWaterMark() {
    return this.#datagrams.incomingHighWaterMark;
  }

  set incomingHighWaterMark(value) {
    this.#datagrams.incomingHighWaterMark = Math.max(1, toMark(value));
  }

  get outgoingHighWaterMark() {
    return this.#datagrams.outgoingHighWaterMark;
  }

  set outgoingHighWaterMark(value) {
    this.#datagrams.outgoingHighWaterMark = toMark(value);
  }

  /** The name that Chromium gives the mark as well. */
  get incomingMaxBufferedDatagrams() {
    return this.incomingHighWaterMark;
  }

  set incomingMaxBufferedDatagrams(value) {
    this.incomingHighWaterMark = value;
  }

  get outgoingMaxBufferedDatagrams() {
    return this.outgoingHighWaterMark;
  }

  set outgoingMaxBufferedDatagrams(value) {
    this.outgoingHighWaterMark = value;
  }
}

defineInterface(WebTransportDatagramDuplexStream);
inheritFromBrowser(WebTransportDatagramDuplexStream, 'WebTransportDatagramDuplexStream');

/**
 * @param {number} at
 * @param {number | null} maxAge
 */
function isOlder(at, maxAge) {
  return maxAge !== null && performance.now() - at > maxAge;
}

/** @param {unknown} value */
function toAge(value) {
  if (value === null || value === undefined) {
    return null;
  }
  return toMark(value) || null;
}

/** @param {unknown} value */
function toMark(value) {
  const number = toNumber(value);
  if (Number.isNaN(number) || number < 0) {
    throw new RangeError('The value must not be negative.');
  }
  return number;
}
