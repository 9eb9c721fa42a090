package dev.lp2p.agent.command;

import dev.lp2p.LP2PConnection;
import dev.lp2p.LP2PRequestOptions;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.agent.control.Errand;
import dev.lp2p.drop.DropSender;
import dev.lp2p.drop.OutgoingDrop;
import dev.lp2p.terminal.Device;
import dev.lp2p.terminal.UntrustedText;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Finds the device, connects to it and sends. */
final class SendRun {

    private final CommandContext context;
    private final Errand.Send what;

    SendRun(CommandContext context, Errand.Send what) {
        this.context = context;
        this.what = what;
    }

    ExitStatus run() {
        PeerChooser chooser = chooser();
        CommandConsent consent = CommandConsent.toSend(context, new CodePrompts(context, what.code()), chooser);
        LocalPeerToPeerManager manager = context.agents().toSend(consent);
        CompletableFuture<LP2PConnection> connecting =
                manager.connect(AgentStart.DROP, new LP2PRequestOptions(CommandContext.NICKNAME), consent::choosePeer);
        context.cleanup().add(() -> connecting.cancel(true));
        LP2PConnection connection = Waiting.forResult(connecting);
        context.cleanup().add(connection::close);
        OutgoingFiles files =
                new OutgoingFiles(context, UntrustedText.name(connection.peer().displayName()));
        OutgoingDrop drop = context.cleanup()
                .add(new Transfer(DropSender.send(connection, what.paths(), files)))
                .drop();
        files.onNoAnswer(drop::cancel);
        return files.finished(Waiting.forResult(drop.result()));
    }

    private PeerChooser chooser() {
        if (what.to() != null) {
            List<Device> known = KnownDevices.of(context.agents().management().knownPeers());
            return new ChooseByName(context, what.to(), known, Duration.ofSeconds(what.patience()));
        }
        if (context.isInteractive() && !context.options().json) {
            return new ChooseFromList(context);
        }
        throw new CommandException(
                ExitStatus.USAGE, "Say which device with --to NAME-OR-FINGERPRINT; 'lp2p discover' lists them.");
    }

    /** Cancelled when the command ends before it; the receiver hears so, and need not think that the network is bad. */
    private record Transfer(OutgoingDrop drop) implements AutoCloseable {

        private static final Duration LAST_WORD = Duration.ofSeconds(1);

        @Override
        public void close() {
            drop.cancel();
            drop.result()
                    .handle((result, failure) -> true)
                    .completeOnTimeout(false, LAST_WORD.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
    }
}
