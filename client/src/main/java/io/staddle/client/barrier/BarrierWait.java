package io.staddle.client.barrier;

import io.staddle.api.event.BarrierEvent;
import io.staddle.api.id.BarrierId;
import io.staddle.api.query.BarrierDetails;
import io.staddle.api.query.EventFilter;
import io.staddle.client.BarrierAdmin;
import io.staddle.client.EventWatcher;
import io.staddle.client.Observed;
import io.staddle.client.StaddleClient;
import io.staddle.client.WatchOptions;
import io.staddle.client.Watched;

import java.util.Optional;
import java.util.Set;

/// Waits for what becomes of a barrier: reads it, and watches its scope from there on, so nothing
/// is missed and nothing is asked for again and again.
final class BarrierWait {
    private static final Set<String> KINDS =
            Set.of("barrier_ready", "barrier_committed", "barrier_aborted");

    private final StaddleClient client;
    private final BarrierAdmin barriers;
    private final Patience patience;

    BarrierWait(StaddleClient client, Patience patience) {
        this.client = client;
        this.patience = patience;
        barriers = client.barriers();
    }

    BarrierOutcome await(BarrierId id) {
        while (true) {
            Observed<BarrierDetails> seen = patience.answer(() -> barriers.barrier(id));
            Optional<BarrierOutcome> outcome = BarrierOutcome.of(seen.value());
            if (outcome.isPresent()) {
                return outcome.get();
            }
            watch(id, seen.header().index());
        }
    }

    /// Returns when the barrier should be read again.
    private void watch(BarrierId id, long afterIndex) {
        WatchOptions options =
                WatchOptions.FROM_NOW
                        .only(EventFilter.scope(id.scope()).ofKinds(KINDS))
                        .after(afterIndex)
                        .toldSoonest();
        try (EventWatcher watcher = client.events().watch(options)) {
            while (watcher.hasNext()) {
                if (watcher.next() instanceof Watched.Change change && isAbout(id, change)) {
                    return;
                }
            }
        }
    }

    private static boolean isAbout(BarrierId id, Watched.Change change) {
        return change.events().stream()
                .anyMatch(event ->
                        event instanceof BarrierEvent.OfBarrier of && of.barrier().id().equals(id));
    }
}
