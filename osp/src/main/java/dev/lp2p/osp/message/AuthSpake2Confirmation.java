package dev.lp2p.osp.message;

/**
 * One side's proof that it knows the pre-shared key.
 *
 * @param confirmationValue the HMAC, 32 bytes; on the wire 32 zero bytes follow it, since the specification asks for 64
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never kept in a set.
public record AuthSpake2Confirmation(byte[] confirmationValue) implements Message {

    @Override
    public TypeKey typeKey() {
        return TypeKey.AUTH_SPAKE2_CONFIRMATION;
    }
}
