package dev.lp2p.drop;

import dev.lp2p.LP2PConnection;
import dev.lp2p.LP2PConnectionEvent;
import dev.lp2p.LP2PDataChannel;
import dev.lp2p.LP2PDataChannelEvent;
import dev.lp2p.LP2PDataChannelInit;
import dev.lp2p.LP2PTransportEvent;
import dev.lp2p.Peer;
import dev.lp2p.osp.identity.Fingerprint;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One of two connections in one process that lead to each other; keeps the interface's contract. */
final class FakeConnection implements LP2PConnection {

    private final Peer peer;
    private final List<LP2PDataChannel> waiting = new ArrayList<>();
    private @Nullable FakeConnection other;
    private volatile @Nullable FakeChannel lastChannel;
    private @Nullable Consumer<LP2PDataChannelEvent> onDataChannel;
    private final ExecutorService callbacks = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "fake-connection");
        thread.setDaemon(true);
        return thread;
    });

    record Pair(FakeConnection sender, FakeConnection receiver) {}

    /** Everything that this end sent, on all channels. */
    private final List<String> transcript = Collections.synchronizedList(new ArrayList<>());

    private FakeConnection(String peerName) {
        String fingerprint = Base64.getEncoder().encodeToString(new byte[32]);
        this.peer = new Peer(peerName, new Fingerprint(fingerprint));
    }

    static Pair pair() {
        FakeConnection sender = new FakeConnection("Receiver");
        FakeConnection receiver = new FakeConnection("Sender");
        sender.other = receiver;
        receiver.other = sender;
        return new Pair(sender, receiver);
    }

    /** The newest channel that this end made. */
    FakeChannel lastChannel() {
        return Objects.requireNonNull(lastChannel);
    }

    List<String> transcript() {
        return transcript;
    }

    @Override
    public Peer peer() {
        return peer;
    }

    @Override
    public FakeChannel createDataChannel(String label, LP2PDataChannelInit init) {
        FakeChannel.Pair channels = FakeChannel.pair(label, init.protocol(), transcript, other().transcript);
        lastChannel = channels.near();
        FakeConnection far = other();
        // The far listener sets its own before the first message is delivered.
        far.callbacks.execute(() -> {
            far.deliver(channels.far());
            channels.open();
        });
        return channels.near();
    }

    @Override
    public void onTransport(Consumer<LP2PTransportEvent> listener) {}

    @Override
    public synchronized void onDataChannel(Consumer<LP2PDataChannelEvent> listener) {
        onDataChannel = listener;
        waiting.forEach(channel -> listener.accept(new LP2PDataChannelEvent(channel)));
        waiting.clear();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("Tests close channels");
    }

    @Override
    public String nickname() {
        return "";
    }

    @Override
    public ReadyState readyState() {
        throw new UnsupportedOperationException("Nobody asks");
    }

    @Override
    public void onReconnect(Consumer<LP2PConnectionEvent> listener) {
        throw new UnsupportedOperationException("Nobody asks");
    }

    @Override
    public void onClose(Consumer<CloseReason> listener) {}

    private FakeConnection other() {
        if (other == null) {
            throw new IllegalStateException("Connections come in pairs");
        }
        return other;
    }

    private synchronized void deliver(FakeChannel channel) {
        if (onDataChannel == null) {
            waiting.add(channel);
        } else {
            onDataChannel.accept(new LP2PDataChannelEvent(channel));
        }
    }
}
