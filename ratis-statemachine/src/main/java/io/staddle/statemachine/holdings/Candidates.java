package io.staddle.statemachine.holdings;

import io.staddle.api.command.Successor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainType;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterRole;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Config;
import io.staddle.api.model.Obstacle;
import io.staddle.api.model.Placement;
import io.staddle.api.model.Primacy;
import io.staddle.api.model.Setting;
import io.staddle.api.model.Unfitness;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Primacies;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Who can take over: healthy clusters whose data is not too far behind, the primary first, then
/// those of `tiers.primary`, then by tier and name.
///
/// It can be asked about a state in which some records are already changed: the `with` methods.
/// Clusters are read when they are needed, and all of them only for a choice among them: most
/// commands need none, and there may be thousands.
public final class Candidates {
    private final Reads view;
    private final Config config;
    private final Primacy primacy;
    private final Roll roll;
    private final Map<ClusterId, ClusterRecord> changes;
    private final Map<GrainType, Placement> placements;
    private @Nullable List<ClusterRecord> fit;

    private Candidates(
            Reads view,
            Config config,
            Primacy primacy,
            Roll roll,
            Map<ClusterId, ClusterRecord> changes,
            Map<GrainType, Placement> placements) {
        this.view = view;
        this.config = config;
        this.primacy = primacy;
        this.roll = roll;
        this.changes = changes;
        this.placements = placements;
    }

    /// Returns the candidates of a state.
    public static Candidates of(Reads view) {
        return new Candidates(
                view, Configs.of(view), Primacies.of(view), new Roll(view), Map.of(), Map.of());
    }

    /// Tells whether data that is so far behind is too far behind to take over with.
    public static boolean lags(OptionalLong lagMillis, Config config) {
        return lagMillis.isPresent() && lagMillis.getAsLong() > config.get(Setting.LAG_MILLIS_MAX);
    }

    /// Returns the candidates if a cluster were as `changed` says.
    public Candidates with(ClusterRecord changed) {
        return withAll(List.of(changed));
    }

    /// Returns the candidates if clusters were as `changed` says.
    public Candidates withAll(Collection<ClusterRecord> changed) {
        Map<ClusterId, ClusterRecord> next = new TreeMap<>(changes);
        changed.forEach(each -> next.put(each.id(), each));
        return new Candidates(view, config, primacy, roll, next, placements);
    }

    /// Returns the candidates if a placement were as `changed` says.
    public Candidates with(Placement changed) {
        Map<GrainType, Placement> next = new TreeMap<>(placements);
        next.put(changed.type(), changed);
        return new Candidates(view, config, primacy, roll, changes, next);
    }

    /// Returns the candidates if the primary were as `changed` says.
    public Candidates with(Primacy changed) {
        return new Candidates(view, config, changed, roll, changes, placements);
    }

    /// Returns the candidates if the configuration were as `changed` says.
    public Candidates with(Config changed) {
        return new Candidates(view, changed, primacy, roll, changes, placements);
    }

    /// Returns who is the primary.
    public Primacy primacy() {
        return primacy;
    }

    /// Returns the configuration.
    public Config config() {
        return config;
    }

    /// Returns all clusters, fit or not, by id.
    public Collection<ClusterRecord> clusters() {
        return roll.allWith(changes.values());
    }

    /// Counts all clusters, fit or not.
    public long count() {
        return roll.countWith(changes.values());
    }

    /// Counts the clusters that are SUSPECT.
    public long suspects() {
        return roll.suspectsWith(changes.values());
    }

    /// Says why a cluster cannot take over grains; empty if it can.
    public Optional<Unfitness> unfitness(ClusterId id) {
        return cluster(id).map(this::flawOf).orElse(Optional.of(Unfitness.NOT_REGISTERED));
    }

    /// Says why a cluster cannot become the primary; empty if it can.
    public Optional<Unfitness> unfitnessAsPrimary(ClusterId id) {
        return cluster(id).map(this::flawAsPrimaryOf).orElse(Optional.of(Unfitness.NOT_REGISTERED));
    }

    /// Returns who would become the primary; empty if nobody can.
    public Optional<ClusterId> nextPrimary() {
        return fit().stream()
                .filter(cluster -> flawAsPrimaryOf(cluster).isEmpty())
                .map(ClusterRecord::id)
                .findFirst();
    }

    /// Returns who takes over grains of a type from `from`; empty if nobody can.
    public Optional<ClusterId> successor(ClusterId from, GrainType type, Successor wish) {
        Placement placement = placement(type);
        return switch (wish) {
            case Successor.Named(var named) ->
                    Optional.of(named)
                            .filter(placement::allows)
                            .filter(id -> unfitness(id).isEmpty());
            case Successor.ByPlacement _ ->
                    fit().stream()
                            .map(ClusterRecord::id)
                            .filter(id -> !id.equals(from) && placement.allows(id))
                            .findFirst();
        };
    }

    /// Says why nobody takes over grains of a type; only if there is no [#successor].
    public Obstacle obstacle(GrainType type, Successor wish) {
        List<ClusterId> allowed = placement(type).allowed();
        return switch (wish) {
            case Successor.ByPlacement _ -> new Obstacle.NobodyFit(allowed);
            case Successor.Named(var named) -> {
                Optional<Unfitness> unfit = unfitness(named);
                yield unfit.isPresent()
                        ? new Obstacle.NamedUnfit(named, unfit.get())
                        : new Obstacle.NamedForbidden(named, allowed);
            }
        };
    }

    private Optional<ClusterRecord> cluster(ClusterId id) {
        ClusterRecord changed = changes.get(id);
        return changed != null ? Optional.of(changed) : roll.get(id);
    }

    private Optional<Unfitness> flawOf(ClusterRecord cluster) {
        if (cluster.state() != ClusterState.HEALTHY) {
            return Optional.of(Unfitness.NOT_HEALTHY);
        }
        return lags(cluster.vitals().lagMillis(), config)
                ? Optional.of(Unfitness.LAGS)
                : Optional.empty();
    }

    private Optional<Unfitness> flawAsPrimaryOf(ClusterRecord cluster) {
        Optional<Unfitness> unfit = flawOf(cluster);
        if (unfit.isPresent()) {
            return unfit;
        }
        if (cluster.role() != ClusterRole.SECONDARY) {
            return Optional.of(Unfitness.NOT_SECONDARY);
        }
        return cluster.profile().primaryEligible()
                ? Optional.empty()
                : Optional.of(Unfitness.NOT_PRIMARY_ELIGIBLE);
    }

    private List<ClusterRecord> fit() {
        List<ClusterRecord> known = fit;
        if (known == null) {
            known =
                    clusters().stream()
                            .filter(cluster -> flawOf(cluster).isEmpty())
                            .sorted(order(config, primacy))
                            .toList();
            fit = known;
        }
        return known;
    }

    private Placement placement(GrainType type) {
        Placement changed = placements.get(type);
        return changed != null
                ? changed
                : view.get(Schema.PLACEMENTS, type).orElseGet(() -> Placement.anywhere(type));
    }

    private static Comparator<ClusterRecord> order(Config config, Primacy primacy) {
        List<ClusterId> first = config.clusters(Setting.PRIMARY_TIER);
        return Comparator.<ClusterRecord, Boolean>comparing(each -> !primacy.isHeldBy(each.id()))
                .thenComparingInt(each -> place(each.id(), first))
                .thenComparingInt(each -> each.profile().tierRank())
                .thenComparing(ClusterRecord::id);
    }

    private static int place(ClusterId id, List<ClusterId> first) {
        int place = first.indexOf(id);
        return place < 0 ? first.size() : place;
    }
}
