package dev.lp2p.osp.agent;

import dev.lp2p.osp.message.AgentInfo;
import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A {@link MetadataStore} for an agent that keeps no state: it begins anew each time. */
public final class InMemoryMetadataStore implements MetadataStore {

    private final String stateToken = StateToken.random(new SecureRandom());
    // The identity may be an older one, of which peers remember versions.
    private long version = Instant.now().toEpochMilli();
    private @Nullable AgentInfo last;

    @Override
    public String stateToken() {
        return stateToken;
    }

    @Override
    public synchronized long versionOf(AgentInfo info) {
        if (!info.equals(last)) {
            version++;
            last = info;
        }
        return version;
    }
}
