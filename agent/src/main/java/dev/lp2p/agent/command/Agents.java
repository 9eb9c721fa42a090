package dev.lp2p.agent.command;

import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.desktop.DeviceManagement;
import dev.lp2p.store.StateFolder;
import org.jspecify.annotations.Nullable;

/** Where a command gets an agent with this device's identity, and what is remembered, until it has cleaned up. */
interface Agents {

    StateFolder state();

    /** What the user decided, to be looked up and taken back. */
    DeviceManagement management();

    /**
     * One that others can find.
     *
     * @param name what they are to see; the one of last time if null
     */
    LocalPeerToPeerManager toReceive(CommandConsent consent, @Nullable String name);

    /** One that finds others. */
    LocalPeerToPeerManager toSend(CommandConsent consent);

    /** One that only looks. */
    LocalPeerToPeerManager toLook(CommandConsent consent);
}
