package io.staddle.server.task;

/// Makes what tasks propose with.
@FunctionalInterface
public interface Proposers {
    /// Returns a proposer for one run of a task.
    ///
    /// @param task the name of the task, kept with every event as its actor
    /// @param term the term in which this server leads: what it decides now is refused in any other
    Proposer of(String task, long term);
}
