import { acceptTransport } from './quic-transport.js';
import { Transport } from './transport.js';

/** Transports that nobody took, of one receiver: each may hold its windows. */
const MAX_UNCLAIMED = 8;

/** @typedef {import('./quic-transport.js').LP2PQuicTransport} LP2PQuicTransport */
/** @typedef {import('./connection.js').LP2PConnection} LP2PConnection */
/** @typedef {{ deliver: (transport: LP2PQuicTransport) => void, lost: (error: unknown) => void }} Listener */

/**
 * Who gets the transports that peers open on a receiver's connections: the constructor that has waited longest, else a
 * listener, else the connection's event. One that nobody takes waits for any of them.
 */
export class IncomingTransports {
  /** Constructors; without a connection, of any. @type {{ connection: LP2PConnection | null, transport: Transport }[]} */
  #constructors = [];
  /** @type {Set<Listener>} */
  #listeners = new Set();
  /** @type {{ connection: LP2PConnection, transport: Transport }[]} */
  #unclaimed = [];

  /**
   * What a constructor stands for: a transport that came before, or that is still to come.
   *
   * @param {LP2PConnection | null} connection null for any
   * @returns {Transport}
   */
  take(connection) {
    this.#forgetEnded();
    const found = this.#unclaimed.findIndex((one) => connection === null || one.connection === connection);
    if (found >= 0) {
      return this.#unclaimed.splice(found, 1)[0].transport;
    }
    const transport = new Transport();
    this.#constructors.push({ connection, transport });
    return transport;
  }

  /** @param {Listener} listener */
  listen(listener) {
    this.#listeners.add(listener);
    this.#forgetEnded();
    for (const { transport } of this.#unclaimed.splice(0)) {
      listener.deliver(acceptTransport(transport));
    }
  }

  /** @param {Listener} listener */
  stopListening(listener) {
    this.#listeners.delete(listener);
  }

  /**
   * A peer opened one.
   *
   * @param {LP2PConnection} connection
   * @param {(transport: Transport) => void} attach
   * @param {(transport: LP2PQuicTransport) => boolean} announce whether somebody took it
   */
  add(connection, attach, announce) {
    this.#forgetEnded();
    const waiting = this.#constructors.findIndex((one) => one.connection === null || one.connection === connection);
    if (waiting >= 0) {
      attach(this.#constructors.splice(waiting, 1)[0].transport);
      return;
    }
    const transport = new Transport();
    attach(transport);
    const [listener] = this.#listeners;
    if (listener) {
      listener.deliver(acceptTransport(transport));
    } else if (!announce(acceptTransport(transport))) {
      this.#unclaimed.push({ connection, transport });
      if (this.#unclaimed.length > MAX_UNCLAIMED) {
        this.#unclaimed.shift()?.transport.close({ closeCode: 0, reason: '' });
      }
    }
  }

  /**
   * Announces again what nobody took, to who can hear it now.
   *
   * @param {LP2PConnection} connection
   * @param {(transport: LP2PQuicTransport) => boolean} announce
   */
  announceUnclaimed(connection, announce) {
    this.#forgetEnded();
    this.#unclaimed = this.#unclaimed.filter(
      (one) => one.connection !== connection || !announce(acceptTransport(one.transport)),
    );
  }

  /**
   * No more come of a connection, or if null of new ones, so who waits for these is told.
   *
   * @param {LP2PConnection | null} connection
   * @param {unknown} error
   */
  end(connection, error) {
    const over = this.#constructors.filter((one) => one.connection === connection);
    this.#constructors = this.#constructors.filter((one) => one.connection !== connection);
    for (const { transport } of over) {
      transport.fail(error);
    }
  }

  /** Nothing ever comes again. @param {unknown} error */
  lost(error) {
    this.end(null, error);
    for (const listener of this.#listeners) {
      listener.lost(error);
    }
    this.#listeners.clear();
  }

  #forgetEnded() {
    this.#constructors = this.#constructors.filter(({ transport }) => !transport.isEnded);
    this.#unclaimed = this.#unclaimed.filter(({ transport }) => !transport.isEnded);
  }
}
