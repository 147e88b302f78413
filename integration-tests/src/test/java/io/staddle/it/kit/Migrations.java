package io.staddle.it.kit;

import static org.awaitility.Awaitility.await;

import io.staddle.api.id.MigrationId;
import io.staddle.api.model.MigrationRecord;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;

import java.time.Duration;
import java.util.Optional;

/// Looks at migrations while servers come and go.
public final class Migrations {
    private Migrations() {}

    /// Returns how far one is; empty if nobody says so now.
    public static Optional<MigrationRecord> now(StaddleClient client, MigrationId id) {
        try {
            return Optional.of(client.migrations().show(id).migration());
        } catch (StaddleException leaderIsAway) {
            return Optional.empty();
        }
    }

    /// Waits until one is over, and the data plane knows.
    public static MigrationRecord awaitEnd(
            StaddleClient client, MigrationId id, Duration patience) {
        return await("the end of " + id)
                .atMost(patience)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () ->
                                now(client, id)
                                        .filter(each -> each.phase().isFinished() && each.fenced()),
                        Optional::isPresent)
                .orElseThrow();
    }
}
