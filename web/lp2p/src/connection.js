import { acceptChannel, cutChannel, openChannel, toChannelInit } from './data-channel.js';
import { ProtocolError } from './errors.js';
import { EventHandlers } from './event-handlers.js';
import { isTaken, LP2PCloseEvent, LP2PConnectionEvent, LP2PDataChannelEvent, LP2PTransportEvent } from './events.js';
import { Category } from './session.js';
import { defineInterface, requireArguments } from './webidl.js';

/** How long a peer that reads nothing holds up the closing of a connection, as in Java. */
const CLOSING_MS = 5_000;

/** @import { Handler } from './event-handlers.js' */
/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('./protocol.js').AgentMessage} AgentMessage */
/** @typedef {import('./data-channel.js').LP2PDataChannel} LP2PDataChannel */
/** @typedef {import('./incoming-transports.js').IncomingTransports} IncomingTransports */
/** @typedef {import('./quic-transport.js').LP2PQuicTransport} LP2PQuicTransport */

/**
 * The connection that a message of the agent brings; with who gets its peer's transports if a receiver made it.
 *
 * @type {(session: Session, number: number, nickname: string, incoming?: IncomingTransports) => LP2PConnection}
 */
export let acceptConnection;
/**
 * Throws an InvalidStateError once it is closed.
 *
 * @type {(connection: LP2PConnection) => { session: Session, number: number, incoming?: IncomingTransports }}
 */
export let openConnection;

class Accepted {
  /**
   * @param {Session} session
   * @param {number} number
   * @param {string} nickname
   * @param {IncomingTransports | undefined} incoming
   */
  constructor(session, number, nickname, incoming) {
    this.session = session;
    this.number = number;
    this.nickname = nickname;
    this.incoming = incoming;
  }
}

/** @see https://wicg.github.io/local-peer-to-peer/#lp2p-connection */
export class LP2PConnection extends EventTarget {
  #handlers = new EventHandlers(this);
  /** @type {Session} */
  #session;
  /** @type {number} */
  #number;
  /** @type {string} */
  #nickname;
  /** Only at the side that received. @type {IncomingTransports | undefined} */
  #incoming;
  /** @type {'open' | 'closing' | 'closed'} */
  #state = 'open';
  /** @type {Set<LP2PDataChannel>} */
  #channels = new Set();
  /** @type {Set<number>} */
  #ids = new Set();
  /** Those whose own close has not left this page. @type {Set<LP2PDataChannel>} */
  #sending = new Set();
  /** Whether its own close is to leave, after those of its channels. */
  #hasToClose = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #patience;

  static {
    acceptConnection = (session, number, nickname, incoming) =>
      Reflect.construct(LP2PConnection, [new Accepted(session, number, nickname, incoming)]);
    openConnection = (connection) => {
      connection.#requireOpen();
      return { session: connection.#session, number: connection.#number, incoming: connection.#incoming };
    };
  }

  /** Connections come from {@link LP2PRequest.start} and the event `connection` of {@link LP2PReceiver}. */
  constructor() {
    const [accepted] = arguments;
    if (!(accepted instanceof Accepted)) {
      throw new TypeError('Illegal constructor');
    }
    super();
    this.#session = accepted.session;
    this.#number = accepted.number;
    this.#nickname = accepted.nickname;
    this.#incoming = accepted.incoming;
    this.#session.adopt(this.#number, this.#thing);
  }

  /**
   * Makes a channel, which opens a little later (its event `open`).
   *
   * @param {string} label
   * @param {import('./data-channel.js').LP2PDataChannelInit} [dataChannelDict]
   * @throws {DOMException} InvalidStateError once the connection is closed; OperationError if the id is taken, or there are
   *   4096 channels
   */
  createDataChannel(label, dataChannelDict = {}) {
    requireArguments(arguments, 1, "Failed to execute 'createDataChannel' on 'LP2PConnection'");
    const { label: converted, init } = toChannelInit(label, dataChannelDict);
    this.#requireOpen();
    if (init.id !== undefined && this.#ids.has(init.id)) {
      throw new DOMException(`A channel has the id ${init.id}`, 'OperationError');
    }
    const channel = openChannel(this.#host, converted, init);
    this.#adopt(channel);
    return channel;
  }

  /**
   * Ours: closes every channel after what was sent on it, then the connection. A peer that was lost is not awaited, and one
   * that does not take what was sent for 5 s: its channels then have an `error`.
   */
  close() {
    if (this.#state === 'closed') {
      this.#session.remove(this.#number);
    } else if (this.#state === 'open') {
      this.#state = 'closing';
      this.#hasToClose = true;
      this.#patience = setTimeout(() => this.#sendClose(), CLOSING_MS);
      for (const channel of this.#channels) {
        channel.close();
      }
      this.#closeOnceSent();
    }
  }

  /** Ours: what the page or program at the other end calls itself, or an empty text. Its words, bounded by the agent. */
  get nickname() {
    return this.#nickname;
  }

  /** Ours. */
  get readyState() {
    return this.#state;
  }

  /** @returns {Handler<LP2PDataChannelEvent>} */
  get ondatachannel() {
    return this.#handlers.get('datachannel');
  }

  set ondatachannel(value) {
    this.#handlers.set('datachannel', value);
  }

  /**
   * Ours: a transport that the peer opened and no LP2PQuicTransport or listener waited for; an LP2PTransportEvent. If
   * nobody looks at its `transport`, that waits for the next of them.
   *
   * @returns {Handler<LP2PTransportEvent>}
   */
  get ontransport() {
    return this.#handlers.get('transport');
  }

  set ontransport(value) {
    this.#handlers.set('transport', value);
    queueMicrotask(() => this.#incoming?.announceUnclaimed(this, (transport) => this.#announce(transport)));
  }

  /** Ours: the end of the connection; an LP2PCloseEvent. @returns {Handler<LP2PCloseEvent>} */
  get onclose() {
    return this.#handlers.get('close');
  }

  set onclose(value) {
    this.#handlers.set('close', value);
  }

  /**
   * Ours: after `close` for `network-lost`, the same peer came back; an LP2PConnectionEvent with the new connection.
   *
   * @returns {Handler<LP2PConnectionEvent>}
   */
  get onreconnect() {
    return this.#handlers.get('reconnect');
  }

  set onreconnect(value) {
    this.#handlers.set('reconnect', value);
  }

  /** @type {import('./session.js').Thing} */
  #thing = {
    category: Category.CONNECTION,
    receive: (message) => this.#receive(message),
    lost: (error) => this.#close('agent-lost', error),
  };

  /** @type {import('./data-channel.js').ChannelHost} */
  get #host() {
    return {
      session: this.#session,
      number: this.#number,
      onSent: (channel) => {
        this.#sending.delete(channel);
        this.#closeOnceSent();
      },
      onClosed: (channel) => {
        this.#channels.delete(channel);
        if (channel.id !== null) {
          this.#ids.delete(channel.id);
        }
      },
      onId: (id) => this.#ids.add(id),
    };
  }

  /** @param {LP2PDataChannel} channel */
  #adopt(channel) {
    this.#channels.add(channel);
    this.#sending.add(channel);
    if (channel.id !== null) {
      this.#ids.add(channel.id);
    }
  }

  #closeOnceSent() {
    if (this.#hasToClose && this.#sending.size === 0) {
      this.#sendClose();
    }
  }

  #sendClose() {
    clearTimeout(this.#patience);
    this.#hasToClose = false;
    this.#session.send({ type: 'connection.close', connection: this.#number });
  }

  #requireOpen() {
    if (this.#state !== 'open') {
      throw new DOMException(`The connection is ${this.#state}`, 'InvalidStateError');
    }
  }

  /** @param {AgentMessage} message */
  #receive(message) {
    switch (message.type) {
      case 'channel.incoming': {
        const channel = acceptChannel(this.#host, message);
        this.#adopt(channel);
        this.dispatchEvent(new LP2PDataChannelEvent('datachannel', { channel }));
        // Only now can anybody listen, as with RTCDataChannel.
        if (channel.readyState === 'open') {
          channel.dispatchEvent(new Event('open'));
        }
        break;
      }
      case 'transport.incoming':
        if (!this.#incoming) {
          throw new ProtocolError('A transport for the side that opens them');
        }
        this.#incoming.add(
          this,
          (transport) => transport.accept(this.#session, message.transport, message.maxDatagramSize),
          (transport) => this.#announce(transport),
        );
        break;
      case 'connection.closed':
        this.#close(message.reason, new DOMException('The connection is closed', 'NetworkError'));
        break;
      case 'connection.reconnected':
        this.#reconnected(acceptConnection(this.#session, message.by, message.nickname));
        break;
      default:
        throw new ProtocolError(`${message.type} for a connection`);
    }
  }

  /** @param {LP2PQuicTransport} transport */
  #announce(transport) {
    const event = new LP2PTransportEvent('transport', { transport });
    this.dispatchEvent(event);
    return isTaken(event);
  }

  /** @param {LP2PConnection} connection */
  #reconnected(connection) {
    this.#session.remove(this.#number);
    this.dispatchEvent(new LP2PConnectionEvent('reconnect', { connection }));
  }

  /**
   * @param {string} reason
   * @param {DOMException} error
   */
  #close(reason, error) {
    if (this.#state === 'closed') {
      return;
    }
    // Who lost the network may come back, to the side that made the request.
    const mayComeBack = reason === 'network-lost' && this.#state === 'open' && !this.#incoming;
    this.#state = 'closed';
    clearTimeout(this.#patience);
    this.#hasToClose = false;
    if (!mayComeBack) {
      this.#session.remove(this.#number);
    }
    for (const channel of this.#channels) {
      cutChannel(channel, error);
    }
    this.#incoming?.end(this, new DOMException('The connection is closed; ask for a new one', 'InvalidStateError'));
    this.dispatchEvent(new LP2PCloseEvent('close', { reason }));
  }
}

defineInterface(LP2PConnection);
