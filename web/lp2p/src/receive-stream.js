import { closeByteStream } from './byte-stream.js';
import { Window } from './flow.js';
import { FLOW_WINDOW } from './protocol.js';
import { codeOf } from './web-transport-error.js';
import { defineInterface, inheritFromBrowser } from './webidl.js';

/**
 * What a {@link WebTransportReceiveStream} needs of its transport.
 *
 * @typedef {object} ReceiveHost
 * @property {(bytes: number) => void} give sends credit
 * @property {(code: number) => void} stop asks the peer to stop
 * @property {() => void} onDone
 */

/** The receiving half of a stream: what came and was not read waits here, up to the window. */
export class ReceiveHalf {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  #queue = [];
  /** @type {ReadableByteStreamController | undefined} */
  #controller;
  /** @type {(() => void) | null} */
  #pulled = null;
  #hasEnd = false;
  #isOver = false;
  #received = 0;
  #read = 0;
  #host;
  #window;

  /** @param {ReceiveHost} host */
  constructor(host) {
    this.#host = host;
    this.#window = new Window(FLOW_WINDOW, (bytes) => host.give(bytes));
    this.stream = new WebTransportReceiveStream(this);
  }

  get stats() {
    return { bytesReceived: this.#received, bytesRead: this.#read };
  }

  /** @returns {UnderlyingByteSource} */
  get source() {
    return {
      type: 'bytes',
      start: (controller) => {
        this.#controller = controller;
      },
      pull: () => {
        const { promise, resolve } = Promise.withResolvers();
        this.#pulled = () => resolve(undefined);
        this.#deliver();
        return promise;
      },
      cancel: (reason) => {
        if (!this.#isOver) {
          this.#over();
          this.#host.stop(codeOf(reason));
          this.#host.onDone();
        }
      },
    };
  }

  /**
   * @param {Uint8Array<ArrayBuffer>} payload
   * @param {boolean} isLast
   */
  receive(payload, isLast) {
    this.#window.receive(payload.length);
    this.#received += payload.length;
    if (this.#isOver) {
      this.#window.takeAll();
      return;
    }
    if (payload.length > 0) {
      this.#queue.push(payload);
    }
    this.#hasEnd ||= isLast;
    this.#deliver();
    if (isLast) {
      this.#host.onDone();
    }
  }

  /** @param {unknown} error */
  error(error) {
    if (!this.#isOver) {
      this.#over();
      this.#controller?.error(error);
      this.#pulled?.();
    }
  }

  #over() {
    this.#isOver = true;
    this.#queue = [];
  }

  #deliver() {
    const controller = this.#controller;
    if (!controller || this.#isOver) {
      return;
    }
    if (this.#pulled && this.#queue.length > 0) {
      const bytes = this.#hand(controller, this.#queue[0]);
      this.#read += bytes;
      if (!this.#hasEnd) {
        this.#window.take(bytes);
      }
      this.#pulled();
      this.#pulled = null;
    }
    if (this.#hasEnd && this.#queue.length === 0) {
      this.#over();
      closeByteStream(controller);
      this.#pulled?.();
    }
  }

  /**
   * @param {ReadableByteStreamController} controller
   * @param {Uint8Array<ArrayBuffer>} chunk
   * @returns {number} how much of it the reader took
   */
  #hand(controller, chunk) {
    const request = controller.byobRequest;
    const view = request?.view;
    if (!request || !view) {
      this.#queue.shift();
      // A buffer of its own, without the header of the frame.
      controller.enqueue(chunk.slice());
      return chunk.length;
    }
    const bytes = Math.min(view.byteLength, chunk.length);
    new Uint8Array(view.buffer, view.byteOffset, bytes).set(chunk.subarray(0, bytes));
    if (bytes === chunk.length) {
      this.#queue.shift();
    } else {
      this.#queue[0] = chunk.subarray(bytes);
    }
    request.respond(bytes);
    return bytes;
  }
}

/** @type {new (source: UnderlyingByteSource, strategy: QueuingStrategy) => ReadableStream<Uint8Array<ArrayBuffer>>} */
const ByteStream = ReadableStream;

/** @see https://w3c.github.io/webtransport/#receive-stream */
export class WebTransportReceiveStream extends ByteStream {
  #half;

  /** @param {ReceiveHalf} half */
  constructor(half) {
    super(half.source, { highWaterMark: 0 });
    this.#half = half;
  }

  async getStats() {
    return this.#half.stats;
  }
}

defineInterface(WebTransportReceiveStream);
inheritFromBrowser(WebTransportReceiveStream, 'WebTransportReceiveStream');
