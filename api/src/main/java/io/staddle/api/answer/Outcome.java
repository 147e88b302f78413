package io.staddle.api.answer;

import io.staddle.api.id.Revision;
import io.staddle.api.refusal.Refusal;

/// The answer to one command.
public sealed interface Outcome {
    /// Where in the log the command was decided.
    Revision revision();

    /// The command was accepted, now or when it was first made.
    record Done(Revision revision, Answer answer) implements Outcome {}

    /// The command changed nothing.
    record Refused(Revision revision, Refusal why) implements Outcome {}
}
