package io.staddle.server.raft;

import io.staddle.api.id.ServerId;
import io.staddle.statemachine.ratis.RecentDigests;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Digests from the machine here, and from the others by their [PeerLink]s.
final class PeerDigests implements DigestExchange {
    private final RecentDigests mine;
    private final ServerId me;
    private final Rosters rosters;
    private final Links links;

    PeerDigests(RecentDigests mine, ServerId me, Rosters rosters, Links links) {
        this.mine = mine;
        this.me = me;
        this.rosters = rosters;
        this.links = links;
    }

    @Override
    public List<ServerId> others() {
        return rosters.now().without(me).stream().map(Member::id).toList();
    }

    @Override
    public Optional<DigestMark> newest() {
        return mine.newest().map(PeerDigests::mark);
    }

    @Override
    public Optional<DigestMark> at(long index) {
        return notAfter(index).filter(mark -> mark.index() == index);
    }

    @Override
    public CompletableFuture<Optional<DigestMark>> ask(ServerId other, long index) {
        return rosters.now()
                .find(other)
                .map(member -> links.to(member.address()).digestAt(index))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    Optional<DigestMark> notAfter(long index) {
        return mine.notAfter(index).map(PeerDigests::mark);
    }

    private static DigestMark mark(RecentDigests.Mark mark) {
        return new DigestMark(mark.index(), mark.digest().toString());
    }
}
