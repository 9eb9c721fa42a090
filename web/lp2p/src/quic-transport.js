import { WebTransportBidirectionalStream } from './bidirectional-stream.js';
import { LP2PConnection, openConnection } from './connection.js';
import { LP2PReceiver, startedReceiver } from './receiver.js';
import { LP2PRequest, startedRequest } from './request.js';
import { toSendOptions, WebTransportSendGroup } from './send-stream.js';
import { Transport } from './transport.js';
import {
  defineInterface,
  enforceRange,
  inheritFromBrowser,
  requireArguments,
  toDictionary,
  toUnsignedLong,
  toUSVString,
  utf8Length,
} from './webidl.js';

const MAX_REASON_BYTES = 1024;
const MAX_UNSIGNED_SHORT = 65_535;

/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('./send-stream.js').WebTransportSendStream} WebTransportSendStream */

/**
 * A transport that a peer opened.
 *
 * @type {(transport: Transport) => LP2PQuicTransport}
 */
export let acceptTransport;

/**
 * WebTransport to a peer. What WebTransport says of a server goes for the peer.
 *
 * On a connection, the side that made the request opens the transport, and the side that received it waits for one.
 *
 * @see https://wicg.github.io/local-peer-to-peer/#lp2p-quic-transport
 * @see https://w3c.github.io/webtransport/#web-transport
 */
export class LP2PQuicTransport {
  /** @type {Transport} */
  #transport;
  /** @type {number | null} */
  #anticipatedUnidirectional = null;
  /** @type {number | null} */
  #anticipatedBidirectional = null;

  static {
    acceptTransport = (transport) => Reflect.construct(LP2PQuicTransport, [transport]);
  }

  /**
   * Starts a request or receiver that has not started; of a receiver, takes the next transport of any of its connections.
   *
   * @param {LP2PConnection | LP2PRequest | LP2PReceiver} source
   * @param {object} [quicTransportDict] the draft has no members yet
   */
  constructor(source, quicTransportDict = {}) {
    requireArguments(arguments, 1, "Failed to construct 'LP2PQuicTransport'");
    toDictionary(quicTransportDict, 'LP2PQuicTransportInit');
    this.#transport = /** @type {unknown} */ (source) instanceof Transport ? /** @type {any} */ (source) : connect(source);
  }

  static get supportsReliableOnly() {
    return false;
  }

  get ready() {
    return this.#transport.ready.promise;
  }

  get closed() {
    return this.#transport.closed.promise;
  }

  get draining() {
    return this.#transport.draining.promise;
  }

  /** @returns {'pending' | 'supports-unreliable'} */
  get reliability() {
    return this.#transport.datagrams.maxSize > 0 ? 'supports-unreliable' : 'pending';
  }

  get congestionControl() {
    return this.#transport.congestionControl;
  }

  get protocol() {
    return this.#transport.protocol;
  }

  get anticipatedConcurrentIncomingUnidirectionalStreams() {
    return this.#anticipatedUnidirectional;
  }

  set anticipatedConcurrentIncomingUnidirectionalStreams(value) {
    this.#anticipatedUnidirectional = toAnticipated(value);
  }

  get anticipatedConcurrentIncomingBidirectionalStreams() {
    return this.#anticipatedBidirectional;
  }

  set anticipatedConcurrentIncomingBidirectionalStreams(value) {
    this.#anticipatedBidirectional = toAnticipated(value);
  }

  get datagrams() {
    return this.#transport.datagrams.duplex;
  }

  get incomingBidirectionalStreams() {
    return this.#transport.incomingBidirectional.stream;
  }

  get incomingUnidirectionalStreams() {
    return this.#transport.incomingUnidirectional.stream;
  }

  /**
   * Before it is ready, takes the question of a request that it started off the screen.
   *
   * @param {{ closeCode?: number, reason?: string }} [closeInfo]
   */
  close(closeInfo = {}) {
    const { closeCode, reason } = toDictionary(closeInfo, 'WebTransportCloseInfo');
    this.#transport.close({
      closeCode: closeCode === undefined ? 0 : toUnsignedLong(closeCode),
      reason: reason === undefined ? '' : truncate(toUSVString(reason)),
    });
  }

  /**
   * @param {import('./send-stream.js').SendOptions & { waitUntilAvailable?: boolean }} [options]
   * @returns {Promise<WebTransportBidirectionalStream>}
   */
  async createBidirectionalStream(options = {}) {
    return new WebTransportBidirectionalStream(await this.#transport.createStream(true, toSendOptions(options)));
  }

  /**
   * @param {import('./send-stream.js').SendOptions & { waitUntilAvailable?: boolean }} [options]
   * @returns {Promise<WebTransportSendStream>}
   */
  async createUnidirectionalStream(options = {}) {
    const { send } = await this.#transport.createStream(false, toSendOptions(options));
    return /** @type {any} */ (send).stream;
  }

  createSendGroup() {
    if (this.#transport.isEnded) {
      throw new DOMException('The transport is closed', 'InvalidStateError');
    }
    return new WebTransportSendGroup(this.#transport);
  }

  async getStats() {
    const { datagrams } = this.#transport;
    return { ...(await this.#transport.getStats()), datagrams: { ...datagrams.stats } };
  }

  /**
   * @param {BufferSource} label
   * @returns {Promise<ArrayBuffer>}
   * @throws {DOMException} NotSupportedError, always
   */
  async exportKeyingMaterial(label) {
    requireArguments(arguments, 1, "Failed to execute 'exportKeyingMaterial' on 'LP2PQuicTransport'");
    if (!ArrayBuffer.isView(label) && !(label instanceof ArrayBuffer)) {
      throw new TypeError('The label must be a BufferSource.');
    }
    void this.#transport;
    throw new DOMException('The keys of the transport stay in the agent', 'NotSupportedError');
  }
}

defineInterface(LP2PQuicTransport, 'LP2PQuicTransport', ['ready', 'closed', 'draining']);
inheritFromBrowser(LP2PQuicTransport, 'WebTransport');

/**
 * @param {unknown} source
 * @returns {Transport}
 */
function connect(source) {
  if (source instanceof LP2PConnection) {
    return onConnection(source, new Transport());
  }
  if (source instanceof LP2PRequest) {
    const transport = new Transport();
    const closing = new AbortController();
    const { started, isNew } = startedRequest(source, closing.signal);
    transport.ended.then(() => closing.abort());
    started
      .then(({ connection }) => connection)
      .then((connection) => {
        onConnection(connection, transport);
        if (isNew) {
          // Nobody else has the connection.
          transport.ended.then(() => connection.close());
        }
      })
      .catch((error) => transport.fail(error));
    return transport;
  }
  if (source instanceof LP2PReceiver) {
    const { started, incoming } = startedReceiver(source);
    const transport = incoming.take(null);
    started.catch((error) => transport.fail(error));
    return transport;
  }
  throw new TypeError('The source must be an LP2PConnection, LP2PRequest or LP2PReceiver.');
}

/**
 * The side that made the request opens a transport; the other takes what comes, or came.
 *
 * @param {LP2PConnection} connection
 * @param {Transport} toOpen
 */
function onConnection(connection, toOpen) {
  const { session, number, incoming } = openConnection(connection);
  if (incoming) {
    return incoming.take(connection);
  }
  toOpen.open(session, number);
  return toOpen;
}

/** @param {unknown} value */
function toAnticipated(value) {
  return value === null || value === undefined ? null : enforceRange(value, MAX_UNSIGNED_SHORT, 'The value');
}

/** The longest beginning that fits. @param {string} reason */
function truncate(reason) {
  let text = reason.slice(0, MAX_REASON_BYTES);
  while (utf8Length(text) > MAX_REASON_BYTES) {
    text = text.slice(0, -1);
  }
  return text.toWellFormed() === text ? text : text.slice(0, -1);
}
