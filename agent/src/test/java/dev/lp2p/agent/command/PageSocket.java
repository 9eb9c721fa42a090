package dev.lp2p.agent.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A page without a browser, which says by hand what the library says. */
final class PageSocket implements WebSocket.Listener, AutoCloseable {

    private static final long GENEROUS_SECONDS = 60;
    private static final JsonMapper JSON = new JsonMapper();

    private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
    private final Object saying = new Object();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    PageSocket(int port, String origin) throws InterruptedException {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Origin", origin)
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/lp2p"), this)
                .join();
        say("{\"type\":\"hello\",\"versions\":[1]}");
        await("welcome");
    }

    void say(String message) {
        say(socket, message);
    }

    /** One at a time, as the socket takes them. */
    private void say(WebSocket to, String message) {
        synchronized (saying) {
            to.sendText(message, true).join();
        }
    }

    /** The next message of this type; others before it are passed over. */
    JsonNode await(String type) throws InterruptedException {
        while (true) {
            JsonNode next = heard.poll(GENEROUS_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("The page did not hear " + type);
            }
            if (next.path("type").asText().equals(type)) {
                return next;
            }
            if (next.path("type").asText().endsWith("failed")) {
                throw new AssertionError("Instead of " + type + ": " + next);
            }
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            String message = text.toString();
            text.setLength(0);
            try {
                JsonNode read = JSON.readTree(message);
                heard.add(read);
                if (read.path("type").asText().equals("ping")) {
                    // A page that is silent for long is gone.
                    say(from, "{\"type\":\"pong\",\"id\":" + read.path("id") + "}");
                }
            } catch (JsonProcessingException e) {
                throw new AssertionError("No JSON: " + message, e);
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
