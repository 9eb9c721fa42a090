/**
 * What an event handler may be set to; what is no object counts as null.
 *
 * @template {Event} E
 * @typedef {((this: any, event: E) => unknown) | null} Handler
 */

/**
 * The event handlers (`onopen` and the like) of one object.
 *
 * @see https://html.spec.whatwg.org/multipage/webappapis.html#event-handlers
 */
export class EventHandlers {
  /** @type {EventTarget} */
  #target;
  /** @type {Map<string, { value: any, listener: (event: Event) => void }>} */
  #handlers = new Map();

  /** @param {EventTarget} target */
  constructor(target) {
    this.#target = target;
  }

  /**
   * @param {string} type
   * @returns {any} what was set, or null
   */
  get(type) {
    return this.#handlers.get(type)?.value ?? null;
  }

  /**
   * A handler runs in the place among the listeners where it was first set; setting null gives the place up.
   *
   * @param {string} type
   * @param {unknown} value what is no object counts as null
   */
  set(type, value) {
    const isObject = typeof value === 'function' || (typeof value === 'object' && value !== null);
    const handler = this.#handlers.get(type);
    if (!isObject) {
      if (handler) {
        this.#target.removeEventListener(type, handler.listener);
        this.#handlers.delete(type);
      }
    } else if (handler) {
      handler.value = value;
    } else {
      this.#add(type, value);
    }
  }

  /**
   * @param {string} type
   * @param {object} value
   */
  #add(type, value) {
    /** @type {{ value: any, listener: (event: Event) => void }} */
    const handler = {
      value,
      // An object that cannot be called is kept, and does nothing.
      listener: (event) => {
        if (typeof handler.value === 'function' && handler.value.call(event.currentTarget, event) === false) {
          event.preventDefault();
        }
      },
    };
    this.#handlers.set(type, handler);
    this.#target.addEventListener(type, handler.listener);
  }
}
