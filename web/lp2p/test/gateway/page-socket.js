import { Connection } from './connection.js';
import { Channel } from './channel.js';
import { Stream, Transport } from './transport.js';

const SOCKET_WINDOW = 256 * 1024;
const HEADER = 5;

/** The agent's side of one page: numbers, and who each message is for. */
export class PageSocket {
  /** Everything that the page said, for tests to look at. */
  said = [];
  /** Payload frames that came. */
  frames = 0;
  /** @type {Map<number, any>} ends of channels, streams and transports, connections, receivers, requests */
  things = new Map();
  #lastNumber = -1;
  #credit = SOCKET_WINDOW;
  #blocked = new Set();
  #watchers = [];

  constructor(gateway, socket, origin) {
    this.gateway = gateway;
    this.socket = socket;
    this.origin = origin;
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        this.#gone();
        resolve({ code, reason: `${reason}` });
      });
    });
    socket.on('message', (data, isBinary) => (isBinary ? this.#frame(data) : this.#control(JSON.parse(data))));
  }

  send(message) {
    this.socket.send(JSON.stringify(message));
  }

  sendRaw(data) {
    this.socket.send(data);
  }

  sendFrame(kind, flow, payload) {
    const frame = Buffer.alloc(HEADER + payload.length);
    frame.writeUInt8(kind, 0);
    frame.writeUInt32BE(flow, 1);
    payload.copy(frame, HEADER);
    this.#credit -= payload.length;
    this.socket.send(frame);
  }

  /** Whether the socket takes so much; if not, the end is pumped again once it does. */
  takes(bytes, end) {
    if (bytes > this.#credit) {
      this.#blocked.add(end);
      return false;
    }
    return true;
  }

  giveCredit(flow, bytes) {
    if (bytes > 0 && !this.gateway.behaviour.withholdsCredit) {
      this.send({ type: 'credit', flow, bytes });
    }
  }

  newNumber(thing) {
    this.#lastNumber += 2;
    this.things.set(this.#lastNumber, thing);
    return this.#lastNumber;
  }

  /** Breaks the socket as a crash does. */
  lose() {
    this.socket.terminate();
  }

  /** Resolves with the next message of this type, or one that came already. */
  async hears(type) {
    const found = this.said.find((message) => message.type === type);
    return found ?? new Promise((resolve) => this.#watchers.push({ type, resolve }));
  }

  /** Resolves once the page has acted on everything that was sent to it. */
  async catchesUp() {
    this.said = this.said.filter(({ type }) => type !== 'pong');
    this.send({ type: 'ping', id: 1 });
    await this.hears('pong');
  }

  #gone() {
    const { gateway } = this;
    gateway.pages = gateway.pages.filter((page) => page !== this);
    gateway.receivers = gateway.receivers.filter(({ page }) => page !== this);
    gateway.requests = gateway.requests.filter(({ page }) => page !== this);
    for (const thing of this.things.values()) {
      if (thing instanceof Connection) {
        thing.close(this, 'closed-by-peer', 'network-lost');
      }
    }
  }

  #frame(data) {
    this.frames++;
    const flow = data.readUInt32BE(1);
    const payload = data.subarray(HEADER);
    this.giveCredit(0, payload.length);
    this.things.get(flow)?.frame(this, data[0], payload);
  }

  #control(message) {
    this.said.push(message);
    this.#watchers = this.#watchers.filter(({ type, resolve }) => type !== message.type || resolve(message));
    const { gateway, things } = this;
    switch (message.type) {
      case 'hello':
        if (gateway.behaviour.refuse) {
          this.send({ type: 'refused', message: 'The test says no', code: gateway.behaviour.refuse });
          this.socket.close(4000);
        } else if (!gateway.behaviour.isSilent) {
          this.send({ type: 'welcome', version: 1, token: message.token && `after ${message.token}` });
        }
        break;
      case 'receiver.start':
        this.#startReceiver(message);
        break;
      case 'receiver.close':
        gateway.receivers = gateway.receivers.filter(
          ({ page, number }) => page !== this || number !== message.receiver,
        );
        break;
      case 'request.start':
        gateway.requests.push({ page: this, number: message.request });
        this.#match();
        break;
      case 'request.resume':
        if (gateway.behaviour.hasGrant) {
          gateway.requests.push({ page: this, number: message.request });
          this.#match();
        } else {
          const error = { name: 'NotFoundError', message: 'Nothing to resume' };
          this.send({ type: 'request.failed', request: message.request, error });
        }
        break;
      case 'request.cancel':
        gateway.requests = gateway.requests.filter(({ page, number }) => page !== this || number !== message.request);
        break;
      case 'connection.close':
        things.get(message.connection)?.closeOnceSent(this);
        break;
      case 'channel.open':
        Channel.open(this, things.get(message.connection), message);
        break;
      case 'transport.open':
        Transport.open(this, message);
        break;
      case 'stream.open':
        Stream.open(this, things.get(message.transport), message);
        break;
      case 'credit':
        if (message.flow === 0) {
          this.#credit += message.bytes;
          const blocked = [...this.#blocked];
          this.#blocked.clear();
          blocked.forEach((end) => end.pump());
        } else {
          things.get(message.flow)?.granted(this, message.bytes);
        }
        break;
      default:
        things.get(message.channel ?? message.stream ?? message.transport)?.control?.(this, message);
    }
  }

  #startReceiver({ receiver: number }) {
    const error = this.gateway.behaviour.receiverError;
    if (error) {
      this.send({ type: 'receiver.failed', receiver: number, error });
      return;
    }
    const receiver = { page: this, number };
    this.things.set(number, receiver);
    this.gateway.receivers.push(receiver);
    this.send({ type: 'receiver.started', receiver: number });
    this.#match();
  }

  #match() {
    const { gateway } = this;
    gateway.requests = gateway.requests.filter(({ page, number }) => {
      const receiver = gateway.receivers.find((candidate) => candidate.page !== page);
      if (receiver) {
        page.things.set(number, { page, number });
        new Connection(page, number, receiver);
      }
      return !receiver;
    });
  }
}
