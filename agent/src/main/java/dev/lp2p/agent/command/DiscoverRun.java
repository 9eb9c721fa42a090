package dev.lp2p.agent.command;

import java.time.Duration;

record DiscoverRun(CommandContext context, Duration time, boolean watch) {
    ExitStatus run() {
        return ExitStatus.DONE;
    }
}
