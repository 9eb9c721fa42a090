package dev.lp2p.systemtests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A page of an origin without a browser: what it is told to say it says to the agent's gateway, and prints what it hears. */
final class PageProgram implements WebSocket.Listener {

    private static final String PING = "{\"type\":\"ping\"";
    private static final Object SAYING = new Object();

    private final StringBuilder text = new StringBuilder();

    private PageProgram() {}

    /** @param arguments the gateway's port and the page's origin */
    public static void main(String[] arguments) throws IOException {
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Origin", arguments[1])
                .buildAsync(URI.create("ws://127.0.0.1:" + arguments[0] + "/lp2p"), new PageProgram())
                .join();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            say(socket, line);
        }
    }

    /** One at a time, as the socket takes them. */
    private static void say(WebSocket socket, String message) {
        synchronized (SAYING) {
            socket.sendText(message, true).join();
        }
    }

    @Override
    public synchronized @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            String message = text.toString();
            text.setLength(0);
            System.out.println(message);
            if (message.startsWith(PING)) {
                // A page that is silent for long is gone.
                say(socket, message.replaceFirst("ping", "pong"));
            }
        }
        socket.request(1);
        return null;
    }
}
