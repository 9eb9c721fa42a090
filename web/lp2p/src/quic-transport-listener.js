import { ProtocolError } from './errors.js';
import { Inbox } from './inbox.js';
import { LP2PReceiver, startedReceiver } from './receiver.js';
import { LP2PRequest, startedRequest } from './request.js';
import { Category } from './session.js';
import { defineInterface, requireArguments, toDictionary } from './webidl.js';

/** @typedef {import('./quic-transport.js').LP2PQuicTransport} LP2PQuicTransport */
/** @typedef {import('./session.js').Session} Session */

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
   * @param {unknown} source
   * @returns {Promise<undefined>}
   */
  #listen(source) {
    if (source instanceof LP2PReceiver) {
      return startedReceiver(source).then(({ session, number }) => this.#open(session, { receiver: number }));
    }
    if (source instanceof LP2PRequest) {
      return startedRequest(source).started.then(async ({ session, number, connection }) => {
        await connection;
        return this.#open(session, { request: number });
      });
    }
    throw new TypeError('The source must be an LP2PRequest or LP2PReceiver.');
  }

  /**
   * @param {Session} session
   * @param {{ receiver: number } | { request: number }} on
   * @returns {undefined}
   */
  #open(session, on) {
    if (this.#incoming.isOver) {
      return;
    }
    const thing = {
      category: Category.START,
      receive: () => {
        throw new ProtocolError('A message for a listener');
      },
      lost: (/** @type {DOMException} */ error) => this.#incoming.error(error),
      deliver: (/** @type {LP2PQuicTransport} */ transport) => this.#incoming.push(transport),
    };
    const number = session.add(thing);
    this.#stop = () => {
      session.remove(number);
      session.send({ type: 'listener.close', listener: number });
    };
    session.send({ type: 'listener.open', listener: number, ...on });
  }
}

defineInterface(LP2PQuicTransportListener, 'LP2PQuicTransportListener', ['ready']);
