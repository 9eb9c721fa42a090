package dev.lp2p.osp.quic;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.quic.QuicChannel;

/** How this endpoint refuses a peer below the application. */
final class CloseCode {

    /** RFC 9001, section 4.8: CRYPTO_ERROR with the TLS alert bad_certificate (42). */
    static final int BAD_CERTIFICATE = 0x100 + 42;

    /** RFC 9000, section 20.1: CONNECTION_REFUSED. */
    static final int CONNECTION_REFUSED = 0x02;

    /** RFC 9000, section 20.1: FINAL_SIZE_ERROR. */
    static final int FINAL_SIZE_ERROR = 0x06;

    private CloseCode() {}

    /** Closes a connection that must not be; after this turn, see {@link QuicConnection}. */
    static void refuse(QuicChannel channel, int code) {
        channel.eventLoop().execute(() -> channel.close(false, code, Unpooled.EMPTY_BUFFER));
    }
}
