package dev.lp2p.agent.command;

import dev.lp2p.agent.control.Errand;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "forget",
        description = "Forget a device: it needs a code again.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lp2p forget \"Living Room\"",
            "  lp2p forget sYo4nGdnZtQk      by the start of a fingerprint",
            "  lp2p forget --all --yes       all of them, without asking"
        })
final class ForgetCommand implements Callable<Integer> {

    @ParentCommand
    private Lp2pCommand lp2p;

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(names = "--yes", description = "Do not ask whether to forget all.")
    private boolean yes;

    static final class Which {
        @Parameters(paramLabel = "NAME-OR-FINGERPRINT", description = "The device to forget.")
        @Nullable String wanted;

        @Option(names = "--all", description = "Forget all devices.")
        boolean all;
    }

    @Override
    public Integer call() {
        return lp2p.run(which.wanted == null ? new Errand.ForgetAll(yes) : new Errand.Forget(which.wanted));
    }
}
