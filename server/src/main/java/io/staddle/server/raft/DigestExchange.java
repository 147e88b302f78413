package io.staddle.server.raft;

import io.staddle.api.id.ServerId;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// What servers ask each other to see whether their states are equal.
public interface DigestExchange {
    /// Returns the other servers of the quorum.
    List<ServerId> others();

    /// Returns the digest after the newest entry here; empty before the first.
    Optional<DigestMark> newest();

    /// Returns the digest that this server had at exactly that entry, if it still knows.
    Optional<DigestMark> at(long index);

    /// Asks another server for its digest at that entry, or at the last one before if it is not
    /// that far. Empty if it knows neither; fails if it does not answer.
    CompletableFuture<Optional<DigestMark>> ask(ServerId other, long index);
}
