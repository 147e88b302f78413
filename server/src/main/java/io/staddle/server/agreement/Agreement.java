package io.staddle.server.agreement;

import io.staddle.api.id.ServerId;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// What is known of the equality of this server's state and the others'.
public final class Agreement {
    private final Map<ServerId, Long> equalAt = new ConcurrentHashMap<>();
    private final Map<ServerId, Long> differsAt = new ConcurrentHashMap<>();
    private final LongAdder comparisons = new LongAdder();

    /// Creates it: nothing was compared yet.
    public Agreement() {}

    /// Returns the newest index at which another server's digest was the same; -1 for none.
    public long agreedIndex() {
        return equalAt.values().stream().mapToLong(Long::longValue).max().orElse(-1);
    }

    /// Returns the servers that had another digest at an equal index when last compared, sorted.
    public Set<ServerId> differing() {
        Set<ServerId> sorted = new TreeSet<>((a, b) -> a.value().compareTo(b.value()));
        sorted.addAll(differsAt.keySet());
        return sorted;
    }

    /// Returns how often this server's digest was compared with another's at an equal index.
    public LongAdder comparisons() {
        return comparisons;
    }

    void equal(ServerId other, long index) {
        comparisons.increment();
        equalAt.put(other, index);
        differsAt.remove(other);
    }

    void differs(ServerId other, long index) {
        comparisons.increment();
        differsAt.put(other, index);
    }
}
