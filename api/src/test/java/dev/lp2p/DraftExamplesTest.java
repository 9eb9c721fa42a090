package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The draft's examples, line by line, each with the one that it is made for; between two devices on loopback. What differs
 * in each: a Java program says which manager it uses, {@code await} is {@code join()}, and the console is a queue.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DraftExamplesTest {

    @TempDir
    Path folder;

    private final BlockingQueue<String> console = new LinkedBlockingQueue<>();
    private LocalPeerToPeerManager television;
    private LocalPeerToPeerManager phone;
    private DevicePair devices;

    @BeforeEach
    void start() {
        devices = new DevicePair(folder);
        television = devices.television;
        phone = devices.phone;
    }

    @AfterEach
    void close() {
        devices.close();
    }

    // https://wicg.github.io/local-peer-to-peer/#lp2p-receiver-examples
    // https://wicg.github.io/local-peer-to-peer/#lp2p-request-examples
    @Test
    void aReceiverAndARequestMakeAConnection() throws Exception {
        LP2PReceiver receiver = new LP2PReceiver(television, new LP2PReceiverOptions("example-receiver"));
        receiver.onConnection(e -> {
            LP2PConnection conn = e.connection();
            console.add("Receiver: connection established with " + conn.peer().displayName());
        });
        receiver.start().join();

        LP2PRequest request = new LP2PRequest(phone, new LP2PRequestOptions("example-request"));
        LP2PConnection conn = request.start().join();
        console.add("Connection established!");

        assertThat(conn.readyState()).isEqualTo(LP2PConnection.ReadyState.OPEN);
        assertThat(new String[] {console.take(), console.take()})
                .containsExactlyInAnyOrder("Connection established!", "Receiver: connection established with Phone");
    }

    // https://wicg.github.io/local-peer-to-peer/#lp2p-connection-examples
    @Test
    void aTransportOnAnExistingConnection() {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        LP2PReceiver receiver = new LP2PReceiver(television, new LP2PReceiverOptions("example-receiver"));
        receiver.onConnection(e -> {
            LP2PConnection conn = e.connection();
            LP2PQuicTransport transport = new LP2PQuicTransport(conn);
            transport.ready().join();
            ready.complete(null);
        });
        receiver.start().join();

        LP2PRequest request = new LP2PRequest(phone, new LP2PRequestOptions("example-request"));
        LP2PConnection conn = request.start().join();
        LP2PQuicTransport transport = new LP2PQuicTransport(conn);
        transport.ready().join();

        ready.join();
    }

    // https://wicg.github.io/local-peer-to-peer/#data-channel-communication-examples
    @Test
    void aDataChannelOnAnExistingConnection() throws Exception {
        LP2PReceiver receiver = new LP2PReceiver(television, new LP2PReceiverOptions("example-receiver"));
        receiver.onConnection(event -> {
            LP2PConnection conn = event.connection();
            conn.onDataChannel(e -> {
                LP2PDataChannel channel = e.channel();
                channel.onMessage(message -> console.add("Receiver: Received message: " + text(message)));
                channel.send("Good day to you, requester!");
            });
        });
        receiver.start().join();

        LP2PRequest request = new LP2PRequest(phone, new LP2PRequestOptions("example-request"));
        LP2PConnection conn = request.start().join();
        LP2PDataChannel channel = conn.createDataChannel("My Channel");
        channel.onOpen(() -> {
            channel.onMessage(message -> console.add("Requester: Received message: " + text(message)));
            channel.send("Good day to you, receiver!");
        });

        assertThat(new String[] {console.take(), console.take()})
                .containsExactlyInAnyOrder(
                        "Receiver: Received message: Good day to you, receiver!",
                        "Requester: Received message: Good day to you, requester!");
    }

    // https://wicg.github.io/local-peer-to-peer/#lp2p-quic-transport-examples
    @Test
    void aTransportOfARequestReachesAListenerOfAReceiver() throws Exception {
        LP2PReceiver receiver = new LP2PReceiver(television, new LP2PReceiverOptions("example-receiver"));
        LP2PQuicTransportListener listener = new LP2PQuicTransportListener(receiver);
        inBackground(() -> {
            for (LP2PQuicTransport transport : listener.incomingTransports()) {
                transport.ready().join();
                console.add("Receiver: a transport is ready");
            }
        });

        LP2PRequest request = new LP2PRequest(phone, new LP2PRequestOptions("example-request"));
        LP2PQuicTransport transport = new LP2PQuicTransport(request);
        transport.ready().join();

        assertThat(console.take()).isEqualTo("Receiver: a transport is ready");
    }

    // https://github.com/WICG/local-peer-to-peer/blob/main/EXPLAINER.md#shorthand-apis, which do not exist.
    @Test
    void theExplainersShorthandIsWrittenWithAReceiverAndARequest() throws Exception {
        LP2PQuicTransportListener listener = new LP2PQuicTransportListener(new LP2PReceiver(television));
        inBackground(() -> {
            for (LP2PQuicTransport transport : listener.incomingTransports()) {
                transport.ready().join();
                console.add("Peer A is ready");
            }
        });

        LP2PQuicTransport transport = new LP2PQuicTransport(new LP2PRequest(phone));
        transport.ready().join();

        assertThat(console.take()).isEqualTo("Peer A is ready");
    }

    // https://github.com/WICG/local-peer-to-peer/blob/main/EXPLAINER.md#peer-discovery
    // https://github.com/WICG/local-peer-to-peer/blob/main/EXPLAINER.md#simple-message-exchange
    @Test
    void theExplainersPeersExchangeMessages() throws Exception {
        LP2PReceiver receiver = new LP2PReceiver(television, new LP2PReceiverOptions("Peer A"));
        receiver.onConnection(event -> {
            LP2PConnection conn = event.connection();
            conn.onDataChannel(e -> {
                LP2PDataChannel channel = e.channel();
                channel.send("Good day to you, requester!");
            });
        });
        receiver.start().join();

        LP2PRequest request = new LP2PRequest(phone, new LP2PRequestOptions("Peer B"));
        LP2PConnection conn = request.start().join();
        LP2PDataChannel channel = conn.createDataChannel("My Channel");
        channel.onMessage(message -> console.add("Received message: " + text(message)));

        assertThat(console.take()).isEqualTo("Received message: Good day to you, requester!");
    }

    private static String text(MessageData message) {
        return ((MessageData.Text) message).value();
    }

    private static void inBackground(Runnable task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (LP2PException closed) {
                        // The end of the test.
                    }
                },
                "program");
        thread.setDaemon(true);
        thread.start();
    }
}
