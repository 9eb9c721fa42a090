package dev.lp2p.agent.command;

import dev.lp2p.agent.control.OpenRequest;
import dev.lp2p.agent.event.Event;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "requests",
        description = "List what the agent in the background asks you, and how to answer.",
        footerHeading = "%nExamples:%n",
        footer = {"  lp2p requests            what waits now", "  lp2p allow 12 --always   answers number 12"})
final class RequestsCommand implements Callable<Integer> {

    @ParentCommand
    private Lp2pCommand lp2p;

    @Override
    public Integer call() {
        try (CommandContext context = lp2p.begin()) {
            RunningAgent agent = RunningAgent.of(context);
            List<OpenRequest> requests = agent.requests();
            for (OpenRequest request : requests) {
                context.emit(new Event.Request(request));
                context.say(new RequestWords(request).lines());
            }
            if (requests.isEmpty()) {
                context.say("Nothing is asked.");
            }
            return ExitStatus.DONE.code();
        }
    }
}
