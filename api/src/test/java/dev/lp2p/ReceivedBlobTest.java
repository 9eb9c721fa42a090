package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lp2p.osp.datachannel.DataChannelListener.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceivedBlobTest {

    private final ConnectionFixture fixture = new ConnectionFixture(true);
    private final List<String> events = fixture.events;
    private final LP2PDataChannel channel = fixture.openChannel();
    private final FakeDataChannel wire = fixture.wire();
    private final List<MessageData.Blob> blobs = new ArrayList<>();
    private final List<InputStream> streams = new ArrayList<>();

    @Test
    void aListenerReadsABlobAndGetsTheNextMessageAfterIt() {
        wire.receive("before");
        wire.receiveBlob("all of it");
        wire.receive("after");

        channel.onMessage(data -> events.add(data instanceof MessageData.Blob blob ? read(blob) : text(data)));
        fixture.settle();

        assertThat(events).containsExactly("before", "all of it", "after");
    }

    @Test
    void aBlobThatTheListenerLeavesAloneIsDiscarded() {
        wire.receiveBlob("nobody wants it");
        wire.receive("after");

        channel.onMessage(this::record);
        wire.beginBlob();
        fixture.settle();
        wire.receiveOfBlob("nor this");
        wire.listener().onBlobEnd();
        fixture.settle();

        assertThat(events).containsExactly("blob", "after", "blob");
        assertThatThrownBy(() -> blobs.get(0).stream())
                .isInstanceOfSatisfying(LP2PException.class, e -> assertThat(e.name())
                        .isEqualTo(LP2PException.Name.INVALID_STATE_ERROR))
                .hasMessageContaining("begin in the listener");
        assertThat(wire.reading).isTrue();
    }

    @Test
    void aBlobIsReadOnce() {
        channel.onMessage(this::keep);
        wire.receiveBlob("once");
        fixture.settle();

        assertThatThrownBy(() -> blobs.get(0).stream()).isInstanceOf(LP2PException.class);
    }

    @Test
    void whatFollowsABlobThatAListenerKeepsWaitsUntilItWasRead() throws Exception {
        channel.onMessage(this::keep);
        wire.receiveBlob("kept");
        wire.receive("after");
        fixture.settle();
        assertThat(events).containsExactly("blob");

        assertThat(new String(streams.get(0).readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("kept");
        fixture.settle();

        assertThat(events).containsExactly("blob", "after");
    }

    @Test
    void closingTheStreamDiscardsTheRest() throws Exception {
        channel.onMessage(this::keep);
        wire.beginBlob();
        wire.receiveOfBlob("here");
        fixture.settle();
        assertThat(streams.get(0).read()).isEqualTo('h');

        streams.get(0).close();
        wire.receiveOfBlob("still coming");
        wire.listener().onBlobEnd();
        wire.receive("after");
        fixture.settle();

        assertThat(events).containsExactly("blob", "after");
        assertThatThrownBy(() -> streams.get(0).read()).isInstanceOf(IOException.class);
    }

    @Test
    void aBlobThatNobodyReadsStopsTheFarSender() throws Exception {
        channel.onMessage(this::keep);
        wire.beginBlob();
        fixture.settle();
        String chunk = "x".repeat(ConnectionFixture.WINDOW);
        wire.receiveOfBlob(chunk);
        assertThat(wire.reading).isTrue();
        wire.receiveOfBlob("y");
        assertThat(wire.reading).isFalse();

        streams.get(0).readNBytes(ConnectionFixture.WINDOW + 1);
        fixture.settle();

        assertThat(wire.reading).isTrue();
    }

    @Test
    void aSubscriberGetsWhatItAskedForAndNoMore() {
        Recorder recorder = new Recorder();
        channel.onMessage(data -> {
            if (data instanceof MessageData.Blob blob) {
                blob.subscribe(recorder);
            } else {
                record(data);
            }
        });
        wire.receiveBlob("one");
        wire.receive("after");
        fixture.settle();
        assertThat(events).containsExactly("subscribed");

        recorder.ask(1);
        fixture.settle();

        assertThat(events).containsExactly("subscribed", "one", "complete", "after");
    }

    @Test
    void aSubscriberGetsALargeChunkInParts() {
        Recorder recorder = new Recorder();
        channel.onMessage(data -> ((MessageData.Blob) data).subscribe(recorder));
        wire.receiveBlob("x".repeat(MessageData.Blob.MAX_CHUNK_BYTES) + "rest");
        fixture.settle();

        recorder.ask(1);
        fixture.settle();
        assertThat(events).hasSize(2);
        recorder.ask(Long.MAX_VALUE);
        recorder.ask(Long.MAX_VALUE);
        fixture.settle();

        assertThat(events.get(1)).hasSize(MessageData.Blob.MAX_CHUNK_BYTES);
        assertThat(events.subList(2, 4)).containsExactly("rest", "complete");
    }

    @Test
    void aSubscriberThatCancelsMissesNoLaterMessage() {
        Recorder recorder = new Recorder();
        channel.onMessage(data -> {
            if (data instanceof MessageData.Blob blob) {
                blob.subscribe(recorder);
            } else {
                record(data);
            }
        });
        wire.beginBlob();
        wire.receiveOfBlob("one");
        wire.receiveOfBlob("two");
        fixture.settle();
        recorder.ask(1);
        fixture.settle();

        recorder.subscription().cancel();
        wire.listener().onBlobEnd();
        wire.receive("after");
        fixture.settle();

        assertThat(events).containsExactly("subscribed", "one", "after");
    }

    @Test
    void aSubscriberThatFailsHasCancelled() {
        channel.onMessage(data -> {
            if (data instanceof MessageData.Blob blob) {
                blob.subscribe(new Recorder() {
                    @Override
                    public void onSubscribe(Flow.Subscription its) {
                        its.request(2);
                    }

                    @Override
                    public void onNext(ByteBuffer item) {
                        super.onNext(item);
                        throw new IllegalStateException("a bug of the program");
                    }
                });
            } else {
                record(data);
            }
        });
        wire.receiveBlob("one");
        wire.receive("after");
        fixture.settle();

        assertThat(events).containsExactly("one", "after");
    }

    @Test
    void aRequestForNothingIsATypeError() {
        Recorder recorder = new Recorder();
        channel.onMessage(data -> ((MessageData.Blob) data).subscribe(recorder));
        wire.beginBlob();
        fixture.settle();

        recorder.ask(0);
        fixture.settle();

        assertThat(events).containsExactly("subscribed", "error TYPE_ERROR");
    }

    @Test
    void aBlobThatWasCutIsAnErrorToItsReaderBeforeTheChannelCloses() throws Exception {
        channel.onMessage(this::keep);
        channel.onError(error -> events.add("error " + error.name()));
        channel.onClose(() -> events.add("close"));
        wire.beginBlob();
        wire.receiveOfBlob("half");
        wire.end(Reason.ABORTED);
        fixture.settle();
        assertThat(events).containsExactly("blob");

        assertThat(new String(streams.get(0).readNBytes(4), StandardCharsets.UTF_8))
                .isEqualTo("half");
        assertThatThrownBy(() -> streams.get(0).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cut");
        assertThatThrownBy(() -> streams.get(0).read()).isInstanceOf(IOException.class);
        fixture.settle();

        assertThat(events).containsExactly("blob", "error OPERATION_ERROR", "close");
    }

    @Test
    void aBlobThatWasCutIsAnErrorToItsSubscriber() {
        Recorder recorder = new Recorder();
        channel.onMessage(data -> ((MessageData.Blob) data).subscribe(recorder));
        channel.onClose(() -> events.add("close"));
        wire.beginBlob();
        wire.receiveOfBlob("half");
        wire.end(Reason.NETWORK_LOST);
        fixture.settle();

        recorder.ask(2);
        fixture.settle();

        assertThat(events).containsExactly("subscribed", "half", "error NETWORK_ERROR", "close");
    }

    @Test
    void closingTheChannelHereEndsTheReadingOfItsBlob() {
        channel.onMessage(this::keep);
        channel.onClose(() -> events.add("close"));
        wire.beginBlob();
        wire.receiveOfBlob("half");
        fixture.settle();

        channel.close();
        fixture.settle();
        assertThatThrownBy(() -> streams.get(0).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
        wire.receiveOfBlob("too late");
        wire.listener().onBlobEnd();
        wire.end(Reason.CLOSED);
        fixture.settle();

        assertThat(events).containsExactly("blob", "close");
    }

    @Test
    void aBlobIsWrittenToAFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("blob");
        channel.onMessage(data -> events.add(write((MessageData.Blob) data, file)));
        wire.receiveBlob("in the file");
        fixture.settle();

        assertThat(events).containsExactly("11");
        assertThat(file).hasContent("in the file");
    }

    @Test
    void aFileThatIsThereStaysAsItIs(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("blob"), "older");
        channel.onMessage(data ->
                events.add(data instanceof MessageData.Blob blob ? write(blob, file) : ConnectionFixture.text(data)));
        wire.receiveBlob("newer");
        wire.receive("after");
        fixture.settle();

        assertThat(events).containsExactly(FileAlreadyExistsException.class.getSimpleName(), "after");
        assertThat(file).hasContent("older");
    }

    @Test
    void aBlobThatWasCutLeavesNoFile(@TempDir Path folder) {
        Path file = folder.resolve("blob");
        channel.onMessage(data -> events.add(write((MessageData.Blob) data, file)));
        wire.beginBlob();
        wire.receiveOfBlob("half");
        wire.end(Reason.ABORTED);
        fixture.settle();

        assertThat(events).containsExactly(IOException.class.getSimpleName());
        assertThat(file).doesNotExist();
    }

    private void record(MessageData data) {
        if (data instanceof MessageData.Blob blob) {
            blobs.add(blob);
        }
        events.add(text(data));
    }

    private void keep(MessageData data) {
        record(data);
        if (data instanceof MessageData.Blob blob) {
            streams.add(blob.stream());
        }
    }

    private static String text(MessageData data) {
        return ConnectionFixture.text(data);
    }

    private static String read(MessageData.Blob blob) {
        try (InputStream in = blob.stream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        }
    }

    private static String write(MessageData.Blob blob, Path file) {
        try {
            return Long.toString(blob.writeTo(file));
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        }
    }

    /** Writes down what a publisher says. */
    private class Recorder implements Flow.Subscriber<ByteBuffer> {

        private final List<Flow.Subscription> subscriptions = new ArrayList<>();

        Flow.Subscription subscription() {
            return subscriptions.get(0);
        }

        void ask(long buffers) {
            subscription().request(buffers);
        }

        @Override
        public void onSubscribe(Flow.Subscription its) {
            subscriptions.add(its);
            events.add("subscribed");
        }

        @Override
        public void onNext(ByteBuffer item) {
            events.add(StandardCharsets.UTF_8.decode(item).toString());
        }

        @Override
        public void onError(Throwable failure) {
            events.add("error " + ((LP2PException) failure).name());
        }

        @Override
        public void onComplete() {
            events.add("complete");
        }
    }
}
