import { End } from './end.js';

const MAX_DATAGRAM_SIZE = 1200;
const DATAGRAM = 9;
const STREAM_END = 8;

/** One transport between two pages: the requester's opens it, the receiver's takes it. */
export class Transport {
  #ends = new Map();
  streams = new Set();

  static open(page, { transport: number, connection }) {
    const source = page.things.get(connection);
    const other = source.receiver;
    const transport = new Transport();
    transport.connection = source;
    source.parts.add(transport);
    const itsNumber = other.newNumber(transport);
    other.things.set(itsNumber, transport);
    page.things.set(number, transport);
    transport.#ends.set(page, new End(page, number, () => {}));
    transport.#ends.set(other, new End(other, itsNumber, () => {}));
    page.send({ type: 'transport.ready', transport: number, maxDatagramSize: MAX_DATAGRAM_SIZE });
    other.send({
      type: 'transport.incoming',
      connection: source.numbers.get(other),
      transport: itsNumber,
      maxDatagramSize: MAX_DATAGRAM_SIZE,
    });
  }

  number(page) {
    return this.#ends.get(page).number;
  }

  other(page) {
    return this.connection.other(page);
  }

  frame(page, kind, payload) {
    if (kind === DATAGRAM) {
      this.#ends.get(this.other(page)).addIfCredit(kind, payload);
      page.giveCredit(this.number(page), payload.length);
    }
  }

  granted(page, bytes) {
    this.#ends.get(page)?.grant(bytes);
  }

  control(page, message) {
    if (message.type === 'transport.close') {
      const other = this.other(page);
      other.send({
        type: 'transport.closed',
        transport: this.number(other),
        code: message.code,
        reason: message.reason,
      });
      this.#end();
    } else if (message.type === 'transport.stats') {
      const stats = { bytesSent: 17, bytesReceived: 4 };
      page.send({ type: 'transport.stats', transport: message.transport, query: message.query, stats });
    }
  }

  /** Says that it will close soon. */
  drain() {
    for (const [page, { number }] of this.#ends) {
      page.send({ type: 'transport.draining', transport: number });
    }
  }

  hasSent() {
    return true;
  }

  cut() {
    for (const [page, { number }] of this.#ends) {
      const error = { name: 'NetworkError', message: 'The connection ended' };
      page.send({ type: 'transport.closed', transport: number, error });
    }
    this.#end();
  }

  #end() {
    for (const [page, { number }] of this.#ends) {
      page.things.delete(number);
    }
    this.#ends.clear();
    this.connection.parts.delete(this);
  }
}

export class Stream {
  #ends = new Map();

  static open(page, transport, { stream: number, bidirectional }) {
    const stream = new Stream();
    stream.transport = transport;
    const other = transport.other(page);
    page.things.set(number, stream);
    const itsNumber = other.newNumber(stream);
    stream.#ends.set(page, new End(page, number, (kind, bytes) => stream.#sent(other, kind, bytes)));
    stream.#ends.set(other, new End(other, itsNumber, (kind, bytes) => stream.#sent(page, kind, bytes)));
    other.send({ type: 'stream.incoming', transport: transport.number(other), stream: itsNumber, bidirectional });
  }

  frame(page, kind, payload) {
    this.#ends.get(this.transport.other(page)).add(kind, payload);
  }

  granted(page, bytes) {
    this.#ends.get(page).grant(bytes);
  }

  control(page, { type, code }) {
    const other = this.transport.other(page);
    const stream = this.#ends.get(other).number;
    other.send({ type: type === 'stream.stop' ? 'stream.stopped' : 'stream.reset', stream, code });
  }

  #sent(from, kind, bytes) {
    from.giveCredit(this.#ends.get(from).number, bytes);
    if (kind === STREAM_END) {
      from.send({ type: 'stream.finished', stream: this.#ends.get(from).number });
    }
  }
}
