package io.staddle.statemachine.machine;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterRole;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Move;
import io.staddle.api.model.MoveKind;
import io.staddle.api.model.Primacy;
import io.staddle.statemachine.state.Primacies;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// I4 to I7: there is one primary or none, and who was demoted owns nothing until it is readmitted.
///
/// I7 is part of I5 here: a failover leaves nothing with the cluster that failed, in the entry that
/// demotes it. What it owned has another owner or is stranded.
final class ClusterInvariants {
    private final Reads view;
    private final Violations violations = new Violations();
    private final Map<ClusterId, ClusterRecord> clusters = new TreeMap<>();

    private ClusterInvariants(Reads view) {
        this.view = view;
        Transitions.rows(view, Schema.CLUSTERS)
                .forEach(row -> clusters.put(row.key(), row.value()));
    }

    /// Returns what is wrong with the clusters of a state.
    static List<String> violations(Reads view) {
        ClusterInvariants check = new ClusterInvariants(view);
        check.primary();
        check.clusters.values().forEach(check::failover);
        check.clusters.values().forEach(check::fencing);
        check.demotedOwnNothing();
        return check.violations.toList();
    }

    /// Returns what is wrong with the way from one state to a later one.
    static List<String> violationsBetween(Reads before, Reads after) {
        ClusterInvariants check = new ClusterInvariants(after);
        check.primacy(Primacies.of(before), Primacies.of(after));
        Transitions.rows(before, Schema.CLUSTERS).forEach(row -> check.went(row.value()));
        return check.violations.toList();
    }

    private void primary() {
        Set<ClusterId> holders = new TreeSet<>();
        clusters.values().stream()
                .filter(cluster -> cluster.role().isPrimary())
                .forEach(cluster -> holders.add(cluster.id()));
        Set<ClusterId> named = new TreeSet<>(Primacies.of(view).primary().stream().toList());
        violations.unless(
                holders.equals(named),
                "I4 " + holders + " have the primary's role, the primary is " + named);
    }

    private void failover(ClusterRecord cluster) {
        boolean failed = cluster.state() == ClusterState.FAILED;
        boolean mayBeOpen = failed || cluster.state() == ClusterState.RECOVERING;
        violations.unless(
                !failed || cluster.isFenced(),
                "I6 " + cluster.id() + " has failed without a failover");
        violations.unless(
                !cluster.isFenced() || mayBeOpen,
                "I6 " + cluster.id() + " is " + cluster.state() + " with an open failover");
        violations.unless(
                cluster.role() != ClusterRole.DEMOTED_PRIMARY || cluster.isFenced(),
                "I6 " + cluster.id() + " is a demoted primary without a failover");
        cluster.fencing().openFailover().ifPresent(open -> names(cluster, open));
    }

    private void names(ClusterRecord cluster, MoveId open) {
        Optional<Move> move = view.get(Schema.MOVES, open);
        violations.unless(
                move.filter(each ->
                                each.kind() == MoveKind.FAILOVER
                                        && each.cluster().equals(cluster.id())
                                        && each.fence().equals(cluster.fence()))
                        .isPresent(),
                "I6 " + cluster.id() + " waits for " + open + ", which is no failover of it");
    }

    private void fencing(ClusterRecord cluster) {
        violations.unless(
                cluster.fencing().acked().compareTo(cluster.fence()) <= 0,
                "I5 " + cluster.id() + " obeys a fence that it never got");
    }

    private void demotedOwnNothing() {
        for (var row : Transitions.rows(view, Schema.HOLDINGS)) {
            row.value()
                    .owner()
                    .map(clusters::get)
                    .filter(ClusterRecord::isFenced)
                    .ifPresent(owner ->
                            violations.add(
                                    "I5 holding "
                                            + row.key()
                                            + " is owned by "
                                            + owner.id()
                                            + ", which was demoted"));
        }
    }

    private void primacy(Primacy was, Primacy is) {
        violations.unless(
                is.epoch() >= was.epoch(), "I4 the primary's epoch fell: " + was + " -> " + is);
        violations.unless(
                is.primary().equals(was.primary()) || is.epoch() > was.epoch(),
                "I4 another primary in the same epoch: " + was + " -> " + is);
    }

    private void went(ClusterRecord was) {
        ClusterRecord is = clusters.get(was.id());
        violations.unless(
                is == null || is.version() >= was.version() || isNew(was, is),
                "I4 the version of " + was.id() + " fell");
        violations.unless(
                is == null
                        || !was.isFenced()
                        || is.isFenced()
                        || is.state() == ClusterState.HEALTHY
                        || isNew(was, is),
                "I6 the failover of " + was.id() + " closed without a readmission");
    }

    /// A cluster that was removed and registered again begins anew, behind a higher fence.
    private static boolean isNew(ClusterRecord was, ClusterRecord is) {
        return is.fence().compareTo(was.fence()) > 0 && is.version() <= 1;
    }
}
