package dev.lp2p;

import java.nio.ByteBuffer;

/** What a message on an {@link LP2PDataChannel} holds. */
public sealed interface MessageData {

    /** A message that was sent as text. */
    record Text(String value) implements MessageData {}

    /** A message that was sent as bytes, between position and limit; the listener may keep it. */
    record Binary(ByteBuffer value) implements MessageData {}
}
