package dev.lp2p.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What came to a page: control messages and frames, in their order, and at last the end of its socket. */
final class PageInbox {

    /** The types of what ends a wait for anything else. */
    private static final Pattern FAILURE = Pattern.compile("error|refused|.*\\.failed");

    private final BlockingQueue<Object> things = new LinkedBlockingQueue<>();

    private record End(int code, String reason) {}

    void add(Object thing) {
        things.add(thing);
    }

    /** Nothing comes behind it: who waits does not wait in vain. */
    void end(int code, String reason) {
        things.add(new End(code, reason));
    }

    Object next() throws InterruptedException {
        Object next = things.poll(TestPage.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("Nothing came");
        }
        if (next instanceof End end) {
            // For whoever asks again.
            things.add(end);
            throw new AssertionError("Nothing came, and nothing will: the socket has its " + end);
        }
        return next;
    }

    /** As it is dropped while something else is awaited: a failure would else look as if nothing came. */
    static void drop(Object thing, String awaited) {
        if (thing instanceof JsonNode message
                && FAILURE.matcher(message.path("type").asText()).matches()) {
            throw new AssertionError("Instead of " + awaited + " the agent says " + message);
        }
    }

    @Override
    public String toString() {
        return things.toString();
    }
}
