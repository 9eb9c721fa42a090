package dev.lp2p.examples;

import dev.lp2p.LP2PQuicTransportListener;
import dev.lp2p.LP2PReceiver;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.WebTransportBidirectionalStream;
import dev.lp2p.store.StateFolder;
import dev.lp2p.terminal.TerminalConsent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Gives the files of a folder: a stream asks for a name, and gets the bytes. Takes folders for its state and to serve. */
public final class FileServer {

    private static final int NO_SUCH_FILE = 404;

    public static void main(String[] arguments) {
        try (StateFolder state = StateFolder.open(Path.of(arguments[0]));
                LocalPeerToPeerManager manager = LocalPeerToPeerManager.start(
                        state.settings("Files").program("files").build(), TerminalConsent.ofProcess())) {
            for (var client : new LP2PQuicTransportListener(new LP2PReceiver(manager)).incomingTransports()) {
                new Thread(() -> client.incomingBidirectionalStreams().forEach(file -> serve(file, arguments[1])))
                        .start();
            }
        }
    }

    private static void serve(WebTransportBidirectionalStream asked, String folder) {
        try {
            String name = new String(asked.readable().inputStream().readNBytes(255), StandardCharsets.UTF_8);
            Path file = Path.of(folder).resolve(Path.of(name).getFileName());
            Files.copy(file, asked.writable().outputStream());
            asked.writable().close();
        } catch (IOException | RuntimeException e) {
            asked.writable().abort(NO_SUCH_FILE);
        }
    }
}
