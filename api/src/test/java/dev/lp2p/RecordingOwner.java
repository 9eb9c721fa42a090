package dev.lp2p;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Writes down what a connection tells its owner. */
final class RecordingOwner implements LP2PConnectionImpl.Owner {

    /** Answers whether an idle connection stays. */
    CompletableFuture<Boolean> extension = new CompletableFuture<>();

    private final List<String> events;

    RecordingOwner(List<String> events) {
        this.events = events;
    }

    @Override
    public CompletableFuture<Boolean> askToExtend(LP2PConnectionImpl idle) {
        events.add("extend?");
        return extension;
    }

    @Override
    public void onEnded(LP2PConnectionImpl ended, LP2PConnection.CloseReason reason) {
        events.add("ended");
    }

    @Override
    public void onReconnectWanted(LP2PConnectionImpl lost) {
        events.add("reconnect");
    }

    @Override
    public void onReconnectUnwanted(LP2PConnectionImpl lost) {
        events.add("no reconnect");
    }
}
