package dev.lp2p.osp.quic;

import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.transport.ApplicationProtocol;
import dev.lp2p.osp.transport.ConnectionCloseReason;
import dev.lp2p.osp.transport.ConnectionCloseReason.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicDatagramExtensionEvent;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamLimitChangedEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.AttributeKey;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks the peer after the handshake, then carries the events of Netty's connection to a {@link QuicConnection}. */
final class ConnectionHandler extends ChannelInboundHandlerAdapter {

    private static final System.Logger LOG = System.getLogger(ConnectionHandler.class.getName());

    private static final AttributeKey<QuicConnection> CONNECTION =
            AttributeKey.valueOf(ConnectionHandler.class, "CONNECTION");

    /** Words of a peer that go no further than a log or a person's screen. */
    private static final int MAX_PEER_REASON_CHARS = 1024;

    private final boolean client;
    private final QuicLimits limits;
    private final UnreadBudget budget;
    private final HandshakeListener handshake;
    private @Nullable QuicChannel channel;
    private @Nullable QuicConnection connection;
    private @Nullable ConnectionCloseReason peerClose;
    private @Nullable Throwable failure;
    private int maxDatagramBytes;
    private boolean endReported;

    ConnectionHandler(boolean client, QuicLimits limits, UnreadBudget budget, HandshakeListener handshake) {
        this.client = client;
        this.limits = limits;
        this.budget = budget;
        this.handshake = handshake;
    }

    /** Hears of the handshake's end: one of the two, once. */
    interface HandshakeListener {

        /** @return whether the connection may live; otherwise it is closed */
        boolean onProven(QuicConnection connection);

        /** The handshake failed, or the peer's certificate is none of ours. */
        void onFailed(ConnectionCloseReason reason);
    }

    /** Gives the streams that a peer opens to the connection. */
    static ChannelInitializer<QuicStreamChannel> incomingStreams() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(QuicStreamChannel stream) {
                QuicConnection connection = stream.parent().attr(CONNECTION).get();
                if (connection == null || connection.isClosed()) {
                    stream.close();
                } else {
                    stream.pipeline().addLast(connection.accept(stream));
                }
            }
        };
    }

    /** Ends the connection unless the handshake is done. */
    void abort() {
        QuicChannel begun = channel;
        if (begun != null && connection == null) {
            begun.eventLoop().execute(begun::close);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = (QuicChannel) context.channel();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent completed && completed.isSuccess()) {
            onHandshake((QuicChannel) context.channel());
        } else if (event instanceof QuicConnectionCloseEvent close) {
            peerClose = reasonOf(close);
            if (connection != null) {
                connection.onPeerClosing();
            }
        } else if (event instanceof QuicStreamLimitChangedEvent && connection != null) {
            connection.onStreamLimit();
        } else if (event instanceof QuicDatagramExtensionEvent datagrams) {
            maxDatagramBytes = datagrams.maxLength();
            if (connection != null) {
                connection.onMaxDatagramBytes(maxDatagramBytes);
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf datagram) {
            onDatagram(datagram);
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.log(System.Logger.Level.DEBUG, "QUIC connection", cause);
        failure = cause;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ended((QuicChannel) context.channel());
    }

    @Override
    public void channelUnregistered(ChannelHandlerContext context) {
        // A channel that never became active ends without channelInactive.
        ended((QuicChannel) context.channel());
    }

    private void onHandshake(QuicChannel channel) {
        if (connection != null) {
            return;
        }
        try {
            Fingerprint peer = PeerCertificate.fingerprint(Objects.requireNonNull(channel.sslEngine()));
            QuicConnection proven = new QuicConnection(channel, client, protocol(channel), peer, limits);
            proven.onMaxDatagramBytes(maxDatagramBytes);
            connection = proven;
            channel.attr(CONNECTION).set(proven);
            budget.add(proven);
            if (!handshake.onProven(proven)) {
                CloseCode.refuse(channel, CloseCode.BAD_CERTIFICATE);
            }
        } catch (PeerCertificate.RefusedException refused) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", channel.remoteSocketAddress(), refused.getMessage());
            failure = refused;
            CloseCode.refuse(channel, CloseCode.BAD_CERTIFICATE);
        }
    }

    /** TLS lets no handshake pass that agreed on none of ours. */
    private static ApplicationProtocol protocol(QuicChannel channel) {
        String agreed = Objects.requireNonNull(channel.sslEngine()).getApplicationProtocol();
        return ApplicationProtocol.of(agreed)
                .orElseThrow(() -> new IllegalStateException("A handshake ended with the protocol " + agreed));
    }

    private void onDatagram(ByteBuf datagram) {
        if (connection == null || connection.isClosed()) {
            datagram.release();
        } else {
            connection.onDatagram(datagram);
        }
    }

    private void ended(QuicChannel channel) {
        if (endReported) {
            return;
        }
        endReported = true;
        ConnectionCloseReason reason = closeReason(channel);
        if (connection != null) {
            budget.remove(connection);
            connection.onClosed(reason);
        } else {
            handshake.onFailed(reason);
        }
    }

    private ConnectionCloseReason closeReason(QuicChannel channel) {
        if (peerClose != null) {
            return peerClose;
        }
        if (channel.isTimedOut()) {
            return new ConnectionCloseReason(Kind.NETWORK_LOST, 0, "Nothing was heard of the peer");
        }
        String words = failure == null ? "The connection was closed" : String.valueOf(failure.getMessage());
        return new ConnectionCloseReason(Kind.TRANSPORT_ERROR, 0, words);
    }

    private static ConnectionCloseReason reasonOf(QuicConnectionCloseEvent close) {
        Kind kind = close.isApplicationClose() ? Kind.PEER : Kind.TRANSPORT_ERROR;
        return new ConnectionCloseReason(kind, Integer.toUnsignedLong(close.error()), wordsOf(close));
    }

    private static String wordsOf(QuicConnectionCloseEvent close) {
        byte[] words;
        try {
            words = close.reason();
        } catch (NullPointerException none) {
            // The library's way to say that the peer gave no reason.
            return "";
        }
        String reason = new String(words, StandardCharsets.UTF_8);
        return reason.length() <= MAX_PEER_REASON_CHARS ? reason : reason.substring(0, MAX_PEER_REASON_CHARS);
    }
}
