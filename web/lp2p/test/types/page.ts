// A page's script in TypeScript, by the package's own name: it is compiled, and never runs.
import 'lp2p/global';
import { LP2PDataChannel as Channel, LP2PUnavailableError as Unavailable, useCarrier, webSocketCarrier } from 'lp2p';

const receiver: LP2PReceiver = new LP2PReceiver({ nickname: 'Screen' });
receiver.onconnection = ({ connection }) => {
  connection.ondatachannel = ({ channel }) => {
    channel.onmessage = ({ data }) => channel.send(`${data}`);
    const same: Channel = channel;
    same.onbufferedamountlow = () => same.close();
  };
  connection.onclose = ({ reason }) => console.log(reason.toUpperCase());
  connection.onreconnect = (event) => event.connection.createDataChannel('again', { id: 5, protocol: 'chat' });
  connection.ontransport = async ({ transport }) => {
    const { value } = await transport.incomingBidirectionalStreams.getReader().read();
    await value?.readable.pipeTo(value.writable);
  };
};

export async function request(signal: AbortSignal): Promise<LP2PConnection> {
  try {
    await receiver.start();
    return await new LP2PRequest({ nickname: 'Phone' }).start({ signal });
  } catch (error) {
    if (error instanceof Unavailable) {
      console.log(error.reason, error.advice);
    }
    throw error;
  }
}

export async function transport(connection: LP2PConnection) {
  const made = new LP2PQuicTransport(connection);
  const { closeCode, reason } = await made.closed;
  const listener = new LP2PQuicTransportListener(receiver);
  for await (const incoming of listener.incomingTransports) {
    incoming.close({ closeCode, reason });
  }
}

useCarrier(() => webSocketCarrier());

// @ts-expect-error What is no message is no argument of send().
((channel: LP2PDataChannel) => channel.send(5));
// @ts-expect-error A nickname is text.
new LP2PReceiver({ nickname: 5 });
