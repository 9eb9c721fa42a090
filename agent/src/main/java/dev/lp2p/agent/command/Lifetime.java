package dev.lp2p.agent.command;

import dev.lp2p.Grant;
import picocli.CommandLine.Option;

/** For how long the user allows something. */
public final class Lifetime {

    @Option(names = "--session", description = "Until the session with the device ends.")
    boolean session;

    @Option(names = "--always", description = "Until you withdraw it with 'lp2p grants'.")
    boolean always;

    Grant.Lifetime value() {
        if (always) {
            return Grant.Lifetime.ALWAYS;
        }
        return session ? Grant.Lifetime.SESSION : Grant.Lifetime.ONCE;
    }
}
