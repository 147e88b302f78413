package io.staddle.server.grpc;

import io.staddle.api.answer.Outcome;
import io.staddle.api.codec.CommandCodec;
import io.staddle.api.command.Proposal;
import io.staddle.server.front.CommandCall;
import io.staddle.server.front.UnansweredException;
import io.staddle.server.raft.PreparedCommand;

import java.util.List;

/// A sign of life that brings news, on its way into the log. When it is there its caller is
/// answered with what the state says then, not with the outcome.
final class NewsCall implements CommandCall {
    private final List<PreparedCommand> prepared;
    private final long deadlineNanos;
    private final Answerable<?> asked;
    private final Runnable answer;

    /// @param answer sends the answer
    NewsCall(Proposal news, long deadlineNanos, Answerable<?> asked, Runnable answer) {
        prepared = List.of(new PreparedCommand(CommandCodec.encode(news), news));
        this.deadlineNanos = deadlineNanos;
        this.asked = asked;
        this.answer = answer;
    }

    @Override
    public List<PreparedCommand> commands() {
        return prepared;
    }

    @Override
    public long deadlineNanos() {
        return deadlineNanos;
    }

    @Override
    public void answer(List<Outcome> outcomes) {
        answer.run();
    }

    @Override
    public void fail(UnansweredException why) {
        asked.fail(why);
    }
}
