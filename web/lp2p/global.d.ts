/** The types of what `src/global.js` installs. */
import * as lp2p from './types/lp2p.js';

declare global {
  interface LP2PCloseEvent extends lp2p.LP2PCloseEvent {}
  interface LP2PConnection extends lp2p.LP2PConnection {}
  interface LP2PConnectionEvent extends lp2p.LP2PConnectionEvent {}
  interface LP2PDataChannel extends lp2p.LP2PDataChannel {}
  interface LP2PDataChannelEvent extends lp2p.LP2PDataChannelEvent {}
  interface LP2PErrorEvent extends lp2p.LP2PErrorEvent {}
  interface LP2PQuicTransport extends lp2p.LP2PQuicTransport {}
  interface LP2PTransportEvent extends lp2p.LP2PTransportEvent {}
  interface LP2PQuicTransportListener extends lp2p.LP2PQuicTransportListener {}
  interface LP2PReceiver extends lp2p.LP2PReceiver {}
  interface LP2PRequest extends lp2p.LP2PRequest {}
  interface LP2PUnavailableError extends lp2p.LP2PUnavailableError {}
  var LP2PCloseEvent: typeof lp2p.LP2PCloseEvent;
  var LP2PConnection: typeof lp2p.LP2PConnection;
  var LP2PConnectionEvent: typeof lp2p.LP2PConnectionEvent;
  var LP2PDataChannel: typeof lp2p.LP2PDataChannel;
  var LP2PDataChannelEvent: typeof lp2p.LP2PDataChannelEvent;
  var LP2PErrorEvent: typeof lp2p.LP2PErrorEvent;
  var LP2PQuicTransport: typeof lp2p.LP2PQuicTransport;
  var LP2PTransportEvent: typeof lp2p.LP2PTransportEvent;
  var LP2PQuicTransportListener: typeof lp2p.LP2PQuicTransportListener;
  var LP2PReceiver: typeof lp2p.LP2PReceiver;
  var LP2PRequest: typeof lp2p.LP2PRequest;
  var LP2PUnavailableError: typeof lp2p.LP2PUnavailableError;
}
