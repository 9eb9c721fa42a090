package dev.lp2p.agent.command;

import dev.lp2p.LP2PConnection;
import dev.lp2p.LP2PReceiver;
import dev.lp2p.LP2PRequest;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.drop.DropReceiver;
import dev.lp2p.drop.DropResult;
import dev.lp2p.drop.DropSender;
import dev.lp2p.store.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Two agents in this process, with two identities of their own, that meet on the loopback interface only. Everything
 * between them is the real protocol; only the person who carries the code from one to the other is played.
 */
final class TryRun {

    private static final List<String> LOOPBACK = List.of("lo");
    static final String RECEIVER = "Living Room";
    static final String SENDER = "Laptop";

    private final CommandContext context;
    private final List<Path> files;

    TryRun(CommandContext context, List<Path> files) {
        this.context = context;
        this.files = files;
    }

    ExitStatus run() {
        Path folder = context.cleanup().add(TemporaryFolder.create()).path();
        List<Path> toSend = files.isEmpty() ? List.of(SampleFile.create(folder)) : files;
        Path inbox = makeFolder(folder.resolve("inbox"));
        Paper paper = new Paper();
        ScriptedConsent receiverConsent = new ScriptedConsent(context, RECEIVER, SENDER, paper);
        ScriptedConsent senderConsent = new ScriptedConsent(context, SENDER, RECEIVER, paper);

        context.say("Two agents start on this machine, on the loopback interface only: '" + RECEIVER + "' and '"
                + SENDER + "'.");
        LocalPeerToPeerManager receiving =
                agent(receiverConsent).toReceive(openState(folder.resolve("receiver")), RECEIVER);
        LocalPeerToPeerManager sending = agent(senderConsent).toSend(openState(folder.resolve("sender")), SENDER);
        TryTransfer transfer = new TryTransfer(context);
        advertise(receiving, new DropReceiver(inbox, transfer.receiver()));

        senderConsent.lookFor(receiving.fingerprint());
        LP2PConnection connection = Waiting.forResult(new LP2PRequest(sending).start());
        DropResult result = Waiting.forResult(
                DropSender.send(connection, toSend, transfer.sender()).result());
        ExitStatus status = transfer.tell(result);
        connection.close();
        context.say("Both agents say goodbye, and what they left on this machine is removed.");
        return status;
    }

    private AgentStart agent(ScriptedConsent consent) {
        return new AgentStart(context.cleanup(), LOOPBACK, consent);
    }

    private StateFolder openState(Path folder) {
        return context.cleanup().add(StateFolder.open(folder));
    }

    private void advertise(LocalPeerToPeerManager manager, DropReceiver drops) {
        LP2PReceiver receiver = context.cleanup().add(new LP2PReceiver(manager));
        receiver.onConnection(event -> drops.attach(event.connection()));
        Waiting.forResult(receiver.start());
    }

    private static Path makeFolder(Path folder) {
        try {
            return Files.createDirectory(folder);
        } catch (IOException e) {
            throw new CommandException(ExitStatus.FAILED, "Cannot make the folder " + folder + " (" + e + ").", e);
        }
    }
}
