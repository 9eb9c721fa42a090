import { MAX_NUMBER } from './protocol.js';

/** @typedef {{ source?: 'stream' | 'session', streamErrorCode?: number | null }} WebTransportErrorOptions */

/** For browsers that have none. */
class OwnWebTransportError extends DOMException {
  #source;
  #streamErrorCode;

  /**
   * @param {string} [message]
   * @param {WebTransportErrorOptions} [options]
   */
  constructor(message = '', { source = 'stream', streamErrorCode = null } = {}) {
    super(message, 'WebTransportError');
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

/**
 * The browser's, or one like it.
 *
 * @see https://w3c.github.io/webtransport/#web-transport-error-interface
 * @type {new (message?: string, options?: WebTransportErrorOptions) => DOMException & { source: string, streamErrorCode: number | null }}
 */
export const WebTransportError = /** @type {any} */ (globalThis).WebTransportError ?? OwnWebTransportError;

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
 * @param {unknown} reason with which a page aborts or cancels a stream
 * @returns {number} the code for the peer
 */
export function codeOf(reason) {
  const code = reason instanceof WebTransportError ? (reason.streamErrorCode ?? 0) : 0;
  return Math.min(code, MAX_NUMBER);
}
