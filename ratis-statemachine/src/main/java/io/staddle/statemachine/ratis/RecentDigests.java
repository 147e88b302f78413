package io.staddle.statemachine.ratis;

import io.staddle.storage.Digest;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// The digests after the newest entries with commands: servers are seldom at one index, and so
/// they find one at which both were.
///
/// Written by the thread that applies, read by any.
public final class RecentDigests {
    /// Some seconds of entries under full load.
    static final int KEPT = 4_096;

    private final ConcurrentSkipListMap<Long, Digest> digests = new ConcurrentSkipListMap<>();
    private int kept;

    /// The digest after an entry.
    public record Mark(long index, Digest digest) {}

    /// Returns the newest one; empty before the first entry.
    public Optional<Mark> newest() {
        return Optional.ofNullable(digests.lastEntry()).map(RecentDigests::mark);
    }

    /// Returns the newest one that is not after `index`; empty if that is too long ago.
    public Optional<Mark> notAfter(long index) {
        return Optional.ofNullable(digests.floorEntry(index)).map(RecentDigests::mark);
    }

    /// Starts anew, as from a store that was opened or installed.
    void start(long index, Digest digest) {
        digests.clear();
        kept = 0;
        add(index, digest);
    }

    /// Notes the digest after a new entry.
    void add(long index, Digest digest) {
        digests.put(index, digest);
        kept++;
        if (kept > KEPT) {
            digests.pollFirstEntry();
            kept--;
        }
    }

    private static Mark mark(Map.Entry<Long, Digest> entry) {
        return new Mark(entry.getKey(), entry.getValue());
    }
}
