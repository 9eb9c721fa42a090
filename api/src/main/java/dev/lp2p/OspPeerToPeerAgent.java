package dev.lp2p;

import dev.lp2p.osp.agent.DiscoveredAgent;
import dev.lp2p.osp.agent.DiscoveryListener;
import dev.lp2p.osp.agent.OspAgent;
import dev.lp2p.osp.agent.OspAgentListener;
import dev.lp2p.osp.agent.OspAgentSettings;
import dev.lp2p.osp.authentication.AuthenticationPrompts;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.identity.IdentityFile;
import dev.lp2p.osp.session.PeerConnection;
import dev.lp2p.osp.session.Session;
import dev.lp2p.osp.transport.Connection;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;

/** The agent on the real network. */
final class OspPeerToPeerAgent implements PeerToPeerAgent {

    private final OspAgent agent;

    private OspPeerToPeerAgent(OspAgent agent) {
        this.agent = agent;
    }

    static PeerToPeerAgent start(LP2PSettings settings, AuthenticationPrompts prompts, OspAgentListener listener) {
        OspAgentSettings own = new OspAgentSettings(
                settings.displayName(),
                settings.modelName(),
                settings.locales(),
                settings.interfaces(),
                settings.port(),
                settings.authCapabilities(),
                settings.metadata());
        try {
            return new OspPeerToPeerAgent(OspAgent.start(
                    own, new IdentityFile(settings.identityFile()), settings.peers(), prompts, listener));
        } catch (IOException | IllegalStateException e) {
            throw new LP2PException(LP2PException.Name.OPERATION_ERROR, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public ScheduledExecutorService loop() {
        return agent.loop();
    }

    @Override
    public Fingerprint fingerprint() {
        return agent.fingerprint();
    }

    @Override
    public int port() {
        return agent.port();
    }

    @Override
    public CompletionStage<String> advertise() {
        return agent.advertise();
    }

    @Override
    public void stopAdvertising() {
        agent.stopAdvertising();
    }

    @Override
    public AutoCloseable discover(DiscoveryListener listener) {
        return agent.discover(listener);
    }

    @Override
    public CompletionStage<Session> connect(DiscoveredAgent target) {
        return agent.connect(target);
    }

    @Override
    public CompletionStage<Connection> dialTransport(DiscoveredAgent target, PeerConnection connection) {
        return agent.dialTransport(target, connection);
    }

    @Override
    public void forget(Fingerprint fingerprint) {
        agent.forget(fingerprint);
    }

    @Override
    public void close() {
        agent.close();
    }
}
