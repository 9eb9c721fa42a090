// Peer A
const receiver = new LP2PReceiver({
  nickname: "Peer A",
});

receiver.onconnection = (e) => {
  const conn = e.connection;
  console.log("Receiver: Got a connection!");

  conn.ondatachannel = (e) => {
    const channel = e.channel;

    channel.send("Good day to you, requester!");
  };
};

await receiver.start();
