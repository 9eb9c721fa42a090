package dev.lp2p.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether who connected over loopback is this program's user, where the system tells it: Linux does, in its tables of TCP
 * sockets.
 */
final class SocketOwner {

    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    // proc_pid_net(5): sl, local address, remote address, state, queues, timer, retransmits, uid.
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int UID = 7;

    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};

    private SocketOwner() {}

    /**
     * @param caller its end of the connection
     * @param here our end
     * @return true also where the system has no such table; false if it has and does not name the caller
     */
    static boolean isThisUser(InetSocketAddress caller, InetSocketAddress here) throws IOException {
        if (!Files.isReadable(TABLES.get(0))) {
            return true;
        }
        String ours = String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        return uidOf(caller, here).filter(ours::equals).isPresent();
    }

    /** Reads a file that grows with the sockets of the machine, so not on a loop, and with little work for each line. */
    private static Optional<String> uidOf(InetSocketAddress caller, InetSocketAddress here) throws IOException {
        List<String> locals = spellings(caller);
        List<String> remotes = spellings(here);
        for (Path table : TABLES) {
            if (Files.isReadable(table)) {
                try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.US_ASCII)) {
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        if (locals.stream().noneMatch(line::contains)) {
                            continue;
                        }
                        String[] fields = line.trim().split("\\s+");
                        if (fields.length > UID && locals.contains(fields[LOCAL]) && remotes.contains(fields[REMOTE])) {
                            return Optional.of(fields[UID]);
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** As the tables of both kinds of addresses write it. */
    private static List<String> spellings(InetSocketAddress address) {
        return List.of(hex(address, false), hex(address, true));
    }

    /** As the tables write it: the address in words of the machine's byte order, the port in the network's. */
    private static String hex(InetSocketAddress address, boolean mapped) {
        InetAddress ip = address.getAddress();
        ByteBuffer bytes = ByteBuffer.allocate(16);
        if (mapped && ip instanceof Inet4Address) {
            bytes.put(MAPPED);
        }
        bytes.put(ip.getAddress()).flip();
        StringBuilder text = new StringBuilder();
        for (ByteBuffer words = bytes.order(ByteOrder.nativeOrder()); words.hasRemaining(); ) {
            text.append(String.format(Locale.ROOT, "%08X", words.getInt()));
        }
        return text.append(String.format(Locale.ROOT, ":%04X", address.getPort()))
                .toString();
    }
}
