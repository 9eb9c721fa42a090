package dev.lp2p.testkit.hosts;

import dev.lp2p.testkit.Eventually;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** One host of a {@link NetworkHosts}: a place to run commands, with an interface {@code eth0} of its own. */
public final class Host {

    /** The host's interface, as its processes see it. */
    public static final String INTERFACE = "eth0";

    private final String name;
    private final int number;
    private final String namespace;
    private final String switchNamespace;
    private final String port;
    private final List<HostProcess> processes = new CopyOnWriteArrayList<>();

    Host(String name, int number, String namespace, String switchNamespace) {
        this.name = name;
        this.number = number;
        this.namespace = namespace;
        this.switchNamespace = switchNamespace;
        this.port = "port" + number;
    }

    public String name() {
        return name;
    }

    /** The IPv4 address, where the host has one. */
    public String ipv4() {
        return "10.77.0." + number;
    }

    /** The IPv6 address that is not link-local, where the host has one. */
    public String ipv6() {
        return "fd77::" + Integer.toHexString(number);
    }

    /** Starts a command on this host, with the environment of this process. */
    public HostProcess start(List<String> command) {
        return start(command, Map.of());
    }

    /** Starts a command on this host, with {@code environment} added to that of this process. */
    public HostProcess start(List<String> command, Map<String, String> environment) {
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        inside.addAll(command);
        HostProcess process = HostProcess.start(name, inside, environment);
        processes.add(process);
        return process;
    }

    /**
     * Runs a short command on this host to its end.
     *
     * @return what it wrote, errors included
     * @throws IllegalStateException if it fails; the message has its words
     */
    public String run(String... command) {
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        inside.addAll(List.of(command));
        return Shell.run(inside);
    }

    /** Pulls the cable: the interface stays up and keeps its addresses, and has no carrier. */
    public void unplug() {
        Namespaces.ip(switchNamespace, "link set " + port + " down");
    }

    /** Plugs the cable in again. */
    public void plugIn() {
        Namespaces.ip(switchNamespace, "link set " + port + " up");
        awaitCarrier();
    }

    /** Has every process on this host stand still, as where its lid is closed. */
    public void suspend() {
        // What still runs while the others are listed may start one more, what stands still starts none: once all that
        // are listed stood still before, nobody was left out.
        Set<String> still = new HashSet<>();
        Eventually.await(
                "that everything on " + name + " stands still",
                () -> {
                    List<String> all = Namespaces.processes(namespace);
                    boolean isAll = still.containsAll(all);
                    Namespaces.signal("STOP", all);
                    all.stream().filter(Namespaces::standsStill).forEach(still::add);
                    return isAll;
                },
                Boolean::booleanValue);
    }

    /** Has every process go on. */
    public void wake() {
        Namespaces.signal("CONT", Namespaces.processes(namespace));
    }

    /** From now on loses this many of a thousand packets that come in: 0 loses none, 1000 all. */
    public void loseIncoming(int perThousand) {
        String chosen = perThousand < 1000 ? "numgen random mod 1000 < " + perThousand : "";
        String rules = "add table netdev loss; delete table netdev loss; add table netdev loss;"
                + " add chain netdev loss incoming { type filter hook ingress device " + INTERFACE + " priority 0; };"
                + " add rule netdev loss incoming " + chosen + " drop";
        Requirements.needPrograms("nft");
        Requirements.needs("Losing packets with nft", () -> run("nft", rules));
    }

    /** From now on lets through at most this many bits in a second, in each direction. */
    public void limitRate(long bitsPerSecond) {
        Requirements.needPrograms("tc");
        Requirements.needs("Limiting the rate with tc", () -> {
            limit(namespace, INTERFACE, bitsPerSecond);
            limit(switchNamespace, port, bitsPerSecond);
        });
    }

    void make(Addressing addressing) {
        Namespaces.add(namespace);
        Namespaces.ip(namespace, "link set lo up");
        if (addressing == Addressing.LOOPBACK_ONLY) {
            return;
        }
        // Addresses are usable at once, without looking for duplicates, and there is no router to ask for one.
        String settings = addressing == Addressing.IPV4
                ? "echo 1 >all/disable_ipv6; echo 1 >default/disable_ipv6;"
                : "echo 0 >all/accept_dad; echo 0 >default/accept_dad; echo 0 >default/accept_ra;";
        Namespaces.script(namespace, "cd /proc/sys/net/ipv6/conf; " + settings);
        Namespaces.ip(
                switchNamespace, "link add " + port + " type veth peer name " + INTERFACE + " netns " + namespace);
        Namespaces.ip(switchNamespace, "link set " + port + " master switch up");
        Namespaces.ip(namespace, "link set " + INTERFACE + " up");
        if (addressing != Addressing.IPV6) {
            Namespaces.script(
                    namespace,
                    "ip addr add " + ipv4() + "/24 brd + dev " + INTERFACE + "; ip route add 224.0.0.0/4 dev "
                            + INTERFACE);
        }
        if (addressing != Addressing.IPV4) {
            // The kernel routes ff00::/8 to the interface by itself.
            Namespaces.ip(namespace, "addr add " + ipv6() + "/64 dev " + INTERFACE + " nodad");
        }
        awaitCarrier();
    }

    void remove() {
        processes.forEach(HostProcess::kill);
        if (Namespaces.exists(namespace)) {
            Namespaces.remove(namespace);
        }
    }

    String namespace() {
        return namespace;
    }

    List<HostProcess> processes() {
        return processes;
    }

    private static void limit(String namespace, String device, long bitsPerSecond) {
        Namespaces.script(
                namespace,
                "tc qdisc replace dev " + device + " root tbf rate " + bitsPerSecond + "bit burst 64kb latency 50ms");
    }

    /** The kernel tells of a carrier a moment after the cable is in, as programs look for the flag, and so of addresses. */
    private void awaitCarrier() {
        Namespaces.script(
                namespace,
                "for i in $(seq 1000); do ip -o link show dev " + INTERFACE + " | grep -q 'state UP'"
                        + " && [ -z \"$(ip -o addr show dev " + INTERFACE + " tentative)\" ] && exit; done;"
                        + " echo no carrier, or no address yet; exit 1");
    }

    @Override
    public String toString() {
        return name;
    }
}
