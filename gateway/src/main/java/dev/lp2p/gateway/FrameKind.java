package dev.lp2p.gateway;

import org.jspecify.annotations.Nullable;

/** What a binary message of the gateway protocol holds: its first byte. */
enum FrameKind {
    TEXT_PART(1),
    TEXT(2),
    BINARY_PART(3),
    BINARY(4),
    BLOB_PART(5),
    BLOB(6),
    STREAM(7),
    STREAM_END(8),
    DATAGRAM(9);

    private static final FrameKind[] ALL = values();

    private final int value;

    FrameKind(int value) {
        this.value = value;
    }

    int value() {
        return value;
    }

    /** Of a message: what its end is. */
    FrameKind last() {
        return switch (this) {
            case TEXT_PART, TEXT -> TEXT;
            case BINARY_PART, BINARY -> BINARY;
            case BLOB_PART, BLOB -> BLOB;
            default -> this;
        };
    }

    static @Nullable FrameKind of(int value) {
        return value >= 1 && value <= ALL.length ? ALL[value - 1] : null;
    }
}
