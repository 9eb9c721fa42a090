package dev.lp2p.osp.identity;

/**
 * The name of an agent in TLS SNI and in its certificate. Every name made here is a legal DNS name.
 *
 * <p>The specification puts the serial number there in base64, whose {@code +}, {@code /} and {@code =} no host name may
 * have, and lets labels begin and end with hyphens, which TLS libraries refuse. So the serial number is in base64url
 * without padding, an underscore in it (ours have none) becomes a hyphen, a hyphen at either end of a label becomes an
 * {@code x}, and an empty label is an {@code x}.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#computing-agent-hostname">Agent hostname</a>
 */
public final class AgentHostname {

    private static final String DOMAIN = "local";

    // https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4
    private static final int MAX_LABEL_CHARACTERS = 63;

    private static final char AT_THE_EDGE = 'x';

    private AgentHostname() {}

    /**
     * The hostname of any agent, ours or a peer's.
     *
     * @param serialNumber the TXT record's {@code sn}: base64 or base64url, nothing is assumed of it
     * @param instanceName the DNS-SD instance name
     */
    public static String of(String serialNumber, String instanceName) {
        String base64Url = serialNumber.replace("=", "").replace('+', '-');
        return label(base64Url) + "." + label(instanceName) + "." + DOMAIN;
    }

    private static String label(String text) {
        StringBuilder label = new StringBuilder();
        text.codePoints().limit(MAX_LABEL_CHARACTERS).forEach(c -> label.append(isLetterOrDigit(c) ? (char) c : '-'));
        if (label.isEmpty()) {
            label.append(AT_THE_EDGE);
        }
        for (int edge : new int[] {0, label.length() - 1}) {
            if (label.charAt(edge) == '-') {
                label.setCharAt(edge, AT_THE_EDGE);
            }
        }
        return label.toString();
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
}
