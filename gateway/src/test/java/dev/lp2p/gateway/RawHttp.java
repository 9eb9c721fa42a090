package dev.lp2p.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** HTTP as it is written, with headers that clients do not let one forge. */
final class RawHttp {

    private static final String[] UPGRADE = {
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    };

    private RawHttp() {}

    /** What comes back until the other side closes. */
    static String exchange(int port, String request) throws IOException {
        return exchange(InetAddress.getLoopbackAddress(), port, request);
    }

    static String exchange(InetAddress address, int port, String request) throws IOException {
        try (Socket socket = new Socket(address, port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String get(int port, String path, String... headers) throws IOException {
        return exchange(port, "GET " + path + " HTTP/1.1\r\n" + lines(headers) + "\r\n");
    }

    /** A WebSocket's handshake, which is expected to be refused. */
    static String handshake(int port, String... headers) throws IOException {
        return exchange(port, "GET /lp2p HTTP/1.1\r\n" + lines(UPGRADE) + lines(headers) + "\r\n");
    }

    /** The request with which a page of an origin opens its socket. */
    static String upgrade(int port, String origin) {
        return "GET /lp2p HTTP/1.1\r\n" + lines(UPGRADE) + lines("Host: 127.0.0.1:" + port, "Origin: " + origin)
                + "\r\n";
    }

    private static String lines(String... headers) {
        StringBuilder all = new StringBuilder();
        for (String header : headers) {
            all.append(header).append("\r\n");
        }
        return all.toString();
    }
}
