package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SendStreamOutputTest {

    @Test
    void aLargeArrayIsWrittenInPartsEachOfWhichWaitsForRoom() throws Exception {
        Sent sent = new Sent(3);
        byte[] large = new byte[8 << 20];

        assertThatThrownBy(() -> sent.outputStream().write(large)).hasMessageContaining("gone");

        assertThat(sent.parts).hasSize(3).allMatch(part -> part <= large.length / 16);
    }

    /** A stream that breaks after some writes. */
    private static final class Sent implements WebTransportSendStream {

        final List<Integer> parts = new ArrayList<>();
        private final int taken;

        Sent(int taken) {
            this.taken = taken;
        }

        @Override
        public CompletableFuture<Void> write(ByteBuffer data) {
            if (parts.size() == taken) {
                return CompletableFuture.failedFuture(
                        new LP2PException(LP2PException.Name.WEB_TRANSPORT_ERROR, "The peer is gone"));
            }
            parts.add(data.remaining());
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> close() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void abort(long errorCode) {}

        @Override
        public OutputStream outputStream() {
            return new SendStreamOutput(this);
        }

        @Override
        public CompletableFuture<WebTransportSendStreamStats> getStats() {
            return CompletableFuture.completedFuture(new WebTransportSendStreamStats(0, 0));
        }
    }
}
