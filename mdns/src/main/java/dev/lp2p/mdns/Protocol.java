package dev.lp2p.mdns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/** The numbers of RFC 6762 and the caps of this implementation. */
final class Protocol {

    /** https://www.rfc-editor.org/rfc/rfc6762#section-3 */
    static final int PORT = 5353;

    static final InetAddress GROUP_V4 = address(224, 0, 0, 251);

    /** ff02::fb */
    static final InetAddress GROUP_V6 = address(0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xfb);

    /** https://www.rfc-editor.org/rfc/rfc6762#section-11 */
    static final int IP_TTL = 255;

    /** The cache-flush bit of a resource record's class and the unicast-response bit of a question's. */
    static final int TOP_BIT_OF_CLASS = 0x8000;

    /** https://www.rfc-editor.org/rfc/rfc6762#section-17 */
    static final int MAX_PACKET_BYTES = 9000;

    /** The four counts that end the header: https://www.rfc-editor.org/rfc/rfc1035#section-4.1.1 */
    static final int COUNTS_BYTES = 4 * Short.BYTES;

    /** A question for the root: its name, type and class. A resource record is longer. */
    static final int MIN_RECORD_BYTES = 1 + 2 * Short.BYTES;

    /** An Ethernet frame without the headers of IPv6 and UDP. */
    static final int MAX_SENT_BYTES = 1452;

    /** https://www.rfc-editor.org/rfc/rfc6762#section-10 for records that hold a host's name. */
    static final Duration HOST_TTL = Duration.ofMinutes(2);

    /** https://www.rfc-editor.org/rfc/rfc6762#section-10 for all others. */
    static final Duration OTHER_TTL = Duration.ofMinutes(75);

    /** A longer time to live is cut to this: a record that is still in use is refreshed long before. */
    static final Duration MAX_TTL = OTHER_TTL;

    /** https://www.rfc-editor.org/rfc/rfc6762#section-6.7 */
    static final Duration LEGACY_TTL = Duration.ofSeconds(10);

    /** How long a record lives on after its goodbye, or after a newer one flushed it. */
    static final Duration GRACE = Duration.ofSeconds(1);

    /** https://www.rfc-editor.org/rfc/rfc6762#section-8.1 */
    static final int PROBES = 3;

    static final Duration PROBE_INTERVAL = Duration.ofMillis(250);

    /** https://www.rfc-editor.org/rfc/rfc6762#section-8.2 */
    static final Duration WAIT_AFTER_LOST_TIE = Duration.ofSeconds(1);

    static final int MANY_CONFLICTS = 15;
    static final Duration MANY_CONFLICTS_WINDOW = Duration.ofSeconds(10);
    static final Duration WAIT_AFTER_MANY_CONFLICTS = Duration.ofSeconds(5);

    /** https://www.rfc-editor.org/rfc/rfc6762#section-8.3 */
    static final int ANNOUNCEMENTS = 2;

    static final Duration ANNOUNCE_INTERVAL = Duration.ofSeconds(1);

    /** https://www.rfc-editor.org/rfc/rfc6762#section-6 */
    static final Duration MIN_SHARED_DELAY = Duration.ofMillis(20);

    static final Duration MAX_SHARED_DELAY = Duration.ofMillis(120);
    static final Duration SAME_RECORD_INTERVAL = Duration.ofSeconds(1);
    static final Duration SAME_RECORD_INTERVAL_FOR_PROBE = Duration.ofMillis(250);

    /** https://www.rfc-editor.org/rfc/rfc6762#section-7.2 */
    static final Duration MIN_TRUNCATED_DELAY = Duration.ofMillis(400);

    static final Duration MAX_TRUNCATED_DELAY = Duration.ofMillis(500);

    /** https://www.rfc-editor.org/rfc/rfc6762#section-5.2 */
    static final Duration FIRST_QUERY_INTERVAL = Duration.ofSeconds(1);

    static final Duration MAX_QUERY_INTERVAL = Duration.ofHours(1);

    /** Records that the cache holds. */
    static final int MAX_CACHED_RECORDS = 4096;

    /** Records that one source address may have in the cache. */
    static final int MAX_CACHED_RECORDS_OF_SOURCE = 512;

    /** Instances of one service type on one interface, and records of one name and type. */
    static final int MAX_CACHED_RECORDS_OF_QUESTION = 256;

    /** Addresses that are reported of one service. */
    static final int MAX_ADDRESSES = 16;

    /** Answers to single hosts that wait for their delay. */
    static final int MAX_WAITING_UNICASTS = 64;

    /** Packets that were read and wait for the loop; more are dropped, as the kernel would. */
    static final int MAX_WAITING_PACKETS = 256;

    /** Questions in one packet that are looked at. */
    static final int MAX_QUESTIONS = 128;

    private Protocol() {}

    private static InetAddress address(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
