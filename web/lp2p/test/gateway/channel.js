import { End } from './end.js';

/** One channel between two pages. */
export class Channel {
  #ends = new Map();
  #closing = new Set();

  static open(page, connection, { channel: number, label, protocol, id }) {
    if (!connection) {
      return;
    }
    const channel = new Channel();
    channel.connection = connection;
    connection.parts.add(channel);
    const other = connection.other(page);
    const itsNumber = other.newNumber(channel);
    page.things.set(number, channel);
    const chosen = id ?? connection.newId(page);
    channel.#ends.set(page, new End(page, number, (_, bytes) => channel.#sent(page, other, bytes)));
    channel.#ends.set(other, new End(other, itsNumber, (_, bytes) => channel.#sent(other, page, bytes)));
    const connectionNumber = connection.numbers.get(other);
    other.send({
      type: 'channel.incoming',
      connection: connectionNumber,
      channel: itsNumber,
      label,
      protocol,
      id: chosen,
    });
    page.send({ type: 'channel.opened', channel: number, id: chosen });
  }

  frame(page, kind, payload) {
    this.#ends.get(this.connection.other(page))?.add(kind, payload);
  }

  granted(page, bytes) {
    this.#ends.get(page)?.grant(bytes);
  }

  control(page, message) {
    if (message.type === 'channel.close') {
      this.#closing.add(page);
      this.#proceed(page);
    } else if (message.type === 'channel.abort') {
      this.#end({ name: 'OperationError', message: 'The channel was cut' }, page);
    }
  }

  /** Whether everything of the page has gone to the other. */
  hasSent(page) {
    return this.#ends.get(this.connection.other(page)).isEmpty;
  }

  cut() {
    this.#end(undefined, null);
  }

  /** What was for `to` has gone there. */
  #sent(to, from, bytes) {
    from.giveCredit(this.#ends.get(from)?.number, bytes);
    this.#proceed(from);
    this.connection.proceed();
  }

  #proceed(page) {
    const other = this.connection.other(page);
    if (!this.#closing.has(page) || !this.#ends.get(other)?.isEmpty) {
      return;
    }
    if (this.#closing.has(other) && this.#ends.get(page).isEmpty) {
      this.#end(undefined, null);
    } else if (!this.#closing.has(other)) {
      other.send({ type: 'channel.closing', channel: this.#ends.get(other).number });
    }
  }

  #end(error, except) {
    for (const [page, { number }] of this.#ends) {
      if (page !== except) {
        page.send({ type: 'channel.closed', channel: number, error });
      }
      page.things.delete(number);
    }
    this.#ends.clear();
    this.connection.parts.delete(this);
  }
}
