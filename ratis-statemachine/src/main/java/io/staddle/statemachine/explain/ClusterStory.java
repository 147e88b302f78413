package io.staddle.statemachine.explain;

import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.HealthCommand;
import io.staddle.api.command.Initiative;
import io.staddle.api.event.Event;
import io.staddle.api.event.EventSubject;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.Config;
import io.staddle.api.model.Move;
import io.staddle.api.model.Observation;
import io.staddle.api.model.Primacy;
import io.staddle.api.model.Setting;
import io.staddle.api.model.Suspicion;
import io.staddle.api.query.Explanation;
import io.staddle.api.query.FailoverPhase;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.clusters.FailoverPhases;
import io.staddle.statemachine.clusters.MovePlans;
import io.staddle.statemachine.clusters.MovePlans.Planned;
import io.staddle.statemachine.clusters.ReadmissionRules;
import io.staddle.statemachine.clusters.SuspicionRules;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.holdings.Candidates;
import io.staddle.statemachine.past.Changes;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Primacies;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.View;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Why a cluster is in its state and role, and what would change that.
final class ClusterStory {
    private static final int CAUSES_MAX = 30;

    private final ClusterRecord cluster;
    private final View view;
    private final long nowMillis;
    private final Causes causes;
    private final Prospects prospects;

    ClusterStory(
            ClusterRecord cluster,
            View view,
            long nowMillis,
            Changes changes,
            Prospects prospects) {
        this.cluster = cluster;
        this.view = view;
        this.nowMillis = nowMillis;
        this.prospects = prospects;
        causes = new Causes(changes);
    }

    /// @param heard what the leader alone knows; nothing of that is told if it is empty
    Explanation tell(Optional<Suspicion> heard) {
        List<Revision> own =
                causes.add(Schema.CLUSTERS, cluster.id(), CAUSES_MAX, this::isAboutCluster);
        if (own.isEmpty()) {
            causes.areMore();
        }
        heard.ifPresent(this::silence);
        health();
        failovers();
        role();
        prospects.ofCommand(
                "REMOVE",
                "it is forgotten, but for its fence",
                new ClusterCommand.Remove(cluster.id(), cluster.version(), false),
                "staddle cluster remove " + cluster.id());
        return new Explanation(causes.all(), causes.hasMore(), prospects.all());
    }

    private boolean isAboutCluster(Event event) {
        return Causes.saysWhy(event) && EventSubject.of(event).clusters().contains(cluster.id());
    }

    /// What silence does, as the leader's detector has it decided.
    private void silence(Suspicion heard) {
        if (!SuspicionRules.isWatched(cluster)) {
            return;
        }
        Config config = Configs.of(view);
        List<Refusal> heldBy =
                Stream.of(
                                SuspicionRules.tooEarly(
                                        cluster, heard.lastSeenMillis(), config, nowMillis),
                                SuspicionRules.unconfirmed(cluster, heard, config))
                        .flatMap(Optional::stream)
                        .toList();
        long reach = heard.observations().stream().filter(Observation::reachable).count();
        prospects.byItself(
                "SUSPICION",
                "it is suspect; it was heard "
                        + Math.max(0, nowMillis - heard.lastSeenMillis())
                        + " ms ago, "
                        + reach
                        + " others reach it and "
                        + (heard.observations().size() - reach)
                        + " do not",
                heldBy,
                heard.lastSeenMillis() + config.get(Setting.SUSPECT_AFTER_MILLIS));
    }

    /// What the leader does by itself, as its tasks see it.
    private void health() {
        switch (new FailoverPhases(view, nowMillis).of(cluster, 0)) {
            case FailoverPhase.Monitoring _ -> {
                // Only silence could do it: who hears it decides.
            }
            case FailoverPhase.Unreachable(var deadline, _, var heldBy) ->
                    prospects.byItself("FAILOVER", failoverWords(), heldBy, deadline);
            case FailoverPhase.Promoting(var heldBy) ->
                    prospects.byItself("FAILOVER", failoverWords(), heldBy, nowMillis);
            case FailoverPhase.Promoted(var open) -> readmission(open);
            case FailoverPhase.PromotedPartial(var open, _) -> readmission(open);
        }
        if (!cluster.isFenced()) {
            prospects.ofCommand(
                    "DRAIN",
                    "it gets nothing new, and is failed over",
                    new HealthCommand.Drain(cluster.id(), cluster.version()),
                    "staddle cluster drain " + cluster.id());
        }
    }

    private void readmission(MoveId open) {
        List<Refusal> heldBy =
                ReadmissionRules.heldBy(cluster, Initiative.AUTOMATIC, view).stream().toList();
        prospects.byItself(
                "READMISSION",
                "it may own grains again, and failover " + open + " is closed",
                heldBy,
                0);
    }

    private void failovers() {
        if (!cluster.isFenced()) {
            prospects.ofFailover(
                    "FAILOVER_BY_OPERATOR",
                    cluster.id(),
                    cluster.fence(),
                    made -> moved(made.plan().move()));
        }
        prospects.ofFailBack(cluster.id(), made -> moved(made.plan().move()));
    }

    private String failoverWords() {
        ClusterCommand.FailOver failover = Prospects.failOver(cluster.id(), cluster.fence(), false);
        return switch (MovePlans.plan(failover, view, new Tick(Revision.NONE, nowMillis))) {
            case Planned.Made made -> moved(made.plan().move());
            case Planned.Refused _ -> "";
        };
    }

    private void role() {
        Primacy primacy = Primacies.of(view);
        Optional<ClusterId> from = primacy.primary();
        if (from.isEmpty()) {
            return;
        }
        Optional<ClusterId> to =
                cluster.role().isPrimary()
                        ? Candidates.of(view).nextPrimary()
                        : Optional.of(cluster.id());
        to.ifPresent(next ->
                prospects.ofCommand(
                        "TRANSFER_PRIMARY",
                        next + " is the primary",
                        new ClusterCommand.TransferPrimary(from.get(), next, primacy.epoch()),
                        "staddle cluster transfer-primary " + next + " --from " + from.get()));
    }

    private static String moved(Move move) {
        long moved = move.grainsMoved();
        long stranded = move.grainsStranded();
        return String.format(
                Locale.ROOT,
                moved == 1 ? "%,d grain gets another owner%s" : "%,d grains get another owner%s",
                moved,
                stranded == 0 ? "" : String.format(Locale.ROOT, ", %,d nobody", stranded));
    }
}
