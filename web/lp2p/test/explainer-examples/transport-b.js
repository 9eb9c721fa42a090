// Peer B
const request = new LP2PRequest({
  nickname: "Peer B",
});

const transport = new LP2PQuicTransport(request);

await transport.ready;
