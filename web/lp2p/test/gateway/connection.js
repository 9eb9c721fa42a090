/** One connection between two pages. */
export class Connection {
  /** Channels and transports on it. */
  parts = new Set();
  numbers = new Map();

  /** @param lost at the requester, the number of the connection whose place it takes */
  constructor(requester, request, receiver, lost) {
    this.requester = requester;
    this.receiver = receiver.page;
    this.source = receiver;
    for (const page of [requester, receiver.page]) {
      this.numbers.set(page, page.newNumber(this));
    }
    this.nextId = { [this.#role(requester)]: 0, [this.#role(receiver.page)]: 1 };
    const connection = this.numbers.get(requester);
    if (lost) {
      requester.send({ type: 'connection.reconnected', connection: lost, by: connection, nickname: 'receiver' });
    } else {
      requester.send({ type: 'request.connected', request, connection, nickname: 'receiver' });
    }
    receiver.page.send({
      type: 'connection.incoming',
      receiver: receiver.number,
      connection: this.numbers.get(receiver.page),
      nickname: 'requester',
    });
  }

  /** The network under it goes. */
  lose() {
    this.lost = this.numbers.get(this.requester);
    this.close(this.requester, 'network-lost', 'network-lost');
  }

  /** The network is back. */
  reconnect() {
    new Connection(this.requester, undefined, this.source, this.lost);
  }

  other(page) {
    return page === this.requester ? this.receiver : this.requester;
  }

  newId(page) {
    const role = this.#role(page);
    const id = this.nextId[role];
    this.nextId[role] += 2;
    return id;
  }

  /** A page closes it: what it sent goes first. */
  closeOnceSent(page) {
    this.closing = page;
    this.proceed();
  }

  proceed() {
    const page = this.closing;
    if (page && [...this.parts].every((part) => part.hasSent(page))) {
      this.closing = null;
      this.close(page, 'closed-here', 'closed-by-peer');
    }
  }

  close(page, reason, otherReason) {
    for (const part of [...this.parts]) {
      part.cut();
    }
    for (const [end, number] of this.numbers) {
      end.send({ type: 'connection.closed', connection: number, reason: end === page ? reason : otherReason });
      end.things.delete(number);
    }
    this.numbers.clear();
  }

  #role(page) {
    return page === this.requester ? 'requester' : 'receiver';
  }
}
