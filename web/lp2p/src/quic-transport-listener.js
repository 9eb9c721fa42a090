import { Inbox } from './inbox.js';
import { LP2PReceiver, startedReceiver } from './receiver.js';
import { LP2PRequest, startedRequest } from './request.js';
import { defineInterface, requireArguments, toDictionary } from './webidl.js';

/** @typedef {import('./quic-transport.js').LP2PQuicTransport} LP2PQuicTransport */

/**
 * The transports that peers open, of every connection of a receiver or request.
 *
 * @see https://wicg.github.io/local-peer-to-peer/#lp2p-quic-transport-listener
 */
export class LP2PQuicTransportListener {
  #ready;
  /** @type {Inbox<LP2PQuicTransport>} */
  #incoming;
  /** @type {(() => void) | null} */
  #stop = null;

  /**
   * Starts a request or receiver that has not started.
   *
   * @param {LP2PRequest | LP2PReceiver} source
   * @param {object} [quicTransportListenerDict] the draft has no members yet
   */
  constructor(source, quicTransportListenerDict = {}) {
    requireArguments(arguments, 1, "Failed to construct 'LP2PQuicTransportListener'");
    toDictionary(quicTransportListenerDict, 'LP2PQuicTransportListenerInit');
    this.#incoming = new Inbox((waiting) => {
      waiting.forEach((transport) => transport.close());
      this.#stop?.();
    });
    if (!(source instanceof LP2PReceiver || source instanceof LP2PRequest)) {
      throw new TypeError('The source must be an LP2PRequest or LP2PReceiver.');
    }
    this.#ready = this.#listen(source);
    this.#ready.catch((error) => this.#incoming.error(error));
  }

  /** Once the source has started. */
  get ready() {
    return this.#ready;
  }

  /** Cancelling it ends the listening. @returns {ReadableStream<LP2PQuicTransport>} */
  get incomingTransports() {
    return this.#incoming.stream;
  }

  /**
   * @param {LP2PReceiver | LP2PRequest} source
   * @returns {Promise<undefined>}
   */
  async #listen(source) {
    if (source instanceof LP2PReceiver) {
      const { started, incoming } = startedReceiver(source);
      await started;
      this.#hear(incoming);
    } else {
      // Of two sides the requester is the one that opens transports, so nothing ever comes.
      const { connection } = await startedRequest(source).started;
      (await connection).addEventListener('close', () => this.#incoming.close());
    }
    return undefined;
  }

  /** @param {import('./incoming-transports.js').IncomingTransports} incoming */
  #hear(incoming) {
    if (this.#incoming.isOver) {
      return;
    }
    const listener = {
      deliver: (/** @type {LP2PQuicTransport} */ transport) => this.#incoming.push(transport),
      lost: (/** @type {unknown} */ error) => this.#incoming.error(error),
    };
    this.#stop = () => incoming.stopListening(listener);
    incoming.listen(listener);
  }
}

defineInterface(LP2PQuicTransportListener, 'LP2PQuicTransportListener', ['ready']);
