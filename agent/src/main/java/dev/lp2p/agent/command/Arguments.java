package dev.lp2p.agent.command;

import dev.lp2p.osp.authentication.NumericCode;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** What the command line has to be before anything starts; whatever is wrong is said with what to do. */
final class Arguments {

    /** Bytes that a DNS-SD instance name holds, RFC 6763 section 4.1.1. */
    private static final int MAX_NAME_BYTES = 63;

    private static final int MAX_PORT = 65_535;

    private Arguments() {}

    static void requirePositive(String option, int value) {
        if (value <= 0) {
            throw usage(option + " takes a number of seconds from 1 up, not " + value + ".");
        }
    }

    static void requirePort(String option, int value) {
        if (value < 0 || value > MAX_PORT) {
            throw usage(option + " takes a port from 1 to " + MAX_PORT + ", or 0 for any that is free.");
        }
    }

    static void requireReadable(Path path) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw usage("There is no file or folder '" + path + "'. Check how it is spelled.");
        }
        if (Files.isSymbolicLink(path)) {
            throw usage("'" + path + "' is a symbolic link, which is not followed. Name what it points to.");
        }
        if (!Files.isReadable(path)) {
            throw usage("'" + path + "' cannot be read. Check its permissions.");
        }
    }

    static void requireFolder(String option, Path path) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw usage(option + " '" + path + "' is not a folder. Name one, or a path where one can be made.");
        }
        if (Files.exists(path) && !Files.isWritable(path)) {
            throw usage("Nothing can be written to " + option + " '" + path + "'. Choose another folder.");
        }
    }

    static void requireName(String name) {
        if (name.isBlank()) {
            throw usage("--name is empty. Give the name that others are to see.");
        }
        if (name.codePoints().anyMatch(Character::isISOControl)) {
            throw usage("--name has control characters. Leave them out.");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw usage("--name takes at most " + MAX_NAME_BYTES + " bytes of UTF-8. Choose a shorter one.");
        }
    }

    static void requireCode(String argument, String code) {
        if (NumericCode.parse(code).isEmpty()) {
            throw usage(argument + " takes the digits that the other device shows, with or without dashes.");
        }
    }

    static void requireInterfaces(List<String> names) {
        List<String> present = interfaces();
        for (String name : names) {
            if (!present.contains(name)) {
                throw usage("There is no network interface '" + name + "', only " + String.join(", ", present) + ".");
            }
        }
    }

    private static List<String> interfaces() {
        try {
            return NetworkInterface.networkInterfaces()
                    .map(NetworkInterface::getName)
                    .toList();
        } catch (SocketException e) {
            throw new CommandException(ExitStatus.FAILED, "The network interfaces cannot be listed (" + e + ").", e);
        }
    }

    private static CommandException usage(String message) {
        return new CommandException(ExitStatus.USAGE, message);
    }
}
