package io.staddle.api.codec;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.ClusterHealth;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterRole;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Fencing;
import io.staddle.api.model.Vitals;
import io.staddle.api.query.ClusterSummary;
import io.staddle.api.v1.Cluster;

import java.util.Optional;
import java.util.OptionalLong;

/// Codec of clusters.
///
/// Every `decode…` throws [io.staddle.api.id.MalformedException] for what can never be right.
public final class ClusterCodec {
    private ClusterCodec() {}

    /// Encodes a cluster without what is counted and computed.
    public static Cluster encode(ClusterRecord cluster) {
        ClusterProfile profile = cluster.profile();
        ClusterHealth health = cluster.health();
        Vitals vitals = cluster.vitals();
        Fencing fencing = cluster.fencing();
        Cluster.Builder encoded =
                Cluster.newBuilder()
                        .setId(cluster.id().value())
                        .setRegion(profile.region())
                        .setEndpoint(profile.endpoint())
                        .setTierRank(profile.tierRank())
                        .setPrimaryEligible(profile.primaryEligible())
                        .setState(encode(health.state()))
                        .setStateSinceMillis(health.sinceMillis())
                        .setRecoveryBeats(health.recoveryBeats())
                        .setHeardMillis(vitals.heardMillis())
                        .setIncarnation(vitals.incarnation())
                        .setRole(encode(cluster.role()))
                        .setFence(fencing.fence().value())
                        .setAckedFence(fencing.acked().value())
                        .setOpenFailover(fencing.openFailover().map(MoveId::value).orElse(""))
                        .setVersion(cluster.version());
        health.noted().forEach(each -> encoded.addNoted(HealthCodec.encode(each)));
        vitals.lagMillis().ifPresent(encoded::setLagMillis);
        cluster.pause().ifPresent(pause -> encoded.setPause(HealthCodec.encode(pause)));
        return encoded.build();
    }

    /// Encodes a cluster with what it owns and how far its failover is.
    public static Cluster encode(ClusterSummary summary) {
        return encode(summary.cluster()).toBuilder()
                .setGrains(summary.grains())
                .setPhase(PhaseCodec.encode(summary.phase()))
                .build();
    }

    /// Decodes a cluster without what is counted and computed.
    public static ClusterRecord decode(Cluster cluster) {
        return new ClusterRecord(
                new ClusterId(cluster.getId()),
                new ClusterProfile(
                        cluster.getRegion(),
                        cluster.getEndpoint(),
                        cluster.getTierRank(),
                        cluster.getPrimaryEligible()),
                new ClusterHealth(
                        decode(cluster.getState()),
                        cluster.getStateSinceMillis(),
                        cluster.getRecoveryBeats(),
                        cluster.getNotedList().stream().map(HealthCodec::decode).toList()),
                new Vitals(
                        cluster.getHeardMillis(),
                        cluster.getIncarnation(),
                        cluster.hasLagMillis()
                                ? OptionalLong.of(cluster.getLagMillis())
                                : OptionalLong.empty()),
                decode(cluster.getRole()),
                new Fencing(
                        new Fence(cluster.getFence()),
                        new Fence(cluster.getAckedFence()),
                        cluster.getOpenFailover().isEmpty()
                                ? Optional.empty()
                                : Optional.of(new MoveId(cluster.getOpenFailover()))),
                cluster.hasPause()
                        ? Optional.of(HealthCodec.decode(cluster.getPause()))
                        : Optional.empty(),
                cluster.getVersion());
    }

    /// Decodes a cluster of a list.
    public static ClusterSummary decodeSummary(Cluster cluster) {
        return new ClusterSummary(
                decode(cluster), cluster.getGrains(), PhaseCodec.decode(cluster.getPhase()));
    }

    /// Encodes a state.
    public static io.staddle.api.v1.ClusterState encode(ClusterState state) {
        return switch (state) {
            case UNKNOWN -> io.staddle.api.v1.ClusterState.CLUSTER_STATE_UNKNOWN;
            case HEALTHY -> io.staddle.api.v1.ClusterState.CLUSTER_STATE_HEALTHY;
            case SUSPECT -> io.staddle.api.v1.ClusterState.CLUSTER_STATE_SUSPECT;
            case RECOVERING -> io.staddle.api.v1.ClusterState.CLUSTER_STATE_RECOVERING;
            case DRAINING -> io.staddle.api.v1.ClusterState.CLUSTER_STATE_DRAINING;
            case FAILED -> io.staddle.api.v1.ClusterState.CLUSTER_STATE_FAILED;
        };
    }

    /// Decodes a state; one that is not set counts as UNKNOWN.
    public static ClusterState decode(io.staddle.api.v1.ClusterState state) {
        return switch (state) {
            case CLUSTER_STATE_UNSPECIFIED, CLUSTER_STATE_UNKNOWN -> ClusterState.UNKNOWN;
            case CLUSTER_STATE_HEALTHY -> ClusterState.HEALTHY;
            case CLUSTER_STATE_SUSPECT -> ClusterState.SUSPECT;
            case CLUSTER_STATE_RECOVERING -> ClusterState.RECOVERING;
            case CLUSTER_STATE_DRAINING -> ClusterState.DRAINING;
            case CLUSTER_STATE_FAILED -> ClusterState.FAILED;
            case UNRECOGNIZED -> throw Malformed.of("cluster state", "a known state", "a newer");
        };
    }

    /// Encodes a role.
    public static io.staddle.api.v1.ClusterRole encode(ClusterRole role) {
        return switch (role) {
            case PRIMARY -> io.staddle.api.v1.ClusterRole.CLUSTER_ROLE_PRIMARY;
            case PROMOTED_SECONDARY ->
                    io.staddle.api.v1.ClusterRole.CLUSTER_ROLE_PROMOTED_SECONDARY;
            case SECONDARY -> io.staddle.api.v1.ClusterRole.CLUSTER_ROLE_SECONDARY;
            case DEMOTED_PRIMARY -> io.staddle.api.v1.ClusterRole.CLUSTER_ROLE_DEMOTED_PRIMARY;
        };
    }

    /// Decodes a role.
    public static ClusterRole decode(io.staddle.api.v1.ClusterRole role) {
        return switch (role) {
            case CLUSTER_ROLE_PRIMARY -> ClusterRole.PRIMARY;
            case CLUSTER_ROLE_PROMOTED_SECONDARY -> ClusterRole.PROMOTED_SECONDARY;
            case CLUSTER_ROLE_SECONDARY -> ClusterRole.SECONDARY;
            case CLUSTER_ROLE_DEMOTED_PRIMARY -> ClusterRole.DEMOTED_PRIMARY;
            case CLUSTER_ROLE_UNSPECIFIED, UNRECOGNIZED ->
                    throw Malformed.of("cluster role", "a known role", "none or a newer");
        };
    }
}
