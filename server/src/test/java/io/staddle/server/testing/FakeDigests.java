package io.staddle.server.testing;

import io.staddle.api.id.ServerId;
import io.staddle.server.raft.DigestExchange;
import io.staddle.server.raft.DigestMark;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// Servers `s1` (this one), `s2` and `s3` with the digests that a test gives them.
public final class FakeDigests implements DigestExchange {
    private static final ServerId ME = new ServerId("s1");

    private final Map<ServerId, TreeMap<Long, String>> digests = new ConcurrentHashMap<>();

    /// Makes a server have a digest after an entry.
    public void put(String server, long index, String digest) {
        digests.computeIfAbsent(new ServerId(server), _ -> new TreeMap<>()).put(index, digest);
    }

    /// Makes a server answer no more.
    public void silence(String server) {
        digests.remove(new ServerId(server));
    }

    @Override
    public List<ServerId> others() {
        return List.of(new ServerId("s2"), new ServerId("s3"));
    }

    @Override
    public Optional<DigestMark> newest() {
        return notAfter(ME, Long.MAX_VALUE);
    }

    @Override
    public Optional<DigestMark> at(long index) {
        return notAfter(ME, index).filter(mark -> mark.index() == index);
    }

    @Override
    public CompletableFuture<Optional<DigestMark>> ask(ServerId other, long index) {
        return digests.containsKey(other)
                ? CompletableFuture.completedFuture(notAfter(other, index))
                : CompletableFuture.failedFuture(new IllegalStateException("silent"));
    }

    private Optional<DigestMark> notAfter(ServerId server, long index) {
        return Optional.ofNullable(digests.get(server))
                .map(known -> known.floorEntry(index))
                .map(entry -> new DigestMark(entry.getKey(), entry.getValue()));
    }
}
