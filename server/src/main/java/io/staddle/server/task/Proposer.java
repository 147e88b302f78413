package io.staddle.server.task;

import io.staddle.api.answer.Outcome;
import io.staddle.api.command.Command;

/// How a leader task changes anything: like everybody, by commands.
@FunctionalInterface
public interface Proposer {
    /// Proposes a command and waits for its outcome.
    ///
    /// @throws io.staddle.server.front.UnansweredException if there is none
    Outcome propose(Command command);
}
