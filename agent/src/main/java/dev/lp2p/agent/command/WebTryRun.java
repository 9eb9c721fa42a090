package dev.lp2p.agent.command;

import dev.lp2p.Consent;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.agent.browser.Chromium;
import dev.lp2p.desktop.Desktop;
import dev.lp2p.gateway.Gateway;
import dev.lp2p.gateway.GatewaySettings;
import dev.lp2p.store.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Examples in a browser, with two agents in this process that meet on the loopback interface only. Where there is a display
 * the user plays, in windows of the user's own browser; where there is none a person is played, in a browser without windows.
 */
final class WebTryRun {

    private static final List<String> LOOPBACK = List.of("lo");
    private static final List<String> SHOWN = List.of("ball", "chat");

    private final CommandContext context;
    private final boolean windows;

    /** @param windows whether there may be windows */
    WebTryRun(CommandContext context, boolean windows) {
        this.context = context;
        this.windows = windows && Desktop.whyUnavailable().isEmpty();
    }

    ExitStatus run() {
        Path folder = context.cleanup().add(TemporaryFolder.create()).path();
        Map<String, Path> apps = context.cleanup().add(BuiltInPages.open()).apps();
        return windows ? inWindows(folder, apps) : withoutWindows(folder, apps);
    }

    private ExitStatus inWindows(Path folder, Map<String, Path> apps) {
        UserBrowser browser = UserBrowser.find().orElseThrow(WebTryRun::noBrowser);
        Consent person =
                context.cleanup().add(Desktop.start(InstantSource.system())).consent();
        context.say(
                "Two agents start on this machine, on the loopback interface only. Your browser opens their pages:");
        for (String name : List.of(TryRun.RECEIVER, TryRun.SENDER)) {
            Gateway gateway = serve(start(name, folder.resolve(name), person), apps);
            List<String> addresses = SHOWN.stream()
                    .map(example -> BuiltInPages.address(gateway.port()) + example + "/")
                    .toList();
            context.say("  '" + name + "': " + String.join("  ", addresses));
            browser.open(addresses);
        }
        context.say(List.of(
                "Put the two windows side by side. Let a page on '" + TryRun.RECEIVER
                        + "' wait, and choose that device in the same page on '" + TryRun.SENDER
                        + "'. lp2p asks you in windows, as the person at each of them.",
                "Ctrl-C ends it, and removes what it left on this machine."));
        return Waiting.forResult(new CompletableFuture<>());
    }

    private ExitStatus withoutWindows(Path folder, Map<String, Path> apps) {
        Path program = Chromium.find().orElseThrow(WebTryRun::noBrowser);
        Paper paper = new Paper();
        ScriptedConsent receiverConsent = new ScriptedConsent(context, TryRun.RECEIVER, TryRun.SENDER, paper);
        ScriptedConsent senderConsent = new ScriptedConsent(context, TryRun.SENDER, TryRun.RECEIVER, paper);
        context.say("Two agents start on this machine, on the loopback interface only: '" + TryRun.RECEIVER + "' and '"
                + TryRun.SENDER + "'. Each has pages in a browser without windows.");
        LocalPeerToPeerManager receiver = start(TryRun.RECEIVER, folder.resolve("receiver"), receiverConsent);
        LocalPeerToPeerManager sender = start(TryRun.SENDER, folder.resolve("sender"), senderConsent);
        String receiverPages = BuiltInPages.address(serve(receiver, apps).port());
        String senderPages = BuiltInPages.address(serve(sender, apps).port());
        Path pictures = makePictures();
        try {
            Chromium browser =
                    context.cleanup().add(Chromium.start(program, Files.createDirectory(folder.resolve("browser"))));
            WebTryPlay play = new WebTryPlay(context, browser, pictures);
            senderConsent.lookFor(receiver.fingerprint());
            play.ball(receiverPages, senderPages);
            senderConsent.lookFor(receiver.fingerprint());
            play.chat(receiverPages, senderPages);
            context.say("The pictures are in " + pictures + ". What else it left on this machine is removed.");
            return ExitStatus.DONE;
        } catch (IOException e) {
            throw new CommandException(
                    ExitStatus.FAILED,
                    "The browser did not do what it should (" + e.getMessage() + "). It was " + program
                            + "; another one can be named in " + Chromium.VARIABLE + ". Pictures until then are in "
                            + pictures + ".",
                    e);
        }
    }

    private LocalPeerToPeerManager start(String name, Path state, Consent consent) {
        return new AgentStart(context.cleanup(), LOOPBACK, consent)
                .toServe(context.cleanup().add(StateFolder.open(state)), name);
    }

    private Gateway serve(LocalPeerToPeerManager manager, Map<String, Path> apps) {
        try {
            return context.cleanup().add(Gateway.start(new GatewaySettings(0, apps), manager));
        } catch (IOException e) {
            throw new CommandException(ExitStatus.FAILED, e.getMessage() + ".", e);
        }
    }

    private static Path makePictures() {
        try {
            return Files.createTempDirectory("lp2p-pictures-");
        } catch (IOException e) {
            throw new CommandException(ExitStatus.FAILED, "Cannot make a folder for pictures (" + e + ").", e);
        }
    }

    private static CommandException noBrowser() {
        return new CommandException(
                ExitStatus.FAILED,
                "There is no browser that can be started here. Install Chromium (on Debian: apt install chromium), or name"
                        + " one that is installed in the environment's " + Chromium.VARIABLE + ".");
    }
}
