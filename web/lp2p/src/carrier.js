/**
 * What carries messages between the library and an agent: a WebSocket here, a port of the extension there.
 */
import { DEFAULT_PORT, PATH } from './protocol.js';

/**
 * One connection, made once. No call of the listener comes before `open` returns, and none after `onclose`.
 *
 * @typedef {object} Carrier
 * @property {(listener: CarrierListener) => void} open
 * @property {(message: string | Uint8Array<ArrayBuffer>) => void} send in order; the carrier owns the bytes from now on. Does
 *   nothing once closed
 * @property {(code: number, reason: string) => void} close `onclose` follows
 */

/**
 * @typedef {object} CarrierListener
 * @property {() => void} onopen
 * @property {(message: string | ArrayBuffer) => void} onmessage
 * @property {() => void} onclose also when it never opened
 */

/**
 * @param {string} [url]
 * @returns {Carrier}
 */
export function webSocketCarrier(url = agentUrl()) {
  /** @type {WebSocket} */
  let socket;
  return {
    open(listener) {
      socket = new WebSocket(url);
      socket.binaryType = 'arraybuffer';
      socket.onopen = () => listener.onopen();
      socket.onmessage = ({ data }) => listener.onmessage(data);
      socket.onclose = () => listener.onclose();
    },
    send(message) {
      if (socket.readyState === WebSocket.OPEN) {
        socket.send(message);
      }
    },
    close(code, reason) {
      socket.close(code, reason);
    },
  };
}

/** The agent that this library came from, or else the one at the default port. */
function agentUrl() {
  const { protocol, hostname, port, pathname } = new URL(import.meta.url);
  const isServedByAgent = protocol === 'http:' && hostname === '127.0.0.1' && pathname.startsWith(`${PATH}/`);
  return `ws://127.0.0.1:${isServedByAgent ? port : DEFAULT_PORT}${PATH}`;
}
