package dev.lp2p.osp.datachannel;

/**
 * What the payload of a data frame was on the sender's side.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#appendix-a">data-channel-encoding-id</a>
 */
public enum DataEncoding {
    BLOB(0),
    STRING(1),
    ARRAY_BUFFER(2);

    private final int value;

    DataEncoding(int value) {
        this.value = value;
    }

    public int value() {
        return value;
    }
}
