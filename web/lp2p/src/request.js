import { acceptConnection } from './connection.js';
import { fromAgent, ProtocolError } from './errors.js';
import { connect, isActivated } from './gateway.js';
import { toNickname } from './nickname.js';
import { Category } from './session.js';
import { defineInterface, toDictionary } from './webidl.js';

/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('./connection.js').LP2PConnection} LP2PConnection */
/** @typedef {{ session: Session, number: number, connection: Promise<LP2PConnection> }} StartedRequest */

/**
 * Starts a request unless it has started; the signal is for one that is new.
 *
 * @type {(request: LP2PRequest, signal?: AbortSignal) => { started: Promise<StartedRequest>, isNew: boolean }}
 */
export let startedRequest;

/** @see https://wicg.github.io/local-peer-to-peer/#lp2p-request */
export class LP2PRequest {
  /** @type {string | undefined} */
  #nickname;
  /** The last start that has not failed. @type {Promise<StartedRequest> | null} */
  #started = null;

  static {
    startedRequest = (request, signal) => {
      const isNew = request.#started === null;
      return { started: request.#started ?? request.#begin('request.start', signal), isNew };
    };
  }

  /** @param {{ nickname?: string }} [options] */
  constructor(options = {}) {
    const { nickname } = toDictionary(options, 'LP2PRequestOptions');
    this.#nickname = toNickname(nickname);
  }

  /**
   * Asks the user for a device, which is then authenticated unless it is known, and connects. A user who dismisses the
   * question is not seen by the page: nothing comes.
   *
   * @param {{ signal?: AbortSignal }} [options] ours: a signal takes the question off the screen
   * @returns {Promise<LP2PConnection>}
   * @throws {DOMException} NotAllowedError if the user declined, or the page may not; NotFoundError, NetworkError if the
   *   device is gone or does not answer; AbortError; LP2PUnavailableError
   */
  async start(options = undefined) {
    return this.#run('request.start', options);
  }

  /**
   * Ours: connects to the peer that this origin used last, without a question, if the user has allowed that; for instance
   * after a reload.
   *
   * @param {{ signal?: AbortSignal }} [options]
   * @returns {Promise<LP2PConnection>}
   * @throws {DOMException} as {@link start}; NotFoundError also if there is nothing to resume
   */
  async resume(options = undefined) {
    return this.#run('request.resume', options);
  }

  /**
   * @param {'request.start' | 'request.resume'} type
   * @param {unknown} options
   */
  async #run(type, options) {
    const { signal } = toDictionary(options, 'LP2PRequestStartOptions');
    if (signal !== undefined && !(signal instanceof AbortSignal)) {
      throw new TypeError('signal must be an AbortSignal.');
    }
    signal?.throwIfAborted();
    const { connection } = await this.#begin(type, signal);
    return connection;
  }

  /**
   * @param {'request.start' | 'request.resume'} type
   * @param {AbortSignal | undefined} signal
   */
  #begin(type, signal) {
    const started = this.#connect(type, signal, isActivated());
    this.#started = started;
    started
      .then(({ connection }) => connection)
      .catch(() => {
        if (this.#started === started) {
          this.#started = null;
        }
      });
    return started;
  }

  /**
   * @param {'request.start' | 'request.resume'} type
   * @param {AbortSignal | undefined} signal
   * @param {boolean} activation
   */
  async #connect(type, signal, activation) {
    const session = await connect(signal);
    signal?.throwIfAborted();
    const { promise: connection, resolve, reject } = Promise.withResolvers();
    const end = () => {
      session.remove(number);
      signal?.removeEventListener('abort', cancel);
    };
    const number = session.add({
      category: Category.START,
      receive: (message) => {
        switch (message.type) {
          case 'request.connected':
            end();
            resolve(acceptConnection(session, message.connection, message.nickname));
            break;
          case 'request.failed':
            end();
            reject(fromAgent(message.error));
            break;
          default:
            throw new ProtocolError(`${message.type} for a request`);
        }
      },
      lost: (error) => {
        end();
        reject(error);
      },
    });
    const cancel = () => {
      end();
      session.send({ type: 'request.cancel', request: number });
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', cancel);
    const ask = { request: number, nickname: this.#nickname };
    session.send(type === 'request.start' ? { type, ...ask, activation: activation } : { type, ...ask });
    return { session, number, connection };
  }
}

defineInterface(LP2PRequest);
