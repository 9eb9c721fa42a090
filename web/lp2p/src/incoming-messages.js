import { ProtocolError } from './errors.js';
import { Kind, MAX_MESSAGE } from './protocol.js';

/** How much of a Blob is gathered before the browser takes it out of this process. */
const PART = 1024 * 1024;

/** What was sent as text, as bytes, or as a Blob. @typedef {string | Uint8Array<ArrayBuffer> | Blob} Message */

const LAST = new Map([
  [Kind.TEXT_PART, Kind.TEXT],
  [Kind.BINARY_PART, Kind.BINARY],
  [Kind.BLOB_PART, Kind.BLOB],
]);

/** Puts the frames of a channel together again. */
export class IncomingMessages {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  #chunks = [];
  #bytes = 0;
  /** @type {Blob[]} what of a Blob has left this process */
  #parts = [];
  /** What ends the message that has begun; 0 between messages. @type {number} */
  #ends = 0;

  /**
   * @param {number} kind
   * @param {Uint8Array<ArrayBuffer>} payload
   * @returns {Message | undefined} once it is whole
   * @throws {ProtocolError}
   * @throws {TypeError} for what is no UTF-8
   */
  add(kind, payload) {
    if (kind > Kind.BLOB) {
      throw new ProtocolError(`A frame of kind ${kind} on a channel`);
    }
    const ends = LAST.get(/** @type {any} */ (kind)) ?? kind;
    if (this.#ends !== 0 && this.#ends !== ends) {
      throw new ProtocolError(`A frame of kind ${kind} in a message that is to end with ${this.#ends}`);
    }
    this.#ends = ends;
    this.#chunks.push(payload);
    this.#bytes += payload.length;
    if (ends === Kind.BLOB) {
      if (this.#bytes >= PART) {
        this.#parts.push(new Blob(this.#chunks));
        this.#clearChunks();
      }
    } else if (this.#bytes > MAX_MESSAGE) {
      throw new ProtocolError(`A message of more than ${MAX_MESSAGE} bytes`);
    }
    return kind === ends ? this.#whole(ends) : undefined;
  }

  /** @param {number} ends */
  #whole(ends) {
    const chunks = this.#chunks;
    const bytes = this.#bytes;
    const parts = this.#parts;
    this.#ends = 0;
    this.#parts = [];
    this.#clearChunks();
    switch (ends) {
      case Kind.TEXT:
        return decoder.decode(join(chunks, bytes));
      case Kind.BINARY:
        return join(chunks, bytes);
      default:
        return new Blob([...parts, ...chunks]);
    }
  }

  #clearChunks() {
    this.#chunks = [];
    this.#bytes = 0;
  }
}

// A byte order mark is a part of the text.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * @param {Uint8Array<ArrayBuffer>[]} chunks
 * @param {number} bytes
 */
function join(chunks, bytes) {
  if (chunks.length === 1) {
    return chunks[0];
  }
  const whole = new Uint8Array(bytes);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
