package dev.lp2p.gateway;

import dev.lp2p.LP2PConnection;
import dev.lp2p.LP2PException;
import dev.lp2p.LP2PRequest;
import dev.lp2p.LP2PRequestOptions;
import dev.lp2p.gateway.GatewayMessage.FromAgent;
import dev.lp2p.gateway.GatewayMessage.FromPage;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A page's request, until it is answered. */
final class PageRequest extends Thing {

    private final LP2PRequest request;
    private @Nullable CompletableFuture<LP2PConnection> running;

    PageRequest(PageSession session, long number, Optional<String> nickname) {
        super(Category.START, session, number);
        this.request =
                new LP2PRequest(session.manager(), session.origin(), new LP2PRequestOptions(nickname.orElse(null)));
    }

    void start() {
        session.add(this);
        await(request.start());
    }

    void resume() {
        session.add(this);
        await(request.resume());
    }

    @Override
    void receive(FromPage message) {
        if (message instanceof FromPage.RequestCancel) {
            session.remove(this);
            abandon();
        } else {
            throw notForThis(message);
        }
    }

    @Override
    void abandon() {
        CompletableFuture<LP2PConnection> open = running;
        running = null;
        if (open != null && !open.cancel(true)) {
            open.thenAccept(LP2PConnection::close);
        }
    }

    private void await(CompletableFuture<LP2PConnection> answer) {
        running = answer;
        answer.whenComplete((connection, failure) -> session.run(() -> {
            if (running == null) {
                return;
            }
            running = null;
            session.remove(this);
            if (failure != null) {
                session.send(new FromAgent.RequestFailed(number, PageErrors.of(failure)));
            } else if (!session.hasRoomFor(Category.CONNECTION)) {
                connection.close();
                session.send(new FromAgent.RequestFailed(
                        number,
                        PageErrors.of(new LP2PException(
                                LP2PException.Name.OPERATION_ERROR,
                                "There are " + Limits.CONNECTIONS + " connections; close one first"))));
            } else {
                PageConnection made = new PageConnection(session, session.newNumber(), connection, true);
                session.add(made);
                session.send(new FromAgent.RequestConnected(number, made.number, connection.nickname()));
                made.begin();
            }
        }));
    }
}
