package dev.lp2p.systemtests;

import org.junit.jupiter.api.Test;

/** The examples of the draft, unchanged, and those of the explainer as {@code docs/explainer-examples.md} lists. */
class DraftExamplesInPagesTest extends TwoBrowsersTest {

    private static final String DRAFT = "/lp2p/test/draft-examples/";
    private static final String EXPLAINER = "/lp2p/test/explainer-examples/";

    @Test
    void settingUpAReceiverAndARequest() {
        open(DRAFT, "receiver", "request");

        requester.awaitLog("Connection established!");
        receiver.awaitLog("Connection established!");
    }

    @Test
    void aTransportOnAnExistingConnectionOnBothSides() {
        open(DRAFT, "transport-on-connection-receiver", "transport-on-connection-request");

        requester.awaitLog("done");
        receiver.awaitLog("done");
    }

    @Test
    void aDataChannelOnAnExistingConnectionOnBothSides() {
        open(DRAFT, "channel-receiver", "channel-request");

        requester.awaitLog("Requester: Got a connection!");
        receiver.awaitLog("Receiver: Got a connection!");
        receiver.awaitLog("Receiver: Received message: Good day to you, receiver!");
        requester.awaitLog("done");
    }

    @Test
    void aRequestForATransportAndAListenerThatTakesIt() {
        open(DRAFT, "transport-listener", "transport-request");

        requester.awaitLog("done");
    }

    @Test
    void theExplainersShorthand() {
        open(EXPLAINER, "shorthand-a", "shorthand-b");

        requester.awaitLog("done");
    }

    @Test
    void theExplainersMessages() {
        open(EXPLAINER, "messages-a", "messages-b");

        receiver.awaitLog("Receiver: Got a connection!");
        requester.awaitLog("Requester: Got a connection!");
        requester.awaitLog("Receiver: Received message: Good day to you, requester!");
    }

    @Test
    void theExplainersTransport() {
        open(EXPLAINER, "transport-a", "transport-b");

        requester.awaitLog("done");
    }

    /** Each of the two runs an example; the user at the requester chooses the other one. */
    private void open(String folder, String receiving, String requesting) {
        receiver = open(onTv, folder, receiving);
        tv.awaitSeen();
        requester = open(onLaptop, folder, requesting);
        laptop.choose(TV, ALWAYS);
    }

    private static BrowserPage open(Browser browser, String folder, String example) {
        browser.servePage("/" + example, """
                        <script type="module">
                          import '/lp2p/src/global.js';
                          await import('%s%s.js');
                          console.log('done');
                        </script>""".formatted(folder, example));
        return browser.open(SITE + "/" + example);
    }
}
