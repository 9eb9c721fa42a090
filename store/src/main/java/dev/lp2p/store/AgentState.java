package dev.lp2p.store;

import java.util.Optional;

/** What an agent says of itself and must not forget. Methods may be called from any thread. */
public final class AgentState {

    private final Database database;

    AgentState(Database database) {
        this.database = database;
    }

    /**
     * Eight characters of {@code [0-9A-Za-z]} that stay for as long as this state does: a new one tells peers that what
     * they remember of this agent is void.
     *
     * @see <a href="https://w3c.github.io/openscreenprotocol/application.html#metadata">state-token</a>
     */
    public String stateToken() {
        return database.query("SELECT state_token FROM agent", row -> row.getString(1));
    }

    /**
     * The version of the metadata, the TXT record's {@code mv}.
     *
     * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#discovery">Discovery</a>
     */
    public long metadataVersion() {
        return database.query("SELECT metadata_version FROM agent", row -> row.getLong(1));
    }

    /** Makes the metadata version grow by one; to be called whenever what the agent says of itself changed. */
    public long increaseMetadataVersion() {
        return database.query(
                "UPDATE agent SET metadata_version = metadata_version + 1 RETURNING metadata_version",
                row -> row.getLong(1));
    }

    /** The name that the user chose last. */
    public Optional<String> displayName() {
        return database.query("SELECT display_name FROM agent", row -> Optional.ofNullable(row.getString(1)));
    }

    public void setDisplayName(String name) {
        database.update("UPDATE agent SET display_name = ?", name);
    }
}
