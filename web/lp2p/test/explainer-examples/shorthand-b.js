// Peer B
const transport = new LP2PQuicTransport(new LP2PRequest());

await transport.ready;
