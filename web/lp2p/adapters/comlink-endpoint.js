/**
 * A data channel as the endpoint that Comlink's `wrap` and `expose` take. Copy it; it needs nothing.
 *
 *   Comlink.expose(service, channelEndpoint(channel)); // on one device
 *   await Comlink.wrap(channelEndpoint(channel)).add(1, 2); // on the other
 *
 * Values go as JSON, and nothing can be transferred to another device: no ports, and so no `Comlink.proxy`.
 */
export function channelEndpoint(channel) {
  const heard = new Map();
  return {
    postMessage(message, transfer = []) {
      if (transfer.length > 0) {
        throw new DOMException('Nothing can be transferred to another device', 'DataCloneError');
      }
      channel.send(JSON.stringify(message));
    },
    addEventListener(type, listener) {
      const hear = ({ data }) => listener(new MessageEvent(type, { data: JSON.parse(data) }));
      heard.set(listener, hear);
      channel.addEventListener(type, hear);
    },
    removeEventListener(type, listener) {
      channel.removeEventListener(type, heard.get(listener));
      heard.delete(listener);
    },
  };
}
