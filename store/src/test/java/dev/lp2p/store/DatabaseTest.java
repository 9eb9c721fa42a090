package dev.lp2p.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

    private static final String STATE_TOKEN = "SELECT state_token FROM agent WHERE id = ?";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path temporary;

    @Test
    void whoLooksUpARowDoesNotWaitForWhoReadsATable() {
        try (Database database = Database.open(temporary.resolve("state.db"))) {
            CountDownLatch reading = new CountDownLatch(1);
            CountDownLatch lookedUp = new CountDownLatch(1);
            CompletableFuture<?> table = onAThreadOfItsOwn(() -> database.list("SELECT * FROM agent", row -> {
                reading.countDown();
                await(lookedUp);
                return row;
            }));
            try {
                await(reading);
                assertThat(onAThreadOfItsOwn(() -> database.find(STATE_TOKEN, row -> row.getString(1), 1)))
                        .succeedsWithin(PATIENCE)
                        .isNotEqualTo(Optional.empty());
            } finally {
                lookedUp.countDown();
                table.join();
            }
        }
    }

    /** The common pool may have one thread only. */
    private static <T> CompletableFuture<T> onAThreadOfItsOwn(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, run -> new Thread(run).start());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
