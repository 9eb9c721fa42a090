package dev.lp2p.testkit.hosts;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Hosts on a network of their own, for one test or a class of them. They are made on demand and gone after the test, with
 * all that ran on them; when a test failed, the failure carries what each process wrote.
 *
 * <p>It takes Linux, root and the {@code ip} command. Without them a test is skipped and says why, or fails where CI or
 * LP2P_REQUIRE_HOSTS is set in the environment.
 */
public final class NetworkHosts implements AfterEachCallback, AutoCloseable {

    /** Addresses are 10.77.0.1 to 10.77.0.254. */
    private static final int MAX_HOSTS = 254;

    private static final AtomicInteger NETWORKS = new AtomicInteger();

    private final boolean ofClass;
    private final List<Host> hosts = new ArrayList<>();
    private final Thread closeAtExit = new Thread(this::removeAll, "remove network hosts");
    private final int number = NETWORKS.incrementAndGet();
    private Runnable removeSwitch = () -> {};
    private String switchNamespace = "";

    /** Hosts for one test. */
    public NetworkHosts() {
        this(false);
    }

    private NetworkHosts(boolean ofClass) {
        this.ofClass = ofClass;
    }

    /** Hosts that the tests of a class share; {@link #close} after the last of them removes them. */
    public static NetworkHosts ofClass() {
        return new NetworkHosts(true);
    }

    /** A host with IPv4 and IPv6. */
    public Host host(String name) {
        return host(name, Addressing.BOTH);
    }

    /** A host with these addresses on its {@code eth0}; {@code name} is for people, and unique in the test. */
    public synchronized Host host(String name, Addressing addressing) {
        if (hosts.stream().anyMatch(host -> host.name().equals(name))) {
            throw new IllegalArgumentException("There is a host named " + name + " already");
        }
        if (hosts.size() == MAX_HOSTS) {
            throw new IllegalStateException("No more than " + MAX_HOSTS + " hosts");
        }
        if (switchNamespace.isEmpty()) {
            makeSwitch();
        }
        Host host = new Host(name, hosts.size() + 1, namespace("host" + (hosts.size() + 1)), switchNamespace);
        hosts.add(host);
        host.make(addressing);
        return host;
    }

    /** Says that the test needs these programs; without them it is skipped, or fails, as without root. */
    public void requirePrograms(String... programs) {
        Requirements.needPrograms(programs);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        context.getExecutionException().ifPresent(failure -> failure.addSuppressed(new Transcripts(transcripts())));
        if (!ofClass) {
            close();
        }
    }

    /** Ends every process and removes every host. */
    @Override
    public void close() {
        removeAll();
        if (!switchNamespace.isEmpty()) {
            Runtime.getRuntime().removeShutdownHook(closeAtExit);
            switchNamespace = "";
        }
    }

    private void makeSwitch() {
        Requirements.needHosts();
        Namespaces.removeLeftovers();
        Runtime.getRuntime().addShutdownHook(closeAtExit);
        String namespace = namespace("switch");
        Requirements.needs("'ip netns add'", () -> Namespaces.add(namespace));
        switchNamespace = namespace;
        removeSwitch = () -> Namespaces.remove(namespace);
        // A switch that learns nothing about multicast and forwards from the first moment.
        Namespaces.ip(namespace, "link add switch type bridge mcast_snooping 0 stp_state 0 forward_delay 0");
        Namespaces.ip(namespace, "link set switch up");
    }

    private String namespace(String suffix) {
        return Owner.thisProcess().namespace(number + "-" + suffix);
    }

    private synchronized void removeAll() {
        hosts.forEach(Host::remove);
        hosts.clear();
        removeSwitch.run();
        removeSwitch = () -> {};
    }

    private String transcripts() {
        StringBuilder all = new StringBuilder();
        hosts.forEach(host -> host.processes().forEach(process -> all.append(process.transcript())));
        return all.toString();
    }

    /** What the processes on the hosts wrote until the test failed. */
    @SuppressWarnings("OverrideThrowableToString") // The transcript is all there is to say.
    private static final class Transcripts extends Exception {

        private static final long serialVersionUID = 1;

        Transcripts(String transcripts) {
            super("The processes on the hosts:\n" + transcripts, null, false, false);
        }

        @Override
        public String toString() {
            return String.valueOf(getMessage());
        }
    }
}
