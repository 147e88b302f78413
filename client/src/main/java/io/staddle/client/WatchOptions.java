package io.staddle.client;

import io.staddle.api.id.Revision;
import io.staddle.api.query.EventFilter;

import java.time.Duration;
import java.util.Optional;

/// What to watch.
///
/// @param filter which events are wanted
/// @param from the first revision that is wanted; empty for what is committed from now on
/// @param progress how often a watch says how far it has got, and how old that is, whether or not
///     there is something else to tell; 100 ms to 10 min. A server that is silent for longer is
///     left for another one
/// @param previous whether events carry what was before, as far as history has it
/// @param soonest whether the server that leads is to tell them, which knows first. Another one
///     hears of a commit with the next one, or with the leader's next heartbeat: up to half of
///     `election.min-millis` later, which is 150 ms, while nothing else happens
public record WatchOptions(
        EventFilter filter,
        Optional<Revision> from,
        Duration progress,
        boolean previous,
        boolean soonest) {
    private static final Duration PROGRESS_MIN = Duration.ofMillis(100);
    private static final Duration PROGRESS_MAX = Duration.ofMinutes(10);

    /// All that happens from now on.
    public static final WatchOptions FROM_NOW =
            new WatchOptions(
                    EventFilter.ALL, Optional.empty(), Duration.ofSeconds(10), false, false);

    /// Refuses an interval out of range.
    public WatchOptions {
        if (progress.compareTo(PROGRESS_MIN) < 0 || progress.compareTo(PROGRESS_MAX) > 0) {
            throw new IllegalArgumentException(
                    "progress must be 100 ms to 10 min, but is " + progress.toMillis() + " ms");
        }
    }

    /// Returns the same from a revision on: [Watched#resumeFrom] of what was seen last.
    public WatchOptions from(Revision first) {
        return new WatchOptions(filter, Optional.of(first), progress, previous, soonest);
    }

    /// Returns the same after a state that was read, such as `answer.header().index()`.
    public WatchOptions after(long index) {
        return from(new Revision(index + 1, 0));
    }

    /// Returns the same for other events.
    public WatchOptions only(EventFilter wanted) {
        return new WatchOptions(wanted, from, progress, previous, soonest);
    }

    /// Returns the same with another interval of progress.
    public WatchOptions progressEvery(Duration interval) {
        return new WatchOptions(filter, from, interval, previous, soonest);
    }

    /// Returns the same with what was before.
    public WatchOptions withPrevious() {
        return new WatchOptions(filter, from, progress, true, soonest);
    }

    /// Returns the same, told by the server that leads as far as there is one. It has more to do
    /// than the others: not for watchers without number.
    public WatchOptions toldSoonest() {
        return new WatchOptions(filter, from, progress, previous, true);
    }
}
