/**
 * What carries messages between the library and an agent: a WebSocket here, a port of the extension there.
 */
import { LP2PUnavailableError } from './errors.js';
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
 * @property {(why?: LP2PUnavailableError) => void} onclose also when it never opened; `why` if the carrier knows better
 */

/**
 * @param {string} [url]
 * @returns {Carrier}
 */
export function webSocketCarrier(url = agentUrl()) {
  /** @type {WebSocket | undefined} */
  let socket;
  return {
    open(listener) {
      // A socket does not say so, and in some browsers says nothing at all then.
      const forget = onForbidden(url, () => {
        if (socket) {
          socket.onclose = null;
        }
        listener.onclose(forbidden(url));
      });
      try {
        socket = new WebSocket(url);
      } catch (error) {
        forget();
        if (!(error instanceof DOMException && error.name === 'SecurityError')) {
          throw error;
        }
        queueMicrotask(() => listener.onclose(forbidden(url, error)));
        return;
      }
      socket.binaryType = 'arraybuffer';
      socket.onopen = () => {
        forget();
        listener.onopen();
      };
      socket.onmessage = ({ data }) => listener.onmessage(data);
      socket.onclose = () => {
        forget();
        listener.onclose();
      };
    },
    send(message) {
      if (socket?.readyState === WebSocket.OPEN) {
        socket.send(message);
      }
    },
    close(code, reason) {
      socket?.close(code, reason);
    },
  };
}

/** The agent that this library came from, or else the one at the default port. */
function agentUrl() {
  const { protocol, hostname, port, pathname } = new URL(import.meta.url);
  const isServedByAgent = protocol === 'http:' && hostname === '127.0.0.1' && pathname.startsWith(`${PATH}/`);
  return `ws://127.0.0.1:${isServedByAgent ? port : DEFAULT_PORT}${PATH}`;
}

/**
 * Waits for the page's own policy to forbid it the socket.
 *
 * @see https://w3c.github.io/webappsec-csp/#report-violation
 * @param {string} url
 * @param {() => void} act called once at most
 * @returns {() => void} ends the waiting
 */
function onForbidden(url, act) {
  const type = 'securitypolicyviolation';
  const forget = () => globalThis.removeEventListener(type, hear);
  const hear = (/** @type {Event} */ event) => {
    const { effectiveDirective, blockedURI, disposition } = /** @type {SecurityPolicyViolationEvent} */ (event);
    // Of what is not http, some browsers name the scheme only.
    if (disposition === 'enforce' && effectiveDirective === 'connect-src' && url.startsWith(blockedURI)) {
      forget();
      act();
    }
  };
  globalThis.addEventListener(type, hear);
  return forget;
}

/**
 * @param {string} url
 * @param {Error} [cause] of a browser that throws instead
 */
function forbidden(url, cause) {
  const words = cause ? ` (${cause.message})` : '';
  return new LP2PUnavailableError('csp', `The page's policy needs connect-src ${new URL(url).origin}${words}`);
}
