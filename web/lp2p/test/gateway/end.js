const FLOW_WINDOW = 128 * 1024;

/** What goes to one page on one flow: waits here for the page's credit, while the other page gets none back. */
export class End {
  #queue = [];
  #credit = FLOW_WINDOW;

  constructor(page, number, onSent) {
    this.page = page;
    this.number = number;
    this.onSent = onSent;
  }

  get isEmpty() {
    return this.#queue.length === 0;
  }

  add(kind, payload) {
    this.#queue.push({ kind, payload });
    this.pump();
  }

  /** Datagrams that do not fit are lost. */
  addIfCredit(kind, payload) {
    if (this.isEmpty && payload.length <= this.#credit) {
      this.add(kind, payload);
    }
  }

  grant(bytes) {
    this.#credit += bytes;
    this.pump();
  }

  pump() {
    while (this.#queue.length > 0) {
      const { kind, payload } = this.#queue[0];
      if (payload.length > this.#credit || !this.page.takes(payload.length, this)) {
        return;
      }
      this.#queue.shift();
      this.#credit -= payload.length;
      this.page.sendFrame(kind, this.number, payload);
      this.onSent(kind, payload.length);
    }
  }
}
