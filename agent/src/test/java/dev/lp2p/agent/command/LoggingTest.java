package dev.lp2p.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoggingTest {

    @Test
    void whatAStrangerSentCannotMoveTheCursorOfWhoReadsTheLog() {
        List<String> lines = new ArrayList<>();
        Logging.start(true, lines::add);

        System.getLogger("dev.lp2p.test")
                .log(System.Logger.Level.DEBUG, "Not an agent: {0}", "a\u001b[2Jb\u009b2Jc\u202Ed\re");

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).endsWith("Not an agent: a\uFFFD[2Jb\uFFFD2Jc\uFFFDd\uFFFDe");
    }
}
