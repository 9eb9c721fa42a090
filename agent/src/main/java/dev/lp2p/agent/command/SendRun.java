package dev.lp2p.agent.command;

import dev.lp2p.LP2PConnection;
import dev.lp2p.LP2PRequest;
import dev.lp2p.LP2PRequestOptions;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.drop.DropSender;
import dev.lp2p.drop.OutgoingDrop;
import dev.lp2p.store.StateFolder;
import dev.lp2p.terminal.UntrustedText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Finds the device, connects to it and sends. */
final class SendRun {

    private final CommandContext context;
    private final Settings settings;

    SendRun(CommandContext context, Settings settings) {
        this.context = context;
        this.settings = settings;
    }

    /** What the command line says. */
    record Settings(
            List<Path> paths, @Nullable String to, @Nullable String code, Duration patience) {}

    ExitStatus run() {
        StateFolder state = context.openState();
        PeerChooser chooser = chooser(state);
        CodePrompts codes = new CodePrompts(context, settings.code);
        LocalPeerToPeerManager manager =
                context.agent(CommandConsent.toSend(context, codes, chooser)).toSend(state, null);
        LP2PConnection connection =
                Waiting.forResult(new LP2PRequest(manager, new LP2PRequestOptions(CommandContext.NICKNAME)).start());
        OutgoingFiles files =
                new OutgoingFiles(context, UntrustedText.name(connection.peer().displayName()));
        OutgoingDrop drop = context.cleanup()
                .add(new Transfer(DropSender.send(connection, settings.paths, files)))
                .drop();
        files.onNoAnswer(drop::cancel);
        ExitStatus status = files.finished(Waiting.forResult(drop.result()));
        connection.close();
        return status;
    }

    private PeerChooser chooser(StateFolder state) {
        if (settings.to != null) {
            return new ChooseByName(context, settings.to, KnownDevices.of(state.peers()), settings.patience);
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
