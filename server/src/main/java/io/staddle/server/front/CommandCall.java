package io.staddle.server.front;

import io.staddle.api.answer.Outcome;
import io.staddle.server.raft.PreparedCommand;

import java.util.List;

/// A call that brings commands. Exactly one of [#answer] and [#fail] is called, once, on a thread
/// that must not be held up.
public interface CommandCall {
    /// Its commands; at least one.
    List<PreparedCommand> commands();

    /// When its caller stops waiting, by [System#nanoTime].
    long deadlineNanos();

    /// Takes one outcome a command, in their order.
    void answer(List<Outcome> outcomes);

    /// Takes the reason why there are none.
    void fail(UnansweredException why);
}
