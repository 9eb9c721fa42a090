package dev.lp2p.agent.command;

import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.desktop.DeviceManagement;
import dev.lp2p.store.StateFolder;
import dev.lp2p.terminal.UntrustedText;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The agent in the background, as errands use it.
 *
 * @param name what others see when this device is visible
 * @param interfaces that it was told to use; empty for all
 */
record SharedAgent(
        StateFolder state, LocalPeerToPeerManager manager, SharedConsent consent, String name, Set<String> interfaces) {

    /** For one errand. */
    Agents lendUntil(Cleanup cleanup) {
        return new Lent(cleanup);
    }

    /** Why it cannot do what a command line asks of an agent. */
    Optional<String> whyNot(Set<String> wantedInterfaces) {
        return wantedInterfaces.isEmpty() || wantedInterfaces.equals(interfaces)
                ? Optional.empty()
                : Optional.of("The agent in the background uses "
                        + (interfaces.isEmpty() ? "every network interface" : String.join(", ", interfaces))
                        + ". Leave --interface out, or start the agent with it: lp2p agent --stop, then"
                        + " lp2p agent --interface NAME.");
    }

    private final class Lent implements Agents {

        private final Cleanup cleanup;

        Lent(Cleanup cleanup) {
            this.cleanup = cleanup;
        }

        @Override
        public StateFolder state() {
            return state;
        }

        @Override
        public DeviceManagement management() {
            return DeviceManagement.of(manager);
        }

        @Override
        public LocalPeerToPeerManager toReceive(CommandConsent caller, @Nullable String wantedName) {
            if (wantedName != null && !wantedName.equals(name)) {
                throw new CommandException(
                        ExitStatus.FAILED,
                        "The agent in the background calls this device '" + UntrustedText.name(name)
                                + "'. Leave --name out, or start the agent with it: lp2p agent --stop, then"
                                + " lp2p agent --name NAME.");
            }
            cleanup.add(consent.toReceive(caller));
            return manager;
        }

        @Override
        public LocalPeerToPeerManager toSend(CommandConsent caller) {
            cleanup.add(consent.toSend(caller));
            return manager;
        }

        @Override
        public LocalPeerToPeerManager toLook(CommandConsent caller) {
            return manager;
        }
    }
}
