import { Frames } from './frames.js';
import { HEADER, Kind } from './protocol.js';
import { codeOf } from './web-transport-error.js';
import { defineInterface, inheritFromBrowser, toNumber } from './webidl.js';

/** @import { FrameSource } from './flow.js' */
/** @typedef {{ sendGroup?: WebTransportSendGroup | null, sendOrder?: number }} SendOptions */

/** Streams whose order counts among each other only. */
export class WebTransportSendGroup {
  #transport;

  /** @param {{ groupStats: (group: WebTransportSendGroup) => object }} transport */
  constructor(transport) {
    this.#transport = transport;
  }

  async getStats() {
    return this.#transport.groupStats(this);
  }
}

/**
 * What a {@link WebTransportSendStream} needs of its transport.
 *
 * @typedef {object} SendHost
 * @property {object} transport stands for the group of streams that are in none
 * @property {(code: number) => void} reset
 * @property {() => void} onDone
 */

/**
 * The sending half of a stream: a write is done once all of it was sent to the agent, which takes credit.
 *
 * @implements {FrameSource}
 */
export class SendHalf {
  /** @type {{ frames: Frames, resolve: () => void, reject: (error: unknown) => void } | null} */
  #writing = null;
  /** @type {PromiseWithResolvers<void> | null} */
  #closing = null;
  #hasSentEnd = false;
  #isOver = false;
  /** @type {WritableStreamDefaultController | undefined} */
  #controller;
  #written = 0;
  #sent = 0;
  #left = 0;
  #host;
  /** @type {import('./flow.js').Flow | undefined} */
  #flow;
  /** @type {WebTransportSendGroup | null} */
  group;
  order;

  /**
   * @param {SendHost} host
   * @param {SendOptions} options
   */
  constructor(host, { sendGroup = null, sendOrder = 0 }) {
    this.#host = host;
    this.group = sendGroup;
    this.order = sendOrder;
    this.stream = new WebTransportSendStream(this);
  }

  /** @param {import('./flow.js').Flow} flow */
  attach(flow) {
    this.#flow = flow;
  }

  get stats() {
    return { bytesWritten: this.#written, bytesSent: this.#sent, bytesAcknowledged: this.#left };
  }

  /** @returns {UnderlyingSink} */
  get sink() {
    return {
      start: (controller) => {
        this.#controller = controller;
        // The stream calls `abort` only after the write that is under way, which may wait for credit for ever.
        controller.signal.addEventListener('abort', () => this.#abort(controller.signal.reason));
      },
      write: (chunk) => this.#write(chunk),
      close: () => {
        this.#closing = Promise.withResolvers();
        this.#flow?.wake();
        return this.#closing.promise;
      },
    };
  }

  /** Whether so many bytes can leave at once. @param {number} bytes */
  canSend(bytes) {
    return this.#writing === null && bytes <= (this.#flow?.credit ?? 0);
  }

  priority() {
    return { group: this.group ?? this.#host.transport, order: this.order };
  }

  peek() {
    if (this.#writing) {
      return this.#writing.frames.peek();
    }
    return this.#closing && !this.#hasSentEnd && !this.#isOver ? 0 : -1;
  }

  /** @param {number} count */
  take(count) {
    const writing = this.#writing;
    if (!writing) {
      this.#hasSentEnd = true;
      return { kind: Kind.STREAM_END, frame: new Uint8Array(HEADER) };
    }
    const frame = writing.frames.take(count);
    this.#sent += count;
    if (writing.frames.left === 0) {
      this.#writing = null;
      writing.resolve();
    }
    return { kind: Kind.STREAM, frame };
  }

  /** @param {number} bytes that the agent has sent on */
  grant(bytes) {
    this.#left += bytes;
    this.#flow?.grant(bytes);
  }

  /** Everything has left, the end too. */
  finished() {
    this.#closing?.resolve();
    this.#over(undefined);
    this.#host.onDone();
  }

  /** @param {unknown} error */
  error(error) {
    if (!this.#isOver) {
      this.#over(error);
      this.#controller?.error(error);
    }
  }

  /**
   * @param {unknown} chunk
   * @returns {Promise<void> | void}
   */
  #write(chunk) {
    const bytes = toBytes(chunk);
    this.#written += bytes.length;
    if (bytes.length === 0 || this.#isOver) {
      return;
    }
    return new Promise((resolve, reject) => {
      this.#writing = { frames: new Frames(bytes), resolve, reject };
      this.#flow?.wake();
    });
  }

  /** @param {unknown} reason */
  #abort(reason) {
    if (!this.#isOver) {
      this.#over(reason);
      this.#host.reset(codeOf(reason));
      this.#host.onDone();
    }
  }

  /** @param {unknown} error of what has not been sent */
  #over(error) {
    this.#isOver = true;
    this.#flow?.end();
    this.#writing?.reject(error);
    this.#writing = null;
    this.#closing?.reject(error);
  }
}

/** @see https://w3c.github.io/webtransport/#send-stream */
export class WebTransportSendStream extends WritableStream {
  #half;

  /** @param {SendHalf} half */
  constructor(half) {
    super(half.sink);
    this.#half = half;
  }

  get sendGroup() {
    return this.#half.group;
  }

  set sendGroup(value) {
    if (value !== null && !(value instanceof WebTransportSendGroup)) {
      throw new TypeError('sendGroup must be a WebTransportSendGroup or null.');
    }
    this.#half.group = value;
  }

  get sendOrder() {
    return this.#half.order;
  }

  set sendOrder(value) {
    this.#half.order = Math.trunc(toNumber(value)) || 0;
  }

  async getStats() {
    return this.#half.stats;
  }

  /** @override */
  getWriter() {
    return new WebTransportWriter(this, this.#half);
  }
}

/** @see https://w3c.github.io/webtransport/#web-transport-writer-interface */
export class WebTransportWriter extends WritableStreamDefaultWriter {
  #half;

  /**
   * @param {WebTransportSendStream} stream
   * @param {SendHalf} half
   */
  constructor(stream, half) {
    super(stream);
    this.#half = half;
  }

  /**
   * Writes all of it now, or nothing.
   *
   * @param {BufferSource} chunk
   * @returns {Promise<void>}
   * @throws {DOMException} AbortError if the credit of the stream does not go that far
   */
  async atomicWrite(chunk) {
    if (!this.#half.canSend(toBytes(chunk).length)) {
      throw new DOMException('The stream does not take that much now', 'AbortError');
    }
    return this.write(chunk);
  }

  /** What was written leaves as soon as it can, so there is nothing to hurry. */
  commit() {}
}

for (const type of [WebTransportSendGroup, WebTransportSendStream, WebTransportWriter]) {
  defineInterface(type);
  inheritFromBrowser(type, type.name);
}

/**
 * @param {unknown} chunk
 * @returns {Uint8Array} a view of it
 */
export function toBytes(chunk) {
  if (chunk instanceof ArrayBuffer) {
    return new Uint8Array(chunk);
  }
  if (ArrayBuffer.isView(chunk)) {
    return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
  throw new TypeError('A chunk must be an ArrayBuffer or a view of one.');
}

/**
 * @param {unknown} options
 * @returns {SendOptions & { waitUntilAvailable: boolean }}
 */
export function toSendOptions(options) {
  const { sendGroup = null, sendOrder = 0, waitUntilAvailable = false } = /** @type {any} */ (options ?? {});
  if (sendGroup !== null && !(sendGroup instanceof WebTransportSendGroup)) {
    throw new TypeError('sendGroup must be a WebTransportSendGroup or null.');
  }
  return {
    sendGroup,
    sendOrder: Math.trunc(toNumber(sendOrder)) || 0,
    waitUntilAvailable: Boolean(waitUntilAvailable),
  };
}
