package io.staddle.client;

import io.grpc.Metadata;
import io.grpc.Status;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// What a [FakeServer] does with the next request.
interface Role {
    /// Decides on one request.
    Verdict next();

    /// What becomes of a request.
    sealed interface Verdict {
        /// It is carried out and answered.
        record Answer() implements Verdict {}

        /// It ends with a status.
        record Fail(Status status, Metadata trailers) implements Verdict {}

        /// It is carried out, and the answer lost.
        record Lose(Status status, Metadata trailers) implements Verdict {}

        /// It is kept until the test releases it.
        record Hold() implements Verdict {}

        /// It ends as `then` says, but later.
        record Late(CompletableFuture<?> when, Verdict then) implements Verdict {}

        /// The server ends, with all its connections, before it answers.
        record Die() implements Verdict {}
    }

    static Role leads() {
        return Verdict.Answer::new;
    }

    static Role holds() {
        return Verdict.Hold::new;
    }

    static Role dies() {
        return Verdict.Die::new;
    }

    static Role notLeader() {
        return fails(Status.UNAVAILABLE.withDescription("no leader is known"), "", "none");
    }

    static Role notLeader(Endpoint leader) {
        return fails(
                Status.UNAVAILABLE.withDescription("another leads"), leader.toString(), "none");
    }

    /// Says, once `when` is completed, that it does not lead.
    static Role notLeaderAfter(CompletableFuture<?> when) {
        return () -> new Verdict.Late(when, notLeader().next());
    }

    static Role overloaded() {
        return fails(Status.RESOURCE_EXHAUSTED.withDescription("full"), "", "none");
    }

    static Role losesOutcomes() {
        return fails(Status.UNAVAILABLE.withDescription("leadership was lost"), "", "unknown");
    }

    static Role losesAnswers() {
        Metadata trailers = new Metadata();
        trailers.put(Failure.OUTCOME, "unknown");
        Status lost = Status.UNAVAILABLE.withDescription("leadership was lost");
        return () -> new Verdict.Lose(lost, trailers);
    }

    static Role fails(Status status) {
        return fails(status, "", "");
    }

    /// The roles one after the other, a request each; then the last for ever.
    static Role inTurn(Role... roles) {
        AtomicInteger turn = new AtomicInteger();
        return () -> roles[Math.min(turn.getAndIncrement(), roles.length - 1)].next();
    }

    private static Role fails(Status status, String leader, String outcome) {
        Metadata trailers = new Metadata();
        if (!leader.isEmpty()) {
            trailers.put(Failure.LEADER, leader);
        }
        if (!outcome.isEmpty()) {
            trailers.put(Failure.OUTCOME, outcome);
        }
        return () -> new Verdict.Fail(status, trailers);
    }
}
