package io.staddle.server.raft;

import io.staddle.api.refusal.Refusal;
import io.staddle.api.refusal.Refusal.UnsafeMembership;
import io.staddle.server.config.ServerAddress;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// How a change of who is in the quorum is answered, in words.
final class Objections {
    private Objections() {}

    static String tooFew(long heard, int voters) {
        return "%d of the %d servers that would count then are heard, and it takes %d"
                .formatted(heard, voters, voters / 2 + 1);
    }

    static String words(ServerAddress address) {
        return "api %s, raft %s".formatted(address.api(), address.raft());
    }

    static CompletableFuture<Optional<Refusal>> done() {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    static CompletableFuture<Optional<Refusal>> notThere(MemberChange change) {
        return CompletableFuture.completedFuture(
                Optional.of(new Refusal.NotFound("server", change.server().value())));
    }

    static CompletableFuture<Optional<Refusal>> refuse(
            MemberChange change, String why, String next) {
        return CompletableFuture.completedFuture(asRefusal(unsafe(change, why, next)));
    }

    static Optional<UnsafeMembership> unsafe(MemberChange change, String why, String next) {
        return Optional.of(new UnsafeMembership(change.server().value(), why, next));
    }

    static Optional<Refusal> asRefusal(Optional<UnsafeMembership> refusal) {
        return refusal.map(Refusal.class::cast);
    }
}
