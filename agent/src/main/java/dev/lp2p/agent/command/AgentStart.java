package dev.lp2p.agent.command;

import dev.lp2p.Consent;
import dev.lp2p.LP2PSettings;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.store.StateFolder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts an agent together: its identity, the devices that it knows, its network interfaces and whom it asks. */
record AgentStart(Cleanup cleanup, List<String> interfaces, Consent consent) {

    /** Of two devices the one where it is harder to enter a code shows it: the one that receives. */
    private static final int EASE_OF_INPUT_WHEN_RECEIVING = 20;

    private static final int EASE_OF_INPUT = 60;

    /** What sends and receives files, here and elsewhere. */
    private static final String PROGRAM = "drop";

    /** An agent with this user's identity, which others can find. */
    LocalPeerToPeerManager toReceive(StateFolder state, @Nullable String name) {
        return start(withIdentity(state, DeviceName.of(name, state.agentState()))
                .pskEaseOfInput(EASE_OF_INPUT_WHEN_RECEIVING)
                .program(PROGRAM));
    }

    /** An agent with this user's identity, which finds others. */
    LocalPeerToPeerManager toSend(StateFolder state, @Nullable String name) {
        return start(withIdentity(state, DeviceName.of(name, state.agentState()))
                .pskEaseOfInput(EASE_OF_INPUT)
                .program(PROGRAM));
    }

    /** An agent with this user's identity for pages, each of which is an origin of its own: the gateway lives on its loop. */
    LocalPeerToPeerManager toServe(StateFolder state, @Nullable String name) {
        return start(
                withIdentity(state, DeviceName.of(name, state.agentState())).listenersOnLoop());
    }

    /** An agent that only looks: with an identity for once, so that it can do so while another one runs. */
    LocalPeerToPeerManager toLook(StateFolder state) {
        StateFolder forOnce = cleanup.add(
                StateFolder.open(cleanup.add(TemporaryFolder.create()).path()));
        return start(LP2PSettings.builder(
                        DeviceName.of(null, state.agentState()),
                        forOnce.identityFile(),
                        state.peers(),
                        forOnce.agentState())
                .program(PROGRAM));
    }

    private LP2PSettings.Builder withIdentity(StateFolder state, String name) {
        cleanup.add(RunningAgent.lock(state));
        return LP2PSettings.builder(name, state.identityFile(), state.peers(), state.agentState())
                .grants(state.grants());
    }

    private LocalPeerToPeerManager start(LP2PSettings.Builder settings) {
        // A signal ends transfers first, and everything in the order of the clean-up.
        return cleanup.add(LocalPeerToPeerManager.start(
                settings.interfaces(interfaces).closeAtExit(false).build(), consent));
    }
}
