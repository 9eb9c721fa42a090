import { WebTransportBidirectionalStream } from './bidirectional-stream.js';
import { Datagrams } from './datagrams.js';
import { fromAgent, ProtocolError } from './errors.js';
import { Inbox } from './inbox.js';
import { Kind, MAX_STREAMS } from './protocol.js';
import { Category } from './session.js';
import { TransportStream } from './transport-stream.js';
import { sessionError } from './web-transport-error.js';

/** @import { Session, Thing } from './session.js' */
/** @import { WebTransportReceiveStream } from './receive-stream.js' */
/** @typedef {import('./protocol.js').AgentMessage} AgentMessage */
/** @typedef {import('./send-stream.js').SendOptions & { waitUntilAvailable: boolean }} StreamOptions */
/** @typedef {{ closeCode: number, reason: string }} CloseInfo */

/**
 * What an LP2PQuicTransport does, without the shape.
 *
 * @implements {Thing}
 */
export class Transport {
  category = Category.TRANSPORT;
  congestionControl = 'default';
  /** WebTransport negotiates one with a server; peers have none. */
  protocol = '';
  /** @type {PromiseWithResolvers<undefined>} */
  ready = Promise.withResolvers();
  /** @type {PromiseWithResolvers<CloseInfo>} */
  closed = Promise.withResolvers();
  /** @type {PromiseWithResolvers<undefined>} */
  draining = Promise.withResolvers();
  datagrams = new Datagrams((bytes) => this.#session?.send({ type: 'credit', flow: this.#number, bytes }));
  /** @type {Inbox<WebTransportBidirectionalStream>} */
  incomingBidirectional = new Inbox((waiting) => waiting.forEach(refuse));
  /** @type {Inbox<WebTransportReceiveStream>} */
  incomingUnidirectional = new Inbox((waiting) => waiting.forEach(refuse));

  /** However it ends. */
  ended = this.closed.promise.then(
    () => {},
    () => {},
  );

  /** @type {Session | undefined} */
  #session;
  #number = 0;
  #isEnded = false;
  /** @type {Set<TransportStream>} */
  #streams = new Set();
  /** Of the streams, those that this page made. @type {Set<TransportStream>} */
  #own = new Set();
  /** @type {(() => void)[]} */
  #waiting = [];
  #queries = 0;
  /** @type {Map<number, PromiseWithResolvers<object>>} */
  #stats = new Map();

  constructor() {
    // A page that does not look at it is not to be told of unhandled rejections.
    this.ready.promise.catch(() => {});
  }

  get isEnded() {
    return this.#isEnded;
  }

  /**
   * Asks the agent for a transport.
   *
   * @param {Session} session
   * @param {number} connection
   */
  open(session, connection) {
    if (!this.#isEnded) {
      this.#session = session;
      this.#number = session.add(this);
      session.send({ type: 'transport.open', transport: this.#number, connection });
    }
  }

  /**
   * Is one that the peer opened.
   *
   * @param {Session} session
   * @param {number} number
   * @param {number} maxDatagramSize
   */
  accept(session, number, maxDatagramSize) {
    this.#session = session;
    this.#number = number;
    session.adopt(number, this);
    this.#isReady(session, maxDatagramSize);
  }

  /** It could not be opened. @param {unknown} error */
  fail(error) {
    const message = error instanceof Error ? error.message : `${error}`;
    this.#end(sessionError(message), null, error);
  }

  /** @param {CloseInfo} info */
  close(info) {
    if (this.#isEnded) {
      return;
    }
    if (this.#number !== 0) {
      this.#session?.send({
        type: 'transport.close',
        transport: this.#number,
        code: info.closeCode,
        reason: info.reason,
      });
    }
    const wasReady = this.#number !== 0 && this.#isConnected;
    const error = sessionError(wasReady ? 'The transport was closed' : 'The transport was closed before it was ready');
    this.#end(error, wasReady ? info : null);
  }

  /**
   * @param {boolean} bidirectional
   * @param {StreamOptions} options
   * @returns {Promise<TransportStream>}
   */
  async createStream(bidirectional, options) {
    this.#requireOpen();
    await this.ready.promise.catch(() => {});
    this.#requireOpen();
    while (this.#own.size >= MAX_STREAMS) {
      if (!options.waitUntilAvailable) {
        throw new DOMException(`A transport has at most ${MAX_STREAMS} streams at a time`, 'QuotaExceededError');
      }
      await new Promise((resolve) => this.#waiting.push(() => resolve(undefined)));
      this.#requireOpen();
    }
    const session = /** @type {Session} */ (this.#session);
    const stream = this.#add(session, { sends: true, receives: bidirectional, options });
    this.#own.add(stream);
    const number = session.add(stream);
    session.send({ type: 'stream.open', stream: number, transport: this.#number, bidirectional });
    stream.attach(number);
    return stream;
  }

  async getStats() {
    this.#requireOpen();
    await this.ready.promise;
    this.#requireOpen();
    const query = ++this.#queries;
    /** @type {PromiseWithResolvers<object>} */
    const answer = Promise.withResolvers();
    this.#stats.set(query, answer);
    this.#session?.send({ type: 'transport.stats', transport: this.#number, query });
    return answer.promise;
  }

  /** @param {object} group */
  async groupStats(group) {
    const sum = { bytesWritten: 0, bytesSent: 0, bytesAcknowledged: 0 };
    for (const { send } of this.#streams) {
      if (send?.group === group) {
        sum.bytesWritten += send.stats.bytesWritten;
        sum.bytesSent += send.stats.bytesSent;
        sum.bytesAcknowledged += send.stats.bytesAcknowledged;
      }
    }
    return sum;
  }

  /** @param {AgentMessage} message */
  receive(message) {
    const session = /** @type {Session} */ (this.#session);
    switch (message.type) {
      case 'transport.ready':
        this.#isReady(session, message.maxDatagramSize);
        break;
      case 'transport.draining':
        this.draining.resolve(undefined);
        break;
      case 'transport.closed':
        this.#closedByAgent(message);
        break;
      case 'transport.stats':
        this.#stats.get(message.query)?.resolve(message.stats);
        this.#stats.delete(message.query);
        break;
      case 'stream.incoming':
        this.#incoming(session, message);
        break;
      case 'credit':
        this.datagrams.grant(message.bytes);
        break;
      default:
        throw new ProtocolError(`${message.type} for a transport`);
    }
  }

  /**
   * @param {number} kind
   * @param {Uint8Array<ArrayBuffer>} payload
   */
  receiveFrame(kind, payload) {
    if (kind !== Kind.DATAGRAM) {
      throw new ProtocolError(`A frame of kind ${kind} on a transport`);
    }
    this.datagrams.receive(payload);
  }

  /** @param {DOMException} error */
  lost(error) {
    this.#end(sessionError(error.message), null, error);
  }

  #isConnected = false;

  /**
   * @param {Session} session
   * @param {number} maxDatagramSize
   */
  #isReady(session, maxDatagramSize) {
    if (this.#isConnected) {
      throw new ProtocolError('A transport that is ready twice');
    }
    this.#isConnected = true;
    this.datagrams.maxSize = maxDatagramSize;
    this.datagrams.attach(session.flow(this.#number, this.datagrams));
    this.ready.resolve(undefined);
  }

  /**
   * @param {Session} session
   * @param {AgentMessage & { type: 'stream.incoming' }} message
   */
  #incoming(session, { stream: number, bidirectional }) {
    const stream = this.#add(session, { sends: bidirectional, receives: true });
    session.adopt(number, stream);
    stream.attach(number);
    if (bidirectional) {
      hand(new WebTransportBidirectionalStream(stream), this.incomingBidirectional);
    } else {
      hand(/** @type {any} */ (stream.receiving).stream, this.incomingUnidirectional);
    }
  }

  /**
   * @param {Session} session
   * @param {{ sends: boolean, receives: boolean, options?: import('./send-stream.js').SendOptions }} halves
   */
  #add(session, halves) {
    const onDone = (/** @type {TransportStream} */ done) => {
      this.#streams.delete(done);
      this.#own.delete(done);
      this.#waiting.shift()?.();
    };
    const stream = new TransportStream(session, this, onDone, halves);
    this.#streams.add(stream);
    return stream;
  }

  /** @param {AgentMessage & { type: 'transport.closed' }} message */
  #closedByAgent({ code = 0, reason = '', error }) {
    if (error) {
      const cause = fromAgent(error);
      this.#end(sessionError(cause.message), null, cause);
    } else {
      this.#end(sessionError('The peer closed the transport'), { closeCode: code, reason });
    }
  }

  #requireOpen() {
    if (this.#isEnded) {
      throw new DOMException('The transport is closed', 'InvalidStateError');
    }
  }

  /**
   * @param {DOMException} error for everything on it
   * @param {CloseInfo | null} info null: not cleanly
   * @param {unknown} [cause] more exact than `error`, for who waits for it to be ready
   */
  #end(error, info, cause = error) {
    if (this.#isEnded) {
      return;
    }
    this.#isEnded = true;
    this.#session?.remove(this.#number);
    for (const stream of this.#streams) {
      stream.end(error);
    }
    this.#streams.clear();
    for (const proceed of this.#waiting.splice(0)) {
      proceed();
    }
    for (const { promise, reject } of this.#stats.values()) {
      promise.catch(() => {});
      reject(error);
    }
    this.datagrams.end(info ? undefined : error);
    this.draining.resolve(undefined);
    this.ready.reject(cause);
    if (info) {
      this.closed.resolve(info);
      this.incomingBidirectional.close();
      this.incomingUnidirectional.close();
    } else {
      this.closed.reject(cause);
      this.incomingBidirectional.error(error);
      this.incomingUnidirectional.error(error);
    }
  }
}

/**
 * @template {WebTransportBidirectionalStream | WebTransportReceiveStream} T
 * @param {T} stream
 * @param {Inbox<T>} inbox
 */
function hand(stream, inbox) {
  if (inbox.isOver) {
    refuse(stream);
  } else {
    inbox.push(stream);
  }
}

/**
 * The page takes no more streams.
 *
 * @param {WebTransportBidirectionalStream | WebTransportReceiveStream} stream
 */
function refuse(stream) {
  if (stream instanceof WebTransportBidirectionalStream) {
    stream.writable.abort().catch(() => {});
    stream.readable.cancel().catch(() => {});
  } else {
    stream.cancel().catch(() => {});
  }
}
