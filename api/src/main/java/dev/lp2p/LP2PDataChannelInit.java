package dev.lp2p;

import org.jspecify.annotations.Nullable;

/**
 * How to make a data channel.
 *
 * @param protocol the subprotocol's name, or the empty string
 * @param id 0 to 65,534, or null to have one chosen
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#lp2p-data-channel-init">LP2PDataChannelInit</a>
 */
public record LP2PDataChannelInit(String protocol, @Nullable Integer id) {

    public static final LP2PDataChannelInit DEFAULT = new LP2PDataChannelInit("", null);

    /** The largest channel id; 65,535 is reserved. */
    public static final int MAX_ID = 65_534;

    public LP2PDataChannelInit {
        if (id != null && (id < 0 || id > MAX_ID)) {
            throw new LP2PException(LP2PException.Name.TYPE_ERROR, "A channel id is 0 to 65534, not " + id);
        }
    }
}
