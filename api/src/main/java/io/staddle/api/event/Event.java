package io.staddle.api.event;

/// What happened: the outcome of an accepted command, as it is recorded in tables and in history.
public sealed interface Event
        permits DirectoryEvent,
                ClusterEvent,
                ReplayEvent,
                RoutingEvent,
                MigrationEvent,
                BarrierEvent,
                AdminEvent,
                AccessEvent {
    /// Tells whether history keeps it. What stands in a table as a whole need not stand there, too.
    default boolean isKept() {
        return true;
    }
}
