package dev.lp2p.gateway;

import dev.lp2p.LP2PConnection;
import dev.lp2p.LP2PException;
import dev.lp2p.LP2PReceiver;
import dev.lp2p.LP2PReceiverOptions;
import dev.lp2p.gateway.GatewayMessage.FromAgent;
import dev.lp2p.gateway.GatewayMessage.FromPage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A page's receiver, and which transports of its connections go where. */
final class PageReceiver extends Thing {

    private final LP2PReceiver receiver;
    private final Deque<PageTransport> waiting = new ArrayDeque<>();
    private final Set<PageListener> listeners = new LinkedHashSet<>();
    private @Nullable CompletableFuture<Void> starting;

    PageReceiver(PageSession session, FromPage.ReceiverStart start) {
        super(Category.START, session, start.receiver());
        this.receiver = new LP2PReceiver(
                session.manager(),
                session.origin(),
                new LP2PReceiverOptions(start.nickname().orElse(null)));
    }

    void begin() {
        session.add(this);
        receiver.onConnection(event -> {
            LP2PConnection connection = event.connection();
            session.run(() -> onConnection(connection), connection::close);
        });
        receiver.onClose(why -> session.run(() -> fail(why)));
        CompletableFuture<Void> started = receiver.start();
        starting = started;
        started.whenComplete((done, failure) -> session.run(() -> {
            if (failure == null) {
                session.send(new FromAgent.ReceiverStarted(number));
            } else if (!started.isCancelled()) {
                fail(failure);
            }
        }));
    }

    @Override
    void receive(FromPage message) {
        if (message instanceof FromPage.ReceiverClose) {
            abandon();
            end();
        } else if (message instanceof FromPage.TransportOpen open) {
            PageTransport transport = new PageTransport(session, open.transport());
            session.add(transport);
            waiting.add(transport);
            transport.onOver(() -> waiting.remove(transport));
        } else if (message instanceof FromPage.ListenerOpen open) {
            PageListener listener = new PageListener(session, open.listener(), listeners::remove);
            session.add(listener);
            listeners.add(listener);
        } else {
            throw notForThis(message);
        }
    }

    @Override
    void abandon() {
        if (starting != null) {
            starting.cancel(true);
        }
        receiver.close();
    }

    /** Of its transports that wait, the one that waits longest; null if none does. */
    @Nullable PageTransport nextWaiting() {
        return waiting.poll();
    }

    OptionalLong listener() {
        return listeners.stream().mapToLong(listener -> listener.number).findFirst();
    }

    private void onConnection(LP2PConnection connection) {
        if (!session.hasRoomFor(Category.CONNECTION)) {
            connection.close();
            return;
        }
        PageConnection made = new PageConnection(session, session.newNumber(), connection, this);
        session.add(made);
        session.send(new FromAgent.ConnectionIncoming(number, made.number, connection.nickname()));
        made.begin();
    }

    private void fail(Throwable why) {
        end();
        session.send(new FromAgent.ReceiverFailed(number, PageErrors.of(why)));
    }

    private void end() {
        session.remove(this);
        LP2PException closed =
                new LP2PException(LP2PException.Name.ABORT_ERROR, "The receiver was closed before a transport came");
        for (PageTransport next = waiting.poll(); next != null; next = waiting.poll()) {
            next.fail(closed);
        }
    }
}
