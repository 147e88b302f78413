package io.staddle.server.task;

import io.staddle.api.answer.Outcome;
import io.staddle.api.codec.CommandCodec;
import io.staddle.api.command.Command;
import io.staddle.api.command.Proposal;
import io.staddle.api.model.Origin;
import io.staddle.server.front.CommandCall;
import io.staddle.server.front.CommandFront;
import io.staddle.server.front.UnansweredException;
import io.staddle.server.raft.PreparedCommand;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Proposes through the front, so tasks share entries and limits with callers.
public final class FrontProposer implements Proposer {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CommandFront front;
    private final Origin origin;
    private final long term;

    /// @param task the name of the task, kept with every event as its actor
    /// @param term the term that its commands are bound to
    public FrontProposer(CommandFront front, String task, long term) {
        this.front = front;
        this.term = term;
        origin = new Origin("staddle/" + task, "", "");
    }

    @Override
    public Outcome propose(Command command) {
        Proposal proposal = new Proposal(command, origin, term);
        PreparedCommand prepared = new PreparedCommand(CommandCodec.encode(proposal), proposal);
        Call call =
                new Call(
                        List.of(prepared),
                        System.nanoTime() + PATIENCE.toNanos(),
                        new CompletableFuture<>());
        front.submit(call);
        try {
            return call.outcome().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof UnansweredException why ? why : e;
        }
    }

    private record Call(
            List<PreparedCommand> commands, long deadlineNanos, CompletableFuture<Outcome> outcome)
            implements CommandCall {
        @Override
        public void answer(List<Outcome> outcomes) {
            outcome.complete(outcomes.getFirst());
        }

        @Override
        public void fail(UnansweredException why) {
            outcome.completeExceptionally(why);
        }
    }
}
