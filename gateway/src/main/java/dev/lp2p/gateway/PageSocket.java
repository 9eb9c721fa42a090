package dev.lp2p.gateway;

import dev.lp2p.Origin;
import dev.lp2p.OriginRule;
import dev.lp2p.gateway.GatewayMessage.FromAgent;
import dev.lp2p.gateway.GatewayMessage.FromPage;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The socket of one page: its greeting, its heartbeat and its end. */
final class PageSocket extends SimpleChannelInboundHandler<WebSocketFrame> {

    private static final System.Logger LOG = System.getLogger(PageSocket.class.getName());

    private final Gateway gateway;
    private final String webOrigin;
    private @Nullable PageLink link;
    private @Nullable PageSession session;
    private @Nullable Future<?> timer;
    private boolean saidHello;
    private boolean isOver;
    private int silentBeats;
    private long lastPing;

    PageSocket(Gateway gateway, String webOrigin) {
        this.gateway = gateway;
        this.webOrigin = webOrigin;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof HandshakeComplete) {
            PageLink opened = new PageLink(ctx.channel());
            link = opened;
            if (!gateway.sockets().enter(webOrigin)) {
                refuse(opened, "busy", "There are too many connections of this site, or of all; close other tabs");
                return;
            }
            // Not before: who was told to close has its place until it has.
            ctx.channel().closeFuture().addListener(closed -> gateway.sockets().leave(webOrigin));
            timer = ctx.executor().schedule(() -> cut(ctx), Limits.GREETING_TIME.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        PageLink to = link;
        if (to != null && frame instanceof CloseWebSocketFrame close) {
            end();
            to.onClose(close);
        }
        if (isOver || to == null) {
            return;
        }
        silentBeats = 0;
        PageSession current = session;
        try {
            if (frame instanceof TextWebSocketFrame text) {
                onMessage(ctx, to, current, GatewayCodec.decode(text.text()));
            } else if (frame instanceof BinaryWebSocketFrame && current != null) {
                current.onFrame(frame.content());
            } else {
                throw ProtocolViolation.badMessage("A page says hello first");
            }
        } catch (ProtocolViolation violation) {
            fail(to, current, violation);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (session != null) {
            session.onWritable();
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.log(Level.DEBUG, "The socket of a page broke", cause);
        end();
        ctx.close();
    }

    private void onMessage(ChannelHandlerContext ctx, PageLink to, @Nullable PageSession current, FromPage message) {
        if (message instanceof FromPage.Hello hello && !saidHello) {
            saidHello = true;
            greet(ctx, to, hello);
        } else if (message instanceof FromPage.Bye) {
            cut(ctx);
        } else if (current == null) {
            throw ProtocolViolation.badMessage("A page says hello first, and waits for welcome");
        } else if (message instanceof FromPage.Pong pong) {
            if (pong.id() > lastPing) {
                throw ProtocolViolation.badMessage("An answer to what was not asked");
            }
        } else {
            current.onMessage(message);
        }
    }

    private void greet(ChannelHandlerContext ctx, PageLink to, FromPage.Hello hello) {
        if (!hello.versions().contains(Limits.VERSION)) {
            refuse(to, "version", "This agent speaks version " + Limits.VERSION + " only");
            return;
        }
        Optional<Origin> origin = hello.token()
                .flatMap(token -> gateway.tokens().find(token, webOrigin))
                .map(Origin::ofProgram)
                .or(() -> originOfSite(hello));
        if (origin.isEmpty()) {
            refuseToken(to);
            return;
        }
        // The user's rules are in the store, which no loop waits for.
        try {
            gateway.files().execute(() -> {
                boolean isBlocked = gateway.manager().originRules().get(origin.get()) == OriginRule.BLOCKED;
                ctx.executor().execute(() -> welcome(ctx, to, hello, origin.get(), isBlocked));
            });
        } catch (RejectedExecutionException closing) {
            ctx.close();
        }
    }

    /** A page that the gateway serves is nobody without its token. */
    private Optional<Origin> originOfSite(FromPage.Hello hello) {
        boolean isOfSite = hello.token().isEmpty() && !gateway.callers().isOwn(webOrigin);
        return isOfSite ? Optional.of(new Origin(webOrigin)) : Optional.empty();
    }

    private void welcome(
            ChannelHandlerContext ctx, PageLink to, FromPage.Hello hello, Origin origin, boolean isBlocked) {
        if (isOver) {
            return;
        }
        if (isBlocked) {
            // Its token stays good, for when the user thinks better of it.
            refuse(to, "blocked", "The user of this device blocked this site");
            return;
        }
        Optional<String> app = hello.token().flatMap(token -> gateway.tokens().spend(token, webOrigin));
        if (app.isEmpty() && hello.token().isPresent()) {
            refuseToken(to);
            return;
        }
        session = new PageSession(
                gateway.manager(),
                origin,
                ctx.executor(),
                to,
                gateway.mostHeldBytes(),
                gateway.drainingTime(),
                gateway.budgets());
        // For when the page, which has no other, finds its socket gone.
        Optional<String> token = app.map(name -> gateway.tokens().renew(webOrigin, name));
        to.send(new FromAgent.Welcome(Limits.VERSION, token));
        stopTimer();
        long beat = gateway.settings().heartbeat().toMillis();
        // With a fixed rate the beats of a device that slept would follow at once, and leave the page no time to
        // answer.
        timer = ctx.executor().scheduleWithFixedDelay(() -> beat(ctx, to), beat, beat, TimeUnit.MILLISECONDS);
    }

    /**
     * Counts beats, for a clock runs on while the device sleeps. Only the page itself can tell that it is there: its browser
     * answers the pings of a WebSocket for a page that is frozen, and not for one that is busy while much waits for it.
     */
    private void beat(ChannelHandlerContext ctx, PageLink to) {
        silentBeats++;
        GatewaySettings settings = gateway.settings();
        if (silentBeats >= settings.patience().dividedBy(settings.heartbeat())) {
            cut(ctx);
        } else {
            lastPing++;
            to.send(new FromAgent.Ping(lastPing));
        }
    }

    private void refuseToken(PageLink to) {
        refuse(to, "token", "The token of this page is spent, or was never given to it; reload the page");
    }

    private void refuse(PageLink to, String code, String message) {
        to.send(new FromAgent.Refused(code, message));
        end();
        to.close(Limits.CLOSE_REFUSED, code);
    }

    /** Before its welcome a page is nobody yet, and has nothing to say that a later one might. */
    private void fail(PageLink to, @Nullable PageSession current, ProtocolViolation violation) {
        if (current != null) {
            current.fail(violation);
            if (violation.code() != ProtocolViolation.Code.UNKNOWN_TYPE) {
                end();
            }
        } else {
            to.send(new FromAgent.Error(violation.code().wireName(), violation.text()));
            end();
            to.close(Limits.CLOSE_ERROR, violation.code().wireName());
        }
    }

    private void end() {
        if (isOver) {
            return;
        }
        isOver = true;
        stopTimer();
        if (session != null) {
            session.end();
        }
    }

    private void cut(ChannelHandlerContext ctx) {
        end();
        ctx.close();
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
