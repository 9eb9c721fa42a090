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
            socket.sendText(line, true).join();
        }
    }

    @Override
    public synchronized @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            System.out.println(text);
            text.setLength(0);
        }
        socket.request(1);
        return null;
    }
}
