package dev.lp2p.agent.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a browser by the DevTools protocol.
 *
 * @see <a href="https://chromedevtools.github.io/devtools-protocol/">Chrome DevTools Protocol</a>
 */
final class DevTools implements WebSocket.Listener {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A browser that starts beside others takes half a minute on a slow machine. */
    private static final int PATIENCE_SECONDS = 90;

    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<String, CompletableFuture<JsonNode>> expected = new ConcurrentHashMap<>();
    private final StringBuilder parts = new StringBuilder();
    private final WebSocket socket;

    private DevTools(URI address) throws IOException {
        this.socket = await(HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, this), "connecting");
    }

    static DevTools connect(String address) throws IOException {
        return new DevTools(URI.create(address));
    }

    /** Asks, and waits for the answer. */
    JsonNode call(@Nullable String session, String method, Map<String, ?> parameters) throws IOException {
        String id = Integer.toString(lastId.incrementAndGet());
        CompletableFuture<JsonNode> answer = expect(id);
        var message = JSON.createObjectNode().put("id", Integer.parseInt(id)).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        if (session != null) {
            message.put("sessionId", session);
        }
        await(socket.sendText(message.toString(), true), method);
        JsonNode answered = await(answer, method);
        if (answered.has("error")) {
            throw new IOException(
                    method + ": " + answered.path("error").path("message").asText());
        }
        return answered.path("result");
    }

    /** The next event of this name in a session. */
    CompletableFuture<JsonNode> event(String session, String name) {
        return expect(session + name);
    }

    static <T> T await(CompletionStage<T> stage, String what) throws IOException {
        try {
            return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(what + ": " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException(what + ": no answer for " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(what + ": interrupted", e);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        parts.append(data);
        if (last) {
            try {
                receive(JSON.readTree(parts.toString()));
            } catch (IOException e) {
                onError(from, e);
            }
            parts.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        onError(from, new IOException("the browser has ended"));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        expected.values().forEach(waiting -> waiting.completeExceptionally(failure));
    }

    private void receive(JsonNode message) {
        String key = message.has("id")
                ? message.path("id").asText()
                : message.path("sessionId").asText() + message.path("method").asText();
        CompletableFuture<JsonNode> waiting = expected.remove(key);
        if (waiting != null) {
            waiting.complete(message);
        }
    }

    private CompletableFuture<JsonNode> expect(String key) {
        CompletableFuture<JsonNode> waiting = new CompletableFuture<>();
        expected.put(key, waiting);
        return waiting;
    }
}
