package io.staddle.api.query;

/// How fresh an answer must be. A fence check is always linearizable.
public sealed interface Consistency {
    /// Shows every command that was answered before the query was made.
    record Linearizable() implements Consistency {}

    /// Shows what the asked server has, however old.
    record Stale() implements Consistency {}

    /// Shows a state at most this far behind the leader; a server that cannot says so.
    ///
    /// @param maxAgeMillis 1 or more
    record Bounded(long maxAgeMillis) implements Consistency {}

    /// Shows a state that includes this log index: read your own writes.
    record AtLeast(long index) implements Consistency {}

    /// Shows a state of the past, which is the same whoever is asked and whenever.
    ///
    /// Refused with `TRIMMED` if it is not kept any more, and with `NOT_YET` if it has not been.
    record AsOf(Moment moment) implements Consistency {}

    /// The default.
    Consistency LINEARIZABLE = new Linearizable();

    /// Whatever the asked server has.
    Consistency STALE = new Stale();
}
