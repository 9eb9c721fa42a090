package dev.lp2p.gateway;

import dev.lp2p.gateway.GatewayMessage.FromPage;
import io.netty.buffer.ByteBuf;

/** What has a number on a page's socket. Belongs to the gateway's loop. */
abstract sealed class Thing permits PageReceiver, PageRequest, PageConnection, PageChannel, PageTransport, PageStream {

    /** How many of each there may be on a socket. */
    enum Category {
        START("receivers and requests", Limits.STARTS),
        CONNECTION("connections", Limits.CONNECTIONS),
        CHANNEL("channels", Limits.CHANNELS),
        TRANSPORT("transports", Limits.TRANSPORTS),
        /** Each transport counts its own. */
        STREAM("streams", Integer.MAX_VALUE);

        private final String plural;
        private final int limit;

        Category(String plural, int limit) {
            this.plural = plural;
            this.limit = limit;
        }

        String plural() {
            return plural;
        }

        int limit() {
            return limit;
        }
    }

    private final Category category;
    final PageSession session;
    final long number;

    Thing(Category category, PageSession session, long number) {
        this.category = category;
        this.session = session;
        this.number = number;
    }

    final Category category() {
        return category;
    }

    /** The page says something to it. */
    abstract void receive(FromPage message);

    /** The page sends payload, which stays the caller's. */
    void receiveFrame(FrameKind kind, ByteBuf payload) {
        throw ProtocolViolation.badMessage("Number " + number + " takes no payload");
    }

    /** Gives the credit that was left for {@link PageSession#giveSoon}. */
    void giveRest() {}

    /** Says anew to {@link PageSession#hold} what of the page's payload is still here. */
    void recount() {}

    /** The page has taken too little: nothing more is to be asked of the peer. */
    void stopReading() {}

    /** The page takes more again. */
    void readOn() {}

    /** The socket is gone, and everything of the page with it. */
    abstract void abandon();

    final ProtocolViolation notForThis(FromPage message) {
        return ProtocolViolation.badMessage(message.getClass().getSimpleName() + " is not for number " + number
                + ", one of the " + category.plural());
    }
}
