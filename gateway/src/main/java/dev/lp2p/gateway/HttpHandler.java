package dev.lp2p.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one request of a TCP connection: a page that connects, or a file. Everything is refused before anything is done: who
 * calls, by which name, and on whose behalf.
 */
final class HttpHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final String SOCKET_PATH = "/lp2p";

    private static final WebSocketServerProtocolConfig PROTOCOL = WebSocketServerProtocolConfig.newBuilder()
            .websocketPath(SOCKET_PATH)
            .handshakeTimeoutMillis(Limits.GREETING_TIME.toMillis())
            .maxFramePayloadLength(Limits.CONTROL_BYTES)
            .handleCloseFrames(false)
            .forceCloseTimeoutMillis(Limits.CLOSING_TIME.toMillis())
            .dropPongFrames(true)
            .build();

    private final Gateway gateway;
    private boolean isThisUsers;
    private @Nullable Future<?> deadline;

    HttpHandler(Gateway gateway) {
        this.gateway = gateway;
    }

    /** A connection is not idle that brings a byte now and then; it has its place until the deadline only. */
    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline =
                ctx.executor().schedule((Runnable) ctx::close, Limits.GREETING_TIME.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stopDeadline();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        InetSocketAddress caller = (InetSocketAddress) ctx.channel().remoteAddress();
        InetSocketAddress here = (InetSocketAddress) ctx.channel().localAddress();
        try {
            gateway.files().execute(() -> {
                boolean isOurs = isThisUser(caller, here);
                ctx.executor().execute(() -> listen(ctx, isOurs));
            });
        } catch (RejectedExecutionException closing) {
            ctx.close();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        stopDeadline();
        // Nothing else is read: one request is all that a connection gets.
        ctx.channel().config().setAutoRead(false);
        if (request.decoderResult().isFailure()) {
            gateway.answers().refuse(ctx, HttpResponseStatus.BAD_REQUEST, "That is no HTTP request");
            return;
        }
        String refusal = refuse(request);
        if (refusal != null) {
            gateway.answers().refuse(ctx, HttpResponseStatus.FORBIDDEN, refusal);
        } else if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            gateway.answers().refuse(ctx, HttpResponseStatus.METHOD_NOT_ALLOWED, "There is nothing here to change");
        } else if (request.uri().equals(SOCKET_PATH)) {
            connect(ctx, request);
        } else {
            serveFile(ctx, request);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent) {
            ctx.close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private void listen(ChannelHandlerContext ctx, boolean isOurs) {
        isThisUsers = isOurs;
        if (isOurs || gateway.places().enterAsAnother(ctx.channel())) {
            ctx.channel().config().setAutoRead(true);
        }
    }

    private void stopDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    private @Nullable String refuse(FullHttpRequest request) {
        if (!isThisUsers) {
            return "This agent is another user's; start one of your own";
        }
        String refusal = gateway.callers().refuseHost(request.headers());
        if (refusal != null) {
            return refusal;
        }
        // https://www.w3.org/TR/service-workers/#update-algorithm says that each script of one comes with this.
        if (request.headers().contains("Service-Worker")) {
            return "An app has no service worker: it would stand before the apps in folders of it";
        }
        return request.uri().equals(SOCKET_PATH) ? gateway.callers().refuseOrigin(request.headers()) : null;
    }

    private static boolean isThisUser(InetSocketAddress caller, InetSocketAddress here) {
        try {
            return SocketOwner.isThisUser(caller, here);
        } catch (IOException e) {
            return false;
        }
    }

    private void connect(ChannelHandlerContext ctx, FullHttpRequest request) {
        String webOrigin = request.headers().get(HttpHeaderNames.ORIGIN);
        ctx.pipeline().remove(IdleStateHandler.class);
        ctx.pipeline()
                .addLast(new WebSocketServerProtocolHandler(PROTOCOL))
                .addLast(new WebSocketFrameAggregator(Limits.CONTROL_BYTES))
                .addLast(new PageSocket(gateway, webOrigin));
        ctx.fireChannelRead(request.retain());
        ctx.pipeline().remove(this);
        ctx.channel().config().setAutoRead(true);
    }

    private void serveFile(ChannelHandlerContext ctx, FullHttpRequest request) {
        String path = request.uri();
        boolean isHead = request.method().equals(HttpMethod.HEAD);
        Optional<String> app = gateway.apps().appOf(path);
        String ownHost = gateway.callers().ownOrigin().substring("http://".length());
        if (app.isPresent() && !ownHost.equals(request.headers().get(HttpHeaderNames.HOST))) {
            gateway.answers().redirect(ctx, gateway.callers().ownOrigin() + path);
            return;
        }
        // Only a tab that goes there gets a token: no page can forge this, nor so read the token of another app.
        boolean isNavigation = !isHead
                && "document".equals(request.headers().get("Sec-Fetch-Dest"))
                && "navigate".equals(request.headers().get("Sec-Fetch-Mode"));
        String tokenApp = isNavigation ? app.orElse(null) : null;
        gateway.files().execute(() -> {
            FullHttpResponse answer = find(path)
                    .map(file -> gateway.answers().file(withToken(file, tokenApp), isHead))
                    .orElseGet(() -> gateway.answers().refusal(HttpResponseStatus.NOT_FOUND, "There is no such file"));
            ctx.executor().execute(() -> gateway.answers().send(ctx, answer));
        });
    }

    private Optional<ServedFile> find(String path) {
        try {
            Optional<ServedFile> library = LibraryFiles.find(path);
            return library.isPresent() ? library : gateway.apps().find(path);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private ServedFile withToken(ServedFile file, @Nullable String app) {
        if (app == null || !file.isPage()) {
            return file;
        }
        String token = gateway.tokens().issue(gateway.callers().ownOrigin(), app);
        String meta = "<meta name=\"lp2p-token\" content=\"" + token + "\">";
        String page = StandardCharsets.UTF_8.decode(file.content()).toString();
        // The doctype has to stay first; where a page has no head, the parser makes one for what comes there.
        int head = page.indexOf("<head>");
        int doctype = page.indexOf('>') + 1;
        int at = head >= 0 ? head + "<head>".length() : doctype;
        String whole = page.substring(0, at) + meta + page.substring(at);
        return new ServedFile(file.type(), StandardCharsets.UTF_8.encode(whole));
    }
}
