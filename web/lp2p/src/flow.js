/**
 * Frames of different flows leave in turn, as far as credit goes. What starts the sending is always new data or new
 * credit, never a timer, for a hidden tab has few of those.
 */
import { FLOW_WINDOW, HEADER, MAX_FRAME, setHeader, SOCKET_WINDOW } from './protocol.js';
import { ProtocolError } from './errors.js';

/**
 * What a flow has to send.
 *
 * @typedef {object} FrameSource
 * @property {() => number} peek bytes of payload that can be taken now; 0 for a frame without payload, -1 for no frame
 * @property {(bytes: number) => { kind: number, frame: Uint8Array<ArrayBuffer> }} take at most so many, as a frame that
 *   lacks its header; nobody else has its buffer
 * @property {boolean} [isWhole] what `peek` announces is never divided
 * @property {() => Priority | null} [priority]
 */

/**
 * Of the flows of a group that have something to send, the highest goes first.
 *
 * @typedef {{ group: object, order: number }} Priority
 */

export class Flow {
  /** @type {Scheduler} */
  #scheduler;
  credit = FLOW_WINDOW;
  /** @type {number} */
  number;
  /** @type {FrameSource} */
  source;

  /**
   * @param {Scheduler} scheduler
   * @param {number} number
   * @param {FrameSource} source
   */
  constructor(scheduler, number, source) {
    this.#scheduler = scheduler;
    this.number = number;
    this.source = source;
  }

  /** The source has something new. */
  wake() {
    this.#scheduler.add(this);
  }

  /** Nothing more of this flow is sent. */
  end() {
    this.#scheduler.remove(this);
  }

  /** @param {number} bytes that the agent gave back */
  grant(bytes) {
    this.credit = refill(this.credit, bytes, FLOW_WINDOW);
    this.wake();
  }

  /** @returns {number} bytes of the next frame; -1 if there is none, or no credit for it */
  nextFrame() {
    const ready = this.source.peek();
    if (ready <= 0) {
      return ready;
    }
    if (this.source.isWhole) {
      return ready <= this.credit ? ready : -1;
    }
    return Math.min(ready, MAX_FRAME, this.credit) || -1;
  }

  /** @param {number} bytes */
  takeFrame(bytes) {
    const { kind, frame } = this.source.take(bytes);
    this.credit -= frame.length - HEADER;
    setHeader(frame, kind, this.number);
    return frame;
  }
}

export class Scheduler {
  /** @type {(frame: Uint8Array<ArrayBuffer>) => void} */
  #send;
  /** Flows that may have something, the next one first. @type {Set<Flow>} */
  #turn = new Set();
  #credit = SOCKET_WINDOW;

  /** @param {(frame: Uint8Array<ArrayBuffer>) => void} send */
  constructor(send) {
    this.#send = send;
  }

  /** @param {Flow} flow */
  add(flow) {
    this.#turn.add(flow);
    this.#pump();
  }

  /** @param {Flow} flow */
  remove(flow) {
    this.#turn.delete(flow);
  }

  /** @param {number} bytes */
  grant(bytes) {
    this.#credit = refill(this.#credit, bytes, SOCKET_WINDOW);
    this.#pump();
  }

  #pump() {
    for (let flow = this.#next(); flow; flow = this.#next()) {
      const bytes = flow.nextFrame();
      if (bytes < 0) {
        // A datagram that grew too old just now.
        continue;
      }
      if (bytes > this.#credit) {
        return;
      }
      this.#turn.delete(flow);
      this.#turn.add(flow);
      this.#credit -= bytes;
      this.#send(flow.takeFrame(bytes));
    }
  }

  /** Drops from the turn what has nothing to send; it comes back with new data or credit. */
  #next() {
    for (const flow of this.#turn) {
      if (flow.nextFrame() >= 0) {
        return this.#highestOfGroup(flow);
      }
      this.#turn.delete(flow);
    }
    return undefined;
  }

  /** @param {Flow} flow */
  #highestOfGroup(flow) {
    const priority = flow.source.priority?.();
    if (!priority) {
      return flow;
    }
    let highest = flow;
    let order = priority.order;
    for (const other of this.#turn) {
      const its = other.source.priority?.();
      if (its && its.group === priority.group && its.order > order && other.nextFrame() >= 0) {
        highest = other;
        order = its.order;
      }
    }
    return highest;
  }
}

/** What came on a flow, or on the socket, and has not been given back to the agent. */
export class Window {
  #size;
  #give;
  #untaken = 0;
  #taken = 0;

  /**
   * @param {number} size
   * @param {(bytes: number) => void} give sends credit
   */
  constructor(size, give) {
    this.#size = size;
    this.#give = give;
  }

  /**
   * @param {number} bytes
   * @throws {ProtocolError} if the agent had no credit for them
   */
  receive(bytes) {
    this.#untaken += bytes;
    if (this.#untaken + this.#taken > this.#size) {
      throw new ProtocolError('More than there was credit for');
    }
  }

  /** @param {number} bytes of what was received that are held no longer */
  take(bytes) {
    this.#untaken -= bytes;
    this.#taken += bytes;
    // A message for each half of the window costs little and does not let the sender run dry.
    if (this.#taken >= this.#size / 2) {
      const taken = this.#taken;
      this.#taken = 0;
      this.#give(taken);
    }
  }

  takeAll() {
    this.take(this.#untaken);
  }
}

/**
 * @param {number} credit
 * @param {number} bytes
 * @param {number} window
 */
function refill(credit, bytes, window) {
  if (credit + bytes > window) {
    throw new ProtocolError('Credit for more than was sent');
  }
  return credit + bytes;
}
