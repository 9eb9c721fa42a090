package dev.lp2p.osp.message;

/** How the user of a device can enter a pre-shared key. */
public enum PskInputMethod {
    NUMERIC(0),
    QR_CODE(1);

    private final int value;

    PskInputMethod(int value) {
        this.value = value;
    }

    public int value() {
        return value;
    }
}
