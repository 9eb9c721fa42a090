package dev.lp2p.gateway;

import dev.lp2p.LP2PConnection;
import dev.lp2p.LP2PDataChannel;
import dev.lp2p.LP2PDataChannelInit;
import dev.lp2p.LP2PException;
import dev.lp2p.LP2PQuicTransport;
import dev.lp2p.gateway.GatewayMessage.FromAgent;
import dev.lp2p.gateway.GatewayMessage.FromPage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A page's connection, which ends for the page after everything on it has. */
final class PageConnection extends Thing {

    private final LP2PConnection connection;

    private final boolean isRequester;
    private final Set<Thing> parts = new LinkedHashSet<>();
    private LP2PConnection.@Nullable CloseReason end;

    /** What takes its place, once the page knows that it has ended. */
    private @Nullable LP2PConnection next;

    private boolean isGone;

    PageConnection(PageSession session, long number, LP2PConnection connection, boolean isRequester) {
        super(Category.CONNECTION, session, number);
        this.connection = connection;
        this.isRequester = isRequester;
    }

    /** Once the page knows of it. */
    void begin() {
        connection.onDataChannel(event -> session.run(() -> onDataChannel(event.channel())));
        connection.onTransport(event -> {
            LP2PQuicTransport transport = event.transport();
            session.run(() -> onTransport(transport), transport::close);
        });
        connection.onClose(reason -> session.run(() -> {
            end = reason;
            if (!isClean(reason)) {
                cutTransports();
            }
            closeOnceEmpty();
        }));
        if (isRequester) {
            connection.onReconnect(event -> {
                LP2PConnection again = event.connection();
                session.run(() -> onReconnect(again), again::close);
            });
        }
    }

    @Override
    void receive(FromPage message) {
        if (message instanceof FromPage.ConnectionClose) {
            parts.forEach(part -> {
                if (part instanceof PageChannel channel) {
                    channel.drop();
                }
            });
            close();
        } else if (message instanceof FromPage.ChannelOpen open) {
            openChannel(open);
        } else if (message instanceof FromPage.TransportOpen open) {
            openTransport(open.transport());
        } else {
            throw notForThis(message);
        }
    }

    @Override
    void abandon() {
        close();
    }

    /** Nothing of it lives on; lost ones too, which come back otherwise. */
    void close() {
        connection.close();
        if (next != null) {
            next.close();
            next = null;
        }
    }

    void partIsGone(Thing part) {
        parts.remove(part);
        closeOnceEmpty();
    }

    /** The peer makes channels and transports as well: that there is no place for one is not the page's fault. */
    private void openChannel(FromPage.ChannelOpen open) {
        LP2PDataChannel channel;
        try {
            requireRoomFor(Category.CHANNEL);
            Integer id =
                    open.id().isPresent() ? Math.toIntExact(Math.min(open.id().getAsLong(), Integer.MAX_VALUE)) : null;
            channel = connection.createDataChannel(open.label(), new LP2PDataChannelInit(open.protocol(), id));
        } catch (LP2PException e) {
            session.send(new FromAgent.ChannelClosed(open.channel(), Optional.of(PageErrors.of(e))));
            return;
        }
        PageChannel made = new PageChannel(session, this, open.channel(), channel);
        add(made);
        made.begin();
    }

    private void onDataChannel(LP2PDataChannel channel) {
        if (!session.hasRoomFor(Category.CHANNEL)) {
            channel.close();
            return;
        }
        PageChannel made = new PageChannel(session, this, session.newNumber(), channel);
        add(made);
        session.send(
                new FromAgent.ChannelIncoming(number, made.number, channel.label(), channel.protocol(), channel.id()));
        made.begin();
    }

    private void openTransport(long itsNumber) {
        if (!isRequester) {
            throw ProtocolViolation.badMessage("Of two sides the one that requested opens transports");
        }
        PageTransport transport = new PageTransport(session, itsNumber);
        try {
            requireRoomFor(Category.TRANSPORT);
            add(transport);
            transport.onOver(() -> partIsGone(transport));
            transport.attach(new LP2PQuicTransport(connection));
        } catch (LP2PException e) {
            transport.fail(e);
        }
    }

    private void requireRoomFor(Category category) {
        if (!session.hasRoomFor(category)) {
            throw new LP2PException(
                    LP2PException.Name.OPERATION_ERROR,
                    "There are " + category.limit() + " " + category.plural() + " already; close one first");
        }
    }

    private void onTransport(LP2PQuicTransport transport) {
        if (isGone || !session.hasRoomFor(Category.TRANSPORT)) {
            transport.close();
        } else {
            PageTransport made = new PageTransport(session, session.newNumber());
            add(made);
            made.onOver(() -> partIsGone(made));
            session.send(new FromAgent.TransportIncoming(
                    number, made.number, transport.datagrams().maxDatagramSize()));
            made.take(transport);
        }
    }

    private void onReconnect(LP2PConnection again) {
        next = again;
        reconnectOnceGone();
    }

    private void reconnectOnceGone() {
        LP2PConnection again = next;
        if (again == null || !isGone) {
            return;
        }
        next = null;
        session.isBack(this);
        if (!session.hasRoomFor(Category.CONNECTION)) {
            again.close();
            return;
        }
        PageConnection made = new PageConnection(session, session.newNumber(), again, isRequester);
        session.add(made);
        session.send(new FromAgent.ConnectionReconnected(number, made.number, again.nickname()));
        made.begin();
    }

    private void add(Thing part) {
        session.add(part);
        parts.add(part);
    }

    private void closeOnceEmpty() {
        LP2PConnection.CloseReason reason = end;
        if (reason == null || !parts.isEmpty() || isGone) {
            return;
        }
        isGone = true;
        session.remove(this);
        if (reason == LP2PConnection.CloseReason.NETWORK_LOST && isRequester) {
            session.isLost(this);
        }
        session.send(new FromAgent.ConnectionClosed(
                number, reason.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        reconnectOnceGone();
    }

    private void cutTransports() {
        List.copyOf(parts).forEach(part -> {
            if (part instanceof PageTransport transport) {
                transport.cut();
            }
        });
    }

    /** Whether somebody closed it, rather than something broke. */
    private static boolean isClean(LP2PConnection.CloseReason reason) {
        return switch (reason) {
            case CLOSED_HERE, CLOSED_BY_PEER, IDLE -> true;
            case NETWORK_LOST, REVOKED, PROTOCOL_ERROR -> false;
        };
    }
}
