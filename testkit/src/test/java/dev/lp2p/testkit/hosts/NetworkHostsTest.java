package dev.lp2p.testkit.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lp2p.testkit.Eventually;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NetworkHostsTest {

    private static final int GENEROUS_SECONDS = 30;

    private static final int SUSPENSIONS = 5;

    @RegisterExtension
    final NetworkHosts network = new NetworkHosts();

    @Test
    void hostsReachEachOtherOverIpv4AndIpv6FromTheFirstMoment() {
        Host laptop = network.host("laptop");
        Host tv = network.host("tv");
        startAnswering(tv);

        assertThat(ask(laptop, tv.ipv4(), GENEROUS_SECONDS)).isEqualTo("answered");
        assertThat(ask(laptop, tv.ipv6(), GENEROUS_SECONDS)).isEqualTo("answered");
    }

    @Test
    void aMulticastReachesEveryHostInBothFamilies() {
        Host laptop = network.host("laptop");
        HostProcess tv = network.host("tv").start(List.of("python3", "-c", MULTICAST_LISTENER));
        HostProcess tablet = network.host("tablet").start(List.of("python3", "-c", MULTICAST_LISTENER));
        tv.output().await("that it listens", "listening"::equals);
        tablet.output().await("that it listens", "listening"::equals);

        laptop.run("python3", "-c", MULTICAST_SENDER);

        for (HostProcess listener : List.of(tv, tablet)) {
            listener.output().await("a packet over IPv4", "from 10.77.0.1"::equals);
            listener.output().await("a packet over IPv6", line -> line.startsWith("from fe80:"));
        }
    }

    @Test
    void aHostHasOnlyTheAddressesItWasGiven() {
        assertThat(network.host("old", Addressing.IPV4).run("ip", "-o", "addr"))
                .contains("10.77.0.1/24")
                .doesNotContain("inet6");
        assertThat(network.host("new", Addressing.IPV6).run("ip", "-o", "addr", "show", "dev", Host.INTERFACE))
                .contains("fd77::2/64")
                .contains("inet6 fe80:")
                .doesNotContain("tentative")
                .doesNotContain("inet ");
        assertThat(network.host("alone", Addressing.LOOPBACK_ONLY).run("ip", "-o", "link"))
                .contains("lo:")
                .doesNotContain(Host.INTERFACE);
    }

    @Test
    void anUnpluggedHostHasNoCarrierAndIsBackAfterwards() {
        Host laptop = network.host("laptop");
        Host tv = network.host("tv");
        startAnswering(tv);

        tv.unplug();
        assertThat(tv.run("ip", "-o", "link", "show", "dev", Host.INTERFACE)).contains("NO-CARRIER");
        assertThat(ask(laptop, tv.ipv4(), 1)).isEqualTo("lost");

        tv.plugIn();
        assertThat(ask(laptop, tv.ipv4(), GENEROUS_SECONDS)).isEqualTo("answered");
    }

    @Test
    void incomingPacketsAreLostUntilLossIsTakenAway() {
        Host laptop = network.host("laptop");
        Host tv = network.host("tv");
        startAnswering(tv);
        assertThat(ask(laptop, tv.ipv4(), GENEROUS_SECONDS)).isEqualTo("answered");

        tv.loseIncoming(1000);
        assertThat(ask(laptop, tv.ipv4(), 1)).isEqualTo("lost");

        tv.loseIncoming(0);
        assertThat(ask(laptop, tv.ipv4(), GENEROUS_SECONDS)).isEqualTo("answered");
    }

    @Test
    void aSuspendedHostStandsStillThoughProcessesComeAndGoAndGoesOnOnceItWakes() {
        Host laptop = network.host("laptop", Addressing.LOOPBACK_ONLY);
        laptop.start(List.of("sh", "-c", "echo working; while :; do sleep 1000 & kill $!; done"))
                .output()
                .await("that it works", "working"::equals);

        for (int i = 0; i < SUSPENSIONS; i++) {
            laptop.suspend();
            List<String> suspended = Namespaces.processes(laptop.namespace());
            assertThat(suspended).isNotEmpty().allMatch(Namespaces::standsStill);

            laptop.wake();
            Eventually.await(
                    "that others come and go",
                    () -> Namespaces.processes(laptop.namespace()),
                    running -> !running.equals(suspended));
        }
    }

    @Test
    void aRateIsSetInBothDirections() {
        Host laptop = network.host("laptop");

        laptop.limitRate(10_000_000);

        assertThat(laptop.run("tc", "qdisc", "show", "dev", Host.INTERFACE)).contains("tbf", "rate 10Mbit");
    }

    @Test
    void waitsGoForwardAndFailWithTheOutputOnceItEnds() {
        HostProcess process = network.host("laptop", Addressing.LOOPBACK_ONLY)
                .start(List.of("sh", "-c", "echo one; echo two; echo sorry >&2; read word; echo \"$word\"; exit 3"));

        process.output().await("two", "two"::equals);
        process.sendLine("thrée");
        process.output().await("the echo", "thrée"::equals);

        assertThat(process.exitStatus()).isEqualTo(3);
        assertThatThrownBy(() -> process.output().await("one again", "one"::equals))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("one again", "ended with 3", "err: sorry", "out: thrée");
    }

    @Test
    void closingEndsProcessesAndRemovesTheNamespaces() {
        NetworkHosts other = new NetworkHosts();
        HostProcess process = other.host("laptop").start(List.of("sleep", "1000"));
        List<String> made = Namespaces.names();
        assertThat(made).filteredOn(name -> Owner.ofNamespace(name).isPresent()).hasSizeGreaterThanOrEqualTo(2);

        other.close();

        assertThat(process.exitStatus()).isEqualTo(128 + 9);
        assertThat(Namespaces.names()).noneMatch(name -> Owner.ofNamespace(name)
                .filter(Owner.thisProcess()::equals)
                .isPresent());
    }

    @Test
    void theNextRunRemovesWhatADeadOneLeftAndNothingOfALiveOne() {
        network.host("first"); // Skips here where there can be no hosts.
        String dead = new Owner(ProcessHandle.current().pid(), "0").namespace("1-host1");
        String live = Owner.thisProcess().namespace("99-host1");
        Namespaces.add(dead);
        Namespaces.add(live);
        try {
            new NetworkHosts().close();
            NetworkHosts next = new NetworkHosts();
            next.host("second");
            next.close();

            assertThat(Namespaces.names()).contains(live).doesNotContain(dead);
        } finally {
            Namespaces.remove(live);
        }
    }

    /** What becomes of a packet to this address, which a {@link #startAnswering(Host)} there answers. */
    private static String ask(Host from, String address, int seconds) {
        return from.run("python3", "-c", ASK, address, String.valueOf(seconds));
    }

    private static void startAnswering(Host host) {
        host.start(List.of("python3", "-c", ANSWER)).output().await("that it listens", "listening"::equals);
    }

    private static final String ANSWER = """
            import socket
            answering = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
            answering.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            answering.bind(('::', 5000))
            print('listening', flush=True)
            while True:
                answering.sendto(*answering.recvfrom(100))
            """;

    private static final String ASK = """
            import socket, sys
            family, kind, protocol, _, address = socket.getaddrinfo(sys.argv[1], 5000, type=socket.SOCK_DGRAM)[0]
            asking = socket.socket(family, kind, protocol)
            asking.settimeout(int(sys.argv[2]))
            try:
                asking.sendto(b'hello', address)
                asking.recvfrom(100)
                print('answered')
            except OSError:
                print('lost')
            """;

    private static final String MULTICAST_LISTENER = """
            import socket, struct
            four = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            four.bind(('', 5000))
            four.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton('224.0.0.251') + b'\\0\\0\\0\\0')
            six = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
            six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            six.bind(('::', 5000))
            index = socket.if_nametoindex('eth0')
            six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, socket.inet_pton(socket.AF_INET6, 'ff02::fb') + struct.pack('@I', index))
            print('listening', flush=True)
            print('from', four.recvfrom(100)[1][0], flush=True)
            print('from', six.recvfrom(100)[1][0], flush=True)
            """;

    private static final String MULTICAST_SENDER = """
            import socket
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'hello', ('224.0.0.251', 5000))
            six = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
            six.sendto(b'hello', ('ff02::fb', 5000, 0, socket.if_nametoindex('eth0')))
            """;
}
