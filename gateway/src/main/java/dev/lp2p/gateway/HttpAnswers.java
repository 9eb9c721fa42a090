package dev.lp2p.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** What goes back over plain HTTP: nothing of it may be embedded, sniffed or read by a page of another origin. */
final class HttpAnswers {

    private static final String TEXT = "text/plain; charset=utf-8";

    private final EventLoop loop;
    private final String policy;

    HttpAnswers(int port, EventLoop loop) {
        this.loop = loop;
        this.policy = "default-src 'self'; connect-src 'self' ws://127.0.0.1:" + port
                + "; img-src 'self' blob: data:; media-src 'self' blob:; object-src 'none'; base-uri 'none'"
                + "; form-action 'none'; frame-ancestors 'none'";
    }

    /** Takes its time with a large page, and so on any thread but the loop's. */
    FullHttpResponse file(ServedFile file, boolean isHead) {
        if (loop.inEventLoop()) {
            throw new IllegalStateException("A page is not made on the loop");
        }
        return answer(HttpResponseStatus.OK, file, isHead);
    }

    FullHttpResponse refusal(HttpResponseStatus status, String why) {
        return answer(status, new ServedFile(TEXT, StandardCharsets.UTF_8.encode(why + "\n")), false);
    }

    /** Refuses, with a line that says why, and hears nothing more from there. */
    void refuse(ChannelHandlerContext to, HttpResponseStatus status, String why) {
        send(to, refusal(status, why));
    }

    void send(ChannelHandlerContext to, FullHttpResponse answer) {
        to.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }

    void redirect(ChannelHandlerContext to, String location) {
        FullHttpResponse response = response(HttpResponseStatus.PERMANENT_REDIRECT, TEXT, Unpooled.EMPTY_BUFFER);
        response.headers().set(HttpHeaderNames.LOCATION, location).set(HttpHeaderNames.CONTENT_LENGTH, 0);
        send(to, response);
    }

    private FullHttpResponse answer(HttpResponseStatus status, ServedFile file, boolean isHead) {
        ByteBuf content = isHead ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(file.content());
        FullHttpResponse response = response(status, file.type(), content);
        response.headers()
                .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, policy + InlineParts.policy(file))
                .set(HttpHeaderNames.CONTENT_LENGTH, file.content().remaining());
        return response;
    }

    private FullHttpResponse response(HttpResponseStatus status, String type, ByteBuf content) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, type);
        headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, policy);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        // Also between apps, which have one web origin: none can open another and read the token in it.
        headers.set("Cross-Origin-Opener-Policy", "noopener-allow-popups");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        headers.set(HttpHeaderNames.CONNECTION, "close");
        return response;
    }
}
