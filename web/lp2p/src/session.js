/**
 * One life of the connection to an agent: the numbers of everything on it, and who each message is for.
 */
import { LP2PUnavailableError, ProtocolError, refusal } from './errors.js';
import { Flow, Scheduler, Window } from './flow.js';
import {
  Close,
  decodeFrame,
  MAX_CHANNELS,
  MAX_CONNECTIONS,
  MAX_NUMBER,
  MAX_STARTS,
  MAX_STREAMS,
  MAX_TRANSPORTS,
  parse,
  SOCKET,
  SOCKET_WINDOW,
  VERSIONS,
} from './protocol.js';

/** What the agent says before it welcomes the page. */
const BEFORE_WELCOME = new Set(['welcome', 'refused', 'error']);
const MAKE_CONNECTIONS = new Set(['request.connected', 'connection.incoming', 'connection.reconnected']);
/** How long who answers may take to say that it is an agent. */
const GREETING_MS = 10_000;

/** @typedef {import('./protocol.js').AgentMessage} AgentMessage */
/** @typedef {import('./protocol.js').PageMessage} PageMessage */

/**
 * What has a number.
 *
 * @typedef {object} Thing
 * @property {typeof Category[keyof typeof Category]} category
 * @property {(message: AgentMessage) => void} receive may throw a ProtocolError
 * @property {(kind: number, payload: Uint8Array<ArrayBuffer>) => void} [receiveFrame] the payload is the thing's to keep
 * @property {(error: LP2PUnavailableError) => void} lost it is forgotten by then
 */

/** How many of each there may be on one socket; and their ranks, so that what is on a connection ends before it does. */
export const Category = Object.freeze({
  CHANNEL: { rank: 0, name: 'channels', limit: MAX_CHANNELS },
  STREAM: { rank: 0, name: 'streams', limit: MAX_STREAMS * MAX_TRANSPORTS },
  TRANSPORT: { rank: 1, name: 'transports', limit: MAX_TRANSPORTS },
  CONNECTION: { rank: 2, name: 'connections', limit: MAX_CONNECTIONS },
  START: { rank: 3, name: 'receivers and requests', limit: MAX_STARTS },
});

export class Session {
  /** @type {import('./carrier.js').Carrier} */
  #carrier;
  /** @type {Map<number, Thing>} */
  #things = new Map();
  /** @type {Map<object, number>} */
  #counts = new Map();
  #lastOwn = 0;
  #lastOfAgent = -1;
  #scheduler = new Scheduler((frame) => this.#carrier.send(frame));
  #window = new Window(SOCKET_WINDOW, (bytes) => this.send({ type: 'credit', flow: SOCKET, bytes }));
  /** @type {PromiseWithResolvers<Session>} */
  #welcome = Promise.withResolvers();
  #isWelcome = false;
  /** @type {string | undefined} */
  #nextToken;
  #hasOpened = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #greeting;
  /** @type {LP2PUnavailableError | null} why it ended */
  #end = null;
  /** @type {() => void} */
  #onEnd;

  /**
   * @param {import('./carrier.js').Carrier} carrier
   * @param {string | undefined} token
   * @param {() => void} onEnd called once
   */
  constructor(carrier, token, onEnd) {
    this.#carrier = carrier;
    this.#onEnd = onEnd;
    carrier.open({
      onopen: () => {
        this.#hasOpened = true;
        this.limitGreeting();
        this.send({ type: 'hello', versions: VERSIONS, ...(token === undefined ? {} : { token }) });
      },
      onmessage: (message) => this.#receive(message),
      onclose: (why) => {
        const reason = this.#isWelcome ? 'lost' : 'no-agent';
        this.#endWith(why ?? new LP2PUnavailableError(reason, 'The connection to the agent ended'));
      },
    });
  }

  /**
   * From now on who is at the agent's port has 10 s for the greeting. A user whom the browser asks whether the page may reach
   * the port has longer, so this is not for the constructor to begin.
   */
  limitGreeting() {
    if (!this.#isWelcome && !this.#end) {
      clearTimeout(this.#greeting);
      this.#greeting = setTimeout(() => this.#fail('No agent answers at its port'), GREETING_MS);
    }
  }

  /** Rejects with an LP2PUnavailableError. */
  get welcome() {
    return this.#welcome.promise;
  }

  /** What a page that the agent serves says in its next hello; known once it is welcome. */
  get nextToken() {
    return this.#nextToken;
  }

  /** Whether something answered, agent or not. */
  get hasOpened() {
    return this.#hasOpened;
  }

  get hasEnded() {
    return this.#end !== null;
  }

  /**
   * A number for something that the page makes.
   *
   * @param {Thing} thing
   * @throws {DOMException} OperationError if there are too many like it; LP2PUnavailableError if the session has ended
   */
  add(thing) {
    if (this.#end) {
      throw this.#end;
    }
    const { name, limit } = thing.category;
    if (this.#count(thing) >= limit) {
      throw new DOMException(`There are ${limit} ${name} already`, 'OperationError');
    }
    this.#lastOwn += 2;
    this.adopt(this.#lastOwn, thing);
    return this.#lastOwn;
  }

  /**
   * Something that the agent made; its number came with the message that is being received.
   *
   * @param {number} number
   * @param {Thing} thing
   */
  adopt(number, thing) {
    this.#things.set(number, thing);
    this.#counts.set(thing.category, this.#count(thing) + 1);
  }

  /** @param {number} number */
  get(number) {
    return this.#things.get(number);
  }

  /** @param {number} number */
  remove(number) {
    const thing = this.#things.get(number);
    if (thing) {
      this.#things.delete(number);
      this.#counts.set(thing.category, this.#count(thing) - 1);
    }
  }

  /** @param {PageMessage} message */
  send(message) {
    this.#carrier.send(JSON.stringify(message));
  }

  /**
   * @param {number} number
   * @param {import('./flow.js').FrameSource} source
   */
  flow(number, source) {
    return new Flow(this.#scheduler, number, source);
  }

  /** The page goes away. */
  leave() {
    this.send({ type: 'bye' });
    this.#carrier.close(Close.DONE, '');
    this.#ended('lost', 'The page went away');
  }

  /** @param {Thing} thing */
  #count({ category }) {
    return this.#counts.get(category) ?? 0;
  }

  /** @param {string | ArrayBuffer} data */
  #receive(data) {
    if (this.#end) {
      return;
    }
    try {
      if (typeof data === 'string') {
        this.#receiveControl(data);
      } else {
        this.#receiveFrame(data);
      }
    } catch (error) {
      if (!(error instanceof ProtocolError)) {
        throw error;
      }
      this.#fail(error.message);
    }
  }

  /** @param {string} text */
  #receiveControl(text) {
    const parsed = parse(text);
    if (!parsed) {
      return;
    }
    const { message, thing, made } = parsed;
    if (!this.#isWelcome && !BEFORE_WELCOME.has(message.type)) {
      throw new ProtocolError(`${message.type} before welcome`);
    }
    if (made !== undefined) {
      this.#checkNew(made);
    }
    if (thing === undefined) {
      this.#receiveOwn(message);
    } else if (thing === SOCKET && message.type === 'credit') {
      this.#scheduler.grant(message.bytes);
    } else {
      const found = this.#find(thing);
      if (found) {
        found.receive(message);
      } else if (made !== undefined && MAKE_CONNECTIONS.has(message.type)) {
        // It crossed the cancelling or closing; nobody wants the connection.
        this.send({ type: 'connection.close', connection: made });
      }
    }
  }

  /** @param {AgentMessage} message */
  #receiveOwn(message) {
    switch (message.type) {
      case 'welcome':
        if (this.#isWelcome || !VERSIONS.includes(message.version)) {
          throw new ProtocolError(`welcome to version ${message.version}`);
        }
        this.#isWelcome = true;
        clearTimeout(this.#greeting);
        this.#nextToken = message.token;
        this.#welcome.resolve(this);
        break;
      case 'refused':
        this.#refused(message);
        break;
      case 'ping':
        this.send({ type: 'pong', id: message.id });
        break;
      case 'error':
        console.warn(`lp2p: the agent says ${message.code}: ${message.message}`);
        // Of the others the agent closes the socket, too.
        if (message.code !== 'unknown-type') {
          this.#refused(message);
        }
        break;
    }
  }

  /** @param {{ code: string, message: string }} message */
  #refused({ code, message }) {
    this.#carrier.close(Close.DONE, '');
    this.#endWith(refusal(code, message));
  }

  /** @param {ArrayBuffer} data */
  #receiveFrame(data) {
    const { kind, flow, payload } = decodeFrame(data);
    if (!this.#isWelcome) {
      throw new ProtocolError('A frame before welcome');
    }
    const { length } = payload;
    this.#window.receive(length);
    this.#window.take(length);
    const thing = this.#find(flow);
    if (!thing) {
      return;
    }
    if (!thing.receiveFrame) {
      throw new ProtocolError(`A frame for ${flow}, which takes none`);
    }
    thing.receiveFrame(kind, payload);
  }

  /**
   * @param {number} number
   * @returns {Thing | undefined} undefined for what is gone, of which the agent could not know yet
   */
  #find(number) {
    const thing = this.#things.get(number);
    const last = number % 2 === 0 ? this.#lastOwn : this.#lastOfAgent;
    if (!thing && (number > last || number === SOCKET)) {
      throw new ProtocolError(`A message for ${number}, which never was`);
    }
    return thing;
  }

  /** @param {number} number */
  #checkNew(number) {
    if (number % 2 === 0 || number <= this.#lastOfAgent || number > MAX_NUMBER) {
      throw new ProtocolError(`${number} is no new number of the agent`);
    }
    this.#lastOfAgent = number;
  }

  /** @param {string} message */
  #fail(message) {
    this.#carrier.close(Close.BAD_MESSAGE, message.slice(0, 100).replace(/[^ -~]/g, '?'));
    this.#ended('protocol', message);
  }

  /**
   * @param {import('./errors.js').UnavailableReason} reason
   * @param {string} message
   */
  #ended(reason, message) {
    this.#endWith(new LP2PUnavailableError(reason, message));
  }

  /** @param {LP2PUnavailableError} error */
  #endWith(error) {
    if (this.#end) {
      return;
    }
    this.#end = error;
    clearTimeout(this.#greeting);
    this.#onEnd();
    this.#welcome.reject(error);
    const things = [...this.#things.values()].sort((a, b) => a.category.rank - b.category.rank);
    this.#things.clear();
    for (const thing of things) {
      thing.lost(error);
    }
  }
}
