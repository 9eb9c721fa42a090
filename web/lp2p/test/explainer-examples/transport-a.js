// Peer A
const receiver = new LP2PReceiver({
  nickname: "Peer A",
});

const listener = new LP2PQuicTransportListener(receiver);

for await (const transport of listener.incomingTransports) {
  await transport.ready;
}
