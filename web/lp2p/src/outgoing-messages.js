import { Frames } from './frames.js';
import { Kind } from './protocol.js';

/** @import { FrameSource } from './flow.js' */

/** How much of a Blob is read at a time. */
const SLICE = 1024 * 1024;

/**
 * A message of text or bytes, or a Blob, of which `frames` is only the slice that is being sent.
 *
 * @typedef {object} Outgoing
 * @property {number} part the kind of its frames
 * @property {number} last the kind of its last frame
 * @property {Frames} frames
 * @property {Blob | null} rest of the Blob, behind `frames`
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

  /** @param {Uint8Array} bytes that are copied */
  addText(bytes) {
    this.#add(Kind.TEXT_PART, Kind.TEXT, bytes);
  }

  /** @param {Uint8Array} bytes that are copied */
  addBinary(bytes) {
    this.#add(Kind.BINARY_PART, Kind.BINARY, bytes);
  }

  /** @param {Blob} blob */
  addBlob(blob) {
    this.#queue.push({ part: Kind.BLOB_PART, last: Kind.BLOB, frames: new Frames(new Uint8Array()), rest: blob });
  }

  peek() {
    const message = this.#queue[0];
    if (!message) {
      return -1;
    }
    if (message.frames.left === 0 && message.rest && message.rest.size > 0) {
      this.#read(message, message.rest);
      return -1;
    }
    return message.frames.peek();
  }

  /** @param {number} count */
  take(count) {
    const message = this.#queue[0];
    const frame = message.frames.take(count);
    if (message.rest === null) {
      this.#held -= count;
    }
    const isLast = message.frames.left === 0 && !message.rest?.size;
    if (isLast) {
      this.#queue.shift();
      if (this.isEmpty) {
        // After this frame is sent.
        queueMicrotask(this.#onDrained);
      }
    }
    return { kind: isLast ? message.last : message.part, frame };
  }

  clear() {
    this.#queue = [];
    this.#held = 0;
  }

  /**
   * @param {number} part
   * @param {number} last
   * @param {Uint8Array} bytes
   */
  #add(part, last, bytes) {
    this.#held += bytes.length;
    this.#queue.push({ part, last, frames: new Frames(bytes), rest: null });
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
      message.frames = new Frames(new Uint8Array(await rest.slice(0, SLICE).arrayBuffer()));
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
