package dev.lp2p.systemtests;

import dev.lp2p.testkit.hosts.Host;
import dev.lp2p.testkit.hosts.HostProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Avahi, the usual multicast DNS daemon on Linux, with a message bus of its own, on a host. */
final class Avahi {

    private static final String SERVICE_TYPE = "_openscreen._udp";

    private static final String BUS_CONFIGURATION = """
            <busconfig>
              <type>system</type>
              <listen>unix:path=%s</listen>
              <auth>EXTERNAL</auth>
              <policy context="default">
                <allow send_destination="*"/>
                <allow receive_sender="*"/>
                <allow own="*"/>
                <allow user="*"/>
              </policy>
            </busconfig>
            """;

    private static final String DAEMON_CONFIGURATION = """
            [server]
            host-name=%s
            allow-interfaces=eth0
            use-ipv4=yes
            use-ipv6=yes
            enable-dbus=yes
            """;

    private final Host host;
    private final Map<String, String> environment;

    private Avahi(Host host, Map<String, String> environment) {
        this.host = host;
        this.environment = environment;
    }

    /** Starts it; {@code folder} is for its configuration. */
    static Avahi start(Host host, Path folder) {
        Path bus = folder.resolve("bus");
        Path busConfiguration = write(folder.resolve("bus.conf"), BUS_CONFIGURATION.formatted(bus));
        Path configuration = write(folder.resolve("avahi.conf"), DAEMON_CONFIGURATION.formatted(host.name()));
        Avahi avahi = new Avahi(host, Map.of("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=" + bus));

        avahi.run("dbus-daemon", "--nofork", "--print-address", "--config-file=" + busConfiguration)
                .output()
                .await("the bus", line -> line.startsWith("unix:"));
        // Each command on a host has its own view of the file system, so that this /run is the daemon's alone.
        avahi.run(
                        "sh",
                        "-ec",
                        "mount -t tmpfs none /run; exec avahi-daemon --no-drop-root --no-rlimits --no-chroot --file=\"$1\"",
                        "avahi",
                        configuration.toString())
                .errors()
                .await("that it is there", line -> line.contains("Server startup complete"));
        return avahi;
    }

    /** What it sees of our service until it has seen it over each of these protocols, which come in any order. */
    List<Service> awaitServices(String... protocols) {
        HostProcess watching = watch();
        List<Service> seen = new ArrayList<>();
        Set<String> missing = new HashSet<>(Set.of(protocols));
        while (!missing.isEmpty()) {
            String line = watching.output().await("our service over " + missing, it -> it.startsWith("="));
            Service service = Service.parse(line);
            seen.add(service);
            missing.remove(service.protocol());
        }
        return seen;
    }

    /** Watches our service: lines as {@code avahi-browse --parsable} prints them. */
    HostProcess watch() {
        return run("avahi-browse", "--resolve", "--parsable", "--no-db-lookup", SERVICE_TYPE);
    }

    /** Publishes a service of ours as it comes; returns once it is established, under which name. */
    String publish(String name, int port, String... txt) {
        List<String> command = new ArrayList<>(List.of("avahi-publish", "-s", name, SERVICE_TYPE, "" + port));
        command.addAll(List.of(txt));
        String established = run(command.toArray(String[]::new))
                .errors()
                .await("that it is published", line -> line.startsWith("Established"));
        return established.replaceFirst("^Established under name '(.*)'$", "$1");
    }

    private HostProcess run(String... command) {
        return host.start(List.of(command), environment);
    }

    private static Path write(Path path, String text) {
        try {
            return Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An instance of our service as Avahi resolved it. */
    record Service(String protocol, String name, String address, int port, String txt) {

        /** {@code =;interface;protocol;name;type;domain;host;address;port;txt}, the name with escapes. */
        static Service parse(String line) {
            String[] fields = line.split(";", 10);
            return new Service(fields[2], unescape(fields[3]), fields[7], Integer.parseInt(fields[8]), fields[9]);
        }

        /** A backslash stands before a byte as three decimal digits, or before a character that means itself. */
        private static String unescape(String escaped) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] in = escaped.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < in.length; i++) {
                if (in[i] != '\\') {
                    bytes.write(in[i]);
                } else if (Character.isDigit(in[i + 1])) {
                    bytes.write(Integer.parseInt(new String(in, i + 1, 3, StandardCharsets.US_ASCII)));
                    i += 3;
                } else {
                    bytes.write(in[++i]);
                }
            }
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
