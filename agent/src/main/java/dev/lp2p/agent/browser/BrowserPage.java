package dev.lp2p.agent.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A page of a {@link Chromium}. */
public final class BrowserPage {

    private final DevTools tools;
    private final String session;

    private BrowserPage(DevTools tools, String session) {
        this.tools = tools;
        this.session = session;
    }

    static BrowserPage open(DevTools tools, String address, PageLook look) throws IOException {
        // A window for each, so that none is hidden by another.
        JsonNode target = tools.call(null, "Target.createTarget", Map.of("url", "about:blank", "newWindow", true));
        Map<String, ?> attach = Map.of("targetId", target.path("targetId").asText(), "flatten", true);
        JsonNode attached = tools.call(null, "Target.attachToTarget", attach);
        BrowserPage page = new BrowserPage(tools, attached.path("sessionId").asText());
        page.appear(look);
        page.call("Page.enable", Map.of());
        var loaded = tools.event(page.session, "Page.loadEventFired");
        page.call("Page.navigate", Map.of("url", address));
        DevTools.await(loaded, address);
        return page;
    }

    /** Runs a script as if the user had just acted in the page, and waits for the promise that it may return. */
    public void run(String script) throws IOException {
        Map<String, ?> expression = Map.of("expression", script, "awaitPromise", true, "userGesture", true);
        JsonNode result;
        try {
            result = call("Runtime.evaluate", expression);
        } catch (IOException e) {
            throw new IOException(script + ": " + e.getMessage(), e);
        }
        if (result.has("exceptionDetails")) {
            throw new IOException(script + ": "
                    + result.path("exceptionDetails")
                            .path("exception")
                            .path("description")
                            .asText());
        }
    }

    public void click(String selector) throws IOException {
        run("document.querySelector('" + selector + "').click()");
    }

    /** Waits until an expression is true of the page, which is looked at with each frame. */
    public void await(String expression) throws IOException {
        run("new Promise((resolve) => { const look = () => (" + expression
                + ") ? resolve() : requestAnimationFrame(look); look(); })");
    }

    /** Saves what the page looks like now. */
    public void saveAs(Path picture) throws IOException {
        JsonNode taken = call("Page.captureScreenshot", Map.of("format", "png"));
        Files.write(picture, Base64.getDecoder().decode(taken.path("data").asText()));
    }

    private void appear(PageLook look) throws IOException {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", look.width(), "height", look.height(), "deviceScaleFactor", 1, "mobile", false));
        Map<String, ?> scheme = Map.of("name", "prefers-color-scheme", "value", look.dark() ? "dark" : "light");
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
        // As if each had the focus: a page that is not looked at draws nothing.
        call("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
    }

    private JsonNode call(String method, Map<String, ?> parameters) throws IOException {
        return tools.call(session, method, parameters);
    }
}
