// Peer A
const listener = new LP2PQuicTransportListener(new LP2PReceiver());

for await (const transport of listener.incomingTransports) {
  await transport.ready;
}
