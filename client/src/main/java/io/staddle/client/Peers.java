package io.staddle.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// All servers that the client knows of, and which of them it takes for the leader.
///
/// Read and written by all lanes without a lock: a guess that is outdated costs an attempt, no
/// more.
final class Peers {
    /// As many servers as a hint may add; a quorum has fewer.
    private static final int MOST = 32;

    private final Function<Endpoint, Peer> connect;
    private final CopyOnWriteArrayList<Peer> all = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private volatile Optional<Peer> leader = Optional.empty();
    private volatile Optional<Peer> follower = Optional.empty();

    Peers(List<Endpoint> endpoints, Function<Endpoint, Peer> connect) {
        this.connect = connect;
        endpoints.forEach(endpoint -> all.add(connect.apply(endpoint)));
    }

    /// Returns the leader, or whose turn it is to be asked.
    Peer leaderOrNext(long now) {
        Optional<Peer> known = leader;
        return known.isPresent() ? known.get() : next(now);
    }

    /// Returns the server that passes beats on, or whose turn it is to be asked.
    Peer followerOrNext(long now) {
        Optional<Peer> known = follower.filter(peer -> !peer.isAvoided(now));
        return known.isPresent() ? known.get() : next(now);
    }

    /// Returns whose turn it is, passing over those that hang or are gone, unless all are.
    Peer next(long now) {
        Object[] peers = all.toArray();
        int start = turn.getAndIncrement() & Integer.MAX_VALUE;
        for (int i = 0; i < peers.length; i++) {
            Peer peer = (Peer) peers[(start + i) % peers.length];
            if (!peer.isAvoided(now)) {
                turn.set(start + i + 1);
                return peer;
            }
        }
        return (Peer) peers[start % peers.length];
    }

    /// Returns the peer at an endpoint; a new one if it was not known, unless there are too many.
    Optional<Peer> at(Endpoint endpoint) {
        Optional<Peer> known = find(endpoint);
        if (known.isPresent()) {
            return known;
        }
        synchronized (all) {
            Optional<Peer> meanwhile = find(endpoint);
            if (meanwhile.isPresent() || all.size() >= MOST) {
                return meanwhile;
            }
            Peer added = connect.apply(endpoint);
            all.add(added);
            return Optional.of(added);
        }
    }

    /// `peer` carried out a command, or was named by a server.
    void leads(Peer peer) {
        Optional<Peer> known = leader;
        if (known.isEmpty() || known.get() != peer) {
            leader = Optional.of(peer);
        }
    }

    /// `peer` took a beat.
    ///
    /// @param passed whether it passed it on: then it gets the next. A leader has enough to do.
    void tookBeat(Peer peer, boolean passed) {
        if (passed != follower.filter(known -> known == peer).isPresent()) {
            follower = passed ? Optional.of(peer) : Optional.empty();
        }
    }

    /// `peer` failed: it is not the leader, or of no use as one, and of none to beats.
    void failed(Peer peer) {
        if (leader.filter(known -> known == peer).isPresent()) {
            leader = Optional.empty();
        }
        if (follower.filter(known -> known == peer).isPresent()) {
            follower = Optional.empty();
        }
    }

    /// Tells whether another one than `peer` is taken for the leader.
    boolean isLedByAnother(Peer peer) {
        return leader.filter(known -> known != peer).isPresent();
    }

    boolean knowsLeader() {
        return leader.isPresent();
    }

    int size() {
        return all.size();
    }

    void close() {
        all.forEach(Peer::close);
    }

    private Optional<Peer> find(Endpoint endpoint) {
        return all.stream().filter(peer -> peer.endpoint.equals(endpoint)).findFirst();
    }
}
