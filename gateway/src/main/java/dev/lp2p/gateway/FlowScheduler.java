package dev.lp2p.gateway;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes frames of the flows of one page in turn, as far as the socket's credit goes. Belongs to the gateway's loop. */
final class FlowScheduler {

    private final PageLink link;
    private final Set<OutgoingFlow> turn = new LinkedHashSet<>();
    private long credit = Limits.SOCKET_WINDOW;
    private boolean isPumping;

    FlowScheduler(PageLink link) {
        this.link = link;
    }

    /** The flow may have something to send, which it does at the end of the turn: what comes in small parts shares frames. */
    void wake(OutgoingFlow flow) {
        turn.add(flow);
        link.flushSoon();
    }

    void remove(OutgoingFlow flow) {
        turn.remove(flow);
    }

    /** @throws ProtocolViolation if the page gives back more than it got */
    void grant(long bytes) {
        if (bytes > Limits.SOCKET_WINDOW - credit) {
            throw ProtocolViolation.badMessage("Credit of the socket for more than was sent");
        }
        credit += bytes;
        pump();
    }

    boolean offer(long flow, FrameKind kind, ByteBuffer payload) {
        int bytes = payload.remaining();
        if (bytes > credit || !link.isWritable()) {
            return false;
        }
        credit -= bytes;
        link.sendFrame(kind, flow, payload);
        return true;
    }

    /** Sends what can be sent; also when the socket takes more. */
    void pump() {
        if (isPumping) {
            return;
        }
        isPumping = true;
        try {
            while (link.isWritable() && sendNext()) {}
        } finally {
            isPumping = false;
        }
    }

    private boolean sendNext() {
        OutgoingFlow flow = next();
        if (flow == null) {
            return false;
        }
        int bytes = flow.nextFrame();
        if (bytes > credit) {
            return false;
        }
        turn.remove(flow);
        turn.add(flow);
        credit -= bytes;
        flow.sendFrame(link, bytes);
        return true;
    }

    /** Drops from the turn what has nothing to send; it comes back with something new or credit. */
    private @Nullable OutgoingFlow next() {
        while (true) {
            Iterator<OutgoingFlow> first = turn.iterator();
            if (!first.hasNext()) {
                return null;
            }
            OutgoingFlow flow = first.next();
            if (flow.nextFrame() >= 0) {
                return flow;
            }
            turn.remove(flow);
        }
    }
}
