package dev.lp2p.agent.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

record SendRun(CommandContext context, Settings settings) {
    record Settings(
            List<Path> paths, @Nullable String to, @Nullable String code, Duration patience) {}

    ExitStatus run() {
        return ExitStatus.DONE;
    }
}
