package dev.lp2p.agent.command;

import dev.lp2p.agent.control.AgentStatus;
import dev.lp2p.agent.control.AgentStatus.Asks;
import dev.lp2p.agent.event.Event;
import dev.lp2p.terminal.Amounts;
import dev.lp2p.terminal.Device;
import dev.lp2p.terminal.Table;
import dev.lp2p.terminal.UntrustedText;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "status",
        description = "Show what the agent in the background does, and what is connected.",
        footerHeading = "%nExamples:%n",
        footer = {"  lp2p status            for you", "  lp2p status --json     for a program"})
final class StatusCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    @ParentCommand
    private Lp2pCommand lp2p;

    @Override
    public Integer call() {
        try (CommandContext context = lp2p.begin()) {
            AgentStatus status = RunningAgent.of(context).status();
            context.emit(new Event.Status(status));
            context.say(words(status));
            return ExitStatus.DONE.code();
        }
    }

    private static List<String> words(AgentStatus status) {
        List<String> words = new ArrayList<>();
        words.add("The agent runs since " + time(status.since()) + " (process " + status.process()
                + "), for pages on port " + status.gatewayPort() + ".");
        words.add("Examples to open: " + BuiltInPages.address(status.gatewayPort()));
        words.add(
                status.name() == null
                        ? "Others do not see this device (" + shortened(status.fingerprint()) + ")."
                        : "Others see this device as '" + UntrustedText.name(status.name()) + "' ("
                                + shortened(status.fingerprint()) + ").");
        words.add("It knows " + status.knownDevices() + (status.knownDevices() == 1 ? " device." : " devices."));
        words.add(asks(status));
        words.addAll(status.connections().isEmpty() ? List.of("Nothing is connected.") : table(status.connections()));
        return words;
    }

    private static String asks(AgentStatus status) {
        String where = status.asks() == Asks.WINDOWS ? ", in windows or by 'lp2p requests'" : "; 'lp2p requests' lists";
        return switch (status.openRequests()) {
            case 0 -> "It asks nothing now.";
            case 1 -> "It asks you one thing" + (status.asks() == Asks.WINDOWS ? where : where + " it") + ".";
            default ->
                "It asks you " + status.openRequests() + " things"
                        + (status.asks() == Asks.WINDOWS ? where : where + " them") + ".";
        };
    }

    private static List<String> table(List<AgentStatus.Connection> connections) {
        Table table = new Table("CONNECTED", "TO", "", "SINCE", "SENT", "RECEIVED");
        for (AgentStatus.Connection connection : connections) {
            table.row(
                    connection.origin(),
                    UntrustedText.name(connection.peer()),
                    shortened(connection.fingerprint()),
                    time(connection.since()),
                    Amounts.bytes(connection.bytesSent()),
                    Amounts.bytes(connection.bytesReceived()));
        }
        return table.lines();
    }

    private static String shortened(String fingerprint) {
        return fingerprint.substring(0, Device.SHORT_FINGERPRINT);
    }

    private static String time(String instant) {
        return TIME.format(Instant.parse(instant));
    }
}
