package dev.lp2p.drop;

/** The numbers that both ends agree on, and the caps on what a peer can ask for: docs/drop-protocol.md. */
final class DropProtocol {

    /** The subprotocol of the data channel; its end is the version. */
    static final String NAME = "lp2p-drop-1";

    static final String NAME_OF_ANY_VERSION = "lp2p-drop-";
    static final int VERSION = 1;
    static final String CHANNEL_LABEL = "drop";

    /** A digest follows this many bytes of a file, and its end. */
    static final int CHUNK_BYTES = 1 << 20;

    /**
     * The bytes of a file in one message. Between 64 and 256 KiB the rate differs by less than the noise; the larger
     * makes fewer messages, and stays far below every channel's largest.
     */
    static final int MESSAGE_BYTES = 256 << 10;

    /** The sender stops when the transport holds this much, and goes on at {@link #WINDOW_LOW_BYTES}. */
    static final int WINDOW_BYTES = 4 << 20;

    static final int WINDOW_LOW_BYTES = 2 << 20;

    /** Files whose result the sender may still be waiting for; it stops there, so that neither end keeps more. */
    static final int MAX_OUTSTANDING_RESULTS = 1024;

    /** A peer that lets this much of our answers lie unread is not reading at all. */
    static final int MAX_UNREAD_ANSWERS_BYTES = 4 << 20;

    static final int MAX_FILES = 1_000_000;
    static final int MAX_FOLDERS = 200_000;

    /** 16 TiB, which a JavaScript number holds exactly. */
    static final long MAX_BYTES = 1L << 44;

    static final int MAX_DEPTH = 64;
    static final int MAX_PATH_BYTES = 4096;
    static final int MAX_NAME_BYTES = 255;

    /** Names that an offer shows. */
    static final int MAX_OFFERED_NAMES = 20;

    static final int MAX_TRANSFER_ID_LENGTH = 64;

    /** Characters of a control message. */
    static final int MAX_CONTROL_LENGTH = 64 << 10;

    static final int MAX_JSON_NESTING = 8;

    /** The range of a JavaScript Date, in milliseconds on either side of 1970. */
    static final long MAX_MODIFIED_MILLIS = 8_640_000_000_000_000L;

    private DropProtocol() {}
}
