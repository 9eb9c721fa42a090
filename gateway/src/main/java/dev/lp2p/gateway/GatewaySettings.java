package dev.lp2p.gateway;

import dev.lp2p.Origin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How the gateway serves pages.
 *
 * @param port on the loopback interface, 0 for any
 * @param apps folders that are served as {@code /NAME/}, whose pages have the origin {@code lp2p:NAME}; a name such as
 *     {@code examples/chat} is of an app in a folder of others, and its pages' origin is {@code lp2p:examples-chat}
 * @param heartbeat how often a page is asked whether it is still there
 * @param patience how long a page may be silent, such as while it shows an {@code alert} or computes; one that is for longer
 *     is gone
 */
public record GatewaySettings(int port, Map<String, Path> apps, Duration heartbeat, Duration patience) {

    /** Where pages look for an agent. */
    public static final int DEFAULT_PORT = 27_311;

    public static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(5);

    public static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(1);

    private static final Pattern APP_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}(/[a-z0-9][a-z0-9-]{0,31})?");

    /** Of the program that sends and receives files: what a user allowed it is not for a page. */
    private static final String DROP = "drop";

    /**
     * @throws IllegalArgumentException if an app's name cannot be one, as {@code lp2p}, where the library is, and
     *     {@code drop}, a program's, or is taken
     */
    public GatewaySettings {
        apps = Map.copyOf(apps);
        for (String name : apps.keySet()) {
            if (!APP_NAME.matcher(name).matches()
                    || name.split("/", 2)[0].equals(LibraryFiles.NAME)
                    || name.equals(DROP)) {
                throw new IllegalArgumentException(
                        "An app is named by up to 32 of a to z, 0 to 9 and -, twice at most with / between, not " + name
                                + " and not lp2p or drop");
            }
        }
        if (apps.keySet().stream().map(Origin::ofProgram).distinct().count() < apps.size()) {
            throw new IllegalArgumentException("Two apps would have one origin; - and / are the same in it: " + apps);
        }
    }

    public GatewaySettings(int port, Map<String, Path> apps) {
        this(port, apps, DEFAULT_HEARTBEAT, DEFAULT_PATIENCE);
    }
}
