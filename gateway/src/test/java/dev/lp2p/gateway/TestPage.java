package dev.lp2p.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * A page that speaks the gateway's protocol by hand. It answers pings and gives credit for what it takes out of its inbox,
 * unless it is told not to. Whatever it waits for, a failure that the test does not ask for ends the wait at once, and so
 * does the end of the socket.
 */
final class TestPage implements WebSocket.Listener {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final JsonMapper JSON = new JsonMapper();
    /** Never short of threads, for tests that block some. */
    static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "test-page");
        thread.setDaemon(true);
        return thread;
    });

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final PageInbox inbox = new PageInbox();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private final Map<Long, Long> credit = new HashMap<>();
    private final boolean reads;
    private WebSocket socket;
    private long lastNumber;
    private LongConsumer answerToPing = id -> say("{'type':'pong','id':%d}", id);
    private volatile boolean givesCredit = true;

    /** A frame that came. */
    @SuppressWarnings("ArrayRecordComponent")
    record Frame(int kind, long flow, byte[] payload) {

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    @SuppressWarnings("NullAway.Init")
    private TestPage(boolean reads) {
        this.reads = reads;
    }

    static TestPage open(int port, String origin) {
        return open(port, origin, true);
    }

    /** A page that never reads what it is sent. */
    static TestPage openDeaf(int port, String origin) {
        return open(port, origin, false);
    }

    static TestPage welcomed(int port, String origin) throws Exception {
        TestPage page = open(port, origin);
        page.hello();
        return page;
    }

    private static TestPage open(int port, String origin, boolean reads) {
        TestPage page = new TestPage(reads);
        page.socket = CLIENT.newWebSocketBuilder()
                .header("Origin", origin)
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/lp2p"), page)
                .join();
        return page;
    }

    void hello() throws Exception {
        say("{\"type\":\"hello\",\"versions\":[1]}");
        hear("welcome");
    }

    long newNumber() {
        lastNumber += 2;
        return lastNumber;
    }

    void keepCredit() {
        givesCredit = false;
    }

    void keepPongs() {
        answerPings(id -> {});
    }

    /** With something else than a pong, of which none is on its way any more. */
    synchronized void answerPings(LongConsumer answer) {
        answerToPing = answer;
    }

    private synchronized void answerPing(long id) {
        answerToPing.accept(id);
    }

    /** Says a message, in which ' may stand for ". */
    synchronized void say(String message) {
        socket.sendText(message.replace('\'', '"'), true).join();
    }

    @SuppressWarnings("AnnotateFormatMethod")
    void say(String format, Object... values) {
        say(String.format(format, values));
    }

    synchronized void sendRaw(byte[] bytes, boolean last) {
        socket.sendBinary(ByteBuffer.wrap(bytes), last).join();
    }

    synchronized void sendRawText(String part, boolean last) {
        socket.sendText(part, last).join();
    }

    void sendFrame(FrameKind kind, long flow, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(Limits.FRAME_HEADER_BYTES + payload.length)
                .put((byte) kind.value())
                .putInt((int) flow)
                .put(payload);
        sendRaw(frame.array(), true);
    }

    /** Sends a message in frames, as far and as fast as the agent gives credit. */
    void sendAll(FrameKind part, FrameKind last, long flow, byte[] payload) throws Exception {
        int offset = 0;
        do {
            int bytes = Math.min(payload.length - offset, Limits.FRAME_BYTES);
            takeCredit(flow, bytes);
            boolean isLast = offset + bytes == payload.length;
            sendFrame(isLast ? last : part, flow, Arrays.copyOfRange(payload, offset, offset + bytes));
            offset += bytes;
        } while (offset < payload.length);
    }

    private synchronized void takeCredit(long flow, int bytes) throws InterruptedException {
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (available(flow, Limits.FLOW_WINDOW) < bytes || available(0, Limits.SOCKET_WINDOW) < bytes) {
            if (System.nanoTime() > patience) {
                throw new AssertionError("No credit for flow " + flow);
            }
            if (closed.isDone()) {
                throw new IllegalStateException("The agent closed the socket");
            }
            wait(PATIENCE.toMillis());
        }
        credit.merge(flow, (long) -bytes, Long::sum);
        credit.merge(0L, (long) -bytes, Long::sum);
    }

    /** What was sent on a flow and the agent has not said to have left. */
    synchronized long unsent(long flow) {
        return -available(flow, 0);
    }

    private long available(long flow, long window) {
        return window + credit.getOrDefault(flow, 0L);
    }

    /** Waits for a control message of a type; what came before it is dropped, but for failures. */
    JsonNode hear(String type) throws Exception {
        while (true) {
            Object next = next();
            if (next instanceof JsonNode message
                    && message.path("type").asText().equals(type)) {
                return message;
            }
            PageInbox.drop(next, type);
        }
    }

    /** Waits for a frame of a flow; what came before it is dropped. */
    Frame hearFrame(long flow) throws Exception {
        while (true) {
            Object next = next();
            if (next instanceof Frame frame && frame.flow() == flow) {
                return frame;
            }
            PageInbox.drop(next, "a frame of flow " + flow);
        }
    }

    /** Waits for a whole message on a flow. */
    byte[] hearMessage(long flow, FrameKind last) throws Exception {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        while (true) {
            Frame frame = hearFrame(flow);
            whole.write(frame.payload());
            if (frame.kind() == last.value()) {
                return whole.toByteArray();
            }
        }
    }

    /** The next thing that came, pings and credit apart. */
    Object next() throws Exception {
        Object next = inbox.next();
        if (next instanceof Frame frame && frame.payload().length > 0 && givesCredit) {
            give(frame);
        }
        return next;
    }

    void give(Frame frame) {
        say("{'type':'credit','flow':0,'bytes':%d}", frame.payload().length);
        say("{'type':'credit','flow':%d,'bytes':%d}", frame.flow(), frame.payload().length);
    }

    /** The code with which the socket closes. */
    int awaitClose() throws Exception {
        return closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** As a page that crashes. */
    void vanish() {
        socket.abort();
    }

    @Override
    public void onOpen(WebSocket opened) {
        if (reads) {
            opened.request(1);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            String whole = text.toString();
            text.setLength(0);
            try {
                onMessage((ObjectNode) JSON.readTree(whole));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    private void onMessage(ObjectNode message) {
        switch (message.path("type").asText()) {
            case "ping" -> {
                long id = message.path("id").asLong();
                THREADS.execute(() -> answerPing(id));
            }
            case "credit" -> {
                synchronized (this) {
                    credit.merge(
                            message.path("flow").asLong(), message.path("bytes").asLong(), Long::sum);
                    notifyAll();
                }
            }
            default -> inbox.add(message);
        }
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        binary.writeBytes(bytes);
        if (last) {
            ByteBuffer frame = ByteBuffer.wrap(binary.toByteArray());
            binary.reset();
            int kind = frame.get();
            long flow = Integer.toUnsignedLong(frame.getInt());
            byte[] payload = new byte[frame.remaining()];
            frame.get(payload);
            inbox.add(new Frame(kind, flow, payload));
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public synchronized CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        end(code, reason);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public synchronized void onError(WebSocket from, Throwable error) {
        end(-1, error.toString());
    }

    private void end(int code, String reason) {
        inbox.end(code, reason);
        closed.complete(code);
        notifyAll();
    }

    /** Whether it is open, and what came that nobody asked for. */
    @Override
    public String toString() {
        return (closed.isDone() ? "closed" : "open") + ", unheard " + inbox;
    }
}
