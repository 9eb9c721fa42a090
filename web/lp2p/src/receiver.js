import { acceptConnection } from './connection.js';
import { fromAgent, ProtocolError } from './errors.js';
import { EventHandlers } from './event-handlers.js';
import { LP2PConnectionEvent } from './events.js';
import { connect, isActivated } from './gateway.js';
import { IncomingTransports } from './incoming-transports.js';
import { toNickname } from './nickname.js';
import { Category } from './session.js';
import { defineInterface, toDictionary } from './webidl.js';

/** @import { Handler } from './event-handlers.js' */
/** @typedef {import('./session.js').Session} Session */

/**
 * Starts a receiver unless it has started.
 *
 * @type {(receiver: LP2PReceiver) => { started: Promise<void>, incoming: IncomingTransports }}
 */
export let startedReceiver;

/** @see https://wicg.github.io/local-peer-to-peer/#lp2p-receiver */
export class LP2PReceiver extends EventTarget {
  #handlers = new EventHandlers(this);
  /** @type {string | undefined} */
  #nickname;
  /** @type {Promise<void> | null} */
  #started = null;
  #incoming = new IncomingTransports();
  #isClosed = false;
  /** @type {(() => void) | null} what closing does while it starts or is started */
  #stop = null;

  static {
    startedReceiver = (receiver) => ({
      started: (receiver.#started ??= receiver.#begin()),
      incoming: receiver.#incoming,
    });
  }

  /** @param {{ nickname?: string }} [options] */
  constructor(options = {}) {
    super();
    const { nickname } = toDictionary(options, 'LP2PReceiverOptions');
    this.#nickname = toNickname(nickname);
  }

  /**
   * Asks the user for consent, then makes this device visible to others. A user who dismisses the question is not seen by
   * the page: nothing comes. What failed, or was lost with the agent, can be started again.
   *
   * @returns {Promise<undefined>}
   * @throws {DOMException} NotAllowedError if the user declined, or the page may not; InvalidStateError if it has started or
   *   is closed; AbortError if it was closed meanwhile; LP2PUnavailableError
   */
  async start() {
    if (this.#started) {
      throw new DOMException('The receiver has started', 'InvalidStateError');
    }
    await startedReceiver(this).started;
  }

  /** Ours: lets no more devices connect; connections that are open stay. */
  close() {
    this.#isClosed = true;
    this.#stop?.();
  }

  /** @returns {Handler<LP2PConnectionEvent>} */
  get onconnection() {
    return this.#handlers.get('connection');
  }

  set onconnection(value) {
    this.#handlers.set('connection', value);
  }

  /** Ours: other devices can no longer connect, and not because of `close()`. @returns {Handler<Event>} */
  get onclose() {
    return this.#handlers.get('close');
  }

  set onclose(value) {
    this.#handlers.set('close', value);
  }

  async #begin() {
    const activation = isActivated();
    if (this.#isClosed) {
      throw new DOMException('The receiver is closed; make a new one', 'InvalidStateError');
    }
    const closing = new AbortController();
    this.#stop = () => closing.abort(new DOMException('The receiver was closed', 'AbortError'));
    try {
      const session = await connect(closing.signal);
      closing.signal.throwIfAborted();
      await this.#ask(session, activation);
    } catch (error) {
      this.#started = null;
      throw error;
    }
  }

  /**
   * @param {Session} session
   * @param {boolean} activation
   * @returns {Promise<void>}
   */
  #ask(session, activation) {
    const { promise, resolve, reject } = Promise.withResolvers();
    /** @param {unknown} error */
    const end = (error) => {
      this.#stop = null;
      session.remove(number);
      reject(error);
      this.#incoming.end(null, error);
    };
    const number = session.add({
      category: Category.START,
      receive: (message) => {
        switch (message.type) {
          case 'receiver.started':
            resolve(undefined);
            break;
          case 'receiver.failed':
            end(fromAgent(message.error));
            this.#ended();
            break;
          case 'connection.incoming':
            this.dispatchEvent(
              new LP2PConnectionEvent('connection', {
                connection: acceptConnection(session, message.connection, message.nickname, this.#incoming),
              }),
            );
            break;
          default:
            throw new ProtocolError(`${message.type} for a receiver`);
        }
      },
      lost: (error) => {
        end(error);
        this.#incoming.lost(error);
        this.#ended();
      },
    });
    this.#stop = () => {
      session.send({ type: 'receiver.close', receiver: number });
      end(new DOMException('The receiver was closed', 'AbortError'));
    };
    session.send({ type: 'receiver.start', receiver: number, nickname: this.#nickname, activation });
    return promise;
  }

  /** After it had started; before, its promise says so. */
  async #ended() {
    const started = this.#started;
    if (!started || this.#isClosed) {
      return;
    }
    const hadStarted = await started.then(
      () => true,
      () => false,
    );
    // Who was told that it has not started may have started it again.
    if (hadStarted && this.#started === started) {
      this.#started = null;
      this.dispatchEvent(new Event('close'));
    }
  }
}

defineInterface(LP2PReceiver);
