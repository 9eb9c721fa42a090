package dev.lp2p.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

    private static final String STATE_TOKEN = "SELECT state_token FROM agent WHERE id = ?";

    @TempDir
    Path temporary;

    @Test
    @Timeout(30)
    void whoLooksUpARowDoesNotWaitForWhoReadsATable() {
        try (Database database = Database.open(temporary.resolve("state.db"))) {
            CountDownLatch reading = new CountDownLatch(1);
            CountDownLatch lookedUp = new CountDownLatch(1);
            CompletableFuture<Void> table =
                    CompletableFuture.runAsync(() -> database.list("SELECT * FROM agent", row -> {
                        reading.countDown();
                        await(lookedUp);
                        return row;
                    }));
            await(reading);

            assertThat(database.find(STATE_TOKEN, row -> row.getString(1), 1)).isPresent();

            lookedUp.countDown();
            table.join();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
