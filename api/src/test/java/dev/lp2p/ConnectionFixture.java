package dev.lp2p;

import dev.lp2p.osp.agent.InMemoryMetadataStore;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.peer.InMemoryPeerStore;
import dev.lp2p.testkit.SimulatedLoop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** A connection over a fake session, with one simulated loop for the protocol and another for the program's listeners. */
final class ConnectionFixture {

    /** What one message may hold before a channel is no longer read. */
    static final int WINDOW = 100;

    /** Times that one thing may go from one thread to the other and back before a test has to look. */
    private static final int MAX_ROUNDS = 5;

    final SimulatedLoop loop = new SimulatedLoop();
    final SimulatedLoop callbacks = new SimulatedLoop();
    final FakePeerConnection wires;
    final List<String> events = new ArrayList<>();
    final LP2PConnectionImpl connection;

    final RecordingOwner owner = new RecordingOwner(events);

    ConnectionFixture(boolean isRequester) {
        wires = new FakePeerConnection(fingerprint(1), isRequester);
        connection = new LP2PConnectionImpl(
                wires,
                new Peer(DisplayNames.clean("Living\u202E Room\n"), fingerprint(1)),
                new ConnectionTerms(
                        Grant.Key.outgoing(fingerprint(1), Origin.UNNAMED), Grant.Lifetime.ONCE, Optional.empty()),
                new ConnectionContext(
                        loop,
                        loop,
                        settings(callbacks, WINDOW + IncomingMessages.MESSAGE_OVERHEAD_BYTES),
                        callbacks,
                        callbacks),
                owner);
        connection.begin();
    }

    static LP2PSettings settings(Executor callbacks, long receiveWindow) {
        return LP2PSettings.builder("Here", Path.of("unused"), new InMemoryPeerStore(), new InMemoryMetadataStore())
                .callbackExecutor(callbacks)
                .receiveWindow(receiveWindow)
                .build();
    }

    static Fingerprint fingerprint(int number) {
        byte[] hash = new byte[32];
        hash[0] = (byte) number;
        return new Fingerprint(Base64.getEncoder().encodeToString(hash));
    }

    /** Lets both threads run until neither has anything to do. */
    void settle() {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            loop.runReady();
            callbacks.runReady();
        }
    }

    /** A channel made here that the peer has accepted. */
    LP2PDataChannel openChannel() {
        LP2PDataChannel channel = connection.createDataChannel("chat");
        settle();
        wire().listener().onOpen();
        settle();
        return channel;
    }

    /** The channel opened last. */
    FakeDataChannel wire() {
        return wires.opened.get(wires.opened.size() - 1);
    }

    void record(LP2PDataChannel channel) {
        channel.onOpen(() -> events.add("open"));
        channel.onMessage(data -> events.add("message " + text(data)));
        channel.onBufferedAmountLow(() -> events.add("low " + channel.bufferedAmount()));
        channel.onError(error -> events.add("error " + error.name()));
        channel.onClosing(() -> events.add("closing " + channel.readyState()));
        channel.onClose(() -> events.add("close " + channel.readyState()));
    }

    static String text(MessageData data) {
        if (data instanceof MessageData.Text text) {
            return text.value();
        }
        if (data instanceof MessageData.Binary binary) {
            return binary.value().remaining() + " bytes";
        }
        return "blob";
    }
}
