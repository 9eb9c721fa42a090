package dev.lp2p.agent.command;

import dev.lp2p.agent.control.Errand;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "send",
        description = "Send files and folders to a device nearby.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lp2p send photos/ big.iso --to \"Living Room\"     by name",
            "  lp2p send notes.txt --to sYo4nGdnZtQk            by the start of a fingerprint",
            "  lp2p send notes.txt                              choose from a list"
        })
final class SendCommand implements Callable<Integer> {

    @ParentCommand
    private Lp2pCommand lp2p;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files and folders to send.")
    private List<Path> paths;

    @Option(
            names = "--to",
            paramLabel = "NAME-OR-FINGERPRINT",
            description = "The device to send to; at a terminal, without it, there is a list to choose from.")
    private @Nullable String to;

    @Option(
            names = "--code",
            paramLabel = "CODE",
            description = "The code that the other device shows, where a program knows it;"
                    + " otherwise it is asked for when it is needed.")
    private @Nullable String code;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long to look for the device, ${DEFAULT-VALUE} by default.")
    private int wait;

    @Override
    public Integer call() {
        Arguments.requirePositive("--wait", wait);
        paths.forEach(Arguments::requireReadable);
        if (code != null) {
            Arguments.requireCode("--code", code);
        }
        return lp2p.run(new Errand.Send(paths, to, code, wait));
    }
}
