package dev.lp2p.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.Origin;
import dev.lp2p.OriginRule;
import dev.lp2p.agent.control.Caller;
import dev.lp2p.agent.control.ControlAnswer;
import dev.lp2p.agent.control.ControlClient;
import dev.lp2p.agent.control.ControlRequest;
import dev.lp2p.agent.control.ControlSocket;
import dev.lp2p.agent.control.Errand;
import dev.lp2p.desktop.FirstAnswer;
import dev.lp2p.store.StateFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RunningErrandsTest {

    private static final String SITE = "https://example.com";
    private static final Caller CALLER = new Caller(true, List.of(), "UTF-8", false, false, false, false, 80);

    @Test
    @Timeout(60)
    void anErrandThatComesAsTheAgentEndsIsNotBegunAndSaysSo(@TempDir Path folder) throws Exception {
        SharedConsent consent = new SharedConsent(FirstAnswer.of(List.of()));
        ControlSocket socket = new ControlSocket(folder);
        try (StateFolder state = StateFolder.open(folder);
                LocalPeerToPeerManager manager = LocalPeerToPeerManager.start(
                        state.settings("Here").interfaces(List.of("lo")).build(), consent);
                AutoCloseable listening = socket.listen(request -> new ControlAnswer.Done(), (run, conversation) -> {
                    RunningErrands errands =
                            new RunningErrands(new SharedAgent(state, manager, consent, "Here", Set.of()));
                    errands.close();
                    errands.run(run, conversation);
                });
                ControlClient client = ControlClient.connect(folder).orElseThrow()) {
            state.grants().setRule(new Origin(SITE), OriginRule.BLOCKED);

            ControlAnswer answer = client.ask(new ControlRequest.Run(new Errand.RemoveRule(SITE), CALLER));

            assertThat(answer).isInstanceOfSatisfying(ControlAnswer.Ended.class, ended -> assertThat(ended.failure())
                    .contains("The agent has ended"));
            client.awaitEnd();
            assertThat(state.grants().rule(new Origin(SITE))).contains(OriginRule.BLOCKED);
            assertThat(listening).isNotNull();
        }
    }
}
