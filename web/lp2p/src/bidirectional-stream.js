import { defineInterface, inheritFromBrowser } from './webidl.js';

/** @import { TransportStream } from './transport-stream.js' */
/** @import { WebTransportReceiveStream } from './receive-stream.js' */
/** @import { WebTransportSendStream } from './send-stream.js' */

/** @see https://w3c.github.io/webtransport/#bidirectional-stream */
export class WebTransportBidirectionalStream {
  #stream;

  /** @param {TransportStream} stream */
  constructor(stream) {
    this.#stream = stream;
  }

  /** @returns {WebTransportReceiveStream} */
  get readable() {
    return /** @type {any} */ (this.#stream.receiving).stream;
  }

  /** @returns {WebTransportSendStream} */
  get writable() {
    return /** @type {any} */ (this.#stream.send).stream;
  }
}

defineInterface(WebTransportBidirectionalStream);
inheritFromBrowser(WebTransportBidirectionalStream, 'WebTransportBidirectionalStream');
