package dev.lp2p.examples;

import dev.lp2p.LP2PQuicTransport;
import dev.lp2p.LP2PRequest;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.WebTransportBidirectionalStream;
import dev.lp2p.store.StateFolder;
import dev.lp2p.terminal.TerminalConsent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fetches files from a file server. Takes folders for its state and for the files, and their names. */
public final class FileClient {

    public static void main(String[] arguments) throws IOException {
        TerminalConsent person = TerminalConsent.ofProcess();
        try (StateFolder state = StateFolder.open(Path.of(arguments[0]));
                LocalPeerToPeerManager manager = LocalPeerToPeerManager.start(
                        state.settings("Laptop").program("files").build(), person)) {
            LP2PQuicTransport server = new LP2PQuicTransport(new LP2PRequest(manager));
            for (int i = 2; i < arguments.length; i++) {
                WebTransportBidirectionalStream stream =
                        server.createBidirectionalStream().join();
                try (OutputStream question = stream.writable().outputStream()) {
                    question.write(arguments[i].getBytes(StandardCharsets.UTF_8));
                }
                long bytes = Files.copy(stream.readable().inputStream(), Path.of(arguments[1], arguments[i]));
                person.screen().say(arguments[i] + ": " + bytes + " bytes");
            }
        }
    }
}
