package dev.lp2p.osp.session;

import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.agent.OspException.Kind;
import dev.lp2p.osp.message.ConnectionMessage;
import dev.lp2p.osp.message.Message;
import java.util.ArrayList;
import java.util.List;

/** How much is heard of a peer before its session stands, and what of it waits, since streams come in no order. */
final class EarlyMessages {

    /** Streams that a peer may open before it is authenticated; a group of all it needs to say takes one. */
    static final int MAX_STREAMS_BEFORE_AUTHENTICATION = 16;

    /** Messages that a peer may send before it is authenticated: the longest honest exchange has eight. */
    static final int MAX_MESSAGES_BEFORE_AUTHENTICATION = 32;

    /** Messages of authentication that wait for the peer's agent-info, whose name a prompt shows. */
    private static final int MAX_WAITING_FOR_INFO = 4;

    private final List<Message> waitingForInfo = new ArrayList<>();

    /** What overtook the end of the greeting; few, since all that is heard before that end are. */
    private final List<ConnectionMessage> waitingForAnnouncement = new ArrayList<>();

    private int streams;
    private int messages;

    static OspException tooMuch() {
        return new OspException(Kind.TOO_MANY_ATTEMPTS, "The device sent too much before it was authenticated");
    }

    /** Counts a stream. */
    boolean mayOpenAnother() {
        return ++streams <= MAX_STREAMS_BEFORE_AUTHENTICATION;
    }

    /** Counts a message. */
    boolean mayHearAnother() {
        return ++messages <= MAX_MESSAGES_BEFORE_AUTHENTICATION;
    }

    /** @return false if too many wait */
    boolean waitForInfo(Message message) {
        return waitingForInfo.size() < MAX_WAITING_FOR_INFO && waitingForInfo.add(message);
    }

    List<Message> takeWaitingForInfo() {
        return take(waitingForInfo);
    }

    void waitForAnnouncement(ConnectionMessage message) {
        waitingForAnnouncement.add(message);
    }

    List<ConnectionMessage> takeWaitingForAnnouncement() {
        return take(waitingForAnnouncement);
    }

    private static <T> List<T> take(List<T> waiting) {
        List<T> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }
}
