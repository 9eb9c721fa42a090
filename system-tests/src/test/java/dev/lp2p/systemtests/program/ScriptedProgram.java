package dev.lp2p.systemtests.program;

import dev.lp2p.Grant;
import dev.lp2p.LP2PConnection;
import dev.lp2p.LP2PDataChannel;
import dev.lp2p.LP2PReceiver;
import dev.lp2p.LP2PRequest;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.store.StateFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Does what it reads on standard input, line by line, and writes what happens. Takes the folder for its state, its name,
 * and the lifetime of what its user grants.
 */
public final class ScriptedProgram {

    private static final int FLOOD_MESSAGE_BYTES = 64 * 1024;
    private static final int FLOOD_BUFFERED_BYTES = 1 << 20;

    private final LocalPeerToPeerManager manager;
    private final InsecureWillingConsent consent;
    private final LP2PReceiver receiver;
    private volatile @Nullable LP2PConnection connection;

    private ScriptedProgram(LocalPeerToPeerManager manager, InsecureWillingConsent consent) {
        this.manager = manager;
        this.consent = consent;
        this.receiver = new LP2PReceiver(manager);
    }

    public static void main(String[] arguments) throws Exception {
        InsecureWillingConsent consent =
                new InsecureWillingConsent(Grant.Lifetime.valueOf(arguments[2]), ScriptedProgram::say);
        try (StateFolder state = StateFolder.open(Path.of(arguments[0]));
                LocalPeerToPeerManager manager = LocalPeerToPeerManager.start(
                        state.settings(arguments[1]).program("scripted").build(), consent)) {
            new ScriptedProgram(manager, consent).obey();
        }
    }

    private void obey() throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null && !line.equals("exit"); line = lines.readLine()) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "receive" -> receive();
                case "request" -> request(words[1]);
                case "code" -> consent.enter(words[1]);
                case "channel" -> open().thenAccept(channel -> say("channel-open"));
                case "flood" -> open().thenAccept(ScriptedProgram::flood);
                case "load" -> say(Load.run(connection()));
                case "revoke" -> manager.grants().forEach(grant -> manager.revoke(grant.key()));
                default -> throw new IOException("No such command: " + line);
            }
        }
    }

    private void receive() throws Exception {
        receiver.onConnection(event -> {
            use(event.connection());
            Echo.everythingOf(event.connection());
            say("connected");
        });
        receiver.start().get();
        say("receiving");
    }

    private void request(String name) {
        consent.choose(name);
        new LP2PRequest(manager).start().whenComplete((made, failure) -> {
            if (made == null) {
                say("failed " + failure);
                return;
            }
            use(made);
            made.onReconnect(event -> {
                use(event.connection());
                say("reconnected");
            });
            say("connected");
        });
    }

    private void use(LP2PConnection made) {
        connection = made;
        made.onClose(reason -> say("closed " + reason + " " + Instant.now().toEpochMilli()));
    }

    private LP2PConnection connection() {
        LP2PConnection current = connection;
        if (current == null) {
            throw new IllegalStateException("There is no connection");
        }
        return current;
    }

    private CompletableFuture<LP2PDataChannel> open() {
        LP2PDataChannel channel = connection().createDataChannel("scripted");
        CompletableFuture<LP2PDataChannel> opened = new CompletableFuture<>();
        channel.onOpen(() -> opened.complete(channel));
        channel.onError(error -> say("channel-error " + error.name()));
        channel.onClose(() -> say("channel-closed"));
        return opened;
    }

    /** Sends as fast as the peer takes it, until the channel closes. */
    private static void flood(LP2PDataChannel channel) {
        channel.onMessage(echoed -> {});
        channel.setBufferedAmountLowThreshold(FLOOD_BUFFERED_BYTES / 2);
        channel.onBufferedAmountLow(() -> fill(channel));
        fill(channel);
        say("flooding");
    }

    private static void fill(LP2PDataChannel channel) {
        while (channel.readyState() == LP2PDataChannel.ReadyState.OPEN
                && channel.bufferedAmount() < FLOOD_BUFFERED_BYTES) {
            channel.send(ByteBuffer.allocate(FLOOD_MESSAGE_BYTES));
        }
    }

    private static synchronized void say(String event) {
        System.out.println(event);
        System.out.flush();
    }
}
