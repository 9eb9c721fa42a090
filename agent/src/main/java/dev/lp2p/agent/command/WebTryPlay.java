package dev.lp2p.agent.command;

import dev.lp2p.agent.browser.BrowserPage;
import dev.lp2p.agent.browser.Chromium;
import dev.lp2p.agent.browser.PageLook;
import dev.lp2p.agent.event.Event;
import java.io.IOException;
import java.nio.file.Path;

/** What the persons at the two devices of {@code lp2p try --web} do in the pages, and pictures of it. */
final class WebTryPlay {

    private static final PageLook LIGHT = new PageLook(420, 600, false);
    private static final PageLook DARK = new PageLook(420, 600, true);

    private static final String CONNECTED = "document.body.dataset.state === 'connected'";

    private final CommandContext context;
    private final Chromium browser;
    private final Path pictures;

    WebTryPlay(CommandContext context, Chromium browser, Path pictures) {
        this.context = context;
        this.browser = browser;
        this.pictures = pictures;
    }

    /** A point for the sender, and then the ball on its way. */
    void ball(String receiverPages, String senderPages) throws IOException {
        Pair pages = connect("ball", receiverPages, senderPages);
        movePaddle(pages.receiver, 0.15);
        serve(pages.sender);
        pages.sender.await("score.value === '1 : 0'");
        movePaddle(pages.sender, 0.6);
        serve(pages.receiver);
        pages.sender.await("ball.className === '' && parseFloat(ball.style.top) > 20");
        save(pages, "ball");
        context.say("A ball crossed from one screen to the other, and was missed there: 1 : 0.");
    }

    void chat(String receiverPages, String senderPages) throws IOException {
        Pair pages = connect("chat", receiverPages, senderPages);
        write(pages.sender, "Hello there");
        pages.receiver.await("document.querySelector('.theirs')");
        write(pages.receiver, "Hi! No server between us?");
        pages.sender.await("document.querySelector('.theirs')");
        save(pages, "chat");
        context.say("Two pages chatted.");
    }

    /** The pages of an example on the two devices. */
    private record Pair(BrowserPage receiver, BrowserPage sender) {}

    private Pair connect(String example, String receiverPages, String senderPages) throws IOException {
        Pair pages = new Pair(
                browser.open(receiverPages + example + "/", LIGHT), browser.open(senderPages + example + "/", DARK));
        pages.receiver.click("#wait");
        pages.receiver.await("document.body.dataset.state === 'waiting'");
        pages.sender.click("#choose");
        pages.sender.await(CONNECTED);
        pages.receiver.await(CONNECTED);
        return pages;
    }

    private static void movePaddle(BrowserPage page, double to) throws IOException {
        page.run("table.dispatchEvent(new PointerEvent('pointermove', { clientX: table.getBoundingClientRect().left"
                + " + table.clientWidth * " + to + " }))");
    }

    private static void serve(BrowserPage page) throws IOException {
        page.await("say.textContent.includes('You serve')");
        // Straight ahead, so that what happens is no game of chance.
        page.run("Math.random = () => 0.5; table.dispatchEvent(new PointerEvent('pointerdown'))");
    }

    private static void write(BrowserPage page, String text) throws IOException {
        page.run("document.querySelector('#text').value = '" + text + "'; form.requestSubmit()");
    }

    private void save(Pair pages, String example) throws IOException {
        save(pages.sender, example + "-laptop.png");
        save(pages.receiver, example + "-living-room.png");
    }

    private void save(BrowserPage page, String name) throws IOException {
        Path picture = pictures.resolve(name);
        page.saveAs(picture);
        context.emit(new Event.Picture(picture.toString()));
    }
}
