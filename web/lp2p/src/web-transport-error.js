import { MAX_NUMBER } from './protocol.js';
import { defineInterface } from './webidl.js';

/** @typedef {{ source?: 'stream' | 'session', streamErrorCode?: number | null }} WebTransportErrorOptions */

/** @type {(new (...args: any[]) => DOMException & { streamErrorCode: number | null }) | undefined} */
const Native = /** @type {any} */ (globalThis).WebTransportError;
const Base = /** @type {new (...args: any[]) => DOMException} */ (Native ?? DOMException);
const takesMessage = Native !== undefined && acceptsMessage(Native);

/**
 * As the WebTransport draft has it, and an instance of the browser's class where there is one: Chromium's takes other
 * arguments, and no code above 255.
 *
 * @see https://w3c.github.io/webtransport/#web-transport-error-interface
 */
export class WebTransportError extends Base {
  #source;
  #streamErrorCode;

  /**
   * @param {string} [message]
   * @param {WebTransportErrorOptions} [options]
   */
  constructor(message = '', { source = 'stream', streamErrorCode = null } = {}) {
    if (!Native) {
      super(message, 'WebTransportError');
    } else if (takesMessage) {
      super(message);
    } else {
      super({ message });
    }
    this.#source = source;
    this.#streamErrorCode = streamErrorCode;
  }

  get source() {
    return this.#source;
  }

  get streamErrorCode() {
    return this.#streamErrorCode;
  }
}

defineInterface(WebTransportError);

/** @param {string} message */
export function sessionError(message) {
  return new WebTransportError(message, { source: 'session' });
}

/**
 * @param {string} message
 * @param {number} streamErrorCode
 */
export function streamError(message, streamErrorCode) {
  return new WebTransportError(message, { source: 'stream', streamErrorCode });
}

/**
 * @param {unknown} reason with which a page aborts or cancels a stream: an error of ours or the browser's
 * @returns {number} the code for the peer
 */
export function codeOf(reason) {
  const code = reason instanceof (Native ?? WebTransportError) ? (reason.streamErrorCode ?? 0) : 0;
  return Math.min(code, MAX_NUMBER);
}

/** @param {new (message: string) => DOMException} type */
function acceptsMessage(type) {
  try {
    return new type('message').message === 'message';
  } catch {
    return false;
  }
}
