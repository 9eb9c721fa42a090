package dev.lp2p.agent.command;

import dev.lp2p.agent.control.ControlRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "code",
        description = {
            "Enter the code that the other device shows.",
            "Never one that a page, a message or a device's name gives you."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  lp2p code 12 061-488-548"})
final class CodeCommand implements Callable<Integer> {

    @ParentCommand
    private Lp2pCommand lp2p;

    @Parameters(index = "0", paramLabel = "ID", description = "Number of the request, as 'lp2p requests' lists it.")
    private int id;

    @Parameters(index = "1", paramLabel = "CODE", description = "The digits on the other device's screen.")
    private String code;

    @Override
    public Integer call() {
        Arguments.requireCode("CODE", code);
        try (CommandContext context = lp2p.begin()) {
            RunningAgent.of(context).tell(new ControlRequest.Code(id, code));
            context.say("Entered. 'lp2p status' shows whether it connected.");
            return ExitStatus.DONE.code();
        }
    }
}
