package dev.lp2p.osp.quic;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.quic.QuicTokenHandler;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes a client prove its address before this agent spends memory on it, and refuses clients past the limits without
 * spending any. A token says who asked and when, under a key that never leaves this object.
 *
 * <p>Layout: HMAC-SHA-256 of the rest with the address, time in milliseconds, the connection ID that the client chose first.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9000#section-8.1.2">RFC 9000, 8.1.2: Address validation using Retry</a>
 */
final class RetryTokens implements QuicTokenHandler {

    /** A client answers a Retry at once; this is room for loss. */
    static final Duration LIFETIME = Duration.ofSeconds(10);

    private static final String MAC = "HmacSHA256";
    private static final int MAC_BYTES = 32;
    private static final int HEADER_BYTES = MAC_BYTES + Long.BYTES;
    /** RFC 9000, section 17.2: connection IDs are at most 20 bytes in version 1. */
    private static final int MAX_CONNECTION_ID_BYTES = 20;

    private final Admission admission;
    private final InstantSource clock;
    private final Mac mac;

    RetryTokens(Admission admission, InstantSource clock) {
        this.admission = admission;
        this.clock = clock;
        byte[] key = new byte[MAC_BYTES];
        new SecureRandom().nextBytes(key);
        try {
            mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java runtime has " + MAC, missing);
        }
    }

    @Override
    public boolean writeToken(ByteBuf out, ByteBuf destinationConnectionId, InetSocketAddress address) {
        if (!admission.mustProveAddress(address.getAddress())) {
            return false;
        }
        long time = clock.instant().toEpochMilli();
        out.writeBytes(authenticate(time, destinationConnectionId, address))
                .writeLong(time)
                .writeBytes(
                        destinationConnectionId,
                        destinationConnectionId.readerIndex(),
                        destinationConnectionId.readableBytes());
        return true;
    }

    @Override
    public TokenValidationResult validateToken(
            ByteBuf token, InetSocketAddress address, ByteBuf destinationConnectionId) {
        boolean valid = isOurs(token, address) && admission.admits(address.getAddress());
        return valid ? TokenValidationResult.odcidFromToken(HEADER_BYTES) : TokenValidationResult.invalidToken();
    }

    @Override
    public int validateToken(ByteBuf token, InetSocketAddress address) {
        return isOurs(token, address) && admission.admits(address.getAddress()) ? HEADER_BYTES : -1;
    }

    @Override
    public int maxTokenLength() {
        return HEADER_BYTES + MAX_CONNECTION_ID_BYTES;
    }

    private boolean isOurs(ByteBuf token, InetSocketAddress address) {
        int start = token.readerIndex();
        if (token.readableBytes() <= HEADER_BYTES || token.readableBytes() > maxTokenLength()) {
            return false;
        }
        byte[] claimed = new byte[MAC_BYTES];
        token.getBytes(start, claimed);
        long time = token.getLong(start + MAC_BYTES);
        ByteBuf connectionId = token.slice(start + HEADER_BYTES, token.readableBytes() - HEADER_BYTES);
        if (!MessageDigest.isEqual(claimed, authenticate(time, connectionId, address))) {
            return false;
        }
        Instant now = clock.instant();
        return !Instant.ofEpochMilli(time).plus(LIFETIME).isBefore(now);
    }

    private byte[] authenticate(long time, ByteBuf connectionId, InetSocketAddress address) {
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            mac.update((byte) (time >>> shift));
        }
        mac.update((byte) (address.getPort() >>> Byte.SIZE));
        mac.update((byte) address.getPort());
        byte[] ip = address.getAddress().getAddress();
        mac.update((byte) ip.length);
        mac.update(ip);
        mac.update(connectionId.nioBuffer());
        return mac.doFinal();
    }
}
