package dev.lp2p.osp.authentication;

/** The pre-shared key that one device shows and the other is told: a number of 20 to 61 bits. */
public final class Psk {
    private final long value;

    Psk(long value) {
        this.value = value;
    }

    long value() {
        return value;
    }
}
