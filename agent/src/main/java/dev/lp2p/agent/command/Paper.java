package dev.lp2p.agent.command;

import java.util.concurrent.CompletableFuture;

/** On which the code goes from the screen of one device to the keyboard of the other. */
final class Paper {

    private final CompletableFuture<String> code = new CompletableFuture<>();

    void write(String shown) {
        code.complete(shown);
    }

    /** The code, as soon as it is written. */
    CompletableFuture<String> read() {
        return code;
    }
}
