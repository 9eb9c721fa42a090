package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.testkit.hosts.Addressing;
import dev.lp2p.testkit.hosts.Host;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another user of the computer, and other programs, at the agent's door. */
class OthersOnTheComputerTest extends SystemTest {

    /** Connects as a page of a site would, and says how the answer begins and ends. */
    private static final String CONNECT = """
            import socket
            s = socket.create_connection(("127.0.0.1", 27311))
            s.sendall(b"GET /lp2p HTTP/1.1\\r\\nHost: 127.0.0.1:27311\\r\\nOrigin: https://example.com\\r\\n"
              b"Upgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Version: 13\\r\\n"
              b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\\r\\n\\r\\n")
            print(s.recv(4096).decode())
            """;

    /** Tries to listen where the agent does, as rudely as the system lets it. */
    private static final String TAKE_PORT = """
            import socket
            for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET, "0.0.0.0"),
                                    (socket.AF_INET6, "::1"), (socket.AF_INET6, "::")):
              s = socket.socket(family)
              s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
              s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
              try:
                s.bind((address, 27311))
                s.listen()
                print(address, "taken")
              except OSError:
                print(address, "refused")
            """;

    private static final String NOBODY = "65534";

    private Host host;
    private Device device;
    private Agent agent;

    @BeforeEach
    void anAgentRuns() {
        host = network.host("computer", Addressing.BOTH);
        device = device(host);
        agent = Agent.start(device, "Computer").awaitReady();
    }

    @Test
    void anotherUserReachesNeitherItsPagesDoorNorItsControlSocket() {
        assertThat(host.run("python3", "-c", CONNECT)).startsWith("HTTP/1.1 101");
        assertThat(asNobody("python3", "-c", CONNECT))
                .startsWith("HTTP/1.1 403")
                .contains("This agent is another user's");

        String control = device.home().resolve("state").resolve("control.sock").toString();
        assertThat(asNobody("python3", "-c", """
                        import socket, sys
                        try:
                          socket.socket(socket.AF_UNIX).connect(sys.argv[1])
                          print("connected")
                        except PermissionError:
                          print("not permitted")
                        """, control)).isEqualTo("not permitted");
    }

    @Test
    void noOtherProgramListensBesideItAndASecondAgentSaysWhatToDo() {
        assertThat(host.run("python3", "-c", TAKE_PORT).lines())
                .containsExactly("127.0.0.1 refused", "0.0.0.0 refused", "::1 refused", ":: refused");

        Command second = device(host).lp2p("agent", "--no-windows");
        assertThat(second.exitStatus()).isNotZero();
        assertThat(second.process().errors().all())
                .anyMatch(line -> line.contains("choose another port with --gateway-port"));
        assertThat(agent.status().path("answer").asText()).isEqualTo("status");
    }

    private String asNobody(String... command) {
        // A PATH of root's may lead where nobody else may go.
        List<String> all = new ArrayList<>(
                List.of("setpriv", "--reuid", NOBODY, "--clear-groups", "env", "PATH=/usr/local/bin:/usr/bin:/bin"));
        all.addAll(List.of(command));
        return host.run(all.toArray(String[]::new));
    }
}
