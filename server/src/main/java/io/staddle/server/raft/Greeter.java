package io.staddle.server.raft;

import io.staddle.api.id.ServerId;
import io.staddle.api.model.ServerRecord;
import io.staddle.api.peer.v1.GreetAnswer;
import io.staddle.api.peer.v1.IntroduceAnswer;
import io.staddle.server.data.Identity;
import io.staddle.statemachine.query.Queries;
import io.staddle.statemachine.state.Levels;
import io.staddle.storage.View;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Tells a server that has nothing in its log what the quorum knows of it.
final class Greeter {
    private static final Duration PATIENCE = Duration.ofMillis(800);

    private final Identity mine;
    private final Quorum quorum;
    private final Seat seat;
    private final String restored;

    /// @param restored which state the data began with; empty if they come from no backup
    Greeter(Identity mine, Quorum quorum, Seat seat, String restored) {
        this.mine = mine;
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
                                .setStranger(failure == null && !isMember(asker))
                                .build());
    }

    /// Says which build this is, and whether it leads a quorum without the asking server.
    IntroduceAnswer introduce(ServerId asker) {
        boolean settled = seat.leadingTerm().isPresent() && !quorum.roster().isChanging();
        return IntroduceAnswer.newBuilder()
                .setServer(mine.server().value())
                .setIncarnation(mine.incarnation())
                .setVersion(Version.MINE)
                .setNewestLevel(Levels.NEWEST)
                .setDismissed(settled && !isMember(asker))
                .setMember(isMember(mine.server()))
                .build();
    }

    private boolean isMember(ServerId id) {
        return quorum.roster().find(id).isPresent();
    }

    private String known(ServerId asker) {
        try (View view = quorum.view()) {
            return new Queries(view).server(asker).map(ServerRecord::incarnation).orElse("");
        }
    }
}
