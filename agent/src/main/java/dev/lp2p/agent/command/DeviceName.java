package dev.lp2p.agent.command;

import dev.lp2p.store.AgentState;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What this device calls itself. */
final class DeviceName {

    /** Where Linux says it without asking a name server. */
    private static final Path LINUX_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private static final String OF_LAST_RESORT = "lp2p";

    private DeviceName() {}

    /** The name that the command line gives, which is remembered; else the last one; else this computer's. */
    static String of(@Nullable String given, AgentState state) {
        if (given != null) {
            state.setDisplayName(given);
            return given;
        }
        return state.displayName().orElseGet(DeviceName::ofThisComputer);
    }

    private static String ofThisComputer() {
        String name = linux().or(DeviceName::windows).orElseGet(DeviceName::resolved);
        String label = name.strip().replaceFirst("\\..*", "");
        return label.isEmpty() ? OF_LAST_RESORT : label;
    }

    private static Optional<String> linux() {
        try {
            return Optional.of(Files.readString(LINUX_HOST_NAME, StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Another system.
            return Optional.empty();
        }
    }

    private static Optional<String> windows() {
        return Optional.ofNullable(System.getenv("COMPUTERNAME"));
    }

    private static String resolved() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            // No name server knows it, and it needs no name.
            return OF_LAST_RESORT;
        }
    }
}
