/**
 * Keeps a Yjs document the same on all devices that it is connected to, for pages with `lp2p/global` and `yjs`. Copy it.
 *
 *   receiver.onconnection = ({ connection }) => provider.accept(connection); // on one device
 *   provider.open(await request.start()); // on the other
 */
import * as Y from 'yjs';

const LABEL = 'yjs';
/** Bytes under way to a slow peer, beyond which updates are put together until it has caught up. */
const MAX_UNDER_WAY = 1024 * 1024;
/** The largest message that is no Blob. */
const MAX_BYTES = 16 * 1024 * 1024;

export class LP2PProvider {
  /** Every open channel, and the updates that wait for its peer to catch up. */
  #channels = new Map();

  constructor(doc) {
    this.doc = doc;
    doc.on('update', this.#onUpdate);
  }

  /** For who requested the connection; also takes the one that comes after the network was lost. */
  open(connection) {
    connection.addEventListener('reconnect', (event) => this.open(event.connection));
    this.#attach(connection.createDataChannel(LABEL));
  }

  /** For who received it. */
  accept(connection) {
    connection.addEventListener('datachannel', ({ channel }) => channel.label === LABEL && this.#attach(channel));
  }

  #attach(channel) {
    channel.onopen = () => {
      this.#channels.set(channel, []);
      // Text is a state vector, which asks for what its sender lacks; bytes are an update.
      channel.send(JSON.stringify([...Y.encodeStateVector(this.doc)]));
    };
    channel.onmessage = async ({ data }) =>
      typeof data === 'string'
        ? this.#send(channel, [Y.encodeStateAsUpdate(this.doc, Uint8Array.from(JSON.parse(data)))])
        : Y.applyUpdate(this.doc, new Uint8Array(await new Response(data).arrayBuffer()), channel);
    channel.onbufferedamountlow = () => this.#send(channel, this.#channels.get(channel)?.splice(0));
    channel.onclosing = channel.onclose = () => this.#channels.delete(channel);
  }

  #onUpdate = (update, origin) =>
    this.#channels.forEach((_, channel) => channel !== origin && this.#send(channel, [update]));

  #send(channel, updates = []) {
    if (channel.bufferedAmount > MAX_UNDER_WAY) {
      this.#channels.get(channel)?.push(...updates);
    } else if (channel.readyState === 'open' && updates.length > 0) {
      const bytes = Y.mergeUpdates(updates);
      channel.send(bytes.length > MAX_BYTES ? new Blob([bytes]) : bytes);
    }
  }
}
