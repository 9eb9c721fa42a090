package dev.lp2p.agent.command;

import dev.lp2p.agent.control.Errand;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "grants",
        description = {
            "List what sites and programs may do for longer than once, and withdraw it.",
            "A grant is to a device: what it says of its sites and programs is its own word."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lp2p grants                                who may connect to what",
            "  lp2p grants --revoke \"Living Room\"         be asked again about this device",
            "  lp2p grants --remove https://example.com   be asked again about this site"
        })
final class GrantsCommand implements Callable<Integer> {

    @ParentCommand
    private Lp2pCommand lp2p;

    @ArgGroup
    private @Nullable Change change;

    static final class Change {
        @Option(
                names = "--revoke",
                paramLabel = "NAME-OR-FINGERPRINT",
                description = "Withdraw every grant of this device.")
        @Nullable String device;

        @Option(
                names = "--remove",
                paramLabel = "ORIGIN",
                description = "Unblock this site or program, or have it ask again before this device is seen.")
        @Nullable String origin;
    }

    @Override
    public Integer call() {
        return lp2p.run(errand());
    }

    private Errand errand() {
        if (change == null) {
            return new Errand.Grants();
        }
        return change.device == null
                ? new Errand.RemoveRule(String.valueOf(change.origin))
                : new Errand.Revoke(change.device);
    }
}
