package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many connections of two devices, which share a session. */
class ManyConnectionsTest {

    private static final int CONNECTIONS = 200;

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void connectionsThatAreIdleStayAndEachStillReachesItsOwnFarEnd() throws Exception {
        BlockingQueue<LP2PConnection> incoming = new LinkedBlockingQueue<>();
        List<LP2PConnection> requested = new ArrayList<>();
        List<LP2PConnection> received = new ArrayList<>();
        try (DevicePair devices = new DevicePair(folder);
                LP2PReceiver receiver = new LP2PReceiver(devices.television)) {
            // What is found meanwhile is known: a device announces itself at most once a second.
            devices.phone.discover(found -> {});
            receiver.onConnection(event -> incoming.add(event.connection()));
            receiver.start().get();
            LP2PRequest request = new LP2PRequest(devices.phone);
            for (int i = 0; i < CONNECTIONS; i++) {
                requested.add(request.start().get());
                received.add(incoming.take());
            }

            for (int i = 0; i < CONNECTIONS; i++) {
                assertThat(labelThatArrives(requested.get(i), received.get(i), "channel " + i))
                        .isEqualTo("channel " + i);
            }

            assertThat(requested).allMatch(connection -> connection.readyState() == LP2PConnection.ReadyState.OPEN);
            requested.get(0).close();
            assertThat(reasonOf(received.get(0))).isEqualTo(LP2PConnection.CloseReason.CLOSED_BY_PEER);
            assertThat(labelThatArrives(requested.get(1), received.get(1), "the other stays"))
                    .isEqualTo("the other stays");
        }
    }

    private static String labelThatArrives(LP2PConnection from, LP2PConnection to, String label) throws Exception {
        CompletableFuture<String> arrived = new CompletableFuture<>();
        to.onDataChannel(made -> arrived.complete(made.channel().label()));
        from.createDataChannel(label);
        return arrived.get();
    }

    private static LP2PConnection.CloseReason reasonOf(LP2PConnection connection) throws Exception {
        CompletableFuture<LP2PConnection.CloseReason> closed = new CompletableFuture<>();
        connection.onClose(closed::complete);
        return closed.get();
    }
}
