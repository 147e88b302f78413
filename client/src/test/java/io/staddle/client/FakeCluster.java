package io.staddle.client;

import io.staddle.api.codec.ClusterCodec;
import io.staddle.api.codec.HealthCodec;
import io.staddle.api.id.Fence;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.ClusterHealth;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterRole;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Fencing;
import io.staddle.api.model.Primacy;
import io.staddle.api.model.Vitals;
import io.staddle.api.v1.BeatAnswer;
import io.staddle.api.v1.BeatRequest;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// What a server knows of the cluster eu-1: it is demoted when the test says so, and readmitted as
/// soon as it acknowledges its fence.
final class FakeCluster {
    private final List<BeatRequest> beats = new CopyOnWriteArrayList<>();
    private Fencing fencing = Fencing.registered(new Fence(1));
    private BeatReply.Terms terms = new BeatReply.Terms(20, 30_000, 30_000);

    static ClusterRecord record(Fencing fencing) {
        return new ClusterRecord(
                Fixture.EU,
                new ClusterProfile("eu", "", 0, true),
                ClusterHealth.of(ClusterState.HEALTHY, 1),
                Vitals.unheard(),
                ClusterRole.PRIMARY,
                fencing,
                Optional.empty(),
                1);
    }

    static Fencing demoted(Fencing fencing) {
        return fencing.raised(fencing.fence().next(), new MoveId("failover"));
    }

    synchronized FakeCluster within(long suspectAfterMillis, long graceMillis) {
        terms = new BeatReply.Terms(20, suspectAfterMillis, graceMillis);
        return this;
    }

    synchronized void demote() {
        fencing = demoted(fencing);
    }

    /// All beats that came, so far.
    List<BeatRequest> beats() {
        return List.copyOf(beats);
    }

    synchronized BeatAnswer answer(BeatRequest request) {
        beats.add(request);
        if (request.getAckedFence() == fencing.fence().value()) {
            fencing = Fencing.registered(fencing.fence());
        }
        ClusterRecord cluster = record(fencing);
        return BeatAnswer.newBuilder()
                .setNumber(request.getNumber())
                .setCluster(ClusterCodec.encode(cluster))
                .setFenced(cluster.isFenced())
                .setPrimacy(HealthCodec.encode(Primacy.NONE))
                .setBeatIntervalMillis(terms.intervalMillis())
                .setSuspectAfterMillis(terms.suspectAfterMillis())
                .setGraceMillis(terms.graceMillis())
                .build();
    }
}
