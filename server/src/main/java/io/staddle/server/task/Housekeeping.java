package io.staddle.server.task;

import io.staddle.api.answer.Answer;
import io.staddle.api.answer.Outcome;
import io.staddle.api.command.Command;

/// Repeats a bounded command of housekeeping until there is nothing left to do.
final class Housekeeping {
    /// How many rows one command works on: few enough not to hold up the entries behind it.
    static final int MAX = 1_000;

    private Housekeeping() {}

    static void repeat(Command command, Proposer proposer) {
        long done = MAX;
        while (done >= MAX && !Thread.currentThread().isInterrupted()) {
            done = done(proposer.propose(command));
        }
    }

    private static long done(Outcome outcome) {
        return outcome instanceof Outcome.Done(_, Answer.Removed(_, var count)) ? count : 0;
    }
}
