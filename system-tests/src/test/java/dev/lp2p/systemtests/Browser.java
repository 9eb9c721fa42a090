package dev.lp2p.systemtests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lp2p.testkit.hosts.Host;
import dev.lp2p.testkit.hosts.HostProcess;
import dev.lp2p.testkit.hosts.OutputLines;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A Chromium on a host, driven by {@code browser.mjs}. Every https address leads to a page as on the public internet: an
 * empty one with {@code peer.js}, what a test has served, or a file of the library under {@code /lp2p/}.
 */
record Browser(HostProcess process) {

    private static final Path DRIVER = Path.of("src", "test", "browser", "browser.mjs");
    private static final Path INSTALLED = Path.of("..", "web", "lp2p", "node_modules");
    private static final JsonMapper JSON = new JsonMapper();

    /** A command for the driver. */
    static ObjectNode command(String name) {
        return JSON.createObjectNode().put("do", name);
    }

    /**
     * Starts it.
     *
     * @param folder for its profile
     */
    static Browser start(Host host, Path folder) {
        if (!Files.isDirectory(INSTALLED)) {
            throw new AssertionError("Playwright is not installed: run 'npm ci' in web/lp2p");
        }
        return new Browser(host.start(List.of(
                "node",
                DRIVER.toString(),
                folder.resolve("profile").toString(),
                Certificate.writtenTo(folder).toString())));
    }

    Browser awaitReady() {
        nextAnswer(OutputLines.PATIENCE);
        return this;
    }

    /** Opens a page in a tab, and waits until it and its scripts have loaded. */
    BrowserPage open(String url) {
        return new BrowserPage(this, tell(command("open").put("url", url)).asInt());
    }

    /** What every site answers to this path from now on. */
    void serve(String path, String type, String body) {
        tell(command("serve").put("path", path).put("type", type).put("body", body));
    }

    void servePage(String path, String body) {
        serve(path, "text/html", "<!doctype html><meta charset=\"utf-8\">" + body);
    }

    /** Gives a site the permission for which Chromium asks its user before the site reaches an agent. */
    void allowLocalNetwork(String origin) {
        tell(command("allow").put("origin", origin));
    }

    void quit() {
        process.sendLine(command("quit").toString());
        process.exitStatus();
    }

    /** Does a command, and waits for what comes of it. */
    JsonNode tell(ObjectNode command) {
        return tell(command, OutputLines.PATIENCE);
    }

    JsonNode tell(ObjectNode command, Duration limit) {
        process.sendLine(command.toString());
        JsonNode answer = nextAnswer(limit);
        if (answer.has("error")) {
            throw new AssertionError(command + ":\n" + answer.get("error").asText() + "\n" + process.transcript());
        }
        return answer.path("value");
    }

    private JsonNode nextAnswer(Duration limit) {
        try {
            return JSON.readTree(process.output().await("an answer of the browser", line -> true, limit));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
