package io.staddle.client.migration;

/// What became of a call of a [MigrationDataPlane].
public sealed interface Effect {
    /// What was asked for is in effect, by this call or one before it, and stays so over restarts.
    record Done() implements Effect {}

    /// It is not in effect yet. Whoever asked asks again.
    ///
    /// @param why what is waited for; for the log
    record Pending(String why) implements Effect {}

    /// The call comes too late, and has changed nothing: the attempt is over at the data plane.
    ///
    /// @param highest the highest number of the vShard that the data plane knows of
    record Fenced(long highest) implements Effect {}
}
