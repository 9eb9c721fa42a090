package dev.lp2p.osp.agent;

import dev.lp2p.mdns.InstanceName;
import java.nio.charset.StandardCharsets;

/**
 * Display names as DNS-SD instance names.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#instance-names">Instance names</a>
 */
final class InstanceNames {

    /** Ends a name that is only the beginning of the display name. */
    private static final String TRUNCATED = "\0";

    private InstanceNames() {}

    /** The display name if it fits, otherwise as many of its characters as do, and the mark. */
    static InstanceName of(String displayName) {
        if (fits(displayName)) {
            return InstanceName.of(displayName);
        }
        String prefix = displayName;
        while (!fits(prefix + TRUNCATED)) {
            prefix = prefix.substring(0, prefix.offsetByCodePoints(prefix.length(), -1));
        }
        return InstanceName.of(prefix + TRUNCATED);
    }

    static boolean isTruncated(InstanceName name) {
        return name.toString().endsWith(TRUNCATED);
    }

    /** The name without the mark. */
    static String withoutMark(InstanceName name) {
        String whole = name.toString();
        return isTruncated(name) ? whole.substring(0, whole.length() - TRUNCATED.length()) : whole;
    }

    private static boolean fits(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length <= InstanceName.MAX_BYTES;
    }
}
