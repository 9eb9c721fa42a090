package dev.lp2p.gateway;

import java.time.Duration;

/** Every number of the gateway protocol, and every cap on what pages can make the agent hold. */
final class Limits {

    static final long VERSION = 1;

    static final int FRAME_HEADER_BYTES = 5;

    /** Payload of one frame, so that no flow delays another for long. */
    static final int FRAME_BYTES = 64 * 1024;

    /** Payload under way on a flow. */
    static final int FLOW_WINDOW = 128 * 1024;

    /** Payload under way on a socket. */
    static final int SOCKET_WINDOW = 256 * 1024;

    /** Credit that is less, when nothing more is to come, waits for more of it. */
    static final int SMALL_CREDIT = 16 * 1024;

    /**
     * Small credit waits for so long. A message of its own for each small one would keep the page and its browser from the
     * answer.
     */
    static final Duration CREDIT_DELAY = Duration.ofMillis(10);

    /** Payload of text or bytes in one message. */
    static final int MESSAGE_BYTES = 16 * 1024 * 1024;

    static final int CONTROL_BYTES = 1024 * 1024;

    /** Receivers and requests of a socket. */
    static final int STARTS = 64;

    static final int CONNECTIONS = 64;

    static final int CHANNELS = 4096;

    static final int TRANSPORTS = 64;

    /** Of a transport, and of each side's making. */
    static final int STREAMS = 1024;

    /** Of a transport, that wait for their answer. */
    static final int STATS_QUERIES = 256;

    /** Messages above a window that one page has in the agent at a time; others wait with their window. */
    static final int LARGE_MESSAGES = 4;

    /** Payload of a page that the agent holds in all: large messages, and what waits on flows to slow peers. */
    static final long HELD_BYTES = 80L * 1024 * 1024;

    /** The same of all pages together, in memory that is not Java's heap. */
    static final long ALL_HELD_BYTES = 96L * 1024 * 1024;

    /** Such a part of that may come before everything that is held is counted again, which costs time. */
    static final int HELD_PARTS_BETWEEN_COUNTS = 16;

    /** What a message or chunk weighs beside its payload: with empty ones, windows and memory fill too. */
    static final int MESSAGE_OVERHEAD_BYTES = 128;

    /**
     * Payload of peers that one page has not taken, beyond which no more is asked for: its channels pause, its streams and
     * Blobs are not read. The message that goes beyond it comes on top.
     */
    static final long UNTAKEN_BYTES = 16L * 1024 * 1024;

    /** The same of all pages together, on the heap. */
    static final long ALL_UNTAKEN_BYTES = 96L * 1024 * 1024;

    /** What waits in the agent for one page that does not read its socket, of every kind. */
    static final int UNREAD_BYTES = 8 * 1024 * 1024;

    static final int SOCKETS_OF_ORIGIN = 32;

    /** Of all names that one owner may have for nothing. */
    static final int SOCKETS_OF_SITE = 64;

    static final int SOCKETS = 256;

    static final int TCP_CONNECTIONS = 1024;

    /** Of other users of the computer, who are told so. */
    static final int TCP_CONNECTIONS_OF_OTHERS = 16;

    /** Tokens that were given with pages and not used yet. */
    static final int TOKENS = 1024;

    static final int REQUEST_BODY_BYTES = 1024;

    /** For a whole request to arrive, and for a page to say hello. */
    static final Duration GREETING_TIME = Duration.ofSeconds(10);

    /** For a page to read what a transport's streams brought before the peer closed it. */
    static final Duration DRAINING_TIME = Duration.ofSeconds(5);

    /** For a page to close its side. */
    static final Duration CLOSING_TIME = Duration.ofSeconds(2);

    static final int CLOSE_REFUSED = 4000;

    static final int CLOSE_ERROR = 4001;

    private Limits() {}
}
