import { ProtocolError } from './errors.js';
import { Kind } from './protocol.js';
import { ReceiveHalf } from './receive-stream.js';
import { SendHalf } from './send-stream.js';
import { Category } from './session.js';
import { sessionError, streamError } from './web-transport-error.js';

/** @import { Session, Thing } from './session.js' */
/** @typedef {import('./protocol.js').AgentMessage} AgentMessage */

/**
 * One stream of a transport: a number, and one half or both.
 *
 * @implements {Thing}
 */
export class TransportStream {
  category = Category.STREAM;
  /** @type {SendHalf | null} */
  send = null;
  /** @type {ReceiveHalf | null} */
  receiving = null;

  #number = 0;
  #session;
  /** Whether the half is to come to its end yet, of which the page and the agent may both tell. */
  #sends;
  #receives;
  #onDone;

  /**
   * @param {Session} session
   * @param {object} transport
   * @param {(stream: TransportStream) => void} onDone both halves have ended
   * @param {{ sends: boolean, receives: boolean, options?: import('./send-stream.js').SendOptions }} halves
   */
  constructor(session, transport, onDone, { sends, receives, options = {} }) {
    this.#session = session;
    this.#onDone = onDone;
    this.#sends = sends;
    this.#receives = receives;
    if (sends) {
      const reset = (/** @type {number} */ code) => session.send({ type: 'stream.reset', stream: this.#number, code });
      this.send = new SendHalf({ transport, reset, onDone: () => this.#sendIsOver() }, options);
    }
    if (receives) {
      this.receiving = new ReceiveHalf({
        give: (bytes) => session.send({ type: 'credit', flow: this.#number, bytes }),
        stop: (code) => session.send({ type: 'stream.stop', stream: this.#number, code }),
        onDone: () => this.#receiveIsOver(),
      });
    }
  }

  /** @param {number} number */
  attach(number) {
    this.#number = number;
    this.send?.attach(this.#session.flow(number, this.send));
  }

  /** @param {AgentMessage} message */
  receive(message) {
    const { send, receiving } = this;
    if (message.type === 'stream.finished' && send) {
      send.finished();
    } else if (message.type === 'stream.stopped' && send) {
      send.error(streamError('The peer wants no more of this stream', message.code));
      this.#sendIsOver();
    } else if (message.type === 'stream.reset' && receiving) {
      receiving.error(streamError('The peer gave up this stream', message.code));
      this.#receiveIsOver();
    } else if (message.type === 'credit' && send) {
      send.grant(message.bytes);
    } else {
      throw new ProtocolError(`${message.type} for a stream`);
    }
  }

  /**
   * @param {number} kind
   * @param {Uint8Array<ArrayBuffer>} payload
   */
  receiveFrame(kind, payload) {
    if ((kind !== Kind.STREAM && kind !== Kind.STREAM_END) || !this.receiving) {
      throw new ProtocolError(`A frame of kind ${kind} on a stream`);
    }
    this.receiving.receive(payload, kind === Kind.STREAM_END);
  }

  /** @param {DOMException} error */
  lost(error) {
    this.end(sessionError(error.message));
  }

  /** The transport ended. @param {unknown} error */
  end(error) {
    this.#sends = false;
    this.#receives = false;
    this.#session.remove(this.#number);
    this.send?.error(error);
    this.receiving?.error(error);
  }

  #sendIsOver() {
    if (this.#sends) {
      this.#sends = false;
      this.#endIfOver();
    }
  }

  #receiveIsOver() {
    if (this.#receives) {
      this.#receives = false;
      this.#endIfOver();
    }
  }

  #endIfOver() {
    if (!this.#sends && !this.#receives) {
      this.#session.remove(this.#number);
      this.#onDone(this);
    }
  }
}
