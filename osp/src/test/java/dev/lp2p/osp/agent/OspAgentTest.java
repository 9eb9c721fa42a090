package dev.lp2p.osp.agent;

import static dev.lp2p.osp.agent.TestAgent.get;
import static dev.lp2p.osp.agent.TestAgent.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lp2p.osp.agent.TestAgent.TestSession;
import dev.lp2p.osp.authentication.AuthenticationPrompts.Outcome;
import dev.lp2p.osp.datachannel.DataChannel;
import dev.lp2p.osp.datachannel.DataEncoding;
import dev.lp2p.osp.datachannel.DataFrame;
import dev.lp2p.osp.message.AgentCapability;
import dev.lp2p.osp.message.AgentInfo;
import dev.lp2p.osp.peer.PeerStore;
import dev.lp2p.osp.session.Session;
import dev.lp2p.osp.session.SessionCloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two agents in this process on the loopback interface: real multicast, real QUIC. */
class OspAgentTest {

    /** Names of this run alone: other agents may be on the loopback interface. */
    private static final String RUN = Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX);

    private static final String TV = "Wohnzimmer. \uD83D\uDCFA grün " + RUN;

    @TempDir
    private Path folder;

    private TestAgent tv;
    private TestAgent phone;

    @BeforeEach
    void start() throws Exception {
        tv = new TestAgent(TV, folder.resolve("tv"), 0);
        phone = new TestAgent("Phone " + RUN, folder.resolve("phone"), 100);
    }

    @AfterEach
    void stop() {
        phone.close();
        tv.close();
    }

    @Test
    void anAdvertisedAgentIsFoundWithAllThatIsNeededToReachIt() throws Exception {
        assertThat(tv.advertise()).isEqualTo(TV);
        DiscoveredAgent found = phone.find(tv);
        assertThat(found.instanceName()).isEqualTo(TV);
        assertThat(found.truncated()).isFalse();
        assertThat(found.authenticationToken()).hasSizeGreaterThanOrEqualTo(6);
        assertThat(found.hostname()).endsWith(".local").matches("[A-Za-z0-9.-]+");
        assertThat(found.addresses()).isNotEmpty().allSatisfy(address -> {
            assertThat(address.getAddress().isLoopbackAddress()).isTrue();
            assertThat(address.getPort()).isEqualTo(tv.agent.port());
        });
    }

    @Test
    void anAgentThatStopsAdvertisingIsLost() throws Exception {
        tv.advertise();
        phone.awaits(phone.found, tv, () -> phone.agent.discover(phone));
        phone.awaits(phone.lost, tv, tv.agent::stopAdvertising);
    }

    @Test
    void strangersCompareACodeAndThenExchangeMessages() throws Exception {
        TestSession[] both = authenticate();
        TestSession ours = both[0];
        TestSession theirs = both[1];
        assertThat(ours.session.peerFingerprint()).isEqualTo(tv.agent.fingerprint());
        assertThat(ours.session.peerInfo().displayName()).isEqualTo(TV);
        assertThat(theirs.session.peerFingerprint()).isEqualTo(phone.agent.fingerprint());
        assertThat(next(phone.outcomes)).isEqualTo(Outcome.AUTHENTICATED);
        assertThat(next(tv.outcomes)).isEqualTo(Outcome.AUTHENTICATED);

        phone.agent.loop().execute(() -> ours.open(2, "chat", text("hello")));
        assertThat(next(theirs.messages)).isEqualTo("hello");
        DataChannel channel = next(theirs.channels);
        assertThat(channel.label()).isEqualTo("chat");
        tv.agent.loop().execute(() -> channel.send(text("hello yourself")));
        assertThat(next(ours.messages)).isEqualTo("hello yourself");
    }

    @Test
    void peersThatKnowEachOtherNeedNoCode() throws Exception {
        TestSession[] first = authenticate();
        phone.agent.loop().execute(() -> first[0].session.close(SessionCloseReason.CLOSED_HERE));
        assertThat(next(first[1].closed)).isEqualTo(SessionCloseReason.CLOSED_BY_PEER);

        DiscoveredAgent found = phone.find(tv);
        TestSession second = phone.session(phone.connect(found));
        assertThat(second.session.peerFingerprint()).isEqualTo(tv.agent.fingerprint());
        assertThat(next(tv.incoming).session.peerFingerprint()).isEqualTo(phone.agent.fingerprint());
        assertThat(phone.askedCodes).isEmpty();
        assertThat(tv.shownCodes).isEmpty();
    }

    @Test
    void connectingAgainGivesTheSessionThatThereIs() throws Exception {
        TestSession[] both = authenticate();
        Session again = get(phone.connect(phone.find(tv)));
        assertThat(again).isSameAs(both[0].session);
    }

    @Test
    void aWrongCodeFailsOnBothSidesAndLeavesStrangers() throws Exception {
        tv.advertise();
        CompletionStage<Session> connecting = phone.connect(phone.find(tv));
        phone.codeOf(tv);
        phone.enter("123-456-789");
        assertFails(connecting, OspException.Kind.AUTHENTICATION_FAILED);
        assertThat(next(phone.outcomes)).isEqualTo(Outcome.FAILED);
        assertThat(next(tv.outcomes)).isEqualTo(Outcome.FAILED);
        assertThat(tv.incoming).isEmpty();
        assertThat(tv.peers.list()).isEmpty();
        assertThat(phone.peers.list()).isEmpty();
    }

    @Test
    void aForgottenPeerIsAStrangerAgain() throws Exception {
        TestSession[] both = authenticate();
        phone.agent.forget(tv.agent.fingerprint());
        assertThat(next(both[0].closed)).isEqualTo(SessionCloseReason.FORGOTTEN);
        next(both[1].closed);

        CompletionStage<Session> connecting = phone.connect(phone.find(tv));
        phone.enterCodeOf(tv);
        assertThat(phone.session(connecting).session.peerFingerprint()).isEqualTo(tv.agent.fingerprint());
    }

    @Test
    void anAuthenticationThatEndsWhileItsPeerIsForgottenDoesNotBringItBack() throws Exception {
        PeerStore store = new LateAuthentication();
        try (TestAgent forgetful = new TestAgent("Forgetful " + RUN, folder.resolve("forgetful"), 0, store)) {
            forgetful.agent.forget(tv.agent.fingerprint());
            forgetful.agent.loop().submit(() -> {}).get(TestAgent.PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(store.find(tv.agent.fingerprint())).isEmpty();
        }
    }

    @Test
    void whoeverAnswersWithAnotherKeyIsNotConnectedTo() throws Exception {
        tv.advertise();
        DiscoveredAgent found = phone.find(tv);
        DiscoveredAgent impostor = new DiscoveredAgent(
                found.instanceName(),
                false,
                phone.agent.fingerprint(),
                1,
                found.authenticationToken(),
                found.hostname(),
                found.addresses());
        assertFails(phone.connect(impostor), OspException.Kind.WRONG_PEER);
    }

    @Test
    void twoKnownPeersThatDialEachOtherAtOnceKeepOneSession() throws Exception {
        TestSession[] first = authenticate();
        phone.advertise();
        DiscoveredAgent tvFound = phone.find(tv);
        DiscoveredAgent phoneFound = tv.find(phone);
        phone.agent.loop().execute(() -> first[0].session.close(SessionCloseReason.CLOSED_HERE));
        next(first[0].closed);
        next(first[1].closed);

        CompletionStage<Session> there = phone.connect(tvFound);
        CompletionStage<Session> back = tv.connect(phoneFound);
        TestSession ours = phone.session(there);
        TestSession theirs = tv.session(back);
        // Where one was so quick that the other needed no connection of its own, theirs is one already.
        boolean crossed = ours.session.isClient() == theirs.session.isClient();
        boolean phoneStays = phone.agent.fingerprint().compareTo(tv.agent.fingerprint()) < 0;
        TestSession phoneSide = crossed ? settled(ours, phone, phoneStays) : ours;
        TestSession tvSide = crossed ? settled(theirs, tv, !phoneStays) : theirs;
        // Both ends now speak on one connection: what is sent on the one that stays arrives.
        tv.agent.loop().execute(tvSide::connect);
        phone.agent.loop().execute(() -> phoneSide.open(2, "", text("hello")));
        assertThat(next(tvSide.messages)).isEqualTo("hello");
    }

    @Test
    void strangersThatDialEachOtherAtOnceCompareOneCode() throws Exception {
        tv.advertise();
        phone.advertise();
        DiscoveredAgent tvFound = phone.find(tv);
        DiscoveredAgent phoneFound = tv.find(phone);
        CompletionStage<Session> there = phone.connect(tvFound);
        CompletionStage<Session> back = tv.connect(phoneFound);
        phone.enterCodeOf(tv);
        assertThat(phone.session(there).session.peerFingerprint()).isEqualTo(tv.agent.fingerprint());
        assertThat(tv.session(back).session.peerFingerprint()).isEqualTo(phone.agent.fingerprint());
        assertThat(tv.shownCodes).isEmpty();
        assertThat(phone.askedCodes).isEmpty();
    }

    @Test
    void anAgentAdvertisesTheVersionOfWhatItSaysOfItself() throws Exception {
        tv.advertise();

        DiscoveredAgent found = phone.find(tv);

        AgentInfo own = new AgentInfo(
                found.instanceName(),
                "test",
                Set.of(AgentCapability.DATA_CHANNELS, AgentCapability.QUICK_TRANSPORT, AgentCapability.ORIGINS),
                tv.metadata.stateToken(),
                List.of("de"));
        assertThat(tv.metadata.versionOf(own)).isEqualTo(found.metadataVersion());
    }

    @Test
    void aNameInUseGetsANumberThatBecomesTheDisplayName() throws Exception {
        TestAgent second = new TestAgent(TV, folder.resolve("second"), 0);
        try {
            tv.advertise();
            assertThat(second.advertise()).isEqualTo(TV + " (2)");
            DiscoveredAgent found = phone.find(second);
            assertThat(found.instanceName()).isEqualTo(TV + " (2)");
            CompletionStage<Session> connecting = phone.connect(found);
            phone.enterCodeOf(second);
            AgentInfo info = phone.session(connecting).session.peerInfo();
            assertThat(info.displayName()).isEqualTo(TV + " (2)");
            assertThat(info.stateToken()).isEqualTo(second.metadata.stateToken());
        } finally {
            second.close();
        }
    }

    @Test
    void aDisplayNameTooLongForDnsIsAdvertisedAsItsBeginning() throws Exception {
        String longName = RUN
                + " ist ein sehr langer Name für ein Gerät, das in einem Zimmer steht \uD83D\uDCFA\uD83D\uDCFA\uD83D\uDCFA";
        TestAgent wordy = new TestAgent(longName, folder.resolve("wordy"), 0);
        try {
            assertThat(wordy.advertise()).isEqualTo(longName);
            DiscoveredAgent found = phone.find(wordy);
            assertThat(found.truncated()).isTrue();
            assertThat(longName).startsWith(found.instanceName());
            CompletionStage<Session> connecting = phone.connect(found);
            phone.enterCodeOf(wordy);
            assertThat(phone.session(connecting).session.peerInfo().displayName())
                    .isEqualTo(longName);
        } finally {
            wordy.close();
        }
    }

    @Test
    void whatIsAskedOfAClosedAgentFailsOrIsNothing() throws Exception {
        tv.advertise();
        DiscoveredAgent found = phone.find(tv);
        Discovery discovery = phone.agent.discover(phone);
        phone.agent.close();

        assertFails(phone.agent.connect(found), OspException.Kind.UNREACHABLE);
        discovery.close();
        phone.agent.forget(found.fingerprint());
        phone.agent.stopAdvertising();
    }

    @Test
    void closingAnAgentTellsItsPeers() throws Exception {
        TestSession[] both = authenticate();
        tv.close();
        assertThat(next(both[0].closed)).isEqualTo(SessionCloseReason.CLOSED_BY_PEER);
        assertThat(next(both[1].closed)).isEqualTo(SessionCloseReason.CLOSED_HERE);
    }

    /** The phone's session and the television's, after the television showed a code that was entered at the phone. */
    private TestSession[] authenticate() throws Exception {
        tv.advertise();
        CompletionStage<Session> connecting = phone.connect(phone.find(tv));
        phone.enterCodeOf(tv);
        return new TestSession[] {phone.session(connecting), next(tv.incoming)};
    }

    /** The session that stays, whether it was there first or took another's place. */
    private static TestSession settled(TestSession first, TestAgent agent, boolean asClient) throws Exception {
        if (first.session.isClient() == asClient) {
            return first;
        }
        assertThat(next(first.closed)).isEqualTo(SessionCloseReason.REPLACED);
        return next(agent.incoming);
    }

    private static void assertFails(CompletionStage<Session> connecting, OspException.Kind kind) {
        assertThatThrownBy(() -> get(connecting))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(OspException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(kind));
    }

    private static ByteBuf text(String message) {
        return DataFrame.encode(
                PooledByteBufAllocator.DEFAULT,
                DataEncoding.STRING,
                ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
    }
}
