package io.staddle.client;

import io.staddle.api.model.VShardRecord;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.RoutingDelta;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;

/// Keeps a routing table and brings it up to date by what has changed, when it proves to be old.
///
/// It may be out of date at any time: whoever is asked must refuse what it does not serve in that
/// epoch. For any number of threads.
public final class RoutingCache {
    private final LongFunction<Observed<RoutingDelta>> changesAfter;
    private volatile RoutingTable table = RoutingTable.EMPTY;

    // Guarded by this.
    private long refreshedNanos = System.nanoTime();

    /// @param changesAfter asks for what has changed after an index, linearizably
    RoutingCache(LongFunction<Observed<RoutingDelta>> changesAfter) {
        this.changesAfter = changesAfter;
    }

    static RoutingCache of(RoutingAdmin routing) {
        return new RoutingCache(index -> routing.changesAfter(index, Consistency.LINEARIZABLE));
    }

    /// Returns the table as it was last seen; empty before the first [#refresh].
    public RoutingTable table() {
        return table;
    }

    /// Brings the table up to date, and returns it. It throws what [RoutingAdmin] throws.
    public synchronized RoutingTable refresh() {
        long began = System.nanoTime();
        table = table.with(changesAfter.apply(table.index()));
        refreshedNanos = began;
        return table;
    }

    /// Returns a table that was asked for after that moment. When a vShard moves, all who write to
    /// it are refused at once: one of them asks.
    private synchronized RoutingTable asOfAfter(long nanos) {
        return refreshedNanos - nanos > 0 ? table : refresh();
    }

    /// Asks whoever serves a key. If that one refuses, because it serves it no more, the table is
    /// brought up to date, and whoever serves the key then is asked: once.
    ///
    /// @param ask asks the leaseholder; throws [WrongOwnerException] if that one refuses
    /// @throws WrongOwnerException if the second one refuses, too
    /// @throws IllegalStateException if routing was not initialised
    public <T> T call(String key, Function<VShardRecord, T> ask) {
        Optional<VShardRecord> seen = table.locate(key);
        if (seen.isPresent()) {
            try {
                return ask.apply(seen.get());
            } catch (WrongOwnerException old) {
                // It has moved since: the newest table says to whom.
            }
        }
        return ask.apply(
                asOfAfter(System.nanoTime())
                        .locate(key)
                        .orElseThrow(
                                () -> new IllegalStateException("routing was not initialised")));
    }
}
