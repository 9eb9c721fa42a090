import { LP2PConnection } from './connection.js';
import { LP2PDataChannel } from './data-channel.js';
import { LP2PQuicTransport } from './quic-transport.js';
import { defineInterface, requireArguments, toDictionary } from './webidl.js';

/** @see https://wicg.github.io/local-peer-to-peer/#lp2p-receiver-connection-event */
export class LP2PConnectionEvent extends Event {
  #connection;

  /**
   * @param {string} type
   * @param {EventInit & { connection: LP2PConnection }} connectionEventInitDict
   */
  constructor(type, connectionEventInitDict) {
    requireArguments(arguments, 2, "Failed to construct 'LP2PConnectionEvent'");
    super(type, connectionEventInitDict);
    this.#connection = member(connectionEventInitDict, 'connection', LP2PConnection);
  }

  get connection() {
    return this.#connection;
  }
}

/** @see https://wicg.github.io/local-peer-to-peer/#lp2p-data-channel-event */
export class LP2PDataChannelEvent extends Event {
  #channel;

  /**
   * @param {string} type
   * @param {EventInit & { channel: LP2PDataChannel }} DataChannelEventInitDict
   */
  constructor(type, DataChannelEventInitDict) {
    requireArguments(arguments, 2, "Failed to construct 'LP2PDataChannelEvent'");
    super(type, DataChannelEventInitDict);
    this.#channel = member(DataChannelEventInitDict, 'channel', LP2PDataChannel);
  }

  get channel() {
    return this.#channel;
  }
}

/**
 * Whether anybody looked at the transport of the event.
 *
 * @type {(event: LP2PTransportEvent) => boolean}
 */
export let isTaken;

/** Ours: a transport that the peer opened on a connection. */
export class LP2PTransportEvent extends Event {
  #transport;
  #isTaken = false;

  static {
    isTaken = (event) => event.#isTaken;
  }

  /**
   * @param {string} type
   * @param {EventInit & { transport: LP2PQuicTransport }} transportEventInitDict
   */
  constructor(type, transportEventInitDict) {
    requireArguments(arguments, 2, "Failed to construct 'LP2PTransportEvent'");
    super(type, transportEventInitDict);
    this.#transport = member(transportEventInitDict, 'transport', LP2PQuicTransport);
  }

  get transport() {
    this.#isTaken = true;
    return this.#transport;
  }
}

/** Ours: the end of a connection, and why. */
export class LP2PCloseEvent extends Event {
  #reason;

  /**
   * @param {string} type
   * @param {EventInit & { reason?: string }} [closeEventInitDict]
   */
  constructor(type, closeEventInitDict = {}) {
    requireArguments(arguments, 1, "Failed to construct 'LP2PCloseEvent'");
    super(type, closeEventInitDict);
    this.#reason = `${closeEventInitDict?.reason ?? ''}`;
  }

  /** `closed-here`, `closed-by-peer`, `network-lost`, `revoked`, `idle`, `protocol-error` or `agent-lost`. */
  get reason() {
    return this.#reason;
  }
}

/** Ours: the error of a channel, in its event `error`. */
export class LP2PErrorEvent extends Event {
  #error;

  /**
   * @param {string} type
   * @param {EventInit & { error: DOMException | TypeError }} errorEventInitDict
   */
  constructor(type, errorEventInitDict) {
    requireArguments(arguments, 2, "Failed to construct 'LP2PErrorEvent'");
    super(type, errorEventInitDict);
    this.#error = errorEventInitDict.error;
  }

  get error() {
    return this.#error;
  }
}

for (const type of [LP2PConnectionEvent, LP2PDataChannelEvent, LP2PTransportEvent, LP2PCloseEvent, LP2PErrorEvent]) {
  defineInterface(type);
}

/**
 * A required member that is an object of an interface.
 *
 * @template T
 * @param {unknown} init
 * @param {string} name
 * @param {new (...args: any[]) => T} type
 * @returns {T}
 */
function member(init, name, type) {
  const value = toDictionary(init, 'The event')[name];
  if (!(value instanceof type)) {
    throw new TypeError(`The event's member ${name} must be a ${type.name}.`);
  }
  return value;
}
