package dev.lp2p;

import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * How to make a data channel.
 *
 * <p>Values that no channel can have are a {@link LP2PException} {@code TypeError}.
 *
 * @param protocol the subprotocol's name, or the empty string
 * @param id 0 to 65,534, or null to have one chosen
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#lp2p-data-channel-init">LP2PDataChannelInit</a>
 */
public record LP2PDataChannelInit(String protocol, @Nullable Integer id) {

    /** No subprotocol, and an id that is chosen. */
    public static final LP2PDataChannelInit DEFAULT = new LP2PDataChannelInit("", null);

    /** The largest channel id; 65,535 is reserved. */
    public static final int MAX_ID = 65_534;

    // https://www.w3.org/TR/webrtc/#dom-peerconnection-createdatachannel
    /** The longest label and the longest protocol, in bytes of UTF-8. */
    public static final int MAX_NAME_BYTES = 65_535;

    /** @throws LP2PException {@code TypeError} if no channel can have the protocol or id */
    public LP2PDataChannelInit {
        protocol = nameOf("protocol", protocol);
        if (id != null && (id < 0 || id > MAX_ID)) {
            throw new LP2PException(LP2PException.Name.TYPE_ERROR, "A channel id is 0 to 65534, not " + id);
        }
    }

    /** What the peer is told. */
    static String nameOf(String what, String given) {
        String name = UsvString.of(given);
        int bytes = ByteBufUtil.utf8Bytes(name);
        if (bytes > MAX_NAME_BYTES) {
            throw new LP2PException(
                    LP2PException.Name.TYPE_ERROR,
                    "A " + what + " is at most " + MAX_NAME_BYTES + " bytes of UTF-8, this one has " + bytes
                            + "; choose a shorter one");
        }
        return name;
    }
}
