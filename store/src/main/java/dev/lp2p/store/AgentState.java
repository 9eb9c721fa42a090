package dev.lp2p.store;

import dev.lp2p.osp.agent.MetadataStore;
import dev.lp2p.osp.message.AgentInfo;
import java.util.Optional;
import java.util.TreeSet;

/** What an agent says of itself and must not forget. Methods may be called from any thread. */
public final class AgentState implements MetadataStore {

    private final Database database;

    AgentState(Database database) {
        this.database = database;
    }

    @Override
    public String stateToken() {
        return database.find("SELECT state_token FROM agent", row -> row.getString(1))
                .orElseThrow();
    }

    @Override
    public synchronized long versionOf(AgentInfo info) {
        database.update(
                "UPDATE agent SET metadata_version = metadata_version + 1, metadata = ?1 WHERE metadata IS NOT ?1",
                canonical(info));
        return database.find("SELECT metadata_version FROM agent", row -> row.getLong(1))
                .orElseThrow();
    }

    /** The name that the user chose last. */
    public Optional<String> displayName() {
        return database.find("SELECT display_name FROM agent WHERE display_name IS NOT NULL", row -> row.getString(1));
    }

    /** Is on the disk when it returns. */
    public void setDisplayName(String name) {
        database.update("UPDATE agent SET display_name = ?", name);
    }

    /** The same text for the same metadata: a set has no order. */
    private static String canonical(AgentInfo info) {
        return String.join(
                "\n",
                info.displayName(),
                info.modelName(),
                new TreeSet<>(info.capabilities()).toString(),
                info.stateToken(),
                String.join(",", info.locales()));
    }
}
