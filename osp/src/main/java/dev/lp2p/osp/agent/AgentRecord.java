package dev.lp2p.osp.agent;

import dev.lp2p.mdns.DiscoveredService;
import dev.lp2p.mdns.ServiceType;
import dev.lp2p.mdns.TextRecord;
import dev.lp2p.osp.identity.AgentHostname;
import dev.lp2p.osp.identity.AgentIdentity;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.message.VarInt;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an agent publishes of itself in its TXT record, and what others published, read with suspicion.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#discovery">Discovery with mDNS</a>
 */
final class AgentRecord {

    static final ServiceType SERVICE = new ServiceType("_openscreen._udp");

    private static final String FINGERPRINT = "fp";
    private static final String METADATA_VERSION = "mv";
    private static final String AUTHENTICATION_TOKEN = "at";
    private static final String SERIAL_NUMBER = "sn";

    /** 96 bits: at least 32 are asked for, and base64 of these needs no padding. */
    private static final int TOKEN_BYTES = 12;

    /** At least 32 bits in an alphabet of 64. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9+/]{6,64}");

    private static final System.Logger LOG = System.getLogger(AgentRecord.class.getName());

    private AgentRecord() {}

    static String newToken(SecureRandom random) {
        byte[] token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        return Base64.getEncoder().encodeToString(token);
    }

    static TextRecord encode(AgentIdentity identity, long metadataVersion, String token) {
        ByteBuf version = Unpooled.buffer(VarInt.MAX_BYTES);
        VarInt.write(version, metadataVersion);
        return TextRecord.empty()
                .with(FINGERPRINT, identity.fingerprint().value())
                .with(METADATA_VERSION, ByteBufUtil.getBytes(version))
                .with(AUTHENTICATION_TOKEN, token)
                .with(SERIAL_NUMBER, identity.serialNumber().base64());
    }

    /** The agent that a service is, or nothing where what must be there is not, or is not what it should be. */
    static Optional<DiscoveredAgent> decode(DiscoveredService service) {
        try {
            return Optional.of(agent(service));
        } catch (IllegalArgumentException malformed) {
            LOG.log(System.Logger.Level.DEBUG, "Not an agent: {0}: {1}", service.name(), malformed.getMessage());
            return Optional.empty();
        }
    }

    private static DiscoveredAgent agent(DiscoveredService service) {
        TextRecord text = service.text();
        String name = InstanceNames.withoutMark(service.name());
        String token = required(text, AUTHENTICATION_TOKEN);
        if (!TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException("no authentication token");
        }
        List<InetSocketAddress> addresses = service.addresses().stream()
                .map(address -> new InetSocketAddress(address, service.port()))
                .toList();
        return new DiscoveredAgent(
                name,
                InstanceNames.isTruncated(service.name()),
                new Fingerprint(required(text, FINGERPRINT)),
                metadataVersion(text),
                token,
                AgentHostname.of(text.string(SERIAL_NUMBER).orElse(""), name),
                addresses);
    }

    private static long metadataVersion(TextRecord text) {
        byte[] bytes = text.value(METADATA_VERSION).orElseThrow(() -> missing(METADATA_VERSION));
        long version = VarInt.read(Unpooled.wrappedBuffer(bytes));
        if (version == VarInt.INCOMPLETE) {
            throw new IllegalArgumentException("no metadata version");
        }
        return version;
    }

    private static String required(TextRecord text, String key) {
        return text.string(key).orElseThrow(() -> missing(key));
    }

    private static IllegalArgumentException missing(String key) {
        return new IllegalArgumentException("no " + key + " in the TXT record");
    }
}
