/**
 * A ReadableStream of things as they come; what nobody reads yet waits here.
 *
 * @template T
 */
export class Inbox {
  /** @type {T[]} */
  #queue = [];
  /** @type {ReadableStreamDefaultController<T> | undefined} */
  #controller;
  /** @type {(() => void) | null} */
  #pulled = null;
  #isOver = false;

  /** @param {(waiting: T[]) => void} [onCancel] */
  constructor(onCancel) {
    /** @type {ReadableStream<T>} */
    this.stream = new ReadableStream(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => {
          const { promise, resolve } = Promise.withResolvers();
          this.#pulled = () => resolve(undefined);
          this.#deliver();
          return promise;
        },
        cancel: () => {
          this.#isOver = true;
          onCancel?.(this.#queue.splice(0));
        },
      },
      { highWaterMark: 0 },
    );
  }

  /** @returns {boolean} false if nobody reads any more */
  get isOver() {
    return this.#isOver;
  }

  /** @param {T} item */
  push(item) {
    this.#queue.push(item);
    this.#deliver();
  }

  close() {
    this.#end(() => this.#controller?.close());
  }

  /** @param {unknown} error */
  error(error) {
    this.#end(() => this.#controller?.error(error));
  }

  #deliver() {
    if (this.#pulled && this.#queue.length > 0) {
      this.#controller?.enqueue(/** @type {T} */ (this.#queue.shift()));
      this.#pulled();
      this.#pulled = null;
    }
  }

  /** @param {() => void} how */
  #end(how) {
    if (!this.#isOver) {
      this.#isOver = true;
      this.#queue = [];
      how();
      this.#pulled?.();
    }
  }
}
