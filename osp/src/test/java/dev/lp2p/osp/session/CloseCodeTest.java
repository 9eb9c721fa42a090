package dev.lp2p.osp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.transport.ConnectionCloseReason;
import org.junit.jupiter.api.Test;

class CloseCodeTest {

    @Test
    void aConnectionThatAnotherOneReplacedSaysWhatToDo() {
        OspException failure = CloseCode.toFailure(closedByPeer(CloseCode.REPLACED, ""));

        assertThat(failure.kind()).isEqualTo(OspException.Kind.REPLACED);
        assertThat(failure).hasMessageEndingWith("; try again");
    }

    @Test
    void aPeersReasonIsRepeatedWhereItGaveOne() {
        assertThat(CloseCode.toFailure(closedByPeer(418, "tea"))).hasMessageContaining("error 418: tea;");
        assertThat(CloseCode.toFailure(closedByPeer(418, ""))).hasMessageContaining("error 418;");
    }

    private static ConnectionCloseReason closedByPeer(long code, String reason) {
        return new ConnectionCloseReason(ConnectionCloseReason.Kind.PEER, code, reason);
    }
}
