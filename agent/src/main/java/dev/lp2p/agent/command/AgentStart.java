package dev.lp2p.agent.command;

import dev.lp2p.Consent;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.store.StateFolder;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts an agent together: its state, its identity, its network interfaces and whom it asks. */
final class AgentStart {

    private AgentStart() {}

    static LocalPeerToPeerManager open(
            Cleanup cleanup, Path state, List<String> interfaces, @Nullable String name, Consent consent) {
        StateFolder folder = cleanup.add(StateFolder.open(state));
        throw new UnsupportedOperationException("agent " + DeviceName.of(name, folder.agentState()));
    }
}
