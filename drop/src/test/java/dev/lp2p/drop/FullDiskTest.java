package dev.lp2p.drop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {

    private static final int SIZE = 1 << 20;

    @TempDir
    Path inbox;

    private final FakeConnection.Pair connections = FakeConnection.pair();
    private final Recorder.Receiver told = new Recorder.Receiver();

    @Test
    void aDiskThatFillsUpRefusesTheFileAndKeepsNothingOfIt() throws Exception {
        new DropReceiver(() -> new FillingFolder(Folder.root(inbox), SIZE / 2), told).attach(connections.receiver());

        assertThatTheLargeFileIsRefusedAndTheSmallOneArrives();
    }

    @Test
    void anOfferLargerThanTheFreeSpaceIsDeclinedBeforeAnyoneIsAsked() throws Exception {
        new DropReceiver(() -> new FillingFolder(Folder.root(inbox), 100), told).attach(connections.receiver());

        RawPeer sender = RawPeer.sender(connections.sender(), DropProtocol.NAME).offer(1, 2L * SIZE + 1);

        sender.expect("{'type':'decline','reason':'no-space'}");
        assertThat(told.offer).isNotDone();
        assertThat(Recorder.await(told.finished).reason()).isEqualTo(DropReason.NO_SPACE);
    }

    @Test
    @EnabledIf("canMount")
    void aRealDiskThatFillsUpDoesTheSame() throws Exception {
        shell("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", inbox.toString());
        try {
            CompletableFuture<DropReceiverListener.Decision> decision = new CompletableFuture<>();
            told.decision = decision;
            new DropReceiver(inbox, told).attach(connections.receiver());
            told.offer.thenRun(() -> {
                fill(3_500_000);
                decision.complete(DropReceiverListener.Decision.ACCEPT);
            });

            assertThatTheLargeFileIsRefusedAndTheSmallOneArrives();
        } finally {
            shell("umount", "-l", inbox.toString());
        }
    }

    private void assertThatTheLargeFileIsRefusedAndTheSmallOneArrives() throws Exception {
        RawPeer sender = RawPeer.sender(connections.sender(), DropProtocol.NAME).offer(2, SIZE + 10);
        sender.expect("{'type':'accept'}");

        sender.zeros("large", SIZE).zeros("small", 10);

        sender.expectRefused(0, DropReason.NO_SPACE);
        sender.expectReceived(1, 10, "small");
        try (Stream<Path> left = Files.list(inbox)) {
            assertThat(left.map(file -> file.getFileName().toString()).filter(name -> !name.equals("filler")))
                    .containsExactly("small");
        }
    }

    private void fill(int bytes) {
        try {
            Files.write(inbox.resolve("filler"), new byte[bytes]);
        } catch (IOException e) {
            throw new AssertionError("The test's disk is smaller than it should be", e);
        }
    }

    static boolean canMount() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("user.name").equals("root");
    }

    private static void shell(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    /** A folder on a disk with room for {@code room} bytes in one file, and for twice the test's largest before it has one. */
    private record FillingFolder(Folder real, int room, AtomicBoolean full) implements Folder {

        FillingFolder(Folder real, int room) {
            this(real, room, new AtomicBoolean());
        }

        @Override
        public WritableByteChannel createFile(String name) throws IOException {
            WritableByteChannel file = real.createFile(name);
            return new WritableByteChannel() {
                private int written;

                @Override
                public int write(ByteBuffer data) throws IOException {
                    if (written + data.remaining() > room) {
                        full.set(true);
                        throw new IOException("No room, in whatever language the system speaks");
                    }
                    int count = file.write(data);
                    written += count;
                    return count;
                }

                @Override
                public boolean isOpen() {
                    return file.isOpen();
                }

                @Override
                public void close() throws IOException {
                    file.close();
                }
            };
        }

        @Override
        public long usableSpace() {
            return full.get() ? 0 : 2L * SIZE;
        }

        @Override
        public Folder open(String name) throws IOException {
            return real.open(name);
        }

        @Override
        public boolean exists(String name) throws IOException {
            return real.exists(name);
        }

        @Override
        public void makeFolder(String name) throws IOException {
            real.makeFolder(name);
        }

        @Override
        public void move(String name, Folder target, String newName) throws IOException {
            real.move(name, target instanceof FillingFolder filling ? filling.real : target, newName);
        }

        @Override
        public void setModified(String name, FileTime time) throws IOException {
            real.setModified(name, time);
        }

        @Override
        public void delete(String name) throws IOException {
            real.delete(name);
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
