package dev.lp2p.osp.agent;

import dev.lp2p.mdns.InstanceName;
import dev.lp2p.mdns.MulticastDns;
import dev.lp2p.mdns.RegistrationListener;
import dev.lp2p.mdns.ServiceDescription;
import dev.lp2p.mdns.ServiceRegistration;
import dev.lp2p.mdns.TextRecord;
import dev.lp2p.osp.identity.AgentIdentity;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An agent being advertised, from the wish to do so until it is closed. */
final class Advertisement implements RegistrationListener {

    private final String token;
    private final InstanceName wanted;
    private final Function<InstanceName, Described> rename;
    private final CompletableFuture<InstanceName> registered = new CompletableFuture<>();
    private @Nullable ServiceRegistration registration;

    /** @param rename takes over another name, and returns what is to be told under it; may block */
    Advertisement(InstanceName wanted, SecureRandom random, Function<InstanceName, Described> rename) {
        this.wanted = wanted;
        this.token = AgentRecord.newToken(random);
        this.rename = rename;
    }

    /** Who is advertised, and the version of what it says of itself. */
    record Described(AgentIdentity identity, long metadataVersion) {}

    synchronized void start(MulticastDns mdns, Described agent, int port) {
        registration = mdns.register(new ServiceDescription(wanted, AgentRecord.SERVICE, port, text(agent)), this);
    }

    /** What a peer must know of us before it may lead to a prompt. */
    String token() {
        return token;
    }

    /** Completes with the name once it is announced. */
    CompletionStage<InstanceName> registered() {
        return registered;
    }

    @Override
    public void onRegistered(InstanceName name) {
        if (!name.equals(wanted)) {
            take(name);
        }
        registered.complete(name);
    }

    @Override
    public void onRenamed(InstanceName oldName, InstanceName newName) {
        take(newName);
    }

    synchronized void close() {
        if (registration != null) {
            registration.close();
        }
        registered.cancel(false);
    }

    private void take(InstanceName name) {
        // Not with the lock, which the agent's loop takes to close.
        TextRecord renamed = text(rename.apply(name));
        synchronized (this) {
            if (registration != null) {
                registration.updateText(renamed);
            }
        }
    }

    private TextRecord text(Described agent) {
        return AgentRecord.encode(agent.identity, agent.metadataVersion, token);
    }
}
