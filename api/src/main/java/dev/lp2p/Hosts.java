package dev.lp2p;

import io.netty.util.NetUtil;
import java.net.IDN;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Hosts of web origins: names in ASCII, and addresses. Nothing is looked up. */
final class Hosts {

    // RFC 1035, section 2.3.4, without the root.
    private static final int MAX_NAME = 253;

    private static final Pattern NAME = Pattern.compile(
            "(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.)*" + "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.?");

    /** What the URL standard takes for an IPv4 address, or for a mistaken one. */
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)\\.?");

    private static final Pattern IPV4 = Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");

    /** The JDK maps these to others, and the URL standard does not. */
    private static final Pattern DEVIATIONS = Pattern.compile("[\u00DF\u03C2\u200C\u200D]");

    private Hosts() {}

    /** In lower case and ASCII, or empty if it is no host. */
    static Optional<String> canonical(String host) {
        if (host.startsWith("[")) {
            return address(host).map(address -> "[" + NetUtil.toAddressString(address) + "]");
        }
        return ascii(host)
                .filter(name -> name.length() <= MAX_NAME && NAME.matcher(name).matches())
                .filter(name ->
                        !ENDS_IN_NUMBER.matcher(name).matches() || address(name).isPresent());
    }

    static boolean isAddress(String canonicalHost) {
        return address(canonicalHost).isPresent();
    }

    static boolean isLoopbackAddress(String canonicalHost) {
        return address(canonicalHost).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    /** Whether it is one address for all the world; rather not than wrongly so. */
    static boolean isPublicAddress(String canonicalHost) {
        return address(canonicalHost).filter(Hosts::isPublic).isPresent();
    }

    private static Optional<String> ascii(String host) {
        if (host.chars().allMatch(c -> c < 0x80)) {
            return Optional.of(host.toLowerCase(Locale.ROOT));
        }
        if (DEVIATIONS.matcher(host).find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(IDN.toASCII(host).toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> address(String host) {
        boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        if (!isBracketed && !IPV4.matcher(host).matches()) {
            return Optional.empty();
        }
        byte[] bytes =
                NetUtil.createByteArrayFromIpAddressString(isBracketed ? host.substring(1, host.length() - 1) : host);
        if (bytes == null || isBracketed == (bytes.length == 4)) {
            return Optional.empty();
        }
        try {
            // An IPv4 address within IPv6 stays IPv6, as it is written.
            return Optional.of(
                    isBracketed ? Inet6Address.getByAddress(null, bytes, -1) : InetAddress.getByAddress(bytes));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("Four bytes or sixteen are an address", impossible);
        }
    }

    // https://www.iana.org/assignments/iana-ipv4-special-registry and -ipv6-
    private static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = Byte.toUnsignedInt(bytes[0]);
        int second = Byte.toUnsignedInt(bytes[1]);
        if (address instanceof Inet4Address) {
            boolean isSharedBetweenCustomers = first == 100 && second >= 64 && second < 128;
            boolean isBenchmark = first == 198 && (second & 0xFE) == 18;
            // Such as both ends of DS-Lite, in every home that has it.
            boolean isOfProtocols = first == 192 && second == 0 && bytes[2] == 0;
            return first != 0
                    && first < 224
                    && !address.isLoopbackAddress()
                    && !address.isLinkLocalAddress()
                    && !address.isSiteLocalAddress()
                    && !isSharedBetweenCustomers
                    && !isBenchmark
                    && !isOfProtocols;
        }
        boolean isGlobalUnicast = (first & 0xE0) == 0x20;
        boolean carriesIpv4 = first == 0x20 && (second == 0x02 || (second == 0x01 && bytes[2] == 0 && bytes[3] == 0));
        return isGlobalUnicast && !carriesIpv4;
    }
}
