package dev.lp2p.gateway;

import dev.lp2p.gateway.GatewayMessage.FromPage;
import java.util.function.Consumer;

/** A page's listener: only a name for where transports go. */
final class PageListener extends Thing {

    private final Consumer<PageListener> onClosed;

    PageListener(PageSession session, long number, Consumer<PageListener> onClosed) {
        super(Category.START, session, number);
        this.onClosed = onClosed;
    }

    @Override
    void receive(FromPage message) {
        if (!(message instanceof FromPage.ListenerClose)) {
            throw notForThis(message);
        }
        session.remove(this);
        onClosed.accept(this);
    }

    @Override
    void abandon() {}
}
