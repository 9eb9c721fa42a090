package dev.lp2p.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lp2p.testkit.hosts.OutputLines;
import java.nio.file.Path;
import java.time.Duration;

/** A page in a tab of a browser. What runs in it has the globals of {@code peer.js}. */
record BrowserPage(Browser browser, int number) {

    /** Runs the body of an async function in the page, and waits for what it returns. */
    JsonNode run(String body) {
        return runInFrame(0, body);
    }

    /** @param frame 0 is the page itself, then come its frames in their order */
    JsonNode runInFrame(int frame, String body) {
        return tell(evaluate(frame, body));
    }

    /** Begins something that the page finishes later, as a promise with this name. */
    void begin(String name, String body) {
        run("globalThis." + name + " = (async () => {" + body + "})(); globalThis." + name + ".catch(() => {});");
    }

    /** Waits for a promise of the page's, and tells its value; a global that there is not yet is an error. */
    String await(String name) {
        return await(name, OutputLines.PATIENCE);
    }

    String await(String name, Duration limit) {
        ObjectNode command = evaluate(0, "return await globalThis." + name + ";");
        return browser.tell(command.put("page", number), limit).asText();
    }

    /** Waits until the page has logged this. */
    void awaitLog(String line) {
        tell(Browser.command("logged").put("line", line));
    }

    void reload() {
        tell(Browser.command("reload"));
    }

    void close() {
        tell(Browser.command("close"));
    }

    /** Ends the process in which the page runs. */
    void crash() {
        tell(Browser.command("crash"));
    }

    void screenshot(Path file) {
        tell(Browser.command("screenshot").put("path", file.toString()));
    }

    private static ObjectNode evaluate(int frame, String body) {
        return Browser.command("evaluate").put("frame", frame).put("body", body);
    }

    private JsonNode tell(ObjectNode command) {
        return browser.tell(command.put("page", number));
    }
}
