package dev.lp2p.agent.command;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Print the script that completes this command in bash and zsh.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(lp2p completion)                 in this shell, bash or zsh",
            "  lp2p completion > ~/.local/share/bash-completion/completions/lp2p",
            "                                            in every bash from now on"
        })
final class CompletionCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        CommandLine root = spec.root().commandLine();
        root.getOut().print(AutoComplete.bash("lp2p", root));
        root.getOut().flush();
    }
}
