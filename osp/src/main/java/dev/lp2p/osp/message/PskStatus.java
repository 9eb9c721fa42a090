package dev.lp2p.osp.message;

/** Where the sender of an {@link AuthSpake2Handshake} stands with the pre-shared key. */
public enum PskStatus {
    NEEDS_PRESENTATION(0),
    SHOWN(1),
    INPUT(2);

    private final int value;

    PskStatus(int value) {
        this.value = value;
    }

    public int value() {
        return value;
    }
}
