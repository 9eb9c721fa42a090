/**
 * The Local Peer-to-Peer API; see global.js for how it gets on pages that expect it there.
 *
 * @see https://wicg.github.io/local-peer-to-peer/
 */
export { LP2PConnection } from './connection.js';
export { LP2PDataChannel } from './data-channel.js';
export { LP2PUnavailableError } from './errors.js';
export {
  LP2PCloseEvent,
  LP2PConnectionEvent,
  LP2PDataChannelEvent,
  LP2PErrorEvent,
  LP2PTransportEvent,
} from './events.js';
export { answerFrames } from './frame-policy.js';
export { useCarrier } from './gateway.js';
export { LP2PQuicTransportListener } from './quic-transport-listener.js';
export { LP2PQuicTransport } from './quic-transport.js';
export { LP2PReceiver } from './receiver.js';
export { LP2PRequest } from './request.js';
export { WebTransportError } from './web-transport-error.js';
export { webSocketCarrier } from './carrier.js';
