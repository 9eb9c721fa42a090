/**
 * Installs the API as globals of a window or a worker, and answers the frames of a page. What the browser or an extension
 * has put there stays.
 */
import * as lp2p from './lp2p.js';

const INTERFACES = /** @type {const} */ ([
  'LP2PCloseEvent',
  'LP2PConnection',
  'LP2PConnectionEvent',
  'LP2PDataChannel',
  'LP2PDataChannelEvent',
  'LP2PErrorEvent',
  'LP2PQuicTransport',
  'LP2PTransportEvent',
  'LP2PQuicTransportListener',
  'LP2PReceiver',
  'LP2PRequest',
  'LP2PUnavailableError',
]);

if (globalThis.isSecureContext && !('LP2PReceiver' in globalThis)) {
  for (const name of INTERFACES) {
    Object.defineProperty(globalThis, name, {
      value: lp2p[name],
      writable: true,
      enumerable: false,
      configurable: true,
    });
  }
  if (typeof document !== 'undefined') {
    lp2p.answerFrames();
  }
}
