package io.staddle.statemachine.machine;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.HoldingId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Holding;
import io.staddle.statemachine.state.GrainCounts;
import io.staddle.statemachine.state.GrainRow;
import io.staddle.statemachine.state.GrainRow.Place;
import io.staddle.statemachine.state.HoldingGrain;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.OpenHolding;
import io.staddle.statemachine.state.Schema;
import io.staddle.statemachine.state.TimedGrain;
import io.staddle.storage.Present;
import io.staddle.storage.Reads;
import io.staddle.storage.Row;
import io.staddle.storage.Table;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What must hold of every state, numbered as in `docs/spec`: for tests, after every entry, and for
/// whoever doubts a server. It reads every row.
///
/// I1, I2, I19 and parts of others compare two states: [#violationsBetween].
public final class Invariants {
    private final Reads view;
    private final Violations violations = new Violations();
    private final Map<HoldingId, Holding> holdings = new TreeMap<>();

    private Invariants(Reads view) {
        this.view = view;
        scan(Schema.HOLDINGS).forEach(row -> holdings.put(row.key(), row.value()));
    }

    /// Returns what is wrong with a state, a sentence each that begins with the number of the
    /// invariant; empty if nothing is.
    public static List<String> violations(Reads view) {
        Invariants check = new Invariants(view);
        check.grains();
        check.holdings();
        check.openHoldings();
        check.clusters();
        check.quotas();
        check.violations.addAll(HistoryInvariants.violations(view));
        check.violations.addAll(ClusterInvariants.violations(view));
        check.violations.addAll(ReplayInvariants.violations(view));
        check.violations.addAll(RoutingInvariants.violations(view));
        check.violations.addAll(MigrationInvariants.violations(view));
        check.violations.addAll(BarrierInvariants.violations(view));
        return check.violations.toList();
    }

    /// Returns what is wrong with the way from one state to a later one.
    public static List<String> violationsBetween(Reads before, Reads after) {
        return Transitions.violations(before, after);
    }

    /// I3: the indexes say what the rows say, no more and no less.
    private void grains() {
        Set<HoldingGrain> members = new LinkedHashSet<>();
        Set<TimedGrain> leases = new LinkedHashSet<>();
        Set<TimedGrain> ended = new LinkedHashSet<>();
        Set<TimedGrain> tombstones = new LinkedHashSet<>();
        Map<HoldingId, Long> counts = new TreeMap<>();
        for (var row : scan(Schema.GRAINS)) {
            switch (row.value().place()) {
                case Place.Free _ ->
                        tombstones.add(new TimedGrain(row.value().since().atMillis(), row.key()));
                case Place.InHolding place -> {
                    members.add(new HoldingGrain(place.holding(), row.key().key()));
                    counts.merge(place.holding(), 1L, Long::sum);
                    lease(row.key(), place, leases, ended);
                    inHolding(row, place);
                }
            }
        }
        equal("I3 holding_grains", members, keys(Schema.HOLDING_GRAINS));
        equal("I3 tombstones", tombstones, keys(Schema.TOMBSTONES));
        Set<TimedGrain> due = new LinkedHashSet<>(keys(Schema.LEASE_ENDS));
        // A lease that a move has ended stays in the index until its time comes, or goes before.
        due.removeAll(ended);
        equal("I3 lease_ends", leases, due);
        Map<HoldingId, Long> kept = new TreeMap<>();
        scan(Schema.HOLDING_COUNTS).forEach(row -> kept.put(row.key(), row.value()));
        violations.unless(
                counts.equals(kept), "I3 holding_counts are " + kept + ", the rows say " + counts);
    }

    private void lease(
            GrainId grain, Place.InHolding place, Set<TimedGrain> leases, Set<TimedGrain> ended) {
        if (place.leaseUntilMillis() != 0) {
            Holding holding = holdings.get(place.holding());
            boolean stands = holding != null && holding.shift() == place.shift();
            (stands ? leases : ended).add(new TimedGrain(place.leaseUntilMillis(), grain));
        }
    }

    private void inHolding(Row<GrainId, GrainRow> row, Place.InHolding place) {
        Holding holding = holdings.get(place.holding());
        if (holding == null) {
            violations.add("I3 " + row.key() + " is in a holding that is not: " + place.holding());
            return;
        }
        violations.unless(
                holding.type().equals(row.key().type()),
                "I3 " + row.key() + " is in holding " + holding.id() + " of " + holding.type());
        violations.unless(
                place.shift() <= holding.shift(),
                "I1 " + row.key() + " has shift " + place.shift() + ", its holding less");
    }

    /// I3: what a quota counts is what the holdings say.
    private void quotas() {
        Map<String, Long> kept = new TreeMap<>();
        for (var row : scan(Schema.NUMBERS)) {
            if (GrainCounts.isCount(row.key())) {
                kept.put(row.key(), row.value());
            }
        }
        Map<String, Long> expected = GrainCounts.expected(view);
        violations.unless(
                kept.equals(expected),
                "I3 counts of quotas are " + kept + ", the holdings say " + expected);
    }

    /// I5: who has failed owns nothing. I3: a holding without grains is only there for claims.
    private void holdings() {
        Set<HoldingId> open = new LinkedHashSet<>();
        scan(Schema.OPEN_HOLDINGS).forEach(row -> open.add(row.value()));
        long last = Numbers.get(view, Numbers.LAST_HOLDING);
        for (Holding holding : holdings.values()) {
            long grains = view.get(Schema.HOLDING_COUNTS, holding.id()).orElse(0L);
            violations.unless(
                    grains > 0 || open.contains(holding.id()),
                    "I3 " + named(holding) + " has no grains and is not open");
            violations.unless(
                    holding.id().value() <= last, "I3 " + named(holding) + " is above the last");
            holding.owner().ifPresent(owner -> ownedBy(holding, owner));
        }
    }

    private void ownedBy(Holding holding, ClusterId owner) {
        Optional<ClusterRecord> cluster = view.get(Schema.CLUSTERS, owner);
        violations.unless(
                cluster.isPresent(), "I5 " + named(holding) + " is owned by nobody known");
        violations.unless(
                cluster.map(ClusterRecord::state).filter(ClusterState.FAILED::equals).isEmpty(),
                "I5 " + named(holding) + " is owned by " + owner + ", which has failed");
    }

    /// I5: claims of a cluster go into a holding that it owns, opened behind its fence of now.
    private void openHoldings() {
        for (var row : scan(Schema.OPEN_HOLDINGS)) {
            OpenHolding open = row.key();
            Holding holding = holdings.get(row.value());
            if (holding == null) {
                violations.add("I5 the open holding " + row.value() + " does not exist");
                continue;
            }
            Fence fence =
                    view.get(Schema.CLUSTERS, open.cluster())
                            .map(ClusterRecord::fence)
                            .orElse(Fence.NONE);
            violations.unless(
                    holding.cluster().equals(open.cluster())
                            && holding.type().equals(open.type())
                            && holding.isOwnedBy(open.cluster())
                            && holding.fence().equals(fence),
                    "I5 " + named(holding) + " is open to " + open + " behind fence " + fence);
        }
    }

    /// I5: a fence outlives its cluster.
    private void clusters() {
        for (var row : scan(Schema.CLUSTERS)) {
            ClusterRecord cluster = row.value();
            Fence highest = view.get(Schema.FENCES, row.key()).orElse(Fence.NONE);
            violations.unless(
                    highest.equals(cluster.fence()),
                    "I5 "
                            + row.key()
                            + " has fence "
                            + cluster.fence()
                            + ", its highest is "
                            + highest);
        }
        for (Holding holding : holdings.values()) {
            Fence highest = view.get(Schema.FENCES, holding.cluster()).orElse(Fence.NONE);
            violations.unless(
                    holding.fence().compareTo(highest) <= 0,
                    "I5 " + named(holding) + " is above the highest fence " + highest);
        }
    }

    private static String named(Holding holding) {
        return "holding "
                + holding.id()
                + " ("
                + holding.type()
                + " of "
                + holding.cluster()
                + " behind "
                + holding.fence()
                + ")";
    }

    private <K> Set<K> keys(Table<K, Present> index) {
        Set<K> keys = new LinkedHashSet<>();
        scan(index).forEach(row -> keys.add(row.key()));
        return keys;
    }

    private <K, V> List<Row<K, V>> scan(Table<K, V> table) {
        return Transitions.rows(view, table);
    }

    private <T> void equal(String what, Set<T> rows, Set<T> index) {
        Set<T> missing = new LinkedHashSet<>(rows);
        missing.removeAll(index);
        Set<T> tooMany = new LinkedHashSet<>(index);
        tooMany.removeAll(rows);
        violations.unless(missing.isEmpty(), what + " lacks " + missing);
        violations.unless(tooMany.isEmpty(), what + " has too many: " + tooMany);
    }
}
