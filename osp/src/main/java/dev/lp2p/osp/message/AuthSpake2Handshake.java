package dev.lp2p.osp.message;

import org.jspecify.annotations.Nullable;

/**
 * One side's share of a SPAKE2 run, or a request to be shown a code.
 *
 * @param initiationToken the {@code at} of the advertising agent, or null where the sender gave none
 * @param pskStatus where the sender stands with the pre-shared key
 * @param publicValue pA or pB of SPAKE2, an encoded point; empty where the sender only asks (design, row 5)
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never kept in a set.
public record AuthSpake2Handshake(@Nullable String initiationToken, PskStatus pskStatus, byte[] publicValue)
        implements Message {

    @Override
    public TypeKey typeKey() {
        return TypeKey.AUTH_SPAKE2_HANDSHAKE;
    }
}
