package dev.lp2p.testkit.hosts;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * What a machine needs to have for these tests. Where it is missing, a test is reported as skipped, with the reason; on a
 * machine that promised to have it (CI, or LP2P_REQUIRE_HOSTS) the test fails instead.
 */
final class Requirements {

    private static final List<String> PROMISES = List.of("CI", "LP2P_REQUIRE_HOSTS");

    private Requirements() {}

    static void needHosts() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            missing("Network hosts need Linux's network namespaces");
        }
        if (!System.getProperty("user.name", "").equals("root")) {
            missing("Network hosts need root");
        }
        needPrograms("ip");
    }

    static void needPrograms(String... programs) {
        List<String> absent =
                Stream.of(programs).filter(program -> !Shell.isOnPath(program)).toList();
        if (!absent.isEmpty()) {
            missing("Not installed: " + String.join(", ", absent));
        }
    }

    /** A kernel or a container may refuse what root usually may do. */
    static void needs(String what, Runnable attempt) {
        try {
            attempt.run();
        } catch (IllegalStateException e) {
            missing(what + " does not work here: " + e.getMessage());
        }
    }

    private static void missing(String reason) {
        List<String> promised = PROMISES.stream()
                .filter(name -> !System.getenv().getOrDefault(name, "").isEmpty())
                .toList();
        if (promised.isEmpty()) {
            Assumptions.abort(reason + ".");
        }
        throw new AssertionError(reason + ", and " + Arrays.toString(promised.toArray())
                + " in the environment says that this test must run. ./test installs what it can.");
    }
}
