package dev.lp2p.mdns;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * Tells our own multicasts, which come back, from those of other responders on this host, which have the same source. Of
 * two equal packets, ours and another's, one is taken for the echo, and it does not matter which.
 */
final class Echoes {

    private static final int MAX_EXPECTED = 256;
    private static final Duration MAX_WAIT = Duration.ofSeconds(1);

    private final Deque<Expected> expected = new ArrayDeque<>();

    synchronized void expect(byte[] packet) {
        forgetOld();
        if (expected.size() == MAX_EXPECTED) {
            expected.removeFirst();
        }
        expected.addLast(new Expected(packet, System.nanoTime()));
    }

    /** Whether the packet is one that was expected, which then is expected no more. */
    synchronized boolean take(byte[] packet) {
        forgetOld();
        for (Iterator<Expected> i = expected.iterator(); i.hasNext(); ) {
            if (Arrays.equals(i.next().packet, packet)) {
                i.remove();
                return true;
            }
        }
        return false;
    }

    private void forgetOld() {
        long now = System.nanoTime();
        while (!expected.isEmpty() && now - expected.getFirst().nanoTime > MAX_WAIT.toNanos()) {
            expected.removeFirst();
        }
    }

    private static final class Expected {

        private final byte[] packet;
        private final long nanoTime;

        Expected(byte[] packet, long nanoTime) {
            this.packet = packet;
            this.nanoTime = nanoTime;
        }
    }
}
