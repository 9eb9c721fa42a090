package dev.lp2p.gateway;

import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.Origin;
import dev.lp2p.gateway.GatewayMessage.ForThing;
import dev.lp2p.gateway.GatewayMessage.FromAgent;
import dev.lp2p.gateway.GatewayMessage.FromPage;
import dev.lp2p.gateway.GatewayMessage.Making;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Everything of one page, from its welcome until its socket goes: what has numbers, who each message is for, and what the
 * agent holds for it. Belongs to the gateway's loop.
 */
final class PageSession {

    /** The flow that stands for the socket in {@code credit}. */
    private static final long SOCKET = 0;

    private static final int NUMBER_STEP = 2;

    private final LocalPeerToPeerManager manager;
    private final Origin origin;
    private final EventExecutor loop;
    private final PageLink link;
    private final long mostHeldBytes;
    private final Duration drainingTime;
    private final Budgets budgets;
    private final FlowScheduler scheduler;
    private final IncomingWindow window =
            new IncomingWindow(Limits.SOCKET_WINDOW, bytes -> send(new FromAgent.Credit(SOCKET, bytes)));
    private final Set<Thing> givingSoon = new LinkedHashSet<>();
    private final LargeMessages largeMessages = new LargeMessages();
    private final Map<Long, Thing> things = new HashMap<>();
    private final Set<PageConnection> lost = new LinkedHashSet<>();
    private final Map<Thing.Category, Integer> counts = new EnumMap<>(Thing.Category.class);
    private long lastOfPage;
    private long lastOwn = -1;
    private long heldBytes;
    private long untakenBytes;
    private volatile boolean isFull;
    private boolean creditIsDue;
    private boolean isOver;

    /**
     * @param mostHeldBytes of its payload, beyond which the page is cut off
     * @param drainingTime how long it may read on after a peer closed a transport
     */
    PageSession(
            LocalPeerToPeerManager manager,
            Origin origin,
            EventExecutor loop,
            PageLink link,
            long mostHeldBytes,
            Duration drainingTime,
            Budgets budgets) {
        this.manager = manager;
        this.origin = origin;
        this.loop = loop;
        this.link = link;
        this.mostHeldBytes = mostHeldBytes;
        this.drainingTime = drainingTime;
        this.budgets = budgets;
        this.scheduler = new FlowScheduler(link);
        link.beforeFlush(scheduler::pump);
        budgets.add(this);
    }

    /** @throws ProtocolViolation if the page may not say that */
    void onMessage(FromPage message) {
        if (isOver) {
            return;
        }
        if (message instanceof Making making) {
            checkNew(making.made());
        }
        if (message instanceof FromPage.ReceiverStart start) {
            new PageReceiver(this, start).begin();
        } else if (message instanceof FromPage.RequestStart start) {
            new PageRequest(this, start.request(), start.nickname()).start();
        } else if (message instanceof FromPage.RequestResume resume) {
            new PageRequest(this, resume.request(), resume.nickname()).resume();
        } else if (message instanceof FromPage.Credit credit && credit.flow() == SOCKET) {
            scheduler.grant(credit.bytes());
        } else if (message instanceof ForThing forThing) {
            Thing thing = find(forThing.thing());
            if (thing != null) {
                thing.receive(message);
            }
        } else {
            throw ProtocolViolation.badMessage("A page says hello once, and bye last");
        }
    }

    /** @throws ProtocolViolation if the page may not send that */
    void onFrame(ByteBuf frame) {
        if (isOver) {
            return;
        }
        int bytes = frame.readableBytes() - Limits.FRAME_HEADER_BYTES;
        if (bytes < 0 || bytes > Limits.FRAME_BYTES) {
            throw ProtocolViolation.badMessage("A frame has a header and at most " + Limits.FRAME_BYTES + " bytes");
        }
        FrameKind kind = FrameKind.of(frame.readUnsignedByte());
        if (kind == null) {
            throw ProtocolViolation.badMessage("A frame of a kind that there is not");
        }
        long flow = frame.readUnsignedInt();
        window.receive(bytes);
        window.use(bytes);
        Thing thing = find(flow);
        if (thing != null) {
            thing.receiveFrame(kind, frame);
        }
    }

    /** The socket takes more. */
    void onWritable() {
        scheduler.pump();
    }

    /** The socket is gone. */
    void end() {
        if (!isOver) {
            isOver = true;
            budgets.remove(this);
            List.copyOf(things.values()).forEach(Thing::abandon);
            things.clear();
            lost.forEach(PageConnection::close);
            lost.clear();
        }
    }

    LocalPeerToPeerManager manager() {
        return manager;
    }

    Origin origin() {
        return origin;
    }

    LargeMessages largeMessages() {
        return largeMessages;
    }

    void send(FromAgent message) {
        link.send(message);
        if (link.unreadBytes() > Limits.UNREAD_BYTES) {
            link.cut();
        }
    }

    /** Has it give credit that is less than a lump a little later, together with what is due by then. */
    void giveSoon(Thing thing) {
        givingSoon.add(thing);
        if (!creditIsDue) {
            creditIsDue = true;
            runLater(Limits.CREDIT_DELAY, () -> {
                creditIsDue = false;
                giveRest();
            });
        }
    }

    OutgoingFlow newFlow(long number) {
        return new OutgoingFlow(scheduler, number);
    }

    /** Runs a task on the loop, from any thread; {@code otherwise} if the page is gone by then. */
    void run(Runnable task, Runnable otherwise) {
        try {
            loop.execute(() -> {
                if (isOver) {
                    otherwise.run();
                } else {
                    runSafely(task);
                }
            });
        } catch (RejectedExecutionException gatewayIsClosed) {
            otherwise.run();
        }
    }

    void run(Runnable task) {
        run(task, () -> {});
    }

    /** On the loop, unless the page is gone by then. */
    void runLater(Duration delay, Runnable task) {
        loop.schedule(
                () -> {
                    if (!isOver) {
                        runSafely(task);
                    }
                },
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    Duration drainingTime() {
        return drainingTime;
    }

    /** A number for what the agent makes. */
    long newNumber() {
        lastOwn += NUMBER_STEP;
        return lastOwn;
    }

    boolean hasRoomFor(Thing.Category category) {
        return count(category) < category.limit();
    }

    /** @throws ProtocolViolation if the page has too many like it */
    void add(Thing thing) {
        Thing.Category category = thing.category();
        if (!hasRoomFor(category)) {
            throw ProtocolViolation.tooMany("A page has at most " + category.limit() + " " + category.plural());
        }
        counts.merge(category, 1, Integer::sum);
        things.put(thing.number, thing);
    }

    void remove(Thing thing) {
        if (things.remove(thing.number, thing)) {
            counts.merge(thing.category(), -1, Integer::sum);
        }
    }

    /** The network is gone under a connection, and its device is looked for. */
    void isLost(PageConnection connection) {
        if (lost.size() >= Limits.CONNECTIONS) {
            PageConnection oldest = lost.iterator().next();
            lost.remove(oldest);
            oldest.close();
        }
        lost.add(connection);
    }

    void isBack(PageConnection connection) {
        lost.remove(connection);
    }

    /**
     * The agent holds so much more of the page's payload, or less.
     *
     * @throws ProtocolViolation if that is too much
     */
    void hold(long bytes) {
        if (isOver) {
            return;
        }
        heldBytes += bytes;
        budgets.forPeers().hold(bytes);
        if (bytes <= 0 || heldBytes <= mostHeldBytes) {
            return;
        }
        recount();
        if (heldBytes > mostHeldBytes - mostHeldBytes / Limits.HELD_PARTS_BETWEEN_COUNTS) {
            throw ProtocolViolation.tooMany("The peers are slower than this page, and " + heldBytes + " bytes wait");
        }
    }

    long heldBytes() {
        return heldBytes;
    }

    /** Not all that leaves is heard of as it does. */
    void recount() {
        List.copyOf(things.values()).forEach(Thing::recount);
    }

    /** The agent holds so much more of what peers sent to the page, or less: at once if this is the loop. */
    void holdUntaken(long bytes) {
        if (!loop.inEventLoop()) {
            run(() -> holdUntaken(bytes));
            return;
        }
        if (isOver) {
            return;
        }
        untakenBytes += bytes;
        budgets.forPages().hold(bytes);
        if (!isFull && untakenBytes > Limits.UNTAKEN_BYTES) {
            isFull = true;
            things.values().forEach(Thing::stopReading);
        } else if (isFull && untakenBytes <= Limits.UNTAKEN_BYTES / 2) {
            isFull = false;
            run(() -> List.copyOf(things.values()).forEach(Thing::readOn));
        }
    }

    long untakenBytes() {
        return untakenBytes;
    }

    /** Whether no more is to be asked of peers, until {@link Thing#readOn}. */
    boolean isFull() {
        return isFull;
    }

    private void giveRest() {
        List<Thing> due = List.copyOf(givingSoon);
        givingSoon.clear();
        due.forEach(Thing::giveRest);
    }

    private void runSafely(Runnable task) {
        try {
            task.run();
        } catch (ProtocolViolation violation) {
            fail(violation);
        }
    }

    /** Tells the page what is wrong, and cuts it off unless a later one might be right. */
    void fail(ProtocolViolation violation) {
        send(new FromAgent.Error(violation.code().wireName(), violation.text()));
        if (violation.code() != ProtocolViolation.Code.UNKNOWN_TYPE) {
            end();
            link.close(Limits.CLOSE_ERROR, violation.code().wireName());
        }
    }

    private int count(Thing.Category category) {
        return counts.getOrDefault(category, 0);
    }

    private void checkNew(long number) {
        if (number % NUMBER_STEP != 0 || number <= lastOfPage) {
            throw ProtocolViolation.badMessage(number + " is no new number of a page");
        }
        lastOfPage = number;
    }

    /** @return null for what is gone, of which the page could not know yet */
    private @Nullable Thing find(long number) {
        Thing thing = things.get(number);
        long last = number % NUMBER_STEP == 0 ? lastOfPage : lastOwn;
        if (thing == null && (number > last || number == SOCKET)) {
            throw new ProtocolViolation(
                    ProtocolViolation.Code.UNKNOWN_THING, "There never was anything with the number " + number);
        }
        return thing;
    }
}
