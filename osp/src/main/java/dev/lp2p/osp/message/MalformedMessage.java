package dev.lp2p.osp.message;

import org.jspecify.annotations.Nullable;

/**
 * The peer sent something that is no message: not CBOR, the wrong shape, or over a cap. The bytes after it mean nothing.
 *
 * @param typeKey what it was meant to be, or null where the stream ended inside a type key
 * @param reason in words, without anything that the peer wrote
 */
public record MalformedMessage(@Nullable TypeKey typeKey, String reason) {}
