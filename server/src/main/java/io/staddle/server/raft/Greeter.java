package io.staddle.server.raft;

import io.staddle.api.id.ServerId;
import io.staddle.api.model.ServerRecord;
import io.staddle.api.peer.v1.GreetAnswer;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.View;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Tells a server that has nothing in its log what the quorum knows of it.
final class Greeter {
    private static final Duration PATIENCE = Duration.ofMillis(800);

    private final Quorum quorum;
    private final Seat seat;
    private final String restored;

    /// @param restored which state the data began with; empty if they come from no backup
    Greeter(Quorum quorum, Seat seat, String restored) {
        this.quorum = quorum;
        this.seat = seat;
        this.restored = restored;
    }

    CompletableFuture<GreetAnswer> greet(ServerId asker) {
        if (seat.isBlank()) {
            return CompletableFuture.completedFuture(
                    GreetAnswer.newBuilder().setBlank(true).setRestored(restored).build());
        }
        return quorum.linearize()
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .handle((_, failure) ->
                        GreetAnswer.newBuilder()
                                .setCurrent(failure == null)
                                .setKnown(known(asker))
                                .setRestored(restored)
                                .build());
    }

    private String known(ServerId asker) {
        try (View view = quorum.view()) {
            return new Queries(view).server(asker).map(ServerRecord::incarnation).orElse("");
        }
    }
}
