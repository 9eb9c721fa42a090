package dev.lp2p.agent.command;

import dev.lp2p.LP2PConnection;
import dev.lp2p.LP2PReceiver;
import dev.lp2p.LP2PReceiverOptions;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.agent.control.Errand;
import dev.lp2p.agent.event.Event;
import dev.lp2p.drop.DropReceiver;
import dev.lp2p.drop.DropResult;
import dev.lp2p.terminal.Device;
import dev.lp2p.terminal.UntrustedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes this device visible, and takes what others send, until a signal or the first transfer's end. */
final class ReceiveRun {

    /** For the sender to read how its transfer ended, and close. */
    private static final Duration PARTING = Duration.ofSeconds(5);

    private final CommandContext context;
    private final Errand.Receive what;
    private final Set<LP2PConnection> connections = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<ExitStatus> end = new CompletableFuture<>();
    private @Nullable ExitStatus ending;

    ReceiveRun(CommandContext context, Errand.Receive what) {
        this.context = context;
        this.what = what;
    }

    ExitStatus run() {
        Path folder = folder();
        LocalPeerToPeerManager manager = context.agents().toReceive(CommandConsent.toReceive(context), what.name());
        context.cleanup().add(() -> connections.forEach(LP2PConnection::close));
        DropReceiver drops = new DropReceiver(
                folder,
                new IncomingFiles(
                        context,
                        what.dir(),
                        what.accept(),
                        new QuietAfterDecline(InstantSource.system()),
                        this::onTransferEnd));
        LP2PReceiver receiver =
                new LP2PReceiver(manager, AgentStart.DROP, new LP2PReceiverOptions(CommandContext.NICKNAME));
        receiver.onConnection(event -> onConnection(event.connection(), drops));
        context.cleanup().add(receiver);
        context.cleanup().add(drops::cancel);
        Waiting.forResult(receiver.start());
        tellReady(manager, folder);
        return Waiting.forResult(end);
    }

    private Path folder() {
        try {
            return Files.createDirectories(what.dir()).toRealPath();
        } catch (IOException e) {
            throw new CommandException(
                    ExitStatus.USAGE, "Cannot make the folder '" + what.dir() + "' (" + e + "). Choose another.", e);
        }
    }

    private void tellReady(LocalPeerToPeerManager manager, Path folder) {
        String name = manager.advertisedName().orElse("");
        String fingerprint = manager.fingerprint().value();
        String shown = UntrustedText.name(name);
        context.say(List.of(
                "Ready as '" + shown + "' (" + fingerprint.substring(0, Device.SHORT_FINGERPRINT) + "), files go to "
                        + folder + ".",
                "On the other device: lp2p send FILE --to \"" + shown + "\"    Ctrl-C stops."));
        context.emit(new Event.Ready(name, fingerprint, manager.port()));
    }

    private void onConnection(LP2PConnection connection, DropReceiver drops) {
        connections.add(connection);
        connection.onClose(reason -> {
            connections.remove(connection);
            onParted();
        });
        drops.attach(connection);
    }

    private synchronized void onTransferEnd(DropResult result) {
        if (what.once() && ending == null && result.outcome() != DropResult.Outcome.DECLINED) {
            ending = TransferEnd.status(result);
            context.loop().schedule(this::onParted, PARTING.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void onParted() {
        if (ending != null) {
            end.complete(ending);
        }
    }
}
