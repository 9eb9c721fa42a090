import { Kind } from './protocol.js';

/** @import { FrameSource } from './flow.js' */

/** How much of a Blob is read at a time. */
const SLICE = 1024 * 1024;

/**
 * A message of text or bytes, or a Blob, of which `bytes` is only the slice that is being sent.
 *
 * @typedef {object} Outgoing
 * @property {number} part the kind of its frames
 * @property {number} last the kind of its last frame
 * @property {Uint8Array} bytes
 * @property {number} sent of `bytes`
 * @property {Blob | null} rest of the Blob, behind `bytes`
 */

/**
 * The messages that a channel has yet to send, cut into frames.
 *
 * @implements {FrameSource}
 */
export class OutgoingMessages {
  /** @type {Outgoing[]} */
  #queue = [];
  #held = 0;
  #isReading = false;
  #onReady;
  #onDrained;
  #onUnreadable;

  /**
   * @param {() => void} onReady a slice of a Blob was read
   * @param {() => void} onDrained everything has been taken
   * @param {(error: unknown) => void} onUnreadable a Blob cannot be read to its end
   */
  constructor(onReady, onDrained, onUnreadable) {
    this.#onReady = onReady;
    this.#onDrained = onDrained;
    this.#onUnreadable = onUnreadable;
  }

  get isEmpty() {
    return this.#queue.length === 0;
  }

  /** Bytes that wait in memory; those of a Blob do not count. */
  get held() {
    return this.#held;
  }

  /** @param {Uint8Array} bytes */
  addText(bytes) {
    this.#held += bytes.length;
    this.#queue.push({ part: Kind.TEXT_PART, last: Kind.TEXT, bytes, sent: 0, rest: null });
  }

  /** @param {Uint8Array} bytes */
  addBinary(bytes) {
    this.#held += bytes.length;
    this.#queue.push({ part: Kind.BINARY_PART, last: Kind.BINARY, bytes, sent: 0, rest: null });
  }

  /** @param {Blob} blob */
  addBlob(blob) {
    this.#queue.push({ part: Kind.BLOB_PART, last: Kind.BLOB, bytes: new Uint8Array(), sent: 0, rest: blob });
  }

  peek() {
    const message = this.#queue[0];
    if (!message) {
      return -1;
    }
    const left = message.bytes.length - message.sent;
    if (left === 0 && message.rest && message.rest.size > 0) {
      this.#read(message, message.rest);
      return -1;
    }
    return left;
  }

  /** @param {number} count */
  take(count) {
    const message = this.#queue[0];
    const payload = message.bytes.subarray(message.sent, message.sent + count);
    message.sent += count;
    if (message.rest === null) {
      this.#held -= count;
    }
    const isLast = message.sent === message.bytes.length && !message.rest?.size;
    if (isLast) {
      this.#queue.shift();
      if (this.isEmpty) {
        // After this frame is sent.
        queueMicrotask(this.#onDrained);
      }
    }
    return { kind: isLast ? message.last : message.part, payload };
  }

  clear() {
    this.#queue = [];
    this.#held = 0;
  }

  /**
   * @param {Outgoing} message
   * @param {Blob} rest
   */
  async #read(message, rest) {
    if (this.#isReading) {
      return;
    }
    this.#isReading = true;
    try {
      message.bytes = new Uint8Array(await rest.slice(0, SLICE).arrayBuffer());
      message.sent = 0;
      message.rest = rest.slice(SLICE);
    } catch (error) {
      this.#onUnreadable(error);
      return;
    } finally {
      this.#isReading = false;
    }
    this.#onReady();
  }
}
