import { HEADER, MAX_FRAME, newFrame } from './protocol.js';

/** Bytes that are to be sent, copied once, into frames that only lack their headers. */
export class Frames {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  #frames = [];
  /** The frame that is next. */
  #next = 0;
  /** Bytes of its payload that have been taken. */
  #sent = 0;
  #left;

  /** @param {Uint8Array} bytes that stay the caller's */
  constructor(bytes) {
    this.#left = bytes.length;
    for (let start = 0; start < bytes.length; start += MAX_FRAME) {
      this.#frames.push(newFrame(bytes.subarray(start, start + MAX_FRAME)));
    }
  }

  /** Bytes that have not been taken. */
  get left() {
    return this.#left;
  }

  /** Bytes that can be taken at once. */
  peek() {
    return this.#left === 0 ? 0 : this.#frames[this.#next].length - HEADER - this.#sent;
  }

  /**
   * @param {number} count of bytes, at most what `peek` says
   * @returns {Uint8Array<ArrayBuffer>} a frame whose buffer is the caller's
   */
  take(count) {
    if (count === 0) {
      return new Uint8Array(HEADER);
    }
    const frame = this.#frames[this.#next];
    this.#left -= count;
    if (this.#sent === 0 && count === frame.length - HEADER) {
      this.#next++;
      return frame;
    }
    const start = HEADER + this.#sent;
    this.#sent += count;
    if (HEADER + this.#sent === frame.length) {
      this.#next++;
      this.#sent = 0;
    }
    return newFrame(frame.subarray(start, start + count));
  }
}
