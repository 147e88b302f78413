package io.staddle.statemachine.directory;

import io.staddle.api.answer.Answer;
import io.staddle.api.event.Before;
import io.staddle.api.event.DirectoryEvent;
import io.staddle.api.event.Event;
import io.staddle.api.event.GrantCause;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.HoldingId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Config;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Placement;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Levels;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.OpenHolding;
import io.staddle.statemachine.state.Ownerships;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Optional;

/// What the rules of one grain look at: the grain as it is, and the cluster that wants it.
record Setup(
        GrainId grain,
        ClusterId clusterId,
        Optional<ClusterRecord> cluster,
        Ownership current,
        Reads view) {

    static Setup of(GrainId grain, ClusterId cluster, Reads view) {
        return new Setup(
                grain,
                cluster,
                view.get(Schema.CLUSTERS, cluster),
                Ownerships.of(grain, view),
                view);
    }

    /// Refuses a cluster that nobody registered, and one that was demoted.
    Optional<Refusal> refuseUnlessAdmitted() {
        if (cluster.isEmpty()) {
            return Optional.of(noCluster());
        }
        ClusterRecord record = cluster.get();
        return record.isFenced()
                ? Optional.of(new Refusal.ClusterFenced(clusterId, record.fence(), record.state()))
                : Optional.empty();
    }

    /// Refuses a cluster that leaves, and one that placement forbids.
    Optional<Refusal> refuseUnlessFit() {
        boolean draining = cluster.map(c -> c.state() == ClusterState.DRAINING).orElse(false);
        return draining
                ? Optional.of(new Refusal.ClusterDraining(clusterId))
                : refuseUnlessPlaced();
    }

    Optional<Refusal> refuseUnlessPlaced() {
        Optional<Placement> placement = view.get(Schema.PLACEMENTS, grain.type());
        return placement.isEmpty() || placement.get().allows(clusterId)
                ? Optional.empty()
                : Optional.of(
                        new Refusal.PlacementForbidden(
                                grain.type(), clusterId, placement.get().allowed()));
    }

    Refusal noCluster() {
        return new Refusal.NotFound("cluster", clusterId.value());
    }

    boolean isHealthy() {
        return cluster.map(c -> c.state() == ClusterState.HEALTHY).orElse(false);
    }

    Config config() {
        return Configs.of(view);
    }

    boolean isOwner() {
        return current instanceof Ownership.Owned owned && owned.by().equals(clusterId);
    }

    /// The grant that the owner already has; only if [Ownership.Owned].
    Answer.Grant standingGrant() {
        Ownership.Owned owned = (Ownership.Owned) current;
        return new Answer.Grant(
                grain,
                owned.by(),
                owned.epoch(),
                owned.fence(),
                owned.since().revision(),
                owned.leaseUntilMillis());
    }

    /// Accepts unless a quota is reached: the cluster gets the grain, in the holding that its
    /// claims of this type go to.
    Decision grant(Epoch epoch, long leaseUntilMillis, GrantCause cause, Tick tick) {
        Optional<Refusal> full = Quotas.refuse(this);
        if (full.isPresent()) {
            return Decision.refuse(full.get());
        }
        Fence fence = cluster.map(ClusterRecord::fence).orElse(Fence.NONE);
        Answer.Grant grant =
                new Answer.Grant(grain, clusterId, epoch, fence, tick.revision(), leaseUntilMillis);
        Optional<HoldingId> open =
                view.get(Schema.OPEN_HOLDINGS, new OpenHolding(clusterId, grain.type()));
        HoldingId holding = open.orElseGet(this::nextHolding);
        Event granted =
                new DirectoryEvent.Granted(
                        grain, clusterId, epoch, holding, leaseUntilMillis, cause, before());
        List<Event> events =
                open.isPresent()
                        ? List.of(granted)
                        : List.of(
                                new DirectoryEvent.HoldingOpened(
                                        holding, clusterId, fence, grain.type()),
                                granted);
        return Decision.accept(grant, events);
    }

    private Before before() {
        return config().featureLevel() >= Levels.HISTORY ? Before.of(current) : Before.NOT_TOLD;
    }

    private HoldingId nextHolding() {
        return new HoldingId(Numbers.get(view, Numbers.LAST_HOLDING) + 1);
    }
}
