package dev.lp2p.drop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.LP2PDataChannel;
import dev.lp2p.LP2PDataChannelInit;
import dev.lp2p.MessageData;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** An end that says whatever the test wants. */
final class RawPeer {

    private final CompletableFuture<FakeChannel> channel;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
    private final AtomicReference<Recorder.Action> atFirstBytes = new AtomicReference<>(() -> {});

    private RawPeer(CompletableFuture<FakeChannel> channel) {
        this.channel = channel;
    }

    /** A sender on a channel of its own, open. */
    static RawPeer sender(FakeConnection connection, String protocol) throws Exception {
        RawPeer raw = new RawPeer(new CompletableFuture<>());
        CompletableFuture<Boolean> opened = new CompletableFuture<>();
        FakeChannel made = connection.createDataChannel("raw", new LP2PDataChannelInit(protocol, null));
        made.onOpen(() -> opened.complete(true));
        raw.listen(made);
        raw.closed.thenRun(() -> opened.complete(false));
        if (made.readyState() == LP2PDataChannel.ReadyState.OPEN) {
            opened.complete(true);
        }
        Recorder.await(opened);
        return raw;
    }

    /** A receiver of the channel that a sender is about to make. */
    static RawPeer receiver(FakeConnection connection) {
        RawPeer raw = new RawPeer(new CompletableFuture<>());
        connection.onDataChannel(event -> raw.listen((FakeChannel) event.channel()));
        return raw;
    }

    private void listen(FakeChannel made) {
        made.onMessage(this::hear);
        made.onClose(() -> closed.complete(true));
        if (made.readyState() == LP2PDataChannel.ReadyState.CLOSED) {
            closed.complete(true);
        }
        channel.complete(made);
    }

    private void hear(MessageData data) {
        if (data instanceof MessageData.Text text) {
            heard.add(text.value());
        } else if (data instanceof MessageData.Binary binary) {
            heard.add("(" + binary.value().remaining() + " bytes)");
            atFirstBytes.getAndSet(() -> {}).runOrFail();
        }
    }

    /** Runs once, when it has the first bytes; meanwhile it takes no others, and the window keeps them at the sender. */
    void atFirstBytes(Recorder.Action action) {
        atFirstBytes.set(action);
    }

    RawPeer say(String json) throws Exception {
        Recorder.await(channel).send(json.replace('\'', '"'));
        return this;
    }

    RawPeer bytes(int count) throws Exception {
        Recorder.await(channel).send(new byte[count]);
        return this;
    }

    RawPeer offer(int files, long bytes) throws Exception {
        return say("{'type':'offer','version':1,'transfer':'t','files':" + files + ",'bytes':" + bytes
                + ",'names':['x']}");
    }

    /** Announces, with a path in JSON's own escapes. */
    RawPeer file(String path, long size) throws Exception {
        return say("{'type':'file','path':'" + path + "','size':" + size + ",'modified':0}");
    }

    RawPeer empty(String path) throws Exception {
        return file(path, 0).say(checksum(0));
    }

    /** A whole file of one chunk of zeros. */
    RawPeer zeros(String path, int size) throws Exception {
        return file(path, size).bytes(size).say(chunk(size)).say(checksum(size));
    }

    static String chunk(int zeros) {
        return "{'type':'chunk','sha256':'" + digest(zeros) + "'}";
    }

    static String checksum(int zeros) {
        return "{'type':'checksum','sha256':'" + digest(zeros) + "'}";
    }

    static Sha256 digest(int zeros) {
        MessageDigest digest = Sha256.newDigest();
        return Sha256.of(digest.digest(new byte[zeros]));
    }

    static Sha256 digest(String text) {
        return Sha256.of(Sha256.newDigest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    String next() throws Exception {
        String message = heard.poll(30, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("Nothing was said");
        }
        return message;
    }

    void expect(String json) throws Exception {
        assertThat(next()).isEqualTo(json.replace('\'', '"'));
    }

    void expectReceived(int file, int zeros, String savedAs) throws Exception {
        expect("{'type':'received','file':" + file + ",'bytes':" + zeros + ",'sha256':'" + digest(zeros)
                + "','savedAs':'" + savedAs + "'}");
    }

    void expectRefused(int file, DropReason reason) throws Exception {
        expect("{'type':'refused','file':" + file + ",'reason':'" + reason.code() + "'}");
    }

    void expectCancel(DropReason reason) throws Exception {
        expect("{'type':'cancel','reason':'" + reason.code() + "'}");
        awaitClose();
    }

    void awaitClose() throws Exception {
        Recorder.await(closed);
    }

    FakeChannel channel() throws Exception {
        return Recorder.await(channel);
    }
}
