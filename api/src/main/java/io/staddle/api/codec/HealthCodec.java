package io.staddle.api.codec;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.model.Beat;
import io.staddle.api.model.FailoverBlocker;
import io.staddle.api.model.Observation;
import io.staddle.api.model.Pause;
import io.staddle.api.model.Primacy;
import io.staddle.api.model.Reach;
import io.staddle.api.model.Suspicion;

import java.util.Optional;
import java.util.OptionalLong;

/// Codec of what health and roles are made of.
///
/// Every `decode…` throws [io.staddle.api.id.MalformedException] for what can never be right.
public final class HealthCodec {
    private HealthCodec() {}

    /// Encodes who is the primary.
    public static io.staddle.api.v1.Primacy encode(Primacy primacy) {
        return io.staddle.api.v1.Primacy.newBuilder()
                .setPrimary(primacy.primary().map(ClusterId::value).orElse(""))
                .setEpoch(primacy.epoch())
                .setSinceMillis(primacy.sinceMillis())
                .build();
    }

    /// Decodes who is the primary.
    public static Primacy decode(io.staddle.api.v1.Primacy primacy) {
        return new Primacy(
                optionalCluster(primacy.getPrimary()),
                primacy.getEpoch(),
                primacy.getSinceMillis());
    }

    /// Encodes a pause.
    public static io.staddle.api.v1.Pause encode(Pause pause) {
        return io.staddle.api.v1.Pause.newBuilder()
                .setReason(pause.reason())
                .setActor(pause.actor())
                .setSinceMillis(pause.sinceMillis())
                .build();
    }

    /// Decodes a pause.
    public static Pause decode(io.staddle.api.v1.Pause pause) {
        return new Pause(pause.getReason(), pause.getActor(), pause.getSinceMillis());
    }

    /// Encodes a beat.
    public static io.staddle.api.v1.Beat encode(Beat beat) {
        io.staddle.api.v1.Beat.Builder encoded =
                io.staddle.api.v1.Beat.newBuilder()
                        .setCluster(beat.cluster().value())
                        .setIncarnation(beat.incarnation())
                        .setAckedFence(beat.ackedFence().value())
                        .setSeenAtMillis(beat.seenAtMillis());
        beat.lagMillis().ifPresent(encoded::setLagMillis);
        return encoded.build();
    }

    /// Decodes a beat.
    public static Beat decode(io.staddle.api.v1.Beat beat) {
        return new Beat(
                new ClusterId(beat.getCluster()),
                beat.getIncarnation(),
                new Fence(beat.getAckedFence()),
                beat.hasLagMillis() ? OptionalLong.of(beat.getLagMillis()) : OptionalLong.empty(),
                beat.getSeenAtMillis());
    }

    /// Encodes a suspicion.
    public static io.staddle.api.v1.Suspicion encode(Suspicion suspicion) {
        io.staddle.api.v1.Suspicion.Builder encoded =
                io.staddle.api.v1.Suspicion.newBuilder()
                        .setLastSeenMillis(suspicion.lastSeenMillis());
        for (Observation each : suspicion.observations()) {
            encoded.addObservationsBuilder()
                    .setObserver(each.observer().value())
                    .setReachable(each.reachable())
                    .setAtMillis(each.atMillis());
        }
        return encoded.build();
    }

    /// Decodes a suspicion.
    public static Suspicion decode(io.staddle.api.v1.Suspicion suspicion) {
        return new Suspicion(
                suspicion.getLastSeenMillis(),
                suspicion.getObservationsList().stream()
                        .map(each ->
                                new Observation(
                                        new ClusterId(each.getObserver()),
                                        each.getReachable(),
                                        each.getAtMillis()))
                        .toList());
    }

    /// Encodes what holds a failover back.
    public static io.staddle.api.v1.FailoverBlocker encode(FailoverBlocker blocker) {
        return switch (blocker) {
            case AUTOMATION_PAUSED ->
                    io.staddle.api.v1.FailoverBlocker.FAILOVER_BLOCKER_AUTOMATION_PAUSED;
            case MASS_SUSPECT_HOLD ->
                    io.staddle.api.v1.FailoverBlocker.FAILOVER_BLOCKER_MASS_SUSPECT_HOLD;
            case NO_ELIGIBLE_SUCCESSOR ->
                    io.staddle.api.v1.FailoverBlocker.FAILOVER_BLOCKER_NO_ELIGIBLE_SUCCESSOR;
        };
    }

    /// Decodes what holds a failover back.
    public static FailoverBlocker decode(io.staddle.api.v1.FailoverBlocker blocker) {
        return switch (blocker) {
            case FAILOVER_BLOCKER_AUTOMATION_PAUSED -> FailoverBlocker.AUTOMATION_PAUSED;
            case FAILOVER_BLOCKER_MASS_SUSPECT_HOLD -> FailoverBlocker.MASS_SUSPECT_HOLD;
            case FAILOVER_BLOCKER_NO_ELIGIBLE_SUCCESSOR -> FailoverBlocker.NO_ELIGIBLE_SUCCESSOR;
            case FAILOVER_BLOCKER_UNSPECIFIED, UNRECOGNIZED ->
                    throw Malformed.of("blocker", "a known one", "none or a newer one");
        };
    }

    static String encode(Reach reach) {
        return switch (reach) {
            case Reach.AllClusters all -> "";
            case Reach.OneCluster(var cluster) -> cluster.value();
        };
    }

    static Reach reach(String cluster) {
        return cluster.isEmpty() ? Reach.ALL : new Reach.OneCluster(new ClusterId(cluster));
    }

    static Optional<ClusterId> optionalCluster(String name) {
        return name.isEmpty() ? Optional.empty() : Optional.of(new ClusterId(name));
    }
}
