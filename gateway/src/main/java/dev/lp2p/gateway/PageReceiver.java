package dev.lp2p.gateway;

import dev.lp2p.LP2PConnection;
import dev.lp2p.LP2PReceiver;
import dev.lp2p.LP2PReceiverOptions;
import dev.lp2p.gateway.GatewayMessage.FromAgent;
import dev.lp2p.gateway.GatewayMessage.FromPage;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A page's receiver. */
final class PageReceiver extends Thing {

    private final LP2PReceiver receiver;
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
            session.remove(this);
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

    private void onConnection(LP2PConnection connection) {
        if (!session.hasRoomFor(Category.CONNECTION)) {
            connection.close();
            return;
        }
        PageConnection made = new PageConnection(session, session.newNumber(), connection, false);
        session.add(made);
        session.send(new FromAgent.ConnectionIncoming(number, made.number, connection.nickname()));
        made.begin();
    }

    private void fail(Throwable why) {
        session.remove(this);
        session.send(new FromAgent.ReceiverFailed(number, PageErrors.of(why)));
    }
}
