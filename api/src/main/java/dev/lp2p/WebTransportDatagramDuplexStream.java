package dev.lp2p;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * Datagrams to and from the peer: each arrives whole, late, twice or never.
 *
 * @see <a href="https://www.w3.org/TR/webtransport/#duplex-stream">WebTransportDatagramDuplexStream</a>
 */
public interface WebTransportDatagramDuplexStream {

    /** How many datagrams wait on either side unless that is changed. */
    int DEFAULT_HIGH_WATER_MARK = 64;

    /** The most that a high-water mark can be. */
    int MAX_HIGH_WATER_MARK = 4096;

    /** What has come; those that are not read in time are dropped, the oldest first. */
    ReadableStream<ByteBuffer> readable();

    /**
     * Sends each write as one datagram. One that is larger than {@link #maxDatagramSize()} is dropped, as WebTransport has
     * it, and so are those that the network does not take as fast as they come.
     */
    WritableStream writable();

    /** In bytes; 0 before the transport is ready, and where the peer takes none. */
    int maxDatagramSize();

    /** As set with {@link #setIncomingHighWaterMark}. */
    int incomingHighWaterMark();

    /** How many datagrams wait to be read before the oldest is dropped, 1 to {@link #MAX_HIGH_WATER_MARK}. */
    void setIncomingHighWaterMark(int datagrams);

    /** As set with {@link #setOutgoingHighWaterMark}. */
    int outgoingHighWaterMark();

    /** How many datagrams may wait to be sent before a write waits, 1 to {@link #MAX_HIGH_WATER_MARK}. */
    void setOutgoingHighWaterMark(int datagrams);

    /** As set with {@link #setIncomingMaxAge}. */
    Optional<Duration> incomingMaxAge();

    /** How long a datagram may wait to be read; empty, which it is at first, for any time. */
    void setIncomingMaxAge(Optional<Duration> age);

    /** As set with {@link #setOutgoingMaxAge}. */
    Optional<Duration> outgoingMaxAge();

    /** How long a datagram may wait to be sent; empty, which it is at first, for any time. */
    void setOutgoingMaxAge(Optional<Duration> age);
}
