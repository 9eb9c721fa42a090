package dev.lp2p.agent.command;

import dev.lp2p.agent.control.Errand;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "receive",
        description = "Let devices nearby find this one and send it files, until Ctrl-C.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lp2p receive                                     into the current folder",
            "  lp2p receive --name \"Living Room\" --dir inbox    by this name, into inbox",
            "  lp2p receive --accept --once                     one transfer, unasked"
        })
final class ReceiveCommand implements Callable<Integer> {

    @ParentCommand
    private Lp2pCommand lp2p;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What others see; the last one by default, at first this computer's.")
    private @Nullable String name;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Folder for what arrives; the current one by default. It is made where there is none.")
    private Path dir;

    @Option(
            names = "--accept",
            description = "Take what authenticated devices send without asking. A new device still needs the code.")
    private boolean accept;

    @Option(names = "--once", description = "Stop after one transfer.")
    private boolean once;

    @Override
    public Integer call() {
        Arguments.requireFolder("--dir", dir);
        if (name != null) {
            Arguments.requireName(name);
        }
        return lp2p.run(new Errand.Receive(name, dir, accept, once));
    }
}
