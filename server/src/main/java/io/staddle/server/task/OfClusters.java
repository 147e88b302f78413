package io.staddle.server.task;

import io.staddle.api.model.ClusterRecord;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a task makes of all clusters: made anew when one of them was changed, and only then. For
/// one thread.
///
/// @param <T> what is made
final class OfClusters<T> {
    private final Function<List<ClusterRecord>, T> make;
    private Optional<Made<T>> last = Optional.empty();

    private record Made<T>(List<ClusterRecord> of, T made) {}

    OfClusters(Function<List<ClusterRecord>, T> make) {
        this.make = make;
    }

    /// @param clusters all of a view: the same list unless one was changed
    @SuppressWarnings("ReferenceEquality") // comparing them would cost what is to be saved
    T get(List<ClusterRecord> clusters) {
        Optional<Made<T>> known = last.filter(seen -> seen.of() == clusters);
        if (known.isEmpty()) {
            known = Optional.of(new Made<>(clusters, make.apply(clusters)));
            last = known;
        }
        return known.get().made();
    }
}
