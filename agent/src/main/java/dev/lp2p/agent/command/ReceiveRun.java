package dev.lp2p.agent.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

record ReceiveRun(CommandContext context, Settings settings) {
    record Settings(@Nullable String name, Path dir, boolean accept, boolean once) {}

    ExitStatus run() {
        return ExitStatus.DONE;
    }
}
