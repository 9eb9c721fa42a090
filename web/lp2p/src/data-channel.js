import { fromAgent, ProtocolError } from './errors.js';
import { EventHandlers } from './event-handlers.js';
import { LP2PErrorEvent } from './events.js';
import { Window } from './flow.js';
import { IncomingMessages } from './incoming-messages.js';
import { OutgoingMessages } from './outgoing-messages.js';
import { FLOW_WINDOW, MAX_MESSAGE } from './protocol.js';
import { Category } from './session.js';
import {
  defineInterface,
  enforceRange,
  requireArguments,
  toDictionary,
  toNumber,
  toUSVString,
  utf8Length,
} from './webidl.js';

/** The highest id; 65,535 stands for none. */
const MAX_ID = 65_534;
const MAX_LABEL_BYTES = 65_535;
/** Bytes of text and bytes that a channel holds for a slow peer, as in Java: four of the largest messages. */
const MAX_HELD = 4 * MAX_MESSAGE;

/** Lets a connection construct a channel, and nobody else. */
class OfConnection {
  /** @param {ChannelHost} host */
  constructor(host) {
    this.host = host;
  }
}

/** @import { Handler } from './event-handlers.js' */
/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('./protocol.js').AgentMessage} AgentMessage */
/** @typedef {{ protocol?: string, id?: number }} LP2PDataChannelInit */

/**
 * What {@link LP2PDataChannel} needs of its connection.
 *
 * @typedef {object} ChannelHost
 * @property {Session} session
 * @property {number} number the connection's
 * @property {(channel: LP2PDataChannel) => void} onSent nothing more will be sent on it
 * @property {(channel: LP2PDataChannel) => void} onClosed after onSent
 * @property {(id: number) => void} onId
 */

/** @typedef {{ protocol: string, id: number | undefined }} ChannelInit */
/** Makes a channel of this page. @type {(host: ChannelHost, label: string, init: ChannelInit) => LP2PDataChannel} */
export let openChannel;
/**
 * Makes a channel of the peer, which is open.
 *
 * @type {(host: ChannelHost, message: AgentMessage & { type: 'channel.incoming' }) => LP2PDataChannel}
 */
export let acceptChannel;
/** Ends a channel whose connection is gone. @type {(channel: LP2PDataChannel, error: DOMException) => void} */
export let cutChannel;

/**
 * @param {unknown} label
 * @param {unknown} init
 */
export function toChannelInit(label, init) {
  const converted = toUSVString(label);
  const dictionary = toDictionary(init, 'LP2PDataChannelInit');
  const id = dictionary.id === undefined ? undefined : enforceRange(dictionary.id, MAX_ID, 'id');
  const protocol = dictionary.protocol === undefined ? '' : toUSVString(dictionary.protocol);
  // https://w3c.github.io/webrtc-pc/#dom-rtcpeerconnection-createdatachannel
  if (utf8Length(converted) > MAX_LABEL_BYTES || utf8Length(protocol) > MAX_LABEL_BYTES) {
    throw new TypeError(`A label or a protocol is at most ${MAX_LABEL_BYTES} bytes long`);
  }
  return { label: converted, init: { protocol, id } };
}

/**
 * A two-way channel of messages. What was sent as a Blob arrives as a Blob; {@link binaryType} is about what was sent as an
 * ArrayBuffer or a view.
 *
 * @see https://wicg.github.io/local-peer-to-peer/#lp2p-data-channel
 */
export class LP2PDataChannel extends EventTarget {
  #handlers = new EventHandlers(this);
  #label;
  #protocol;
  /** @type {number | null} */
  #id;
  /** @type {RTCDataChannelState} */
  #state = 'connecting';
  /** @type {BinaryType} */
  #binaryType = 'arraybuffer';
  #bufferedAmount = 0;
  #lowThreshold = 0;
  #isClosing = false;

  /** @type {ChannelHost} */
  #host;
  #number = 0;
  /** @type {import('./flow.js').Flow | undefined} */
  #flow;
  #outgoing = new OutgoingMessages(
    () => this.#flow?.wake(),
    () => this.#closeOnceDrained(),
    (error) => this.#unreadable(error),
  );
  #incoming = new IncomingMessages();
  #window = new Window(FLOW_WINDOW, (bytes) => this.#host.session.send({ type: 'credit', flow: this.#number, bytes }));

  static {
    openChannel = (host, label, init) => {
      const channel = construct(host, label, init);
      const { session, number } = host;
      channel.#attach(session.add(channel.#thing));
      session.send({ type: 'channel.open', connection: number, channel: channel.#number, label, ...init });
      return channel;
    };
    acceptChannel = (host, { channel: number, label, protocol, id }) => {
      if (id > MAX_ID || utf8Length(label) > MAX_LABEL_BYTES || utf8Length(protocol) > MAX_LABEL_BYTES) {
        throw new ProtocolError('A channel with an id or label that no channel has');
      }
      const channel = construct(host, label, { protocol, id });
      host.session.adopt(number, channel.#thing);
      channel.#attach(number);
      channel.#state = 'open';
      return channel;
    };
    cutChannel = (channel, error) => channel.#close(error);
  }

  /**
   * Channels come from {@link LP2PConnection.createDataChannel}. The draft has a constructor, and says nothing of the
   * connection that the channel would be on; it throws.
   *
   * @param {string} label
   * @param {LP2PDataChannelInit} [dataChannelDict]
   */
  constructor(label, dataChannelDict = {}) {
    const of = arguments[2];
    if (!(of instanceof OfConnection)) {
      throw new TypeError("Failed to construct 'LP2PDataChannel': use createDataChannel() of an LP2PConnection");
    }
    super();
    this.#host = of.host;
    this.#label = label;
    this.#protocol = dataChannelDict.protocol ?? '';
    this.#id = dataChannelDict.id ?? null;
  }

  get label() {
    return this.#label;
  }

  get protocol() {
    return this.#protocol;
  }

  get id() {
    return this.#id;
  }

  /** Ours, as RTCDataChannel has it. */
  get readyState() {
    return this.#state;
  }

  /** Ours, as RTCDataChannel has it: bytes of payload that `send` took and the agent has not sent on. */
  get bufferedAmount() {
    return this.#bufferedAmount;
  }

  /** Ours, as RTCDataChannel has it. */
  get bufferedAmountLowThreshold() {
    return this.#lowThreshold;
  }

  set bufferedAmountLowThreshold(value) {
    this.#lowThreshold = toNumber(value) >>> 0;
  }

  get binaryType() {
    return this.#binaryType;
  }

  set binaryType(value) {
    const converted = `${value}`;
    // A value that is not of an enumeration is ignored.
    if (converted === 'blob' || converted === 'arraybuffer') {
      this.#binaryType = converted;
    }
  }

  /** @returns {Handler<Event>} */
  get onopen() {
    return this.#handlers.get('open');
  }

  set onopen(value) {
    this.#handlers.set('open', value);
  }

  /** @returns {Handler<MessageEvent>} */
  get onmessage() {
    return this.#handlers.get('message');
  }

  set onmessage(value) {
    this.#handlers.set('message', value);
  }

  /** Ours, as RTCDataChannel has it. @returns {Handler<Event>} */
  get onbufferedamountlow() {
    return this.#handlers.get('bufferedamountlow');
  }

  set onbufferedamountlow(value) {
    this.#handlers.set('bufferedamountlow', value);
  }

  /** @returns {Handler<LP2PErrorEvent>} */
  get onerror() {
    return this.#handlers.get('error');
  }

  set onerror(value) {
    this.#handlers.set('error', value);
  }

  /** @returns {Handler<Event>} */
  get onclosing() {
    return this.#handlers.get('closing');
  }

  set onclosing(value) {
    this.#handlers.set('closing', value);
  }

  /** @returns {Handler<Event>} */
  get onclose() {
    return this.#handlers.get('close');
  }

  set onclose(value) {
    this.#handlers.set('close', value);
  }

  /**
   * Sends a message, which it copies before it returns; a Blob is read as it is sent.
   *
   * @param {string | Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer>} data
   * @throws {DOMException} InvalidStateError unless the channel is open; OperationError if the peer is so slow that 64 MiB
   *   wait already
   * @throws {TypeError} if the message is larger than 16 MiB and no Blob
   */
  send(data) {
    requireArguments(arguments, 1, "Failed to execute 'send' on 'LP2PDataChannel'");
    const isBlob = data instanceof Blob;
    const isText = !isBlob && !(data instanceof ArrayBuffer) && !ArrayBuffer.isView(data);
    const text = isText ? toUSVString(data) : '';
    if (this.#state !== 'open') {
      throw new DOMException(`The channel "${this.#label}" is ${this.#state}`, 'InvalidStateError');
    }
    if (isBlob) {
      this.#outgoing.addBlob(data);
      this.#bufferedAmount += data.size;
    } else {
      const bytes = isText ? encoder.encode(text) : toView(/** @type {any} */ (data));
      this.#checkSize(bytes.length);
      if (isText) {
        this.#outgoing.addText(bytes);
      } else {
        this.#outgoing.addBinary(bytes);
      }
      this.#bufferedAmount += bytes.length;
    }
    this.#flow?.wake();
  }

  /** Closes after everything that was sent has left; the peer sees `closing`, then `close`. */
  close() {
    if (this.#state === 'closing' || this.#state === 'closed') {
      return;
    }
    this.#state = 'closing';
    this.#isClosing = true;
    this.#closeOnceDrained();
  }

  /** @type {import('./session.js').Thing} */
  #thing = {
    category: Category.CHANNEL,
    receive: (message) => this.#receive(message),
    receiveFrame: (kind, payload) => this.#receiveFrame(kind, payload),
    lost: (error) => this.#close(error),
  };

  /** @param {number} number */
  #attach(number) {
    this.#number = number;
    this.#flow = this.#host.session.flow(number, this.#outgoing);
  }

  /** @param {AgentMessage} message */
  #receive(message) {
    switch (message.type) {
      case 'channel.opened':
        this.#id = message.id;
        this.#host.onId(message.id);
        if (this.#state === 'connecting') {
          this.#state = 'open';
          this.dispatchEvent(new Event('open'));
        }
        break;
      case 'credit':
        this.#flow?.grant(message.bytes);
        this.#countDown(message.bytes);
        break;
      case 'channel.closing':
        this.#peerCloses();
        break;
      case 'channel.closed':
        this.#close(message.error ? fromAgent(message.error) : this.#unsent());
        break;
      default:
        throw new ProtocolError(`${message.type} for a channel`);
    }
  }

  /**
   * @param {number} kind
   * @param {Uint8Array<ArrayBuffer>} payload
   */
  #receiveFrame(kind, payload) {
    this.#window.receive(payload.length);
    this.#window.take(payload.length);
    let message;
    try {
      message = this.#incoming.add(kind, payload);
    } catch (error) {
      if (error instanceof ProtocolError) {
        throw error;
      }
      this.#abort('The peer sent text that is no UTF-8');
      return;
    }
    // https://w3c.github.io/webrtc-pc/#receiving-messages-on-a-data-channel: what comes after close() is discarded.
    if (message !== undefined && this.#state === 'open') {
      this.dispatchEvent(new MessageEvent('message', { data: this.#present(message) }));
    }
  }

  /** @param {import('./incoming-messages.js').Message} message */
  #present(message) {
    if (!(message instanceof Uint8Array)) {
      return message;
    }
    if (this.#binaryType === 'blob') {
      return new Blob([message]);
    }
    const { buffer } = message;
    return message.length === buffer.byteLength ? buffer : message.slice().buffer;
  }

  /** @param {number} bytes */
  #countDown(bytes) {
    const before = this.#bufferedAmount;
    this.#bufferedAmount -= bytes;
    if (before > this.#lowThreshold && this.#bufferedAmount <= this.#lowThreshold && this.#state !== 'closed') {
      this.dispatchEvent(new Event('bufferedamountlow'));
    }
  }

  /** @param {number} bytes */
  #checkSize(bytes) {
    if (bytes > MAX_MESSAGE) {
      throw new TypeError(`A message is at most ${MAX_MESSAGE} bytes, this one has ${bytes}; send a Blob, or parts`);
    }
    if (this.#outgoing.held + bytes > MAX_HELD) {
      throw new DOMException(
        `The peer is slower than this page: ${this.#bufferedAmount} bytes wait. Wait for bufferedamountlow`,
        'OperationError',
      );
    }
  }

  /** The peer sent its last message; what this page has sent still goes there. */
  #peerCloses() {
    if (this.#state === 'closing') {
      // The page's own close has left, or will.
      return;
    }
    this.#state = 'closing';
    this.dispatchEvent(new Event('closing'));
    this.#isClosing = true;
    this.#closeOnceDrained();
  }

  #closeOnceDrained() {
    if (this.#isClosing && this.#outgoing.isEmpty) {
      this.#isClosing = false;
      this.#host.session.send({ type: 'channel.close', channel: this.#number });
      this.#host.onSent(this);
    }
  }

  /** The agent gives credit for all that left, before it says that the channel is closed. */
  #unsent() {
    return this.#bufferedAmount > 0
      ? new DOMException('The peer closed the channel before everything that was sent had left', 'OperationError')
      : undefined;
  }

  /** @param {unknown} error */
  #unreadable(error) {
    this.#abort(`A Blob could not be read: ${error}`);
  }

  /** @param {string} message */
  #abort(message) {
    if (this.#state !== 'closed') {
      this.#host.session.send({ type: 'channel.abort', channel: this.#number, message });
      this.#close(new DOMException(message, 'OperationError'));
    }
  }

  /** @param {DOMException | TypeError} [error] */
  #close(error) {
    if (this.#state === 'closed') {
      return;
    }
    this.#state = 'closed';
    this.#flow?.end();
    this.#outgoing.clear();
    this.#host.session.remove(this.#number);
    this.#host.onSent(this);
    this.#host.onClosed(this);
    if (error) {
      this.dispatchEvent(new LP2PErrorEvent('error', { error }));
    }
    this.dispatchEvent(new Event('close'));
  }
}

defineInterface(LP2PDataChannel);

/**
 * @param {ChannelHost} host
 * @param {string} label
 * @param {LP2PDataChannelInit} init
 * @returns {LP2PDataChannel}
 */
function construct(host, label, init) {
  return Reflect.construct(LP2PDataChannel, [label, init, new OfConnection(host)]);
}

const encoder = new TextEncoder();

/** @param {ArrayBuffer | ArrayBufferView} data */
function toView(data) {
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
